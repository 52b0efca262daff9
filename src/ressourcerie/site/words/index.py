"""The list of the glossary: entries and other names by letter, then entries by shelf."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from ressourcerie import data, french
from ressourcerie.library import Library
from ressourcerie.model import Term
from ressourcerie.site.words.aliases import Alias

ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
DIGITS: Final = "0-9"
# Two months without meeting a word twice; more would weigh on the page that offers it.
_DAILY: Final = 60


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter and what begins with it, entries and other names together, in order."""

    name: str
    entries: tuple[Term | Alias, ...]


@dataclass(frozen=True, slots=True)
class WordShelf:
    """A shelf of the glossary that holds something."""

    slug: str
    label: str
    summary: str
    terms: tuple[Term, ...]


def letters(library: Library, names: Iterable[Alias]) -> tuple[Letter, ...]:
    """Every letter, those that begin no word too; figures come first, when a word begins so."""
    entries: list[tuple[str, Term | Alias]] = [
        (french.sort_key(term.titre), term) for term in library.terms
    ]
    entries += [(alias.key, alias) for alias in names if alias.listed]
    found: dict[str, list[Term | Alias]] = {}
    # Nothing but the key: an entry stays before the other names written alike.
    for key, entry in sorted(entries, key=lambda pair: pair[0]):
        letter = key[:1].upper()
        found.setdefault(letter if letter in ALPHABET and letter else DIGITS, []).append(entry)
    names_shown = ([DIGITS] if DIGITS in found else []) + list(ALPHABET)
    return tuple(Letter(name, tuple(found.get(name, ()))) for name in names_shown)


def word_shelves(library: Library) -> tuple[WordShelf, ...]:
    """The shelves that hold something, in the order of the vocabulary."""
    summaries = data.vocabulary("rayons")
    return tuple(
        WordShelf(slug, label, summaries[slug], terms)
        for slug, label in data.vocabulary("groupes").items()
        if (terms := tuple(t for t in library.terms if t.groupe == slug))
    )


def daily(library: Library) -> tuple[Term, ...]:
    """The words that take turns as the word of the day.

    Their order looks like chance, and is the same on every machine; a new word moves no other.
    """

    def rank(term: Term) -> bytes:
        return hashlib.sha256(term.slug.encode()).digest()

    return tuple(sorted(library.terms, key=rank)[:_DAILY])
