"""Which page lies where on the sheets of a booklet to fold. Arithmetic only: no PDF here.

Sheets are printed on both sides, turned on their short edge, laid in one pile, folded in two and
stapled on the fold. A thick booklet is made of several such piles, the signatures, folded each
apart and stacked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

# On one sheet: two pages on each side.
PAGES_A_SHEET: Final = 4
# Beyond, a pile no longer folds flat by hand, and an office stapler no longer pierces it.
MOST_IN_ONE_PILE: Final = 60
# 8 sheets: what folds sharply with a thumb-nail, and what an office stapler pierces with ease.
MOST_IN_A_SIGNATURE: Final = 32

# A sheet folded inside others is pushed out by their thickness, and loses as much when the edge is
# cut straight: the page is moved towards the fold instead. Office paper of 80 g/m² is 0.1 mm thick.
CREEP: Final = 0.1
# Up to 10 sheets it is under a millimetre, less than what an office printer itself strays by.
MOST_WITHOUT_CREEP: Final = 40

# A page by its number, from 1. None: a page of notes, or nothing.
Slot = int | None
# What lies on the left and on the right of one side.
Side = tuple[Slot, Slot]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet, as it is printed. `signature` counts from 0, and `depth` too: 0 is outermost.

    `creep` is how far its pages are moved towards the fold, in millimetres.
    """

    recto: Side
    verso: Side
    signature: int
    depth: int
    creep: float


def reading_order(pages: int) -> tuple[Slot, ...]:
    """The pages 1 to `pages`, with notes up to a multiple of four.

    They go before the last page, which is the back cover: it stays outside.
    """
    notes = (None,) * (-pages % PAGES_A_SHEET)
    if pages == 1:
        return (1, *notes)
    return (*range(1, pages), *notes, pages)


def signatures(pages: int, number: int | None = None) -> tuple[int, ...]:
    """How many sheets are folded together in each signature, the thickest first.

    `number` asks for that many; by default a booklet is one pile as long as it can be. They differ
    by one sheet at most. Raises ValueError when it cannot be.
    """
    if pages < 1:
        raise ValueError("a booklet has one page at least")
    padded = pages + -pages % PAGES_A_SHEET
    total = padded // PAGES_A_SHEET
    if number is None:
        number = 1 if padded <= MOST_IN_ONE_PILE else -(-padded // MOST_IN_A_SIGNATURE)
    if not 1 <= number <= total:
        raise ValueError(f"{total} sheets do not make {number} signatures")
    each, more = divmod(total, number)
    return (each + 1,) * more + (each,) * (number - more)


def sheets(pages: int, number: int | None = None) -> tuple[Sheet, ...]:
    """The sheets of a booklet in the order of printing: each signature from its outside in.

    `number` is that of the signatures, as for `signatures`.
    """
    left = reading_order(pages)
    creep = CREEP if len(left) > MOST_WITHOUT_CREEP else 0.0
    found: list[Sheet] = []
    for signature, count in enumerate(signatures(pages, number)):
        inside, left = left[: count * PAGES_A_SHEET], left[count * PAGES_A_SHEET :]
        for depth in range(count):
            first, second, *inside_, before_last, last = inside
            recto, verso = (last, first), (second, before_last)
            found.append(Sheet(recto, verso, signature, depth, depth * creep))
            inside = tuple(inside_)
    return tuple(found)
