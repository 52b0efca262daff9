"""Sheets folded by hand, on paper that is not there: what a reader turns is in order."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ressourcerie.paper import folding
from ressourcerie.paper.folding import Sheet, Side, Slot


def read(signatures: list[list[tuple[Side, Side]]]) -> list[Slot]:
    """Turn the pages of a booklet: for each signature, its sheets as printed, outermost first.

    Each is folded with its recto outside. Of its two leaves, the one that carries the right half of
    the recto comes first in the book: its back is the left half of the verso, for it was turned on
    the short edge. The other leaf comes after all that is folded inside.
    """
    turned: list[Slot] = []
    for pile in signatures:
        first_leaves = [(recto[1], verso[0]) for recto, verso in pile]
        last_leaves = [(verso[1], recto[0]) for recto, verso in reversed(pile)]
        turned += [page for leaf in (*first_leaves, *last_leaves) for page in leaf]
    return turned


def piles(sheets: tuple[Sheet, ...]) -> list[list[tuple[Side, Side]]]:
    found: list[list[tuple[Side, Side]]] = []
    for sheet in sheets:
        if sheet.depth == 0:
            found.append([])
        found[-1].append((sheet.recto, sheet.verso))
    return found


def test_a_sheet_of_four_pages_is_the_one_everybody_has_folded() -> None:
    (sheet,) = folding.sheets(4)
    assert (sheet.recto, sheet.verso) == ((4, 1), (2, 3))


def test_eight_pages_are_two_sheets_one_inside_the_other() -> None:
    outer, inner = folding.sheets(8)
    assert (outer.recto, outer.verso) == ((8, 1), (2, 7))
    assert (inner.recto, inner.verso) == ((6, 3), (4, 5))


def test_notes_come_before_the_last_page_which_stays_outside() -> None:
    outer, inner = folding.sheets(6)
    assert (outer.recto, outer.verso) == ((6, 1), (2, None))
    assert (inner.recto, inner.verso) == ((None, 3), (4, 5))


@given(st.integers(1, 2000))
@example(1)
@example(60)
@example(61)
def test_folded_booklet_reads_from_first_page_to_last(pages: int) -> None:
    sheets = folding.sheets(pages)
    turned = read(piles(sheets))
    assert [page for page in turned if page] == list(range(1, pages + 1))
    notes = turned.count(None)
    assert notes == len(turned) - pages < 4
    if pages > 1:
        assert turned[-1] == pages
        assert set(turned[pages - 1 : -1]) <= {None}


@given(st.integers(1, 2000), st.data())
def test_any_number_of_signatures_reads_as_well(pages: int, data: st.DataObject) -> None:
    number = data.draw(st.integers(1, -(-pages // 4)))
    sheets = folding.sheets(pages, number)
    assert [page for page in read(piles(sheets)) if page] == list(range(1, pages + 1))
    assert len(piles(sheets)) == number


@given(st.integers(1, 2000))
def test_signatures_are_even_and_thin_enough_to_fold(pages: int) -> None:
    sizes = folding.signatures(pages)
    assert max(sizes) - min(sizes) <= 1
    assert sum(sizes) == -(-pages // 4)
    if sum(sizes) * 4 <= 60:
        assert len(sizes) == 1
    else:
        assert len(sizes) > 1
        assert max(sizes) * 4 <= 32


@pytest.mark.parametrize(
    ("pages", "sizes"), [(4, (1,)), (60, (15,)), (61, (8, 8)), (64, (8, 8)), (68, (6, 6, 5))]
)
def test_signatures_begin_above_sixty_pages(pages: int, sizes: tuple[int, ...]) -> None:
    assert folding.signatures(pages) == sizes


@pytest.mark.parametrize("pages", [4, 39, 40])
def test_a_thin_booklet_has_no_creep(pages: int) -> None:
    assert {sheet.creep for sheet in folding.sheets(pages)} == {0}


@pytest.mark.parametrize("pages", [41, 60, 68, 200])
def test_creep_grows_by_the_thickness_of_a_sheet_from_the_outside_in(pages: int) -> None:
    for sheet in folding.sheets(pages):
        assert sheet.creep == pytest.approx(0.1 * sheet.depth)


@pytest.mark.parametrize(("pages", "number"), [(0, None), (-4, None), (4, 2), (8, 0)])
def test_what_cannot_be_folded_is_refused(pages: int, number: int | None) -> None:
    with pytest.raises(ValueError, match=r"page|sheets"):
        folding.sheets(pages, number)
