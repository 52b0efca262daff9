"""What a project prints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ressourcerie.paper.binding import bound
from ressourcerie.paper.books import Book, book
from ressourcerie.paper.cache import PdfCache
from ressourcerie.paper.document import Document
from ressourcerie.paper.handouts import handouts
from ressourcerie.paper.orders import Task, sheet
from ressourcerie.paper.press import Press
from ressourcerie.paper.sheets import sheets
from ressourcerie.settings import Settings


@dataclass(frozen=True)
class Works:
    """All there is to print: documents of one piece, and books."""

    documents: tuple[Document, ...]
    books: tuple[Book, ...]

    def tasks(self, cache: PdfCache, settings: Settings) -> Iterator[Task]:
        """What the press has to do, in the order in which papers are offered."""
        yield from (sheet(document, cache, settings) for document in self.documents)
        yield from (bound(book, cache, settings) for book in self.books)


def works(press: Press) -> Works:
    """Everything a project prints; nothing is composed yet."""
    return Works(
        documents=(
            *(d for w in press.library.workshops for d in sheets(press, w)),
            *handouts(press),
        ),
        books=tuple(book(press, b) for b in press.library.booklets),
    )
