"""Parts laid out apart → one book: its pages, tags, links, bookmarks and numbers.

A book of three hundred pages takes most of a minute to lay out, and its text changes one word at a
time. So its parts are laid out apart, in parallel, and kept; only what crosses from one to another
is left to do here, in a fraction of a second. What a part does not know, it leaves to binding:

- `<a href="livre:ID">` leads to the element of that id, in whatever part it is;
- `<span class="page-slot" id="renvoi--N--ID">`, empty, is where the number of its page is drawn.

Pages are numbered by their place in the book, cover included, as programs that show PDFs do.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, String

from ressourcerie.french import NBSP
from ressourcerie.paper.layout import SLOT, Layout, Slot, Spot
from ressourcerie.paper.numbers import SIZE, Fonts, NumberFont, embed, number_font
from ressourcerie.paper.places import Place, Places
from ressourcerie.paper.structure import Structure

LINK: Final = "livre:"
MILLIMETRE: Final = 72 / 25.4
GUTTER: Final = round(MILLIMETRE, 2)
FOOT: Final = 20.0


@dataclass(frozen=True, slots=True)
class Part:
    """A finished PDF, in memory or on disk, and what is known of it.

    The pages of a part that is not `numbered`, such as a cover, count but bear no number.
    """

    pdf: bytes | Path
    layout: Layout
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class Bound:
    """A book. `missing` are the ids that links or slots ask for and no part has, in order."""

    pdf: bytes
    pages: int
    missing: tuple[str, ...]


@dataclass(slots=True)
class _Leaf:
    """A page being finished: its number and that of its part, from 0, and what goes over it."""

    page: pikepdf.Object
    number: int
    part: int
    shift: Decimal
    drawn: list[bytes] = field(default_factory=list)


def bind(
    parts: Sequence[Part],
    *,
    titles: Mapping[str, str],
    font: Path,
    gutter: float = GUTTER,
) -> Bound:
    """One tagged PDF, which says of itself what its first part says.

    `titles` are those of ids, to describe links. `font` is our regular roman, for the numbers.
    `gutter` is by how many points pages move away from the fold: right-hand pages, the odd ones, to
    the right, the others to the left. Raises ValueError without parts, and for a part that has
    fields or is not the PDF its layout tells of.
    """
    if not parts:
        raise ValueError("a book needs at least one part")
    with ExitStack() as opened:
        first = opened.enter_context(_open(parts[0]))
        book = opened.enter_context(pikepdf.new())
        binding = _Binding(book, parts, titles, number_font(font), round(Decimal(gutter), 2))
        binding.add(0, first)
        for number in range(1, len(parts)):
            # Let go as soon as its pages are in, for it takes as much memory as they do; but not
            # closed, for what they draw is read from its file when the book is saved.
            binding.add(number, _open(parts[number]))
        binding.close()
        _introduce(book, first)
        bound = io.BytesIO()
        book.save(
            bound,
            min_version=first.pdf_version,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
        )
        return Bound(bound.getvalue(), len(book.pages), tuple(dict.fromkeys(binding.missing)))


def _open(part: Part) -> pikepdf.Pdf:
    pdf = pikepdf.open(io.BytesIO(part.pdf) if isinstance(part.pdf, bytes) else part.pdf)
    if len(pdf.pages) != part.layout.pages:
        raise ValueError(f"{len(pdf.pages)} pages, but {part.layout.pages} were laid out")
    if Name.AcroForm in pdf.Root:
        raise ValueError("the fields of a form cannot be bound")
    return pdf


class _Binding:
    """The book in progress."""

    def __init__(
        self,
        book: pikepdf.Pdf,
        parts: Sequence[Part],
        titles: Mapping[str, str],
        numbers: NumberFont,
        gutter: Decimal,
    ) -> None:
        self.missing: list[str] = []
        self._book = book
        self._pages: list[pikepdf.Object] = []
        self._parts = parts
        self._total = sum(part.layout.pages for part in parts)
        self._places = Places([part.layout for part in parts], gutter)
        self._titles = titles
        self._numbers = numbers
        self._fonts = Fonts(embed(numbers, book))
        self._openings = {
            shift: book.make_stream(f"q 1 0 0 1 {shift} 0 cm\n".encode())
            for shift in (gutter, -gutter)
        }
        self._structure = Structure(book)

    def add(self, number: int, source: pikepdf.Pdf) -> None:
        """Add the pages of part `number`, and finish them."""
        part, first = self._parts[number], len(self._pages)
        for page in source.pages:
            self._book.pages.append(page)
        self._pages += [page.obj for page in self._book.pages[first:]]
        # Only now: the tags of a part refer to its pages.
        key_shift = self._structure.graft(source)
        slots = {slot.name: slot for slot in part.layout.slots}
        for index in range(first, len(self._pages)):
            leaf = _Leaf(self._pages[index], index, number, self._places.shift(index))
            leaf.page.StructParents += key_shift
            self._annotations(leaf, key_shift, slots)
            if part.numbered:
                self._number(leaf)
            self._draw(leaf)
        if slots:
            raise ValueError(f"no handle for {min(slots)}: read the layout before writing the PDF")

    def close(self) -> None:
        """Add what leads to the pages, once they are all there."""
        self._structure.plant()
        self._outline()
        named = sorted((bytes(String(place.name)), place) for place in self._places.all())
        if named:
            entries = [entry for name, p in named for entry in (String(name), self._to(p.spot))]
            dests = self._book.make_indirect(Dictionary(Names=Array(entries)))
            self._book.Root.Names = Dictionary(Dests=dests)

    def _to(self, spot: Spot) -> Array:
        return Array([self._pages[spot.page], Name.XYZ, spot.x, spot.y, 0])

    def _annotations(self, leaf: _Leaf, key_shift: int, slots: dict[str, Slot]) -> None:
        kept = []
        for annotation in leaf.page.get(Name.Annots, ()):
            key = int(annotation.StructParent) + key_shift
            annotation.StructParent = key
            for name in (Name.Rect, Name.QuadPoints):
                if name in annotation:
                    annotation[name] = _shifted(annotation[name], leaf.shift)
            address = _address(annotation)
            if address.startswith(SLOT):
                self._fill(leaf, slots.pop(address), self._structure.remove(key, annotation))
            elif self._lead(leaf, annotation, address):
                kept.append(annotation)
            else:
                # Its words stay; they are no longer a link.
                owner = self._structure.remove(key, annotation)
                if owner.S == "/Link":
                    owner.S = Name.Span
        if kept:
            leaf.page.Annots = Array(kept)
        elif Name.Annots in leaf.page:
            del leaf.page.Annots

    def _find(self, id_: str, leaf: _Leaf) -> Place | None:
        place = self._places.find(id_, leaf.part)
        if place is None:
            self.missing.append(id_)
        return place

    def _lead(self, leaf: _Leaf, annotation: pikepdf.Object, address: str) -> bool:
        """Make a link inside the book lead to its page; whether it leads anywhere."""
        if address.startswith(LINK):
            id_ = unquote(address.removeprefix(LINK))
        elif isinstance(annotation.get(Name.Dest), String):
            id_ = str(annotation.Dest)
        else:
            return True
        if (place := self._find(id_, leaf)) is None:
            return False
        if Name.A in annotation:
            del annotation.A
        annotation.Dest = String(place.name)
        annotation.Contents = String(self._describe(id_, place, str(annotation.Contents)))
        return True

    def _describe(self, id_: str, place: Place, known: str) -> str:
        to = f"Aller à{NBSP}: "
        title = self._titles.get(id_) or (known.removeprefix(to) if known.startswith(to) else "")
        page = f"page{NBSP}{place.spot.page + 1}"
        return f"{to}{title}, {page}" if title else f"Aller à la {page}"

    def _fill(self, leaf: _Leaf, slot: Slot, element: pikepdf.Object) -> None:
        if (place := self._find(slot.target, leaf)) is None:
            return
        number = str(place.spot.page + 1)
        room = slot.width - self._numbers.width(number, slot.size)
        left = slot.spot.x + {"left": 0, "center": room / 2, "right": room}[slot.align]
        mark = self._structure.mark(int(leaf.page.StructParents), element)
        shown = self._numbers.show(number, left + float(leaf.shift), slot.spot.y, slot.size)
        leaf.drawn.append(b"/Span <</MCID %d>> BDC %b EMC" % (mark, shown))

    def _number(self, leaf: _Leaf) -> None:
        left, foot, right, _ = (float(n) for n in leaf.page.get(Name.TrimBox, leaf.page.MediaBox))
        text = f"page {leaf.number + 1} sur {self._total}"
        x = (left + right - self._numbers.width(text, SIZE)) / 2 + float(leaf.shift)
        shown = self._numbers.show(text, x, foot + FOOT)
        leaf.drawn.append(b"/Artifact <</Type /Pagination /Subtype /Footer>> BDC %b EMC" % shown)

    def _draw(self, leaf: _Leaf) -> None:
        self._fonts.add_to(leaf.page.Resources)
        contents = leaf.page.Contents
        closing = self._book.make_stream(b"\n".join([b"", b"Q", *leaf.drawn, b""]))
        leaf.page.Contents = Array(
            [
                self._openings[leaf.shift],
                *(contents if isinstance(contents, Array) else [contents]),
                closing,
            ]
        )

    def _outline(self) -> None:
        with self._book.open_outline() as outline:
            # The way down from the top to the last title.
            above: list[tuple[int, list[OutlineItem]]] = [(0, outline.root)]
            for bookmark in self._places.bookmarks():
                item = OutlineItem(bookmark.label, self._to(bookmark.spot))
                item.is_closed = bookmark.closed
                while above[-1][0] >= bookmark.level:
                    above.pop()
                above[-1][1].append(item)
                above.append((bookmark.level, item.children))


def _introduce(book: pikepdf.Pdf, first: pikepdf.Pdf) -> None:
    book.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    if Name.Lang in first.Root:
        book.Root.Lang = String(str(first.Root.Lang))
    if Name.Metadata in first.Root:
        book.Root.Metadata = book.copy_foreign(first.Root.Metadata)
    for key, value in first.docinfo.items():
        book.docinfo[key] = String(str(value))


def _address(annotation: pikepdf.Object) -> str:
    action = annotation.get(Name.A)
    return str(action.URI) if action is not None and Name.URI in action else ""


def _shifted(numbers: Iterable[Any], shift: Decimal) -> Array:
    return Array(n + shift if rank % 2 == 0 else n for rank, n in enumerate(numbers))
