"""Which words are drawn together: the whole glossary, shelf by shelf, or the relations of one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from ressourcerie import data
from ressourcerie.library import Library
from ressourcerie.model import Term
from ressourcerie.site.words.drawing import Drawing, Section, Word, draw

# Up to there one drawing holds the whole glossary; beyond, each shelf has its own.
_TOGETHER: Final = 40
# More neighbours would be a list, not a drawing; one is no drawing either.
_AROUND: Final = range(2, 9)
_GUESTS: Final = "Dans les autres rayons"


@dataclass(frozen=True, slots=True)
class Relations:
    """A word, and the words it is tied to: what the list beside the drawing says."""

    term: Term
    near: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class MapSheet:
    """A drawing and the list that says the same; the whole glossary when it has no name."""

    slug: str
    label: str
    drawing: Drawing
    shelves: tuple[tuple[str, tuple[Relations, ...]], ...]


@dataclass(frozen=True)
class WordMap:
    """The ties between the words of a glossary, read once."""

    library: Library

    @cached_property
    def near(self) -> Mapping[str, tuple[Term, ...]]:
        """Slug → the words it is tied to: those its author names first, then who names it."""
        found: dict[str, dict[str, Term]] = {t.slug: {} for t in self.library.terms}
        for term in self.library.terms:
            for slug in term.voir_aussi:
                other = self.library.term(slug)
                if other is not None and slug != term.slug:
                    found[term.slug][slug] = other
        for term in self.library.terms:
            for slug in term.voir_aussi:
                if slug in found and slug != term.slug:
                    found[slug].setdefault(term.slug, term)
        return {slug: tuple(around.values()) for slug, around in found.items()}

    def around(self, term: Term) -> Drawing | None:
        """The word and its neighbours, with what ties them to each other."""
        near = self.near[term.slug][: _AROUND[-1]]
        if len(near) not in _AROUND:
            return None
        sections = (Section("", (_word(term),), "here"), Section("", tuple(map(_word, near))))
        return draw(sections, self._ties((term, *near)))

    def sheets(self) -> tuple[MapSheet, ...]:
        """The whole glossary: one drawing, or one a shelf when there are many words."""
        shelves = [
            (slug, label, terms)
            for slug, label in data.vocabulary("groupes").items()
            if (terms := [t for t in self.library.terms if t.groupe == slug])
        ]
        if len(self.library.terms) <= _TOGETHER:
            sections = [Section(label, tuple(map(_word, terms))) for _, label, terms in shelves]
            lists = tuple((label, self._relations(terms)) for _, label, terms in shelves)
            drawing = draw(sections, self._ties(self.library.terms))
            return (MapSheet("", "", drawing, lists),) if shelves else ()
        return tuple(self._sheet(*shelf) for shelf in shelves)

    def _sheet(self, slug: str, label: str, terms: list[Term]) -> MapSheet:
        own = {term.slug for term in terms}
        guests = {n.slug: n for t in terms for n in self.near[t.slug] if n.slug not in own}
        met = [t for t in self.library.terms if t.slug in guests]
        sections = [Section("", tuple(map(_word, terms)))]
        if met:
            sections.append(Section(_GUESTS, tuple(map(_word, met)), "guest"))
        # What ties guests to each other is told on their own shelf.
        ties = [(a, b) for a, b in self._ties((*terms, *met)) if a in own or b in own]
        return MapSheet(slug, label, draw(sections, ties), (("", self._relations(terms)),))

    def _relations(self, terms: Iterable[Term]) -> tuple[Relations, ...]:
        return tuple(Relations(t, self.near[t.slug]) for t in terms)

    def _ties(self, terms: Iterable[Term]) -> list[tuple[str, str]]:
        drawn = tuple(terms)
        there = {t.slug for t in drawn}
        pairs = ((t.slug, n.slug) for t in drawn for n in self.near[t.slug] if n.slug in there)
        return sorted({(min(pair), max(pair)) for pair in pairs})


def _word(term: Term) -> Word:
    return Word(term.slug, term.titre, term.url)
