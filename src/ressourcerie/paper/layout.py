"""What is known of a document once it is laid out: where each thing stands, as plain data.

The parts of a book are laid out apart and bound later, from the cache as often as not: binding
must know where the titles of a part stand without laying it out again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

SLOT: Final = "renvoi--"

Align = Literal["left", "center", "right"]
_ALIGNS: Final[Mapping[str, Align]] = {"right": "right", "end": "right", "center": "center"}
_POINTS: Final = 0.75  # in a CSS pixel


@dataclass(frozen=True, slots=True)
class Spot:
    """A place: its page, counted from 0, then points from the left and from the foot of it."""

    page: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A title readers find in the side panel of their program. `level` is 1 for a `h1`.

    What is under a `closed` one does not show at first.
    """

    level: int
    label: str
    closed: bool
    spot: Spot


@dataclass(frozen=True, slots=True)
class Slot:
    """An empty room where the page number of something is drawn at binding.

    `name` is the id of its element, `renvoi--N--TARGET`: no two slots of a part share one. `spot`
    is the left end of its baseline. `width`, and `size` of the letters around it, are in points.
    """

    name: str
    spot: Spot
    width: float
    size: float
    align: Align

    @property
    def target(self) -> str:
        """The id of what stands on that page."""
        return self.name.removeprefix(SLOT).partition("--")[2]


@dataclass(frozen=True, slots=True)
class Layout:
    """A document laid out: its number of pages, where its ids and titles stand, in order."""

    pages: int
    anchors: Mapping[str, Spot]
    bookmarks: tuple[Bookmark, ...] = ()
    slots: tuple[Slot, ...] = ()

    def plain(self) -> dict[str, Any]:
        """The same as lists and numbers, for JSON."""
        return {
            "pages": self.pages,
            "anchors": {name: _flat(spot) for name, spot in self.anchors.items()},
            "bookmarks": [[b.level, b.label, b.closed, *_flat(b.spot)] for b in self.bookmarks],
            "slots": [[s.name, *_flat(s.spot), s.width, s.size, s.align] for s in self.slots],
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Layout:
        """What `plain` told. Raises KeyError, TypeError or ValueError for anything else."""
        return cls(
            plain["pages"],
            {name: Spot(*spot) for name, spot in plain["anchors"].items()},
            tuple(
                Bookmark(level, label, closed, Spot(*spot))
                for level, label, closed, *spot in plain["bookmarks"]
            ),
            tuple(
                Slot(name, Spot(page, x, y), width, size, align)
                for name, page, x, y, width, size, align in plain["slots"]
            ),
        )


def read(document: Any) -> Layout:
    """What is known of a laid-out `weasyprint.Document`, whose PDF is not written yet.

    Leaves a handle on each slot: the engine tags as one what it takes for a link, so that binding
    finds the tag of the slot and the number becomes part of the text that machines read aloud.
    """
    anchors: dict[str, Spot] = {}
    bookmarks: list[Bookmark] = []
    slots: list[Slot] = []
    for number, page in enumerate(document.pages):
        for name, (x, y, *_) in page.anchors.items():
            # Of two elements with one id, links lead to the first.
            if not name.startswith(SLOT):
                anchors.setdefault(name, _spot(page, number, x, y))
        for level, label, (x, y), state in page.bookmarks:
            spot = _spot(page, number, x, y)
            bookmarks.append(Bookmark(level, label, state == "closed", spot))
        if any(name.startswith(SLOT) for name in page.anchors):
            for box in _slot_boxes(page):
                _hold(page, box)
                slots.append(_slot(page, number, box))
    return Layout(len(document.pages), anchors, tuple(bookmarks), tuple(slots))


def _flat(spot: Spot) -> tuple[int, float, float]:
    return spot.page, spot.x, spot.y


def _spot(page: Any, number: int, x: float, y: float) -> Spot:
    # A hundredth of a point is a thousandth of what an eye sees: shorter files, same place.
    return Spot(number, round(x * _POINTS, 2), round((page.height - y) * _POINTS, 2))


def _slot_boxes(page: Any) -> Iterator[Any]:
    for box in page._page_box.descendants():
        element = getattr(box, "element", None)
        if element is not None and (element.get("id") or "").startswith(SLOT):
            yield box


def _hold(page: Any, box: Any) -> None:
    # Inside a link, the slot would be a second piece of it: one annotation a box is all there is.
    page.links[:] = [link for link in page.links if link[3] is not box]
    x, y, width, height = box.hit_area()
    page.links.append(("external", box.element.get("id"), (x, y, x + width, y + height), box))


def _slot(page: Any, number: int, box: Any) -> Slot:
    # What is empty stands on the baseline by its foot.
    baseline = box.position_y + getattr(box, "baseline", box.margin_height())
    return Slot(
        box.element.get("id"),
        _spot(page, number, box.content_box_x(), baseline),
        round(box.width * _POINTS, 2),
        round(box.style["font_size"] * _POINTS, 2),
        _ALIGNS.get(box.style["text_align_all"], "left"),
    )
