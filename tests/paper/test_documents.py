"""What is printed: which documents, what each holds, and what none may load."""

from __future__ import annotations

import base64
import http.server
import re
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest
from reading import Sheets, squeezed

from builds import REPOSITORY, edit, lay, write
from ressourcerie.paper import pool, worker
from ressourcerie.paper.document import Document
from ressourcerie.paper.documents import works
from ressourcerie.paper.fetch import ProjectFetcher
from ressourcerie.paper.typesetting import Typesetting
from straw import Printed, press_of, print_with_straw, settings_of

EDITIONS = {
    "animateur": "A4",
    "participant": "A4",
    "grands-caracteres": "A4",
    "econome": "A4",
    "a-remplir": "A4",
    "corrige": "A4",
    "diaporama": "écran",
    "emargement": "A4",
    "preparation": "A4",
    "attestation": "A4",
    "attestation-a-remplir": "A4",
}
LEXICON = re.compile(r'id="lexique-([\w-]+)"')


def declared(root: Path) -> dict[str, Document]:
    """The documents of one piece, by name."""
    return {d.name: d for d in works(press_of(root)).documents}


def texts(root: Path) -> dict[str, str]:
    """The HTML of all that is laid out, the parts of books included."""
    return print_with_straw(root).texts


def book_text(root: Path, slug: str = "carnet") -> str:
    """All the parts of a book, one after another."""
    return "\n".join(t for name, t in texts(root).items() if name.startswith(f"{slug}-"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return lay(tmp_path / "projet")


@pytest.fixture(scope="module")
def all_texts(
    tmp_path_factory: pytest.TempPathFactory, of_straw: Printed
) -> dict[str, dict[str, str]]:
    """What a tiny project and the repository itself lay out."""
    tiny = lay(tmp_path_factory.mktemp("documents") / "projet")
    return {"tiny": texts(tiny), "repository": of_straw.texts}


# ---------------------------------------------------------------------------------------------
# Which documents, and what they hold
# ---------------------------------------------------------------------------------------------


def test_documents_of_a_project(root: Path) -> None:
    found = declared(root)
    assert {name: d.paper for name, d in found.items()} == {
        **{f"essai-{edition}.pdf": paper for edition, paper in EDITIONS.items()},
        "glossaire-cartes.pdf": "A4",
        "affiche-themes.pdf": "A3",
        "voyage-programme.pdf": "A4",
    }
    assert all(d.purpose for d in found.values())
    of_workshop = [d for d in found.values() if d.owner == "ateliers/essai/index.md"]
    assert {d.edition for d in of_workshop} == EDITIONS.keys()
    assert len({d.label for d in of_workshop}) == len(EDITIONS)
    (book,) = works(press_of(root)).books
    assert book.name == "carnet-livret.pdf"
    assert {part.paper for part in (book.cover, *book.parts, book.back_cover)} == {"A5"}


def test_documents_do_not_depend_on_where_the_project_lies(root: Path, tmp_path: Path) -> None:
    other = lay(tmp_path / "un autre" / "endroit")
    assert declared(root) == declared(other)
    found = texts(root)
    assert found == texts(other)
    assert len(found) > 20
    assert not any(str(tmp_path) in text for text in found.values())


def test_styles_exist(root: Path) -> None:
    theme = settings_of(root).print_theme
    (book,) = works(press_of(root)).books
    for document in (*declared(root).values(), book.cover, *book.parts, book.back_cover):
        assert document.stylesheets
        assert all((theme / name).is_file() for name in document.stylesheets)


BOTH = pytest.mark.parametrize("place", ["tiny", "repository"])
_ID = re.compile(r'\sid="([^"]+)"')


@BOTH
def test_ids_are_unique_and_inner_links_lead_to_one(
    all_texts: dict[str, dict[str, str]], place: str
) -> None:
    for name, text in all_texts[place].items():
        ids = Counter(_ID.findall(text))
        assert [i for i, times in ids.items() if times > 1] == [], name
        targets = set(re.findall(r'href="#([^"]*)"', text))
        assert targets <= ids.keys(), (name, targets - ids.keys())


@BOTH
def test_ids_are_unique_in_a_book_and_its_parts_lead_to_one_another(
    all_texts: dict[str, dict[str, str]], place: str
) -> None:
    books: dict[str, list[str]] = {}
    for name, text in all_texts[place].items():
        if not name.endswith(".pdf"):
            books.setdefault(name.rpartition("-")[0], []).append(text)
    recipes = list((REPOSITORY / "content/livrets").glob("*.md"))
    assert len(books) == (1 if place == "tiny" else len(recipes))
    for name, parts in books.items():
        ids = Counter(found for text in parts for found in _ID.findall(text))
        assert [i for i, times in ids.items() if times > 1] == [], name
        whole = "\n".join(parts)
        linked = {unquote(i) for i in re.findall(r'href="livre:([^"]*)"', whole)}
        # Where the number of a page is written once it is known.
        numbered = set(re.findall(r'id="renvoi--[^"]*?--([^"]+)"', whole))
        assert linked
        assert linked | numbered <= ids.keys(), (name, (linked | numbered) - ids.keys())


@BOTH
def test_paper_names_no_address_relative_to_a_page(
    all_texts: dict[str, dict[str, str]], place: str
) -> None:
    """On paper there is no page to start from: a link is an anchor, an address, or plain words."""
    for name, text in all_texts[place].items():
        inner = r"#.|livre:.|" if not name.endswith(".pdf") else "#.|"
        for href in re.findall(r'href="([^"]*)"', text):
            assert re.match(rf"{inner}https?://|mailto:|tel:", href), (name, href)
        for src in re.findall(r'src="([^"]*)"', text):
            assert re.match(r"projet:\w|data:image/svg", src), (name, src)


_HEAD = re.compile(r"<style>.*?</style>|<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
# A plain space where a line may not be cut: before a double sign, inside quotation marks.
_LOOSE = re.compile(r".{0,25}(?: [:;!?»]|« ).{0,15}")


@BOTH
def test_no_line_can_begin_with_a_sign(all_texts: dict[str, dict[str, str]], place: str) -> None:
    for name, text in all_texts[place].items():
        words = unescape(_TAG.sub("", _HEAD.sub("", text)))
        assert _LOOSE.findall(words) == [], name


def test_links_follow_the_public_address(root: Path) -> None:
    assert 'href="https://exemple.test' not in texts(root)["essai-animateur.pdf"]
    edit(root, "mkdocs.yml", '!ENV [SITE_URL, ""]', "https://exemple.test/libre/")
    html = texts(root)["essai-animateur.pdf"]
    assert 'href="https://exemple.test/libre/guide/premiers-pas/"' in html
    assert "https://exemple.test/libre/ateliers/essai/" in html


def test_lexicon_holds_the_terms_of_the_sheet_and_no_other(root: Path) -> None:
    assert LEXICON.findall(texts(root)["essai-participant.pdf"]) == ["navigateur"]
    edit(root, "ateliers/essai/index.md", "On ouvre une page", "Sans mots de passe, une page")
    found = texts(root)
    for edition in ("animateur", "participant", "grands-caracteres", "econome", "a-remplir"):
        html = found[f"essai-{edition}.pdf"]
        assert LEXICON.findall(html) == ["mot-de-passe", "navigateur"], edition


def test_slides_link_and_explain_nothing(root: Path) -> None:
    """On a wall nobody follows a link."""
    edit(root, "ateliers/essai/index.md", "Ouvrez la page", "Ouvrez le navigateur à la page")
    html = texts(root)["essai-diaporama.pdf"]
    assert "navigateur" in html
    assert "<a " not in html
    assert LEXICON.findall(html) == []


def test_facilitator_sheet_explains_the_terms_named_in_the_front_matter(root: Path) -> None:
    edit(root, "ateliers/essai/index.md", "[navigateur]", "[navigateur, mot-de-passe]")
    html = texts(root)["essai-animateur.pdf"]
    assert 'id="lexique-mot-de-passe"' in html


def test_booklet_of_chapters_alone_explains_the_words_it_uses(root: Path) -> None:
    edit(root, "content/livrets/carnet.md", "[glossaire, guide]", "[guide]")
    html = book_text(root)
    assert LEXICON.findall(html) == ["navigateur"]
    assert 'href="livre:lexique-navigateur"' in html


def test_booklet_that_holds_the_glossary_links_to_its_own_entries(root: Path) -> None:
    html = book_text(root)
    assert "lexique-" not in html
    assert '<a class="term" href="livre:glossaire-navigateur">' in html


def test_front_matter_is_text_never_markup(root: Path) -> None:
    edit(root, "ateliers/essai/index.md", "- Ouvrir une page", '- "Ouvrir <b>une</b> page & fin"')
    edit(root, "glossary/navigateur.md", "Le logiciel", "Le <img src=x> logiciel")
    found = texts(root)
    for html in found.values():
        assert "<b>une</b>" not in html
        assert "<img src=x>" not in html
    assert "&lt;b&gt;une&lt;/b&gt; page &amp; fin" in found["essai-animateur.pdf"]
    assert "Le &lt;img src=x&gt; logiciel" in found["carnet-1"]


def test_everything_a_facilitator_must_know_is_on_paper(root: Path) -> None:
    """A sheet is used without the site: each key of the front matter an author fills is there."""
    edit(
        root,
        "ateliers/essai/index.md",
        "publics: [adultes]",
        "publics: [seniors_personnes_agees]\nbesoins: [surdite]\n"
        "encadrement: Deux personnes motivées.\nadapte_de: Un vieux carnet",
    )
    said = unescape(texts(root)["essai-animateur.pdf"])
    wanted = ["Deux personnes motivées", "Des pages imprimées", "Un tableau", "Un vieux carnet"]
    wanted += ["Personnes âgées", "Surdité", "Débutant", "2 à 8", "Téléphone"]
    heard = squeezed(said).casefold()
    assert [words for words in wanted if squeezed(words).casefold() not in heard] == []


# ---------------------------------------------------------------------------------------------
# What a document may load
# ---------------------------------------------------------------------------------------------


REFUSED = {
    "file of the machine": "file:///etc/passwd",
    "file with a host": "file://localhost/etc/passwd",
    "loopback": "http://127.0.0.1/secret",
    "secure web": "https://exemple.test/image.png",
    "protocol of the page": "//127.0.0.1/secret",
    "other protocol": "ftp://127.0.0.1/secret",
    "parent": "../outside.txt",
    "parent, in the project": "projet:../outside.txt",
    "parent, coded": "projet:%2e%2e/outside.txt",
    "parent, coded whole": "projet:%2e%2e%2foutside.txt",
    "parent, from a folder": "projet:content/../../outside.txt",
    "parent, after a slash": "projet:/../outside.txt",
    "absolute": "/etc/passwd",
    "absolute, in the project": "projet:/etc/passwd",
    "absolute, coded": "projet:%2fetc%2fpasswd",
    "link out of the project": "projet:content/images/dehors.txt",
    "link to a folder out": "projet:content/images/dossier/outside.txt",
    "folder": "projet:content",
    "root": "projet:",
    "missing": "projet:content/images/absente.svg",
    "without protocol": "content/images/dessin.svg",
    "look-alike": "projet2:content/images/dessin.svg",
    "nothing": "",
}


@pytest.fixture
def besieged(root: Path) -> Path:
    write(root.parent, "outside.txt", "secret")
    (root / "content/images/dehors.txt").symlink_to(root.parent / "outside.txt")
    (root / "content/images/dossier").symlink_to(root.parent, target_is_directory=True)
    return root


@pytest.mark.parametrize("attack", REFUSED)
def test_fetcher_refuses(besieged: Path, attack: str) -> None:
    fetcher = ProjectFetcher(besieged)
    with pytest.raises(ValueError, match="refused"):
        fetcher.fetch(REFUSED[attack])
    assert fetcher.refused == [REFUSED[attack]]


@pytest.mark.parametrize("attack", ["projet:content\0.svg", "projet:" + "a" * 5000, "http://[::1"])
def test_fetcher_refuses_what_is_not_even_an_address(besieged: Path, attack: str) -> None:
    with pytest.raises((ValueError, OSError)):
        ProjectFetcher(besieged).fetch(attack)


def test_fetcher_refuses_what_is_too_big(root: Path) -> None:
    with (root / "content/images/enorme.svg").open("wb") as file:
        file.truncate(21_000_000)
    with pytest.raises(ValueError, match="too big"):
        ProjectFetcher(root).fetch("projet:content/images/enorme.svg")


@pytest.mark.parametrize(
    "address",
    ["projet:content/images/dessin.svg", "projet:content/images/dessin.svg#rond"],
)
def test_fetcher_serves_the_project(root: Path, address: str) -> None:
    fetcher = ProjectFetcher(root)
    answer = fetcher.fetch(address)
    assert answer.read() == (root / "content/images/dessin.svg").read_bytes()
    assert answer.content_type == "image/svg+xml"
    assert fetcher.refused == []


def test_fetcher_serves_names_with_spaces_and_accents(root: Path) -> None:
    write(root, "content/images/à côté.svg", "<svg/>")
    fetcher = ProjectFetcher(root)
    assert fetcher.fetch("projet:content/images/%C3%A0%20c%C3%B4t%C3%A9.svg").read() == b"<svg/>"


def test_fetcher_serves_data(root: Path) -> None:
    fetcher = ProjectFetcher(root)
    assert fetcher.fetch("data:text/plain;base64,YQ==").read() == b"a"


@pytest.fixture
def listener() -> Iterator[tuple[int, list[str]]]:
    """A server of this machine, and the paths it was asked for."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port, asked
        server.shutdown()


@pytest.fixture(scope="module")
def press() -> Iterator[ProcessPoolExecutor]:
    """The process that prints, as the build starts it."""
    with pool.processes(1) as executor:
        assert isinstance(executor, ProcessPoolExecutor)
        yield executor


def test_hostile_document_is_printed_without_what_it_asks(
    besieged: Path, press: ProcessPoolExecutor, listener: tuple[int, list[str]], tmp_path: Path
) -> None:
    """In HTML, in CSS, in drawings, in drawings within drawings: nothing gets out or in."""
    port, asked = listener
    web = f"http://127.0.0.1:{port}"
    addresses = ["file:///etc/passwd", "../outside.txt", "/etc/passwd", "projet:../outside.txt"]
    addresses += [f"{web}/{n}" for n in range(3)]
    drawing = "".join(f'<image href="{a}" width="9" height="9"/>' for a in addresses)
    drawing += f'<style>@import "{web}/style";</style><use href="{web}/use.svg#a"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{drawing}</svg>'
    write(besieged, "content/images/hostile.svg", svg)
    coded = base64.b64encode(svg.encode()).decode()
    html = "".join(
        f'<img src="{a}" alt="Une image"><object data="{a}"></object>' for a in addresses
    )
    html += '<img src="projet:content/images/hostile.svg" alt="Un dessin">'
    html += f'<img src="data:image/svg+xml;base64,{coded}" alt="Un autre dessin">'
    html += f'<link rel="stylesheet" href="{web}/lien.css">'
    html += '<link rel="attachment" href="file:///etc/passwd">'
    html += f'<style>@import url("{web}/import.css"); @font-face {{ font-family: x; src: '
    html += f'url("{web}/police.woff2"), url("file:///etc/passwd") }} p {{ background: '
    html += f'url("{web}/fond.png"); font-family: x }}</style><p>Du texte.</p>'
    page = f'<html lang="fr"><head><title>Essai</title></head><body>{html}</body></html>'
    result = press.submit(worker.work, Typesetting("essai.pdf", page, (), besieged)).result(60)

    assert asked == []
    for address in addresses:
        assert any(address in complaint for complaint in result.complaints), address
    pdf = tmp_path / "essai.pdf"
    pdf.write_bytes(result.pdf)
    sheets = Sheets(pdf)
    assert "Dutexte." in sheets.whole
    streams = b"".join(
        s.read_bytes() for s in sheets.pdf.objects if hasattr(s, "read_bytes") and "/Filter" in s
    )
    assert b"root:" not in streams
    assert "/EmbeddedFiles" not in sheets.pdf.Root.get("/Names", {})
    sheets.close()


def test_missing_picture_is_complained_of(root: Path, press: ProcessPoolExecutor) -> None:
    page = '<html lang="fr"><title>Essai</title><p><img src="projet:absente.png" alt="Rien">Texte'
    result = press.submit(worker.work, Typesetting("essai.pdf", page, (), root)).result(60)
    assert any("projet:absente.png" in complaint for complaint in result.complaints)
    assert result.pages == 1
