"""What comes out of a printer: letters, lines, ink and greys, measured on every finished PDF."""

from __future__ import annotations

from pathlib import Path

import pytest
from proofing.ink import ink
from proofing.proofreader import proof
from reading import Sheets, squeezed
from stock import BOOKLETS, FILLABLE, PDFS, SHEETS, SLIDES, SLUGS, edition

from ressourcerie.french import plural
from ressourcerie.paper import editions, preview
from ressourcerie.paper.editions import Edition

SIZES = {e.name: e.body_size for e in vars(editions).values() if isinstance(e, Edition)}
# Of a booklet read at arm’s length, in points.
IN_BOOKLETS = 11.0


def body_size(name: str) -> float | None:
    """The size the text of a paper is said to have; None when nothing is said."""
    if name in SHEETS or name in SLIDES:
        return SIZES[edition(name)]
    return IN_BOOKLETS if name in BOOKLETS else None


def test_every_edition_has_a_size() -> None:
    assert {edition(name) for name in (*SHEETS, *SLIDES)} == SIZES.keys()
    assert (SIZES["participant"], SIZES["grands-caracteres"]) == (14, 18)


@pytest.mark.parametrize("name", PDFS)
def test_proofreader_finds_nothing(real_site: Path, name: str) -> None:
    """No lonely line nor title, no split table, no letter small, pale or foreign; sizes as said."""
    found = proof(real_site / "telechargements" / name, body=body_size(name))
    assert [str(one) for one in found] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_frugal_sheet_takes_half_the_ink_and_fewer_pages(real_site: Path, slug: str) -> None:
    folder = real_site / "telechargements"
    taken = {name: ink(folder / f"{slug}-{name}.pdf") for name in ("participant", "econome")}
    usual, frugal = taken["participant"], taken["econome"]
    assert frugal.total <= usual.total / 2
    assert len(frugal.pages) < len(usual.pages)
    # What the site tells is measured otherwise, and says the same.
    for name, measured in taken.items():
        told = preview.ink((folder / f"{slug}-{name}.pdf").read_bytes())
        assert told == pytest.approx(measured.mean, rel=0.1)
        page = (real_site / "imprimer/index.html").read_text("utf-8")
        row = page.partition(f"{slug}-{name}.pdf")[0].rpartition("<tr")[2]
        row += page.partition(f"{slug}-{name}.pdf")[2].partition("</tr>")[0]
        assert squeezed(f"{max(1, round(100 * told))} % de la page") in squeezed(row)


@pytest.mark.parametrize("name", [f"{slug}-econome.pdf" for slug in SLUGS])
def test_letters_of_frugal_sheet_take_black_ink_alone(sheets: Sheets) -> None:
    """A dark blue, printed as such, empties three cartridges."""
    letters = [run for page in sheets.texts for run in page if not run.in_form]
    assert letters
    assert {run.colour for run in letters if len(set(run.colour)) > 1} == set()


@pytest.mark.parametrize("name", [name for name in SHEETS if name not in FILLABLE])
def test_sheet_says_how_many_sheets_it_takes(sheets: Sheets) -> None:
    said = plural((len(sheets) + 1) // 2, "feuille")
    said += " recto verso" if len(sheets) > 1 else ""
    assert squeezed(said) in sheets.whole + "".join(
        sheets.margins(number) for number in range(1, len(sheets) + 1)
    )
