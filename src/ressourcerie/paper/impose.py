"""Imposes a PDF: its pages two by two on larger sheets, to fold into a booklet or to cut.

Pure: bytes in, bytes out, the same each time. `folding` tells which page lies where.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from statistics import median
from typing import Final

from ressourcerie.paper import folding
from ressourcerie.paper.bench import MM, SHEETS, Bench, Named, fit
from ressourcerie.paper.document import A3, A4
from ressourcerie.paper.leaves import ImposeError, Leaf, leaves, opened, saved, title

__all__ = ["MOST_PAGES", "ImposeError", "Plan", "booklet", "look", "two_up"]

# A booklet of more sheets would be a brick, and its guide could not list its signatures.
MOST_PAGES: Final = 400
# The longest side of what is still A5, with a tolerance.
_LONGEST_A5: Final = 214 * MM


@dataclass(frozen=True, slots=True)
class Plan:
    """What imposing a PDF will do. `scale` is that of its most reduced page: 1 keeps its size."""

    title: str
    pages: int
    sheet: str
    scale: float


def look(pdf: bytes, sheet: str | None = None) -> Plan:
    """Read a PDF, and choose the sheet that suits its pages when none is asked for.

    Raises ImposeError.
    """
    with opened(pdf) as document:
        pages = leaves(document)
        sheet = sheet or _natural_sheet(pages)
        width, height = SHEETS[sheet]
        scale = min(fit(leaf, width / 2, height) for leaf in pages)
        return Plan(title(document), len(pages), sheet, scale)


def booklet(
    pdf: bytes,
    *,
    guide: bytes | None = None,
    notes: bytes | None = None,
    sheet: str | None = A4,
    marks: bool = False,
    signatures: int | None = None,
) -> bytes:
    """A booklet to print on both sides, turned on the short edge, then to fold and staple.

    Each page fills half a `sheet` (the one that suits them when it is None), against the fold.
    `guide` is a PDF of two pages, put first as a sheet of its own; `notes` a PDF of one page, for
    the places that are left: blank without it. `signatures` is how many there should be: by
    default, it depends on the thickness. `marks` shows where to fold and cut, and the order of
    signatures.

    Raises ImposeError when one of the PDFs cannot be used, ValueError when its sheets do not make
    that many signatures.
    """
    with ExitStack() as stack:
        document = stack.enter_context(opened(pdf))
        pages = leaves(document)
        if len(pages) > MOST_PAGES:
            raise ImposeError(
                f"Ce PDF a {len(pages)} pages : au-delà de {MOST_PAGES}, faites-en plusieurs "
                "livrets."
            )
        bench = Bench(document, sheet or _natural_sheet(pages), marks=marks)

        def borrowed(other: bytes | None, name: str) -> list[Named]:
            # What is borrowed is read from its own document until all is written.
            source = stack.enter_context(opened(other)) if other else None
            return [
                (f"{name}{number}", Leaf(document.copy_foreign(leaf.form), leaf.box))
                for number, leaf in enumerate(leaves(source) if source else (), start=1)
            ]

        front = borrowed(guide, "Guide")
        if len(front) not in {0, 2}:
            # The booklet would begin on the back of its guide.
            raise ImposeError(f"Le mode d’emploi doit avoir 2 pages, et non {len(front)}.")
        blank = next(iter(borrowed(notes, "Notes")), None)
        named = _named(pages)

        def at(slot: folding.Slot) -> Named | None:
            return blank if slot is None else named[slot - 1]

        made = [bench.whole(page) for page in front]
        sheets = folding.sheets(len(pages), signatures)
        for one in sheets:
            # Shown on the back of a signature, so on the outside of its outermost sheet.
            bar = one.signature if one.depth == 0 and sheets[-1].signature else None
            creep = one.creep * MM
            made.append(bench.folded(at(one.recto[0]), at(one.recto[1]), creep, bar))
            made.append(bench.folded(at(one.verso[0]), at(one.verso[1]), creep, None))
        return saved(document, made, "DuplexFlipShortEdge")


def two_up(pdf: bytes, *, sheet: str | None = None, marks: bool = False) -> bytes:
    """Two pages a side, in the order of reading, printed on one side: to cut, or to read so.

    A5 goes on A4 and A4 on A3 without a change of size, unless another `sheet` is asked for.
    Raises ImposeError.
    """
    with opened(pdf) as document:
        pages = leaves(document)
        bench = Bench(document, sheet or _natural_sheet(pages), marks=marks)
        named = [*_named(pages), None]
        made = [
            bench.side_by_side(left, right)
            for left, right in zip(named[::2], named[1::2], strict=False)
            if left
        ]
        return saved(document, made, "Simplex")


def _named(pages: Sequence[Leaf]) -> list[Named]:
    return [(f"P{number}", leaf) for number, leaf in enumerate(pages, start=1)]


def _natural_sheet(pages: Sequence[Leaf]) -> str:
    """The sheet on which most pages keep their size, or are enlarged."""
    usual = median(max(leaf.width, leaf.height) for leaf in pages)
    return A4 if usual <= _LONGEST_A5 else A3
