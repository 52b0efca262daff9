"""Kits: one zip with all that a session needs, the same bytes everywhere, that opens offline."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pypdfium2
import pytest

from builds import edit, lay, write
from ressourcerie import data
from ressourcerie.checks import suite
from ressourcerie.french import plural
from ressourcerie.library import Library
from ressourcerie.load import load
from ressourcerie.paper.cache import PdfCache
from ressourcerie.paper.kit import LICENCE, README, kits
from ressourcerie.paper.pdf import Kit, Pdf
from straw import press_of, print_with_straw, settings_of

WORKSHOP = "ateliers/essai/index.md"
SURVEY = """\
titre: Votre avis
resume: Quelques questions.
introduction: Répondez comme vous voulez.
auteurs: [La Ressourcerie]
cree_le: 2026-01-02
relu_le: 2026-02-03
questions:
  - id: clair
    question: Était-ce clair ?
    type: echelle
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project of two workshops, one of them on a path, with a questionnaire."""
    root = lay(tmp_path / "projet")
    furnish(root)
    return root


def furnish(root: Path) -> None:
    write(root, "content/questionnaires/avis.yml", SURVEY)
    text = (root / WORKSHOP).read_text("utf-8").replace("Essayer : ", "Continuer : ")
    write(root, "ateliers/suite/index.md", text)
    shutil.copy(root / "ateliers/essai/table.svg", root / "ateliers/suite/table.svg")
    edit(root, "content/parcours/voyage.md", "[essai]", "[suite, essai]")
    booklet = (root / "content/livrets/carnet.md").read_text("utf-8")
    of_path = booklet.replace("[glossaire, guide]", "[carnet]\nparcours: voyage")
    write(root, "content/livrets/route.md", of_path)


def packed(root: Path, without: tuple[str, ...] = ()) -> dict[str, Kit]:
    """The kits of a project, by name, when some PDFs could not be made."""
    press = press_of(root)
    pdfs = [pdf for pdf in print_with_straw(root, press=press).pdfs if pdf.name not in without]
    return {kit.name: kit for kit in kits(press, pdfs, PdfCache(press.settings))}


def members(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert len(set(names)) == len(names)
        return {name: archive.read(name) for name in names}


# ---------------------------------------------------------------------------------------------
# What they hold
# ---------------------------------------------------------------------------------------------

EDITIONS = (
    "animateur",
    "participant",
    "participant-a3",
    "grands-caracteres",
    "econome",
    "a-remplir",
    "corrige",
    "diaporama",
    "emargement",
    "preparation",
    "attestation",
    "attestation-a-remplir",
)
COMMON = {"avis-questionnaire.pdf", "avis-questionnaire-a-remplir.pdf"}


def papers(slug: str, folder: str = "") -> set[str]:
    return {f"{folder}{slug}-{edition}.pdf" for edition in EDITIONS}


def test_kit_of_a_workshop_holds_all_its_papers(root: Path) -> None:
    kit = packed(root)["essai-kit.zip"]
    held = members(kit.file)
    assert set(held) == papers("essai") | COMMON | {README, LICENCE, "table.svg"}
    # What one opens first is first.
    assert next(iter(held)) == README
    assert tuple(held) == kit.members
    for pdf in print_with_straw(root).pdfs:
        if pdf.name in held:
            assert held[pdf.name] == pdf.file.read_bytes()
    assert held["table.svg"] == (root / "ateliers/essai/table.svg").read_bytes()


def test_kit_of_a_path_has_a_folder_for_each_session_in_order(root: Path) -> None:
    kit = packed(root)["voyage-kit.zip"]
    held = members(kit.file)
    route = {f"route-{form}.pdf" for form in ("livret", "a-imprimer", "deux-par-feuille", "a3")}
    expected = papers("suite", "1-suite/") | papers("essai", "2-essai/") | COMMON | route
    expected |= {"voyage-programme.pdf", README, LICENCE, "1-suite/table.svg", "2-essai/table.svg"}
    assert set(held) == expected
    assert next(iter(held)) == README


def test_there_is_a_kit_for_each_workshop_and_each_path(root: Path) -> None:
    found = packed(root)
    assert {name: kit.owner for name, kit in found.items()} == {
        "essai-kit.zip": WORKSHOP,
        "suite-kit.zip": "ateliers/suite/index.md",
        "voyage-kit.zip": "content/parcours/voyage.md",
    }
    assert all(kit.label and kit.purpose for kit in found.values())


def test_size_is_that_of_the_file(root: Path) -> None:
    for kit in packed(root).values():
        assert kit.size == kit.file.stat().st_size
        # PDFs are compressed already: nothing more is spent on them, nor wasted.
        assert kit.size < sum(map(len, members(kit.file).values())) + 400 * len(kit.members)


def test_licence_is_in_full_words(root: Path) -> None:
    text = members(packed(root)["essai-kit.zip"].file)[LICENCE].decode("utf-8")
    name, address = data.LICENCES["CC-BY-SA-4.0"]
    for words in (name, address, "CC-BY-SA-4.0", "Essayer", "La Ressourcerie"):
        assert words in text


def test_kit_does_without_what_could_not_be_made(root: Path) -> None:
    lost = ("essai-econome.pdf", "avis-questionnaire.pdf")
    held = members(packed(root, without=lost)["essai-kit.zip"].file)
    assert not set(lost) & held.keys()
    page = held[README].decode("utf-8")
    assert not any(name in page for name in lost)
    assert "essai-participant.pdf" in page


def test_no_kit_without_a_paper(root: Path) -> None:
    lost = tuple(papers("essai"))
    assert packed(root, without=lost).keys() == {"suite-kit.zip", "voyage-kit.zip"}
    every = tuple(papers("essai") | papers("suite"))
    assert packed(root, without=every) == {}


# ---------------------------------------------------------------------------------------------
# Bytes
# ---------------------------------------------------------------------------------------------


def test_same_papers_give_the_same_bytes_elsewhere_and_later(root: Path, tmp_path: Path) -> None:
    other = lay(tmp_path / "un peu" / "plus loin" / "là")
    furnish(other)
    for file in other.rglob("*.*"):
        file.touch()
    first, second = packed(root), packed(other)
    assert len(first) == 3
    for name, kit in first.items():
        content = kit.file.read_bytes()
        assert content == second[name].file.read_bytes(), name
        assert str(tmp_path).encode() not in content


def test_entries_tell_nothing_of_the_day_nor_of_the_machine(root: Path) -> None:
    for kit in packed(root).values():
        with zipfile.ZipFile(kit.file) as archive:
            for entry in archive.infolist():
                assert entry.date_time == (1980, 1, 1, 0, 0, 0)
                assert entry.extra == b""
                assert entry.comment == b""
                # Whoever unpacks it may read it, and nobody runs it.
                assert entry.external_attr >> 16 == 0o644


def test_kit_is_packed_again_only_when_something_in_it_changes(root: Path) -> None:
    before = packed(root)
    kept = {name: kit.file.stat().st_ino for name, kit in before.items()}
    again = packed(root)
    assert again == before
    assert {name: kit.file.stat().st_ino for name, kit in again.items()} == kept
    edit(root, WORKSHOP, "Secretcorrige", "Autresecret")
    after = packed(root)
    changed = {name for name, kit in after.items() if kit.file != before[name].file}
    assert changed == {"essai-kit.zip", "voyage-kit.zip"}
    edit(root, "ateliers/suite/table.svg", "<svg ", '<svg data-a="1" ')
    last = packed(root)
    changed = {name for name, kit in last.items() if kit.file != after[name].file}
    assert changed == {"suite-kit.zip", "voyage-kit.zip"}


# ---------------------------------------------------------------------------------------------
# Names
# ---------------------------------------------------------------------------------------------


def harmless(name: str) -> bool:
    """Whether any system can write a file of that name where it is told to, and nowhere else."""
    folders = name.split("/")
    return (
        len(folders) <= 2
        and len(name) <= 120
        and all(re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*(?<!\.)", part) for part in folders)
        and not any(re.match(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)", part) for part in folders)
    )


def test_names_can_be_unpacked_anywhere(root: Path) -> None:
    for kit in packed(root).values():
        assert [name for name in kit.members if not harmless(name)] == []
        # Some systems do not tell capitals apart.
        assert len({name.lower() for name in kit.members}) == len(kit.members)


PICTURES = ["ma table.svg", "a&b.svg", "schéma.svg", "a#b.svg", "50%20.svg", "a?b.svg", "Plan.SVG"]


@pytest.mark.parametrize("name", PICTURES)
def test_picture_with_an_odd_name_is_refused_or_can_be_opened(root: Path, name: str) -> None:
    drawing = (root / "ateliers/essai/table.svg").read_text("utf-8")
    write(root, f"ateliers/essai/{name}", drawing)
    library, found = load(root)
    if any(d.is_error for d in [*found, *suite.run(library, settings_of(root))]):
        return
    held = members(packed(root)["essai-kit.zip"].file)
    assert held[name] == drawing.encode()
    assert broken(held) == []


# ---------------------------------------------------------------------------------------------
# The page that opens
# ---------------------------------------------------------------------------------------------

VOID = {"meta", "br", "hr", "img", "link", "input"}


class Reading(HTMLParser):
    """A page as it is written: every tag, what it holds, and tags that do not match."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({key for key, _ in attrs}) == len(attrs)
        self.tags.append((tag, {key: value or "" for key, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)
            self.words.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, text: str) -> None:
        for tag in self._open:
            self.words[tag][-1] += text

    @property
    def links(self) -> list[str]:
        return [attributes["href"] for tag, attributes in self.tags if tag == "a"]


def page_of(held: dict[str, bytes]) -> Reading:
    return Reading(held[README].decode("utf-8"))


def local(page: Reading) -> Iterator[str]:
    """The files that a page leads to, as a browser looks for them."""
    for link in page.links:
        parts = urlsplit(link)
        if not parts.scheme:
            assert not parts.netloc
            assert not parts.query
            assert not parts.fragment
            yield unquote(parts.path)


def broken(held: dict[str, bytes]) -> list[str]:
    return [path for path in local(page_of(held)) if path not in held]


@pytest.fixture(scope="module", params=["tiny", "real"])
def every_kit(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, bytes]]:
    """All the kits of a project: of straw, or those of the repository."""
    if request.param == "tiny":
        root = lay(tmp_path_factory.mktemp("kits") / "projet")
        furnish(root)
        return {name: members(kit.file) for name, kit in packed(root).items()}
    site: Path = request.getfixturevalue("real_site")
    files = sorted(site.rglob("*-kit.zip"))
    assert len(files) >= 5
    return {file.name: members(file) for file in files}


