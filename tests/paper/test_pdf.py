"""Every PDF of the project: readable by everyone, numbered right, and saying what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import page as page_validation
import pikepdf
import pytest
from proofing.glyphs import missing
from reading import Sheets, squeezed

from builds import REPOSITORY
from ressourcerie import data
from ressourcerie.library import Library
from ressourcerie.load import load
from ressourcerie.model import Booklet, Resource, Workshop
from ressourcerie.paper.document import Document
from ressourcerie.paper.documents import documents
from ressourcerie.settings import read_settings

SLUGS = sorted(p.parent.name for p in (REPOSITORY / "ateliers").glob("*/index.md"))
SHEETS = [f"{slug}-{view}.pdf" for slug in SLUGS for view in ("animateur", "participant")]
BOOKLETS = sorted(f"{p.stem}-livret.pdf" for p in (REPOSITORY / "content" / "livrets").glob("*.md"))
PDFS = [*SHEETS, *BOOKLETS]
POINTS = {"A4": (595.28, 841.89), "A5": (419.53, 595.28)}


@pytest.fixture(scope="module")
def opened() -> Iterator[dict[str, Sheets]]:
    """The PDFs read so far: several tests look at each."""
    known: dict[str, Sheets] = {}
    yield known
    for sheets in known.values():
        sheets.close()


@pytest.fixture(params=PDFS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def sheets(name: str, real_site: Path, opened: dict[str, Sheets]) -> Sheets:
    if name not in opened:
        opened[name] = Sheets(real_site / "telechargements" / name)
    return opened[name]


@pytest.fixture(scope="module")
def library() -> Library:
    library, _ = load(REPOSITORY)
    return library


@pytest.fixture(scope="module")
def declared(library: Library) -> dict[str, Document]:
    settings, _ = read_settings(REPOSITORY / "mkdocs.yml")
    assert settings is not None
    return {d.name: d for d in documents(library, settings)}


@pytest.fixture
def owner(name: str, library: Library, declared: dict[str, Document]) -> Resource:
    return library.by_path[declared[name].owner]


def test_site_offers_every_declared_pdf_and_no_other(
    real_site: Path, declared: dict[str, Document]
) -> None:
    assert SLUGS
    assert BOOKLETS
    offered = {p.name for p in real_site.rglob("*.pdf")}
    assert offered == set(PDFS) == declared.keys()


# ---------------------------------------------------------------------------------------------
# For machines that read aloud
# ---------------------------------------------------------------------------------------------


def test_passes_pdf_ua_1(sheets: Sheets) -> None:
    profile = page_validation.ValidationProfile.PDF_UA_1
    report = page_validation.validate_pdf(sheets.path, profile=profile)
    assert report.is_compliant, [str(f) for f in report.failures]


def test_says_its_title_and_language(sheets: Sheets, owner: Resource) -> None:
    root = sheets.pdf.Root
    assert str(root.Lang) == "fr"
    assert squeezed(str(sheets.pdf.docinfo["/Title"])).startswith(squeezed(owner.titre))
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    assert bool(root.MarkInfo.Marked)
    with sheets.pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert squeezed(metadata["dc:title"]).startswith(squeezed(owner.titre))
    assert str(sheets.pdf.docinfo["/Author"]) == ", ".join(owner.auteurs)


def test_sheets_of_a_workshop_have_titles_of_their_own(
    real_site: Path, declared: dict[str, Document]
) -> None:
    titles = []
    for name in PDFS:
        with pikepdf.open(real_site / "telechargements" / name) as pdf:
            titles.append(str(pdf.docinfo["/Title"]))
    assert len(set(titles)) == len(titles)


def test_dates_are_those_of_the_source(sheets: Sheets, owner: Resource) -> None:
    written = str(sheets.pdf.docinfo["/CreationDate"]), str(sheets.pdf.docinfo["/ModDate"])
    assert written[0].startswith(f"D:{owner.cree_le:%Y%m%d}")
    assert written[1].startswith(f"D:{owner.relu_le:%Y%m%d}")


def test_bookmarks_lead_to_their_headings(sheets: Sheets) -> None:
    assert len(sheets.bookmarks) >= 4
    for _, title, number in sheets.bookmarks:
        assert squeezed(title) in sheets.body(number), (title, number)


def test_headings_never_skip_a_level(sheets: Sheets) -> None:
    levels = sheets.headings
    assert levels[:1] == [1]
    assert levels.count(1) == 1
    for above, below in pairwise(levels):
        assert below <= above + 1, levels


def test_every_figure_is_told_in_words(sheets: Sheets) -> None:
    for kind, element in sheets.elements:
        if kind == "/Figure":
            assert len(str(element.get("/Alt", "")).split()) >= 2, element.get("/Alt")


def test_figures_are_there_to_be_told(real_site: Path, opened: dict[str, Sheets]) -> None:
    """The drawing of the session, at least: the test above must have something to look at."""
    for slug in SLUGS:
        sheets = Sheets(real_site / "telechargements" / f"{slug}-animateur.pdf")
        alternatives = [str(e.get("/Alt")) for kind, e in sheets.elements if kind == "/Figure"]
        sheets.close()
        assert any(text.startswith("Frise de la séance") for text in alternatives)


def test_every_link_is_told_in_a_sentence_and_prints(sheets: Sheets) -> None:
    anchors = {str(name) for name in _destinations(sheets.pdf)}
    for link in sheets.links:
        told = str(link.get("/Contents", ""))
        assert re.match(r"(Ouvrir|Aller à|Écrire|Appeler|Voir)\b.* ?\S", told), told
        assert " " in told
        assert told.partition(": ")[2].strip() not in anchors
        assert "#" not in told.partition("http")[0]
        assert int(link.get("/F", 0)) & 4, f"not printed: {told}"
        assert not int(link.get("/F", 0)) & 2, f"hidden: {told}"


def test_every_inner_link_leads_somewhere(sheets: Sheets) -> None:
    known = {str(name) for name in _destinations(sheets.pdf)}
    for link in sheets.links:
        if "/Dest" in link:
            assert str(link.Dest) in known


def _destinations(pdf: pikepdf.Pdf) -> Iterator[str]:
    names = pdf.Root.get("/Names", {}).get("/Dests")
    if names is not None:
        yield from pikepdf.NameTree(names)


def test_no_link_leads_into_a_machine(sheets: Sheets) -> None:
    for link in sheets.links:
        action = link.get("/A")
        if action is not None:
            assert str(action.S) == "/URI"
            assert re.match(r"(https?://|mailto:|tel:)", str(action.URI))
    root = sheets.pdf.Root
    assert not {"/OpenAction", "/AA", "/AcroForm"} & root.keys()
    assert "/JavaScript" not in root.get("/Names", {})
    assert "/EmbeddedFiles" not in root.get("/Names", {})


def test_running_heads_are_artifacts(sheets: Sheets, name: str, owner: Resource) -> None:
    """The number and the title at the edge of pages are drawn, but not read aloud on each."""
    total = len(sheets)
    covers = 1 if name in BOOKLETS else 0
    for number in range(1 + covers, total + 1):
        assert squeezed(f"page {number} sur {total}") in sheets.margins(number)
        assert not re.search(r"page\d+sur\d+", sheets.body(number))
    titled = [n for n in range(2, total + 1) if squeezed(owner.titre) in sheets.margins(n)]
    assert len(titled) >= (total - 1) // 2


def test_edges_hold_nothing_but_running_heads(sheets: Sheets) -> None:
    """What stands above or below the text of a page must be an artifact."""
    for number, texts in enumerate(sheets.texts, start=1):
        artifacts = [t for t in texts if t.artifact and t.letters.strip()]
        inner = [t for t in texts if not (t.artifact or t.in_form) and t.letters.strip()]
        for text in artifacts:
            above = all(text.bottom > other.bottom for other in inner)
            below = all(text.top < other.top for other in inner)
            assert above or below, (number, text.letters)


def test_cover_carries_no_page_number(real_site: Path, opened: dict[str, Sheets]) -> None:
    for name in BOOKLETS:
        cover = Sheets(real_site / "telechargements" / name)
        assert cover.margins(1) == ""
        cover.close()


# ---------------------------------------------------------------------------------------------
# For eyes and printers
# ---------------------------------------------------------------------------------------------


def test_pages_have_the_declared_size(
    sheets: Sheets, name: str, declared: dict[str, Document]
) -> None:
    paper = declared[name].paper
    assert paper == ("A5" if name in BOOKLETS else "A4")
    for size in sheets.sizes:
        assert size == pytest.approx(POINTS[paper], abs=0.5)


def test_fonts_are_ours_and_embedded(sheets: Sheets) -> None:
    assert sheets.fonts
    for name, font in sheets.fonts.items():
        assert "Ressourcerie" in name
        for inner in font.get("/DescendantFonts", [font]):
            assert "Ressourcerie" in str(inner.FontDescriptor.FontName)
            files = {"/FontFile", "/FontFile2", "/FontFile3"} & inner.FontDescriptor.keys()
            assert files, f"{name} is not embedded"


def test_every_letter_has_a_drawing(sheets: Sheets) -> None:
    glyphs = list(sheets.glyphs)
    assert len(glyphs) > 500
    assert missing(sheets.pdf) == [0] * len(sheets)
    assert "\ufffd" not in sheets.whole


def test_nothing_runs_off_the_page(sheets: Sheets) -> None:
    for number, (texts, (width, height)) in enumerate(
        zip(sheets.texts, sheets.sizes, strict=True), start=1
    ):
        for text in texts:
            if text.letters.strip() and not text.in_form:
                inside = text.left > 15 and text.right < width - 15
                inside = inside and text.bottom > 10 and text.top < height - 10
                assert inside, (number, text)


def test_no_page_is_empty(sheets: Sheets) -> None:
    for number in range(1, len(sheets) + 1):
        assert len(sheets.body(number)) > 20, number


def test_guide_is_a_book(real_site: Path) -> None:
    guide = Sheets(real_site / "telechargements/guide-livret.pdf")
    assert len(guide) >= 25
    guide.close()


def test_site_tells_the_right_number_of_pages(sheets: Sheets, real_site: Path) -> None:
    page = (real_site / "telechargements/index.html").read_text("utf-8")
    shown = page.partition(sheets.path.name)[2].partition("</a>")[0]
    assert squeezed(f"{len(sheets)} page") in squeezed(shown)


def test_says_its_licence_and_its_source(sheets: Sheets, owner: Resource) -> None:
    name, address = data.LICENCES[owner.licence]
    assert owner.licence in sheets.whole
    assert squeezed(name) in sheets.whole
    assert squeezed(f"Page d’origine, toujours à jour : La Ressourcerie, page {owner.url}") in (
        sheets.whole
    )
    assert address in {str(link.A.URI) for link in sheets.links if "/A" in link}
    assert squeezed(f"Texte : {', '.join(owner.auteurs)}") in sheets.whole


# ---------------------------------------------------------------------------------------------
# Workshops
# ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", SLUGS)
def test_steps_of_a_workshop_add_up(slug: str, library: Library) -> None:
    workshop = library.workshop(slug)
    assert workshop is not None
    steps = workshop.steps
    assert all(step.minutes for step in steps)
    assert sum(step.minutes or 0 for step in steps) == workshop.duree
    for word in ("Accueil", "Pause", "Évaluation", "Clôture"):
        assert any(step.title.startswith(word) for step in steps), word
    assert steps[0].title.startswith("Accueil")
    assert steps[-1].title.startswith("Clôture")


@pytest.mark.parametrize("slug", SLUGS)
def test_facilitator_sheet_holds_the_whole_clock(
    slug: str, library: Library, real_site: Path
) -> None:
    workshop = library.workshop(slug)
    assert workshop is not None
    sheets = Sheets(real_site / "telechargements" / f"{slug}-animateur.pdf")
    said = sheets.whole
    sheets.close()
    for step in workshop.steps:
        assert squeezed(step.title).replace("'", "’") in said
        assert f"{step.start // 60}h{step.start % 60:02}" in said


LINKED = re.compile(r'href="[^"]*?glossaire/([\w-]+)/')


@pytest.mark.parametrize("name", SHEETS)
def test_lexicon_explains_every_term_the_sheet_uses(
    name: str, sheets: Sheets, owner: Resource, real_site: Path, library: Library
) -> None:
    assert isinstance(owner, Workshop)
    view = "participant/" if "participant" in name else ""
    page = (real_site / owner.url / view / "index.html").read_text("utf-8")
    used = set(LINKED.findall(page))
    if not view:
        used |= set(owner.glossaire)
        assert used
    lexicon = sheets.whole.partition("LexiqueLesmotsdecedocument")[2]
    for slug in used:
        term = library.term(slug)
        assert term is not None
        assert squeezed(term.titre) in lexicon
        assert squeezed(term.glose) in lexicon.replace("-", "") or squeezed(term.glose) in lexicon
    destinations = set(_destinations(sheets.pdf))
    assert {t.slug for t in library.terms if f"lexique-{t.slug}" in destinations} == used


@pytest.mark.parametrize("name", SHEETS)
def test_terms_of_a_sheet_lead_to_its_lexicon(
    name: str, sheets: Sheets, owner: Resource, real_site: Path
) -> None:
    view = "participant/" if "participant" in name else ""
    page = (real_site / owner.url / view / "index.html").read_text("utf-8")
    linked = {str(link.Dest) for link in sheets.links if "/Dest" in link}
    assert {f"lexique-{slug}" for slug in LINKED.findall(page)} <= linked


# ---------------------------------------------------------------------------------------------
# Booklets
# ---------------------------------------------------------------------------------------------


def contents(sheets: Sheets) -> list[tuple[str, int]]:
    """The entries of the « Sommaire », as printed: title, page."""
    first = next(number for _, title, number in sheets.bookmarks if title == "Sommaire")
    found: list[tuple[str, int]] = []
    for number in range(first, len(sheets) + 1):
        pending = ""
        entries = []
        for line in sheets.lines[number - 1]:
            match = re.match(r"(.*?)(?:\s?\.){2,}\s?(\d+)\s*$", line)
            if match:
                entries.append((f"{pending} {match[1]}".strip(), int(match[2])))
                pending = ""
            elif line.strip() != "Sommaire":
                pending = f"{pending} {line}".strip()
        if not entries:
            break
        found += entries
    return found


@pytest.mark.parametrize("name", BOOKLETS)
def test_contents_tell_the_right_pages(
    name: str, sheets: Sheets, owner: Resource, library: Library
) -> None:
    """Each page announced has its title: at the top for a part, as a heading for the others."""
    assert isinstance(owner, Booklet)
    headings = {(squeezed(title), number): level for level, title, number in sheets.bookmarks}
    entries_of_glossary = {squeezed(t.titre.replace("'", "’")) for t in library.terms}
    entries = contents(sheets)
    assert len(entries) >= 10
    for title, number in entries:
        bare = squeezed(re.sub(r"^(Partie \d+|Annexe) ", "", title))
        assert (bare, number) in headings, (title, number)
        body = sheets.body(number)
        # Glossary entries follow one another; all other parts open a page.
        if headings[bare, number] == 1 and bare not in entries_of_glossary:
            assert 0 <= body.find(bare) < 60, (title, number, body[:90])
        else:
            assert bare in body
        assert squeezed(f"page {number} sur {len(sheets)}") in sheets.margins(number)


@pytest.mark.parametrize("name", BOOKLETS)
def test_contents_leave_no_part_out(
    name: str, sheets: Sheets, owner: Resource, library: Library
) -> None:
    assert isinstance(owner, Booklet)
    listed = [squeezed(title) for title, _ in contents(sheets)]
    inside = {"glossaire": library.terms, "guide": library.chapters}
    for content in owner.contenu:
        for resource in inside[content]:
            assert any(title.endswith(squeezed(resource.titre)) for title in listed)


@pytest.mark.parametrize("name", BOOKLETS)
def test_index_tells_the_right_pages(
    name: str, sheets: Sheets, owner: Resource, library: Library
) -> None:
    starts = [number for _, title, number in sheets.bookmarks if title == "Index des mots"]
    assert isinstance(owner, Booklet)
    assert bool(starts) == ("glossaire" in owner.contenu)
    if not starts:
        return
    headings = {(squeezed(title), number) for _, title, number in sheets.bookmarks}
    forms = {squeezed(form): term for term in library.terms for form in term.forms}
    text = "\n".join(line for page in sheets.lines[starts[0] - 1 :] for line in page)
    rows = re.findall(r"(\S.*?)\s*·\s*(\d+)", text)
    seen = [(forms[squeezed(w)], int(p)) for w, p in rows if squeezed(w) in forms]
    assert {term.slug for term, _ in seen} == {term.slug for term in library.terms}
    for term, number in seen:
        assert (squeezed(term.titre.replace("'", "’")), number) in headings


@pytest.mark.parametrize("name", BOOKLETS)
def test_see_also_tells_the_right_pages(name: str, sheets: Sheets) -> None:
    starts = {squeezed(title): number for _, title, number in sheets.bookmarks}
    text = "\n".join(line for page in sheets.lines for line in page)
    for title, number in re.findall(r"^[•\s]*(\S[^\n]*?), page (\d+)\s*$", text, re.MULTILINE):
        assert starts.get(squeezed(title)) == int(number), title
