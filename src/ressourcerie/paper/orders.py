"""What is asked of the press, one thing at a time: made now, or found as it was made before."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from ressourcerie.paper.cache import Known, PdfCache
from ressourcerie.paper.document import TIGHT, Document
from ressourcerie.paper.pdf import Pdf
from ressourcerie.paper.typesetting import Typesetting
from ressourcerie.paper.worker import Job
from ressourcerie.settings import Settings


@dataclass(frozen=True)
class Order:
    """A PDF to have. `find_key` gives its name in the cache; `make` the job, when it is not there.

    `owner` is the source path a fault is told at; the heaviest is made first. What is `new` is long
    to name, for it has to be composed: that is done when its turn comes.
    """

    name: str
    owner: str
    find_key: Callable[[], str]
    make: Callable[[], Job]
    weight: int = 0
    new: bool = False

    @cached_property
    def key(self) -> str:
        """Its name in the cache."""
        return self.find_key()


# Asks for PDFs, some at a time, receives what is known of each (None when it could not be made),
# and ends with those to offer.
Task: TypeAlias = Generator[list[Order], list[Known | None], list[Pdf]]


def typeset(document: Document, cache: PdfCache, settings: Settings) -> Order:
    """The order of one document."""
    styles = tuple(settings.print_theme / name for name in document.stylesheets)
    return Order(
        name=document.name,
        owner=document.owner,
        find_key=lambda: cache.key(document),
        weight=document.weight,
        new=not cache.knows(document),
        make=lambda: Typesetting(
            document.name,
            document.html,
            styles,
            settings.root,
            tight=settings.print_theme / TIGHT,
            fillable=document.fillable,
            part=document.part,
            weighed=document.weighed,
        ),
    )


def laid_out(document: Document, cache: PdfCache, settings: Settings) -> Task:
    """One document, and nothing more; none when it could not be laid out."""
    (known,) = yield [typeset(document, cache, settings)]
    return [offered(document, known)] if known else []


def offered(document: Document, known: Known) -> Pdf:
    """A finished document."""
    return Pdf(
        name=document.name,
        label=document.label,
        purpose=document.purpose,
        paper=document.paper,
        owner=document.owner,
        edition=document.edition,
        file=known.file,
        pages=known.pages,
        size=known.size,
        preview=known.preview,
        ink=known.ink,
        duplex=document.duplex,
    )
