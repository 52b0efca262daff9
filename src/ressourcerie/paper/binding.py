"""A book, from its parts to its PDFs: laid out, numbered, bound, imposed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

from ressourcerie.memory import key
from ressourcerie.paper.books import Book, Heading, Pagination
from ressourcerie.paper.cache import Known, PdfCache
from ressourcerie.paper.document import A5, Document
from ressourcerie.paper.imposing import OF_BOOKS, imposed
from ressourcerie.paper.layout import Layout
from ressourcerie.paper.orders import Order, Task, typeset
from ressourcerie.paper.pdf import Pdf
from ressourcerie.paper.press import Press
from ressourcerie.paper.worker import Result
from ressourcerie.settings import Settings

# A cover, a foreword of a page, a page of contents: what a book that was never made may have.
_FRONT_PAGES = 3
_LEXICON = "lexique-"


@dataclass(frozen=True, slots=True)
class Binding:
    """Parts to bind in one PDF; `titles` are the words behind each id, `bare` has no numbers."""

    name: str
    parts: tuple[Path, ...]
    layouts: tuple[Any, ...]
    bare: frozenset[int]
    titles: dict[str, str]
    font: Path

    def run(self) -> Result:
        """Bind them."""
        from ressourcerie.paper import preview
        from ressourcerie.paper.bind import Part, bind

        book = bind(
            [
                Part(file, Layout.from_plain(layout), numbered=number not in self.bare)
                for number, (file, layout) in enumerate(zip(self.parts, self.layouts, strict=True))
            ],
            titles=self.titles,
            font=self.font,
        )
        complaints = tuple(f"nobody has #{name}" for name in book.missing)
        return Result(book.pdf, book.pages, complaints, preview.first_page(book.pdf))


def bound(book: Book, press: Press, cache: PdfCache) -> Task:
    """The PDFs of a book: to read, then to print."""
    found = yield from reading(book, press, cache)
    for pdf in found[:1]:
        others = yield from imposed(pdf, book.booklet.titre, OF_BOOKS, press, cache)
        found = [pdf, *others]
    return found


def reading(book: Book, press: Press, cache: PdfCache) -> Task:
    """The PDF of a book to read on a screen; none when one of its parts could not be laid out."""
    known = yield from _reading(book, cache, press.settings)
    return [_offered(book, known)] if known else []


def _offered(book: Book, known: Known) -> Pdf:
    return Pdf(
        name=book.name,
        label="Livret",
        purpose="À lire à l’écran, ou à imprimer en pages A5.",
        paper=A5,
        owner=book.booklet.source.path,
        edition="livret",
        file=known.file,
        pages=known.pages,
        size=known.size,
        preview=known.preview,
    )


def _reading(
    book: Book, cache: PdfCache, settings: Settings
) -> Generator[list[Order], list[Known | None], Known | None]:
    """The book to read on a screen, None when one of its parts could not be laid out."""

    def order(document: Document) -> Order:
        return typeset(document, cache, settings)

    found = yield [order(d) for d in (book.cover, *book.parts, book.back_cover)]
    if None in found:
        return None
    cover, *parts, back_cover = (known for known in found if known)
    front_pages, back, front = _FRONT_PAGES, None, None
    while front is None or front.pages != front_pages:
        front_pages = front.pages if front else front_pages
        before = cover.pages + front_pages
        if last := book.back(_paginate(before, parts)):
            (back,) = yield [order(last)]
            if back is None:
                return None
        body = [*parts, back] if back else parts
        (front,) = yield [order(book.front(_paginate(before, body)))]
        if front is None:
            return None
    (known,) = yield [_order(book, [cover, front, *body, back_cover], settings)]
    return known


def _order(book: Book, whole: list[Known], settings: Settings) -> Order:
    font = settings.fonts / "ressourcerie-sans-400-normal.woff2"
    return Order(
        name=book.name,
        owner=book.booklet.source.path,
        find_key=lambda: key("binding", *(known.key for known in whole), font.read_bytes()),
        make=lambda: Binding(
            book.name,
            tuple(known.file for known in whole),
            tuple(known.layout for known in whole),
            frozenset({0, len(whole) - 1}),
            {h.id: h.title for known in whole for h in _headings(known.layout)},
            font,
        ),
        weight=sum(known.size for known in whole),
    )


def _paginate(before: int, parts: list[Known]) -> Pagination:
    """Where everything stands, after so many pages."""
    pages: dict[str, int] = {}
    announced: dict[str, list[Heading]] = defaultdict(list)
    offsets = accumulate((known.pages for known in parts), initial=before)
    for known, offset in zip(parts, offsets, strict=False):
        layout = Layout.from_plain(known.layout)
        pages |= {name: offset + spot.page + 1 for name, spot in layout.anchors.items()}
        entry = ""
        for level, heading in _levels(layout, offset):
            if level == 2:
                entry = heading.id
            elif level == 3:
                announced[entry].append(heading)
    cited = {
        name.removeprefix(_LEXICON)
        for known in parts
        for name in known.refers
        if name.startswith(_LEXICON)
    }
    headings = {entry: tuple(titles) for entry, titles in announced.items()}
    return Pagination(pages, headings, tuple(sorted(cited)))


def _headings(data: Any) -> Iterable[Heading]:
    return (heading for _, heading in _levels(Layout.from_plain(data), 0))


def _levels(layout: Layout, offset: int) -> Iterable[tuple[int, Heading]]:
    """Each title that has an id, with its level."""
    by_spot = {spot: name for name, spot in layout.anchors.items()}
    for mark in layout.bookmarks:
        if name := by_spot.get(mark.spot):
            yield mark.level, Heading(name, mark.label, offset + mark.spot.page + 1)
