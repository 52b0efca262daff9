"""A book, from its parts to its PDFs: laid out, numbered, bound, imposed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ressourcerie.memory import key
from ressourcerie.paper.books import Book, Outline
from ressourcerie.paper.cache import Known, PdfCache
from ressourcerie.paper.document import A5, Document
from ressourcerie.paper.imposing import Form, imposed
from ressourcerie.paper.layout import Layout
from ressourcerie.paper.orders import Order, Task, typeset
from ressourcerie.paper.pdf import Pdf
from ressourcerie.paper.press import Press
from ressourcerie.paper.worker import Result
from ressourcerie.settings import Settings

# The level of the titles that the contents list.
_ENTRY: Final = 2
_LEXICON: Final = "lexique-"
# The edition of a book that is read on a screen, and printed on A5.
READING: Final = "livret"


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


def bound(book: Book, forms: tuple[Form, ...], press: Press, cache: PdfCache) -> Task:
    """The PDFs of a book: to read, then to print in these forms."""
    found = yield from reading(book, press, cache)
    for pdf in found[:1]:
        others = yield from imposed(pdf, book.booklet.titre, forms, press, cache)
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
        edition=READING,
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
    outline = _outline(parts)
    ends = [book.front(outline), book.back(outline)]
    found = yield [order(document) for document in ends if document]
    if None in found:
        return None
    front, *back = (known for known in found if known)
    (known,) = yield [_order(book, [cover, front, *parts, *back, back_cover], settings)]
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
            {
                name: words
                for known in whole
                for _, name, words in _titles(Layout.from_plain(known.layout))
            },
            font,
        ),
        weight=sum(known.size for known in whole),
    )


def _outline(parts: list[Known]) -> Outline:
    headings: dict[str, list[tuple[str, str]]] = defaultdict(list)
    entry = ""
    for known in parts:
        for level, name, words in _titles(Layout.from_plain(known.layout)):
            if level == _ENTRY:
                entry = name
            elif level == _ENTRY + 1:
                headings[entry].append((name, words))
    cited = {
        name.removeprefix(_LEXICON)
        for known in parts
        for name in known.refers
        if name.startswith(_LEXICON)
    }
    return Outline({name: tuple(of) for name, of in headings.items()}, tuple(sorted(cited)))


def _titles(layout: Layout) -> Iterable[tuple[int, str, str]]:
    """Each title that has an id: its level, its id, its words."""
    by_spot = {spot: name for name, spot in layout.anchors.items()}
    for mark in layout.bookmarks:
        if name := by_spot.get(mark.spot):
            yield mark.level, name, mark.label
