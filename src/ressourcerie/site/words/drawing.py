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
_ROUNDS: Final = 30

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
    """What a row shows."""

    slug: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """A word in its place. `near` are the words tied to it; `kind` is how it is drawn."""

    word: Word
    y: int
    height: int
    lines: tuple[str, ...]
    kind: str
    near: tuple[str, ...]

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
    """A tie between two words."""

    ends: tuple[str, str]
    path: str


@dataclass(frozen=True, slots=True)
class Section:
    """Words drawn together under a name, which may be empty."""

    label: str
    words: tuple[Word, ...]
    kind: str = "word"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing, ready for a template to write down. `box` is the width of the rows."""

    height: int
    headings: tuple[Heading, ...]
    rows: tuple[Row, ...]
    arcs: tuple[Arc, ...]
    width: int = WIDTH
    box: int = BOX
    padding: int = _PADDING


def draw(sections: Iterable[Section], ties: Iterable[tuple[str, str]]) -> Drawing:
    """Draw words section after section; inside each, words that are tied stand close."""
    sections = tuple(sections)
    there = {word.slug for section in sections for word in section.words}
    kept = sorted({(a, b) for a, b in ties if a in there and b in there and a != b})
    near = _neighbours(kept)
    orders = _arranged([[w.slug for w in s.words] for s in sections], near)
    headings, rows, y = [], [], 1
    for section, order in zip(sections, orders, strict=True):
        if section.label:
            y += _SECTION_GAP if rows else 0
            headings.append(Heading(section.label, y + 17))
            y += _HEADING
        by_slug = {word.slug: word for word in section.words}
        for slug in order:
            word = by_slug[slug]
            lines = wrapped(word.title)
            height = 15 + LINE * len(lines)
            rows.append(Row(word, y, height, lines, section.kind, tuple(near.get(slug, ()))))
            y += height + _ROW_GAP
    arcs = _arcs(rows, kept)
    return Drawing(max(1, y - _ROW_GAP + 1), tuple(headings), tuple(rows), arcs)


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
    """The same names, those that are tied closer: the shortest arrangement met on the way.

    Each is moved to the middle of its neighbours, over and over; ties go to the order given.
    """
    best, shortest = orders, _total(orders, near)
    for _ in range(_ROUNDS):
        place = _places(orders)
        moved = []
        for order in orders:
            # In integers: 840 is divided by every number of neighbours that matters.
            means = {
                s: 840 * sum(place[n] for n in near[s]) // len(near[s]) if s in near else 840 * p
                for s, p in ((s, place[s]) for s in order)
            }
            moved.append(sorted(order, key=means.__getitem__))
        total = _total(moved, near)
        if total < shortest:
            best, shortest = moved, total
        if moved == orders:
            break
        orders = moved
    return best


def _places(orders: Iterable[Iterable[str]]) -> dict[str, int]:
    return {slug: i for i, slug in enumerate(s for order in orders for s in order)}


def _total(orders: list[list[str]], near: Mapping[str, Sequence[str]]) -> int:
    place = _places(orders)
    return sum(abs(place[a] - place[b]) for a, around in near.items() for b in around)


def _arcs(rows: Sequence[Row], ties: Iterable[tuple[str, str]]) -> tuple[Arc, ...]:
    middle = {row.word.slug: row.middle for row in rows}
    spans = {(a, b): abs(middle[a] - middle[b]) for a, b in ties}
    widest = max(spans.values(), default=1)
    arcs = []
    for (a, b), span in sorted(spans.items(), key=lambda item: (-item[1], item[0])):
        start, end = sorted((middle[a], middle[b]))
        # A curve goes out by three quarters of what its handles do.
        out = BOX + 4 * (_NEAREST + (_FARTHEST - _NEAREST) * span // widest) // 3
        arcs.append(Arc((a, b), f"M{BOX} {start}C{out} {start} {out} {end} {BOX} {end}"))
    return tuple(arcs)
