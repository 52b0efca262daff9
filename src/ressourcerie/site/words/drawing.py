"""Draws related words as rows tied by arcs: names one can read whatever their number.

Names never overlap, since each has its row; the drawing is narrow, so that a phone and a sheet of
paper show it whole. Sizes are whole numbers, the same on every machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 360
# Boxes of names on the left, arcs on the right.
BOX: Final = 236
_PADDING: Final = 12
LINE: Final = 21
_ROW_GAP: Final = 10
_HEADING: Final = 26
_SECTION_GAP: Final = 18
_NEAREST: Final = 18
_FARTHEST: Final = WIDTH - BOX - 12
_ROUNDS: Final = 40
# Means are whole numbers of this fraction of a row: no rounding of a machine’s own.
_FINE: Final = 5040

# Widths of letters in a bold text of 17, on the safe side; what is not listed is of the last width.
_SIZES: Final = (
    (" .,'’ijlI|", 5),
    ("frt-()/", 8),
    ("mwMWœŒæ@%", 16),
    ("ABCDEFGHJKLNOPQRSTUVXYZ", 13),
)
_SIZE: Final = 10


@dataclass(frozen=True, slots=True)
class Word:
    """What a row shows; `kind` is how it is drawn."""

    slug: str
    title: str
    url: str
    kind: str = "word"


@dataclass(frozen=True, slots=True)
class Row:
    """A word in its place, `tied` to another or not. `rank` is what arcs know it by."""

    rank: int
    word: Word
    y: int
    height: int
    lines: tuple[str, ...]
    tied: bool

    @property
    def middle(self) -> int:
        """Where its arcs start."""
        return self.y + self.height // 2

    @property
    def text_lines(self) -> tuple[tuple[int, str], ...]:
        """Base line and text of each line of its name."""
        top = self.y + (self.height - LINE * len(self.lines)) // 2
        return tuple((top + 16 + LINE * i, text) for i, text in enumerate(self.lines))


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of a section, and its base line."""

    text: str
    y: int


@dataclass(frozen=True, slots=True)
class Arc:
    """A tie between two rows, by their ranks."""

    ends: tuple[int, int]
    path: str


@dataclass(frozen=True, slots=True)
class Section:
    """Words drawn together under a name, which may be empty."""

    label: str
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """The rows of a section, under its name when it has one."""

    heading: Heading | None
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing, ready for a template to write down. `box` is the width of the rows."""

    height: int
    blocks: tuple[Block, ...]
    arcs: tuple[Arc, ...]
    width: int = WIDTH
    box: int = BOX
    padding: int = _PADDING

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every row, from top to bottom."""
        return tuple(row for block in self.blocks for row in block.rows)


def draw(sections: Iterable[Section], ties: Iterable[tuple[str, str]]) -> Drawing:
    """Draw words section after section; inside each, words that are tied stand close."""
    sections = tuple(sections)
    there = {word.slug for section in sections for word in section.words}
    kept = sorted({(a, b) for a, b in ties if a in there and b in there and a != b})
    near = _neighbours(kept)
    orders = _arranged([[w.slug for w in s.words] for s in sections], near)
    blocks: list[Block] = []
    rows: list[Row] = []
    y = 1
    for section, order in zip(sections, orders, strict=True):
        heading = None
        if section.label:
            y += _SECTION_GAP if rows else 0
            heading = Heading(section.label, y + 17)
            y += _HEADING
        by_slug = {word.slug: word for word in section.words}
        first = len(rows)
        for slug in order:
            lines = wrapped(by_slug[slug].title)
            height = 15 + LINE * len(lines)
            rows.append(Row(len(rows), by_slug[slug], y, height, lines, slug in near))
            y += height + _ROW_GAP
        blocks.append(Block(heading, tuple(rows[first:])))
    return Drawing(max(1, y - _ROW_GAP + 1), tuple(blocks), _arcs(rows, kept))


def wrapped(title: str) -> tuple[str, ...]:
    """A name cut in lines that hold in a row; a word too long for one is not cut."""
    lines: list[str] = []
    for word in title.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _length(longer) <= BOX - 2 * _PADDING:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def _length(text: str) -> int:
    return sum(next((size for letters, size in _SIZES if char in letters), _SIZE) for char in text)


def _neighbours(ties: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    near: dict[str, list[str]] = {}
    for a, b in ties:
        near.setdefault(a, []).append(b)
        near.setdefault(b, []).append(a)
    return near


def _arranged(orders: list[list[str]], near: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """The same names, those that are tied closer; what changes nothing keeps the order given."""
    best, shortest = orders, _total(orders, near)
    for _ in range(_ROUNDS):
        place = _places(orders)
        gathered = [_gathered(order, place, near) for order in orders]
        if gathered == orders:
            break
        orders = gathered
        total = _total(orders, near)
        if total < shortest:
            best, shortest = orders, total
    return _settled(best, near)


def _gathered(
    order: Sequence[str], place: Mapping[str, int], near: Mapping[str, Sequence[str]]
) -> list[str]:
    """Each name at the mean place of its neighbours and its own."""

    def mean(slug: str) -> int:
        around = near.get(slug, ())
        return _FINE * (place[slug] + sum(place[s] for s in around)) // (1 + len(around))

    return sorted(order, key=mean)


def _settled(orders: list[list[str]], near: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Swap names that stand side by side as long as it shortens the arcs."""
    orders = [list(order) for order in orders]
    place = _places(orders)
    for _ in range(_ROUNDS):
        swapped = False
        for order in orders:
            for i in range(len(order) - 1):
                above, below = order[i], order[i + 1]
                p = place[above]
                # Down one row, `above` nears those under the pair and leaves those over it.
                gain = sum(1 if place[s] > p else -1 for s in near.get(above, ()) if s != below)
                gain -= sum(1 if place[s] > p else -1 for s in near.get(below, ()) if s != above)
                if gain > 0:
                    order[i], order[i + 1] = below, above
                    place[above], place[below] = p + 1, p
                    swapped = True
        if not swapped:
            break
    return orders


def _places(orders: Iterable[Iterable[str]]) -> dict[str, int]:
    return {slug: i for i, slug in enumerate(s for order in orders for s in order)}


def _total(orders: list[list[str]], near: Mapping[str, Sequence[str]]) -> int:
    place = _places(orders)
    return sum(abs(place[a] - place[b]) for a, around in near.items() for b in around)


def _arcs(rows: Sequence[Row], ties: Iterable[tuple[str, str]]) -> tuple[Arc, ...]:
    rank = {row.word.slug: i for i, row in enumerate(rows)}
    ends = sorted((min(rank[a], rank[b]), max(rank[a], rank[b])) for a, b in ties)
    spans = {(a, b): rows[b].middle - rows[a].middle for a, b in ends}
    widest = max(spans.values(), default=1)
    arcs = []
    # The longest first: the others are drawn over them.
    for (a, b), span in sorted(spans.items(), key=lambda item: (-item[1], item[0])):
        # A curve goes out by three quarters of what its handles do.
        out = BOX + 4 * (_NEAREST + (_FARTHEST - _NEAREST) * span // widest) // 3
        start, end = rows[a].middle, rows[b].middle
        arcs.append(Arc((a, b), f"M{BOX} {start}C{out} {start} {out} {end} {BOX} {end}"))
    return tuple(arcs)
