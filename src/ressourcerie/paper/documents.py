"""What a project prints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ressourcerie.paper.binding import bound
from ressourcerie.paper.books import Book, book
from ressourcerie.paper.cache import PdfCache
from ressourcerie.paper.document import Document
from ressourcerie.paper.editions import PARTICIPANT
from ressourcerie.paper.handouts import handouts
from ressourcerie.paper.imposing import ON_A3, imposed
from ressourcerie.paper.orders import Task, laid_out
from ressourcerie.paper.press import Press
from ressourcerie.paper.sheets import sheets


@dataclass(frozen=True)
class Works:
    """All there is to print: documents of one piece, and books."""

    documents: tuple[Document, ...]
    books: tuple[Book, ...]

    def tasks(self, press: Press, cache: PdfCache) -> Iterator[Task]:
        """What the press has to do, in the order in which papers are offered."""
        yield from (_of_one_piece(document, press, cache) for document in self.documents)
        yield from (bound(book, press, cache) for book in self.books)


def _of_one_piece(document: Document, press: Press, cache: PdfCache) -> Task:
    """A document that is offered as it is laid out, and on larger sheets when schools ask so."""
    made = yield from laid_out(document, cache, press.settings)
    if document.edition != PARTICIPANT.name or not made:
        return made
    title = press.library.by_path[document.owner].titre
    return [*made, *(yield from imposed(made[0], title, (ON_A3,), press, cache))]


def works(press: Press) -> Works:
    """Everything a project prints; nothing is composed yet."""
    return Works(
        documents=(
            *(d for w in press.library.workshops for d in sheets(press, w)),
            *handouts(press),
        ),
        books=tuple(book(press, b) for b in press.library.booklets),
    )
