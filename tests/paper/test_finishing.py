"""The guide of a booklet, and its page of notes, laid out and read."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import page as page_validation
import pytest
import weasyprint
from reading import Sheets, squeezed
from weasyprint.text.fonts import FontConfiguration

from projects import REPOSITORY
from ressourcerie.library import Library
from ressourcerie.paper import folding, impose
from ressourcerie.paper.document import Document
from ressourcerie.paper.fetch import ProjectFetcher
from ressourcerie.paper.finishing import guide_document, notes_document
from ressourcerie.paper.press import Press
from ressourcerie.settings import read_settings

LONG = "Le guide de la médiation numérique " * 9


@cache
def press() -> Press:
    settings, _ = read_settings(REPOSITORY / "mkdocs.yml")
    assert settings is not None
    return Press(Library(), settings)


def guide(pages: int, sheet: str = "A4", title: str = "Le carnet") -> Document:
    return guide_document(press(), name="guide.pdf", title=title, pages=pages, sheet=sheet)


Lay = Callable[[Document], Sheets]


@pytest.fixture
def lay(tmp_path: Path) -> Lay:
    def laid(document: Document) -> Sheets:
        fetcher = ProjectFetcher(REPOSITORY)
        fonts = FontConfiguration()
        told = {"base_url": "projet:/", "url_fetcher": fetcher}
        styles = [
            weasyprint.CSS(
                string=(REPOSITORY / "theme" / "print" / name).read_text("utf-8"),
                font_config=fonts,
                **told,
            )
            for name in document.stylesheets
        ]
        file = tmp_path / document.name
        html = weasyprint.HTML(string=document.html, **told)
        html.write_pdf(file, stylesheets=styles, font_config=fonts, pdf_variant="pdf/ua-1")
        assert fetcher.refused == []
        return Sheets(file)

    return laid


@pytest.mark.parametrize(
    ("pages", "sheet", "title"),
    [(3, "A4", ""), (35, "A4", "Le carnet"), (60, "A3", LONG), (70, "A4", LONG), (400, "A4", LONG)],
)
def test_guide_is_one_sheet_whatever_it_has_to_say(
    lay: Lay, pages: int, sheet: str, title: str
) -> None:
    sheets = lay(guide(pages, sheet, title))
    width, height = {"A4": (841.89, 595.28), "A3": (1190.55, 841.89)}[sheet]
    assert sheets.sizes == [pytest.approx((width, height), abs=0.1)] * 2
    profile = page_validation.ValidationProfile.PDF_UA_1
    report = page_validation.validate_pdf(sheets.path, profile=profile)
    assert report.is_compliant, [str(f) for f in report.failures]
    assert impose.booklet(sheets.path.read_bytes(), guide=sheets.path.read_bytes(), sheet=sheet)


def test_every_letter_is_in_our_fonts(lay: Lay) -> None:
    for document in (guide(70, title=LONG), notes_document(press())):
        assert all("Ressourcerie" in name for name in lay(document).fonts)


def test_guide_has_four_drawings_told_in_words(lay: Lay) -> None:
    sheets = lay(guide(35))
    told = [str(e.get("/Alt", "")) for kind, e in sheets.elements if kind == "/Figure"]
    assert len(told) == 4
    assert all(len(words.split()) > 8 for words in told)
    steps = re.findall(r"<h2>\d\. (\w+)", guide(35).html)
    assert steps == ["Imprimez", "Pliez", "Agrafez", "Pressez"]


def test_guide_counts_sheets_and_pages(lay: Lay) -> None:
    sheets = lay(guide(35))
    recto, verso = sheets.body(1), sheets.body(2)
    assert "«Lecarnet»:35pagesA5,9feuillesA4" in recto
    # Two pages of guide, then both sides of nine sheets.
    assert "lespages3à20" in recto
    assert "lespages3à20" in verso
    assert "cahier" not in recto + verso
    assert "35\u00a0pages A4, 9\u00a0feuilles A3" in guide(35, "A3").html


def test_guide_lists_signatures_as_they_are_printed(lay: Lay) -> None:
    sheets = lay(guide(70))
    verso = sheets.body(2)
    assert folding.signatures(70) == (6, 6, 6)
    assert "Cahier1:pages3à14,6feuilles" in verso
    assert "Cahier2:pages15à26,6feuilles" in verso
    assert "Cahier3:pages27à38,6feuilles" in verso
    assert "Pliezchaquecahieràpart" in sheets.body(1)


def test_guide_tells_how_to_do_without_duplex_or_stapler(lay: Lay) -> None:
    recto = lay(guide(35)).body(1)
    assert squeezed("Sans recto verso automatique : imprimez d’abord les pages impaires") in recto
    assert squeezed("Sans agrafeuse : un élastique ou une ficelle") in recto


def test_verso_proves_the_setting(lay: Lay) -> None:
    sheets = lay(guide(35))
    assert sheets.body(2).startswith(squeezed("Lisez-vous ces lignes à l’endroit ?"))
    assert squeezed("Choisissez « bord court »") in sheets.body(2)


def test_one_sheet_needs_no_staple() -> None:
    html = guide(4).html
    assert "sans agrafe" in html
    assert "Ouvrez l’agrafeuse" not in html


@pytest.mark.parametrize("pages", [1, 35, 60, 70])
@pytest.mark.parametrize("document", [guide, lambda _: notes_document(press())])
def test_french_is_set_as_it_should(document: Callable[[int], Document], pages: int) -> None:
    html = document(pages).html
    for text in [*re.findall(r">([^<]+)<", html), *re.findall(r'alt="([^"]+)"', html)]:
        assert not re.search(r" [:;!?»]|« |'|\.\.\.", text), text


def test_notes_are_a_ruled_a5_page(lay: Lay) -> None:
    sheets = lay(notes_document(press()))
    assert sheets.sizes == [pytest.approx((419.53, 595.28), abs=0.1)]
    assert sheets.body(1) == "Notes"
    profile = page_validation.ValidationProfile.PDF_UA_1
    assert page_validation.validate_pdf(sheets.path, profile=profile).is_compliant


def test_a_guide_that_says_the_same_is_composed_once() -> None:
    assert guide(35).inputs == guide(35).inputs
    assert len({guide(35).inputs, guide(36).inputs, guide(35, "A3").inputs}) == 3
    assert guide(35, title="Autre").inputs != guide(35).inputs
