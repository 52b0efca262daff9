"""What a book holds: its entries, how they are shared into parts, what lists them at the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from ressourcerie import french
from ressourcerie.fields import Content
from ressourcerie.model import Chapter, Page, Resource, Term
from ressourcerie.parts import Reference

# Where the definitions of a book begin: its contents announce their letters, not each word.
DEFINITIONS: Final = "definitions"
# A part of the glossary ends with a letter once it has as many terms, and anyway at twice as many.
_TERMS_A_PART: Final = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """A resource in a book: what is shown of it, and its id there."""

    content: Content
    resource: Resource

    @property
    def anchor(self) -> str:
        """Its id in the book."""
        return f"{self.content}-{self.resource.slug.replace('/', '-')}"

    @property
    def announced(self) -> str:
        """The id that the contents give for it."""
        return DEFINITIONS if self.content == DEFINITIONS else self.anchor

    @property
    def letter(self) -> str:
        """The one a dictionary has it under."""
        letter = french.sort_key(self.resource.titre)[:1].upper()
        return letter if letter.isalpha() else "0-9"


def grouped(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Parts: a chapter, a page, a workshop, some letters of the glossary, or all definitions."""
    for content, same in groupby(entries, key=lambda e: e.content):
        if content == DEFINITIONS:
            yield list(same)
            continue
        if content != "glossaire":
            yield from ([entry] for entry in same)
            continue
        part: list[Entry] = []
        for _, of_letter in groupby(same, key=lambda e: e.letter):
            for entry in of_letter:
                if len(part) == 2 * _TERMS_A_PART:
                    yield part
                    part = []
                part.append(entry)
            if len(part) >= _TERMS_A_PART:
                yield part
                part = []
        if part:
            yield part


def works_cited(entries: Iterable[Entry]) -> list[Reference]:
    """The works cited by chapters and pages; a glossary entry carries its own.

    A work has one line, wherever it is cited from: what it is cited for is then left to the texts.
    """
    works: dict[tuple[str, str | int, str], Reference] = {}
    for entry in entries:
        if isinstance(entry.resource, Chapter | Page):
            for work in entry.resource.sources:
                key = (work.auteurs, work.annee, work.titre)
                known = works.setdefault(key, work)
                if known.precision != work.precision:
                    works[key] = known.model_copy(update={"precision": None})
    return list(works.values())


def word_index(entries: Iterable[Entry]) -> list[tuple[str, str]]:
    """Every form of every term: the word, and the id of its entry."""
    rows: dict[tuple[str, str], tuple[str, str]] = {}
    for e in entries:
        if isinstance(e.resource, Term):
            term = e.resource
            for form in (*term.forms, *((term.anglais,) if term.anglais else ())):
                # « Civic tech » and its English « civic tech » are one line of an index.
                rows.setdefault((french.sort_key(form), term.slug), (form, e.anchor))
    return sorted(rows.values(), key=lambda row: french.sort_key(row[0]))