def test_every_link_leads_to_a_file_of_the_kit(every_kit: dict[str, dict[str, bytes]]) -> None:
    for name, held in every_kit.items():
        assert broken(held) == [], name


def test_every_file_can_be_reached_from_the_page(every_kit: dict[str, dict[str, bytes]]) -> None:
    for name, held in every_kit.items():
        assert held.keys() - set(local(page_of(held))) == {README}, name


def test_page_asks_nothing_of_the_network(every_kit: dict[str, dict[str, bytes]]) -> None:
    for held in every_kit.values():
        page = page_of(held)
        loading = {"img", "script", "link", "iframe", "object", "video", "audio", "base", "form"}
        assert not loading & {tag for tag, _ in page.tags}
        for tag, attributes in page.tags:
            assert not {"src", "srcset", "background", "ping", "style"} & attributes.keys()
            assert not any(key.startswith("on") for key in attributes)
            if tag == "meta":
                assert "http-equiv" not in attributes
        (style,) = page.words["style"]
        assert not re.search(r"@import|url\(", style)


def test_page_is_accessible(every_kit: dict[str, dict[str, bytes]]) -> None:
    for held in every_kit.values():
        text = held[README].decode("utf-8")
        page = page_of(held)
        assert text.lstrip().startswith("<!doctype html>")
        attributes = dict(page.tags)
        assert attributes["html"]["lang"] == "fr"
        assert {"charset": "utf-8"} in [a for tag, a in page.tags if tag == "meta"]
        assert any(a.get("name") == "viewport" for tag, a in page.tags if tag == "meta")
        (title,), (heading,) = page.words["title"], page.words["h1"]
        assert title.startswith(heading)
        assert len(page.words["main"]) == 1
        levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
        assert levels[0] == 1
        assert all(b <= a + 1 for a, b in pairwise(levels))
        assert all(words.strip() for words in page.words["a"])
        assert not re.search(r" [;:!?»]|« ", "".join(page.words["main"]))


