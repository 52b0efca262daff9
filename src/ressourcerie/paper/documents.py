"""What a project prints."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Final

from ressourcerie.paper.binding import READING, bound
from ressourcerie.paper.books import Book, book
from ressourcerie.paper.cache import PdfCache
from ressourcerie.paper.document import Document
from ressourcerie.paper.editions import PARTICIPANT
from ressourcerie.paper.handouts import handouts
from ressourcerie.paper.imposing import OF_BOOKS, ON_A3, Form, imposed
from ressourcerie.paper.orders import Task, laid_out
from ressourcerie.paper.press import Press
from ressourcerie.paper.sheets import sheets

EDITIONS_OF_BOOKS: Final = (READING, *(form.edition for form in OF_BOOKS))


@dataclass(frozen=True)
class Works:
    """All there is to print: documents of one piece, and books.

    When only some `editions` are wanted, none other is offered.
    """

    documents: tuple[Document, ...]
    books: tuple[Book, ...]
    editions: frozenset[str] = frozenset()

    @property
    def offers(self) -> dict[str, tuple[str, ...]]:
        """Source path → the editions it may be printed in."""
        found: dict[str, list[str]] = {}
        for document in self.documents:
            found.setdefault(document.owner, []).extend(_editions(document))
        for b in self.books:
            found.setdefault(b.booklet.source.path, []).extend(EDITIONS_OF_BOOKS)
        return {owner: tuple(editions) for owner, editions in found.items()}

    @property
    def whole(self) -> Iterator[Document]:
        """Every document to lay out, those that books are made of too."""
        yield from self.documents
        for b in self.books:
            yield from (b.cover, *b.parts, b.back_cover)

    def only(self, owners: Collection[str], editions: Collection[str] = ()) -> Works:
        """The papers of some sources, in some editions; in all of them when none is named."""
        wanted = frozenset(editions)

        def any_of(offered: Collection[str]) -> bool:
            return not wanted or not wanted.isdisjoint(offered)

        return replace(
            self,
            documents=tuple(
                d for d in self.documents if d.owner in owners and any_of(_editions(d))
            ),
            books=tuple(
                b
                for b in self.books
                if b.booklet.source.path in owners and any_of(EDITIONS_OF_BOOKS)
            ),
            editions=wanted,
        )

    def tasks(self, press: Press, cache: PdfCache) -> Iterator[Task]:
        """What the press has to do, in the order in which papers are offered."""
        forms = tuple(f for f in (ON_A3,) if self._wants(f.edition))
        yield from (self._kept(_of_one_piece(d, forms, press, cache)) for d in self.documents)
        forms = tuple(f for f in OF_BOOKS if self._wants(f.edition))
        yield from (self._kept(bound(b, forms, press, cache)) for b in self.books)

    def _kept(self, task: Task) -> Task:
        pdfs = yield from task
        return [pdf for pdf in pdfs if self._wants(pdf.edition)]

    def _wants(self, edition: str) -> bool:
        return not self.editions or edition in self.editions


def _editions(document: Document) -> tuple[str, ...]:
    """Those in which a document is offered."""
    more = (ON_A3.edition,) if document.edition == PARTICIPANT.name else ()
    return (document.edition, *more)


def _of_one_piece(
    document: Document, forms: tuple[Form, ...], press: Press, cache: PdfCache
) -> Task:
    """A document that is offered as it is laid out, and on larger sheets when schools ask so."""
    made = yield from laid_out(document, cache, press.settings)
    if document.edition != PARTICIPANT.name or not made:
        return made
    # Without a title, sheets of as many pages have the same instructions: they are made once.
    return [*made, *(yield from imposed(made[0], "", forms, press, cache))]


def works(press: Press) -> Works:
    """Everything a project prints; nothing is composed yet."""
    return Works(
        documents=(
            *(d for w in press.library.workshops for d in sheets(press, w)),
            *handouts(press),
        ),
        books=tuple(book(press, b) for b in press.library.booklets),
    )
