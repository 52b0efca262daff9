"""Which words are drawn together: the whole glossary, shelf by shelf, or the relations of one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
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


@dataclass(frozen=True, slots=True)
class Around:
    """A word, then its neighbours, and all that ties them."""

    words: tuple[Word, ...]
    ties: tuple[tuple[str, str], ...]

    @property
    def drawing(self) -> Drawing:
        """Drawn when a page asks for it, not before: most pages have not changed."""
        here, *near = self.words
        return draw(
            [Section("", (replace(here, kind="here"),)), Section("", tuple(near))], self.ties
        )


@dataclass(frozen=True)
class WordMap:
    """The ties between the words of a glossary, read once."""

    library: Library

    @cached_property
    def near(self) -> Mapping[str, tuple[str, ...]]:
        """Slug → the words it is tied to: those its author names first, then who names it."""
        named = {term.slug: term.voir_aussi for term in self.library.terms}
        found: dict[str, dict[str, None]] = {slug: {} for slug in named}
        for slug, others in named.items():
            found[slug].update((other, None) for other in others if other in named)
        for slug, others in named.items():
            for other in others:
                if other in found:
                    found[other].setdefault(slug)
        for slug, around in found.items():
            around.pop(slug, None)
        return {slug: tuple(around) for slug, around in found.items()}

    @cached_property
    def terms(self) -> Mapping[str, Term]:
        """Slug → entry, in the order of the glossary."""
        return {term.slug: term for term in self.library.terms}

    @cached_property
    def words(self) -> Mapping[str, Word]:
        """Slug → what a row shows of it."""
        return {slug: Word(slug, term.titre, term.url) for slug, term in self.terms.items()}

    def around(self, slug: str) -> Around | None:
        """The word and its neighbours; None when they are too few to be drawn."""
        near = self.near[slug][: _AROUND[-1]]
        if len(near) not in _AROUND:
            return None
        drawn = (slug, *near)
        return Around(tuple(self.words[s] for s in drawn), tuple(self._ties(drawn)))

    def sheets(self) -> tuple[MapSheet, ...]:
        """The whole glossary: one drawing, or one a shelf when there are many words."""
        held: dict[str, list[str]] = {slug: [] for slug in data.vocabulary("groupes")}
        for slug, term in self.terms.items():
            held[term.groupe].append(slug)
        shelves = [
            (s, label, held[s]) for s, label in data.vocabulary("groupes").items() if held[s]
        ]
        if len(self.terms) > _TOGETHER:
            return tuple(self._sheet(*shelf) for shelf in shelves)
        sections = [
            Section(label, tuple(self.words[s] for s in slugs)) for _, label, slugs in shelves
        ]
        lists = tuple((label, self._relations(slugs)) for _, label, slugs in shelves)
        drawing = draw(sections, self._ties(tuple(self.terms)))
        return (MapSheet("", "", drawing, lists),) if shelves else ()

    def _sheet(self, shelf: str, label: str, slugs: list[str]) -> MapSheet:
        own = set(slugs)
        met = {other for slug in slugs for other in self.near[slug]} - own
        # A word of another shelf stands beside those it is tied to; what ties it to the others of
        # its kind is told on its own shelf.
        guests = [replace(word, kind="guest") for slug, word in self.words.items() if slug in met]
        ties = [(a, b) for a, b in self._ties((*slugs, *met)) if a in own or b in own]
        drawing = draw([Section("", (*(self.words[s] for s in slugs), *guests))], ties)
        return MapSheet(shelf, label, drawing, (("", self._relations(slugs)),))

    def _relations(self, slugs: Iterable[str]) -> tuple[Relations, ...]:
        return tuple(
            Relations(self.terms[slug], tuple(self.terms[s] for s in self.near[slug]))
            for slug in slugs
        )

    def _ties(self, slugs: Collection[str]) -> list[tuple[str, str]]:
        there = set(slugs)
        pairs = ((slug, other) for slug in slugs for other in self.near[slug] if other in there)
        return sorted({(min(pair), max(pair)) for pair in pairs})
