"""Where sheets are composed: pages placed on them, and the marks to fold and cut by.

Lengths are in points, from the lower left corner of a sheet laid on its long side.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import pikepdf

from ressourcerie.paper.document import A3, A4
from ressourcerie.paper.leaves import Leaf

MM: Final = 72 / 25.4
# Width and height.
SHEETS: Final = {A4: (297 * MM, 210 * MM), A3: (420 * MM, 297 * MM)}

# Pages this near to their place keep their size: A5 is told as 419 or 420 points wide.
_NEAR: Final = 0.005

# Office printers leave 4 to 5 mm blank around a sheet: what is seen of a tick lies beyond.
_TICK: Final = 10 * MM
# Less paper than that cannot be cut off.
_SPARE: Final = 3 * MM
_MARK_WIDTH: Final = 0.4
_DASHES: Final = "[3 3] 0 d"
# The bars that make a staircase on the back of stacked signatures: in height, and from one to the
# next. They go round the fold, this far on each side.
_BAR: Final = 6 * MM
_BAR_SIDE: Final = 1 * MM
_FIRST_BAR: Final = 30 * MM

# A page and the name it is drawn by.
Named = tuple[str, Leaf]


def fit(leaf: Leaf, width: float, height: float) -> float:
    """The scale at which a page fills a place without leaving it; 1 when it nearly does already."""
    scale = min(width / leaf.width, height / leaf.height)
    return 1.0 if abs(scale - 1) < _NEAR else scale


@dataclass(frozen=True, slots=True)
class Spot:
    """A page where it is drawn: its lower left corner and its scale, inside `start` to `end`.

    These are the left and right ends of its half of the sheet.
    """

    named: Named
    scale: float
    x: float
    y: float
    start: float
    end: float

    @property
    def trim(self) -> tuple[float, float, float, float]:
        """Left, bottom, right, top of the page once cut."""
        leaf = self.named[1]
        right, top = self.x + leaf.width * self.scale, self.y + leaf.height * self.scale
        return max(self.x, self.start), max(self.y, 0), min(right, self.end), top


class Bench:
    """Composes the pages of `document`, as large as a `sheet`."""

    def __init__(self, document: pikepdf.Pdf, sheet: str, *, marks: bool) -> None:
        self._document = document
        self._width, self._height = SHEETS[sheet]
        self._fold = self._width / 2
        self._marks = marks

    def folded(
        self, left: Named | None, right: Named | None, creep: float, bar: int | None
    ) -> pikepdf.Dictionary:
        """One side of a sheet to fold: two pages against the fold, moved by `creep` towards it.

        What is moved beyond the fold, white in any page with a margin, is clipped. `bar` is the
        number of the signature to show on its back, from 0.
        """
        spots = []
        if left:
            width = left[1].width * self._scale(left)
            spots.append(self._spot(left, self._fold - width + creep, 0))
        if right:
            spots.append(self._spot(right, self._fold - creep, self._fold))
        return self._page(spots, bar)

    def side_by_side(self, left: Named, right: Named | None) -> pikepdf.Dictionary:
        """Two pages, each in the middle of its half."""
        spots = []
        for named, start in ((left, 0.0), (right, self._fold)):
            if named:
                spare = self._fold - named[1].width * self._scale(named)
                spots.append(self._spot(named, start + spare / 2, start))
        return self._page(spots)

    def whole(self, named: Named) -> pikepdf.Dictionary:
        """One page as large as the sheet, without marks."""
        leaf = named[1]
        scale = fit(leaf, self._width, self._height)
        x = (self._width - leaf.width * scale) / 2
        y = (self._height - leaf.height * scale) / 2
        return self._sheet([Spot(named, scale, x, y, 0, self._width)], ())

    def _scale(self, named: Named) -> float:
        return fit(named[1], self._fold, self._height)

    def _spot(self, named: Named, x: float, start: float) -> Spot:
        scale = self._scale(named)
        y = (self._height - named[1].height * scale) / 2
        return Spot(named, scale, x, y, start, start + self._fold)

    def _page(self, spots: Sequence[Spot], bar: int | None = None) -> pikepdf.Dictionary:
        return self._sheet(spots, self._drawn_marks(spots, bar) if self._marks else ())

    def _sheet(self, spots: Sequence[Spot], marks: Iterator[str] | tuple[()]) -> pikepdf.Dictionary:
        lines = [*(self._drawn(spot) for spot in spots), *marks]
        forms = {f"/{spot.named[0]}": spot.named[1].form for spot in spots}
        return pikepdf.Dictionary(
            Type=pikepdf.Name.Page,
            MediaBox=[0, 0, round(self._width, 4), round(self._height, 4)],
            Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(forms)),
            Contents=pikepdf.Stream(self._document, "\n".join(lines).encode()),
        )

    def _drawn(self, spot: Spot) -> str:
        name, leaf = spot.named
        half = _numbers(spot.start, 0, spot.end - spot.start, self._height)
        x, y = (
            spot.x - spot.scale * float(leaf.box.llx),
            spot.y - spot.scale * float(leaf.box.lly),
        )
        matrix = _numbers(spot.scale, 0, 0, spot.scale, x, y)
        return f"q {half} re W n {matrix} cm /{name} Do Q"

    def _drawn_marks(self, spots: Sequence[Spot], bar: int | None) -> Iterator[str]:
        """Ticks at both ends of the fold; a dashed line where paper is left beyond a page."""
        yield f"q 0 G 0 g {_MARK_WIDTH} w"
        yield _line(self._fold, self._height, self._fold, self._height - _TICK)
        yield _line(self._fold, 0, self._fold, _TICK)
        if bar is not None:
            top = self._height - _FIRST_BAR - bar * _BAR
            yield _numbers(self._fold - _BAR_SIDE, top - _BAR, 2 * _BAR_SIDE, _BAR) + " re f"
        yield _DASHES
        for spot in spots:
            yield from self._cuts(spot)
        yield "Q"

    def _cuts(self, spot: Spot) -> Iterator[str]:
        # Just outside: nothing of the line is left on the page once cut.
        left, bottom, right, top = spot.trim
        out = _MARK_WIDTH / 2
        if left - spot.start > _SPARE:
            yield _line(left - out, 0, left - out, self._height)
        if spot.end - right > _SPARE:
            yield _line(right + out, 0, right + out, self._height)
        if bottom > _SPARE:
            yield _line(spot.start, bottom - out, spot.end, bottom - out)
        if self._height - top > _SPARE:
            yield _line(spot.start, top + out, spot.end, top + out)


def _line(x: float, y: float, to_x: float, to_y: float) -> str:
    return f"{_numbers(x, y)} m {_numbers(to_x, to_y)} l S"


def _numbers(*numbers: float) -> str:
    """As a PDF writes them: no exponent, no digits that no printer could tell."""
    return " ".join(f"{number:.4f}".rstrip("0").rstrip(".") for number in numbers)
