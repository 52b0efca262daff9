"""Other names of the words: « phishing » leads to « hameçonnage », in the list and by address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ressourcerie import french
from ressourcerie.library import Library
from ressourcerie.model import Term
from ressourcerie.scaffold import slugify

_ABBREVIATED: Final = re.compile(r".*\w \(([A-Z][A-Z0-9]+)\)")
# Two names that begin alike stand side by side in the list: one of them is enough.
_ALIKE: Final = 4


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name, and the entries it may stand for. `slug` is its name in addresses.

    `english` tells one that is English; `listed` one worth a line among the entries.
    """

    text: str
    slug: str
    terms: tuple[Term, ...]
    english: bool
    listed: bool

    @property
    def key(self) -> str:
        """Where it stands in the alphabet."""
        return french.sort_key(self.text)

    @property
    def url(self) -> str:
        """Its address, relative to the root of the site."""
        return f"{Term.section}/{self.slug}/"


@dataclass(frozen=True, slots=True)
class _Name:
    text: str
    term: Term
    english: bool = False


def aliases(library: Library) -> tuple[Alias, ...]:
    """Every other name of a word, in alphabetical order; the address of an entry is never one."""
    owners: dict[str, str] = {}
    for term in library.terms:
        for known in (term.slug, term.titre):
            owners.setdefault(french.sort_key(known), term.slug)
    found: dict[str, list[_Name]] = {}
    for term in library.terms:
        for name in _names(term):
            key = french.sort_key(name.text)
            if key and owners.get(key, term.slug) == term.slug:
                found.setdefault(key, []).append(name)
    taken = {t.slug for t in library.terms}
    made = []
    for _, names in sorted(found.items()):
        first = names[0]
        slug = slugify(first.text)
        if slug in taken:
            continue
        taken.add(slug)
        terms = tuple({n.term.slug: n.term for n in names}.values())
        english = any(n.english for n in names)
        # A word people use in French too (« phishing ») is among the synonyms; any other English
        # one would be noise in a list to browse, and the search knows it.
        listed = any(not n.english and not _is_alike(n.text, n.term.titre) for n in names)
        made.append(Alias(first.text, slug, terms, english, listed))
    return tuple(made)


def _names(term: Term) -> Iterator[_Name]:
    # « Tiers-lieu », when its file is `tiers-lieux.md`.
    yield _Name(term.titre, term)
    if short := _ABBREVIATED.fullmatch(term.titre):
        yield _Name(short[1], term)
    for text in (*term.synonymes, *term.variantes):
        yield _Name(text, term)
    if term.anglais:
        yield _Name(term.anglais, term, english=True)


def _is_alike(text: str, title: str) -> bool:
    return french.sort_key(text)[:_ALIKE] == french.sort_key(title)[:_ALIKE]
