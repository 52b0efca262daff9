"""Where things are in a bound book: the ids and titles of its parts, once their pages follow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ressourcerie.paper.layout import Bookmark, Layout, Spot


@dataclass(frozen=True, slots=True)
class Place:
    """A spot of the book and its name, which no other place has."""

    name: str
    spot: Spot


class Places:
    """The places of all parts.

    Right-hand pages, the odd ones, are moved right by `gutter` points, and the others left.
    """

    def __init__(self, layouts: Sequence[Layout], gutter: Decimal) -> None:
        self._layouts = layouts
        self._gutter = gutter
        self._firsts = [sum(known.pages for known in layouts[:n]) for n in range(len(layouts))]
        self._of: list[dict[str, Place]] = []
        self._everywhere: dict[str, Place] = {}
        for number, layout in enumerate(layouts):
            self._of.append(self._named(number, layout))
            # Of two parts with one id, links from elsewhere lead to the first.
            self._everywhere = self._of[-1] | self._everywhere

    def shift(self, page: int) -> Decimal:
        """By how many points page `page`, counted from 0, is moved to the right."""
        return self._gutter if page % 2 == 0 else -self._gutter

    def find(self, id_: str, part: int) -> Place | None:
        """The place that `id_` means in part number `part`, from 0: its own, or that of another."""
        return self._of[part].get(id_) or self._everywhere.get(id_)

    def all(self) -> Iterator[Place]:
        """Every place, part after part."""
        for places in self._of:
            yield from places.values()

    def bookmarks(self) -> Iterator[Bookmark]:
        """Every title, in order."""
        for first, layout in zip(self._firsts, self._layouts, strict=True):
            for bookmark in layout.bookmarks:
                yield replace(bookmark, spot=self._moved(bookmark.spot, first))

    def _named(self, number: int, layout: Layout) -> dict[str, Place]:
        taken = {place.name for place in self.all()}
        places: dict[str, Place] = {}
        for id_, spot in layout.anchors.items():
            name = id_
            while name in taken:
                name = f"{name}--{number + 1}"
            taken.add(name)
            places[id_] = Place(name, self._moved(spot, self._firsts[number]))
        return places

    def _moved(self, spot: Spot, first: int) -> Spot:
        page = first + spot.page
        return Spot(page, round(spot.x + float(self.shift(page)), 2), spot.y)
