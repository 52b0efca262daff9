"""Every PDF of the project: readable by everyone, numbered right, and saying what it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import page as page_validation
import pikepdf
import pytest
from proofing.glyphs import missing
from reading import Sheets, squeezed, unhyphenated
from stock import (
    BOOKLETS,
    EXPLAINED,
    FILLABLE,
    FOLDED,
    IMPOSED,
    PDFS,
    RECIPES,
    SHEETS,
    SLIDES,
    SLUGS,
    TAGGED,
    edition,
)

from ressourcerie import data, french
from ressourcerie.library import Library
from ressourcerie.model import Resource, Workshop
from ressourcerie.paper.document import SCREEN
from ressourcerie.paper.pdf import Pdf

POINTS = {"A3": (841.89, 1190.55), "A4": (595.28, 841.89), "A5": (419.53, 595.28)}
# Screens of 16 by 9.
POINTS[SCREEN] = (405.0, 720.0)
# With running heads, a licence and a source.
TEXTS = [*SHEETS, *BOOKLETS]
IN_TEXTS = pytest.mark.parametrize("name", TEXTS)


@pytest.fixture(params=TAGGED)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_site_offers_every_declared_pdf_and_no_other(
    real_site: Path, declared: dict[str, Pdf]
) -> None:
    assert SLUGS
    assert RECIPES
    offered = [p.name for p in real_site.rglob("*.pdf")]
    assert sorted(offered) == sorted(PDFS)
    assert set(PDFS) == declared.keys()


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


def test_papers_have_titles_of_their_own(opened: Callable[[str], Sheets]) -> None:
    titles = [str(opened(name).pdf.docinfo["/Title"]) for name in TAGGED]
    assert len(set(titles)) == len(titles)


def test_dates_are_those_of_the_source(sheets: Sheets, owner: Resource) -> None:
    written = str(sheets.pdf.docinfo["/CreationDate"]), str(sheets.pdf.docinfo["/ModDate"])
    assert written[0].startswith(f"D:{owner.cree_le:%Y%m%d}")
    assert written[1].startswith(f"D:{owner.relu_le:%Y%m%d}")


def test_bookmarks_lead_to_their_headings(sheets: Sheets, name: str) -> None:
    assert len(sheets.bookmarks) >= (4 if name in TEXTS else 1)
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


@pytest.mark.parametrize("name", [f"{slug}-animateur.pdf" for slug in SLUGS])
def test_figures_are_there_to_be_told(sheets: Sheets) -> None:
    """The drawing of the session, at least: the test above must have something to look at."""
    alternatives = [str(e.get("/Alt")) for kind, e in sheets.elements if kind == "/Figure"]
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


def test_no_link_leads_into_a_machine(sheets: Sheets, name: str) -> None:
    for link in sheets.links:
        action = link.get("/A")
        if action is not None:
            assert str(action.S) == "/URI"
            assert re.match(r"(https?://|mailto:|tel:)", str(action.URI))
    root = sheets.pdf.Root
    assert not {"/OpenAction", "/AA"} & root.keys()
    assert ("/AcroForm" in root) == (name in FILLABLE)
    assert "/JavaScript" not in root.get("/Names", {})
    assert "/EmbeddedFiles" not in root.get("/Names", {})


@IN_TEXTS
def test_running_heads_are_artifacts(sheets: Sheets, name: str, owner: Resource) -> None:
    """The number and the title at the edge of pages are drawn, but not read aloud on each."""
    total = len(sheets)
    numbered = range(2, total) if name in BOOKLETS else range(1, total + 1)
    for number in numbered:
        assert squeezed(f"page {number} sur {total}") in sheets.margins(number)
        assert not re.search(r"page\d+sur\d+", sheets.body(number))
    titled = [n for n in range(2, total + 1) if squeezed(owner.titre) in sheets.margins(n)]
    assert len(titled) >= (total - 1) // 2


@IN_TEXTS
def test_edges_hold_nothing_but_running_heads(sheets: Sheets) -> None:
    """What stands above or below the text of a page must be an artifact."""
    for number, texts in enumerate(sheets.texts, start=1):
        artifacts = [t for t in texts if t.artifact and t.letters.strip()]
        inner = [t for t in texts if not (t.artifact or t.in_form) and t.letters.strip()]
        for text in artifacts:
            above = all(text.bottom > other.bottom for other in inner)
            below = all(text.top < other.top for other in inner)
            assert above or below, (number, text.letters)


@pytest.mark.parametrize("name", BOOKLETS)
def test_covers_carry_no_page_number(sheets: Sheets) -> None:
    assert sheets.margins(1) == sheets.margins(len(sheets)) == ""


@pytest.mark.parametrize("name", SHEETS)
def test_every_page_of_a_sheet_says_its_edition(sheets: Sheets, owner: Resource) -> None:
    """A page found alone on a table: what it is of, which version, from whom, free to copy."""
    assert isinstance(owner, Workshop)
    said = [f"Version {owner.version}", french.day(owner.relu_le), *owner.auteurs, "CC BY-SA 4.0"]
    for number in range(1, len(sheets) + 1):
        margins = sheets.margins(number)
        assert [words for words in said if squeezed(words) not in margins] == [], number


@pytest.mark.parametrize("name", BOOKLETS)
def test_booklet_says_its_edition_on_its_covers(sheets: Sheets, owner: Resource) -> None:
    said = [f"ersion {owner.version}", french.day(owner.relu_le), owner.licence]  # type: ignore[attr-defined]
    for number in (1, len(sheets)):
        cover = sheets.body(number)
        assert [words for words in said if squeezed(words) not in cover] == [], number
    for author in owner.auteurs:
        assert squeezed(author) in sheets.body(len(sheets))


@pytest.mark.parametrize("name", IMPOSED)
def test_paper_for_printers_does_not_claim_to_be_read_aloud(sheets: Sheets, name: str) -> None:
    """Its pages are out of order, without tags: it says so, and where the readable one is."""
    root = sheets.pdf.Root
    assert not {"/StructTreeRoot", "/MarkInfo", "/Outlines", "/AcroForm"} & root.keys()
    with sheets.pdf.open_metadata() as metadata:
        assert "pdfuaid:part" not in metadata
    assert str(sheets.pdf.docinfo["/Title"]).endswith("à imprimer")
    wishes = root.ViewerPreferences
    assert wishes.PrintScaling == "/None"
    assert wishes.Duplex == ("/DuplexFlipShortEdge" if name in FOLDED else "/Simplex")


# ---------------------------------------------------------------------------------------------
# For eyes and printers
# ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PDFS)
def test_pages_have_the_declared_size(sheets: Sheets, name: str, declared: dict[str, Pdf]) -> None:
    paper = declared[name].paper
    if name in SHEETS:
        assert paper == "A4"
    if name in BOOKLETS:
        assert paper == "A5"
    for size in sheets.sizes:
        assert sorted(size) == pytest.approx(POINTS[paper], abs=0.5)
    if name in TEXTS:
        assert all(width < height for width, height in sheets.sizes)
    if name in [*IMPOSED, *SLIDES]:
        assert all(width > height for width, height in sheets.sizes)


@pytest.mark.parametrize("name", PDFS)
def test_fonts_are_ours_and_embedded(sheets: Sheets) -> None:
    assert sheets.fonts
    for name, font in sheets.fonts.items():
        assert "Ressourcerie" in name
        for inner in font.get("/DescendantFonts", [font]):
            assert "Ressourcerie" in str(inner.FontDescriptor.FontName)
            files = {"/FontFile", "/FontFile2", "/FontFile3"} & inner.FontDescriptor.keys()
            assert files, f"{name} is not embedded"


@IN_TEXTS
def test_every_letter_has_a_drawing(sheets: Sheets) -> None:
    glyphs = list(sheets.glyphs)
    assert len(glyphs) > 500
    assert missing(sheets.pdf) == [0] * len(sheets)
    assert "\ufffd" not in sheets.whole


@IN_TEXTS
def test_nothing_runs_off_the_page(sheets: Sheets) -> None:
    for number, (texts, (width, height)) in enumerate(
        zip(sheets.texts, sheets.sizes, strict=True), start=1
    ):
        for text in texts:
            if text.letters.strip() and not text.in_form:
                inside = text.left > 15 and text.right < width - 15
                inside = inside and text.bottom > 10 and text.top < height - 10
                assert inside, (number, text)


@IN_TEXTS
def test_no_page_is_empty(sheets: Sheets) -> None:
    for number in range(1, len(sheets) + 1):
        assert len(sheets.body(number)) > 20, number


@pytest.mark.parametrize("name", ["guide-livret.pdf"])
def test_guide_is_a_book(sheets: Sheets) -> None:
    assert len(sheets) >= 25


@pytest.mark.parametrize("name", PDFS)
def test_site_tells_the_right_number_of_pages(sheets: Sheets, real_site: Path) -> None:
    page = (real_site / "telechargements/index.html").read_text("utf-8")
    shown = page.partition(sheets.path.name)[2].partition("</a>")[0]
    assert squeezed(f"{len(sheets)} page") in squeezed(shown)


@IN_TEXTS
def test_says_its_licence_and_its_source(sheets: Sheets, owner: Resource) -> None:
    name, address = data.LICENCES[owner.licence]
    assert owner.licence in sheets.whole
    assert squeezed(name) in sheets.whole
    origin = squeezed(f"Page d’origine, toujours à jour : La Ressourcerie, page {owner.url}")
    assert unhyphenated(origin) in unhyphenated(sheets.whole)
    assert address in {str(link.A.URI) for link in sheets.links if "/A" in link}
    assert squeezed(f"Texte : {', '.join(owner.auteurs)}") in sheets.whole


# ---------------------------------------------------------------------------------------------
# Workshops
# ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", SLUGS)
def test_steps_of_a_workshop_add_up(slug: str, real_library: Library) -> None:
    workshop = real_library.workshop(slug)
    assert workshop is not None
    steps = workshop.steps
    assert all(step.minutes for step in steps)
    assert sum(step.minutes or 0 for step in steps) == workshop.duree
    # A break is due after 90 minutes: a shorter session may do without.
    pause = ("Pause",) if workshop.duree > 90 else ()
    for word in ("Accueil", *pause, "Évaluation", "Clôture"):
        assert any(step.title.startswith(word) for step in steps), word
    assert steps[0].title.startswith("Accueil")
    assert steps[-1].title.startswith("Clôture")


@pytest.mark.parametrize("name", [f"{slug}-animateur.pdf" for slug in SLUGS])
def test_facilitator_sheet_holds_the_whole_clock(sheets: Sheets, owner: Resource) -> None:
    assert isinstance(owner, Workshop)
    for step in owner.steps:
        assert squeezed(step.title).replace("'", "’") in sheets.whole
        assert f"{step.start // 60}h{step.start % 60:02}" in sheets.whole


LINKED = re.compile(r'href="[^"]*?glossaire/([\w-]+)/')


@pytest.mark.parametrize("name", EXPLAINED)
def test_lexicon_explains_every_term_the_sheet_uses(
    name: str, sheets: Sheets, owner: Resource, real_site: Path, real_library: Library
) -> None:
    assert isinstance(owner, Workshop)
    view = "" if edition(name) == "animateur" else "participant/"
    page = (real_site / owner.url / view / "index.html").read_text("utf-8")
    used = set(LINKED.findall(page))
    if not view:
        used |= set(owner.glossaire)
        assert used
    lexicon = unhyphenated(sheets.whole.partition("LexiqueLesmotsdecedocument")[2])
    for slug in used:
        term = real_library.term(slug)
        assert term is not None
        assert unhyphenated(squeezed(term.titre)) in lexicon
        assert unhyphenated(squeezed(term.glose)) in lexicon
    destinations = set(_destinations(sheets.pdf))
    assert {t.slug for t in real_library.terms if f"lexique-{t.slug}" in destinations} == used


@pytest.mark.parametrize("name", EXPLAINED)
def test_terms_of_a_sheet_lead_to_its_lexicon(
    name: str, sheets: Sheets, owner: Resource, real_site: Path
) -> None:
    view = "" if edition(name) == "animateur" else "participant/"
    page = (real_site / owner.url / view / "index.html").read_text("utf-8")
    # The cards are a paper of their own; the words of the sheet are listed by its lexicon alone.
    for aside in ("cartes-a-decouper", "fiche-mots"):
        page = re.sub(rf'<h2 id="{aside}".*?(?=<h2 |\Z)', "", page, flags=re.DOTALL)
    linked = {str(link.Dest) for link in sheets.links if "/Dest" in link}
    assert {f"lexique-{slug}" for slug in LINKED.findall(page)} <= linked