def test_page_tells_each_paper_apart(every_kit: dict[str, dict[str, bytes]]) -> None:
    for held in every_kit.values():
        page = page_of(held)
        assert len(set(page.links)) == len(page.links)


def test_page_tells_how_many_pages_each_paper_has(real_site: Path) -> None:
    held = members(real_site / "telechargements/embarquer-kit.zip")
    text = held[README].decode("utf-8").replace("\u00a0", " ").replace("\u202f", " ")
    papers = [name for name in held if name.endswith(".pdf")]
    assert len(papers) > 10
    for name in papers:
        with pypdfium2.PdfDocument(held[name]) as pdf:
            after = text.partition(f'href="{name}"')[2].partition("</li>")[0]
            assert plural(len(pdf), "page").replace("\u00a0", " ") in after, name


def test_front_matter_is_text_never_markup(root: Path) -> None:
    edit(root, WORKSHOP, "Essayer : ouvrir une page", "Essayer <script>alert(1)</script> & fin")
    held = members(packed(root)["essai-kit.zip"].file)
    text = held[README].decode("utf-8")
    assert "<script>" not in text
    assert "&lt;script&gt;" in text
    assert broken(held) == []


def test_page_leads_to_the_site_when_it_has_an_address(root: Path) -> None:
    def outer() -> list[str]:
        page = page_of(members(packed(root)["essai-kit.zip"].file))
        return [link for link in page.links if urlsplit(link).scheme]

    assert outer() == []
    edit(root, "mkdocs.yml", '!ENV [SITE_URL, ""]', "https://exemple.test/libre/")
    assert outer() == ["https://exemple.test/libre/ateliers/essai/"]


def test_real_kits_are_those_of_the_library(
    real_site: Path, real_library: Library, declared: dict[str, Pdf]
) -> None:
    offered = {file.name for file in real_site.rglob("*-kit.zip")}
    owners = [*real_library.workshops, *real_library.paths]
    assert offered == {f"{resource.slug}-kit.zip" for resource in owners}
    for workshop in real_library.workshops:
        held = members(real_site / f"telechargements/{workshop.slug}-kit.zip")
        own = {pdf.name for pdf in declared.values() if pdf.owner == workshop.source.path}
        assert own <= held.keys()
