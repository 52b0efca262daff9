"""How easy each edition is to read, measured on its texts: the page « Lisibilité »."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ressourcerie import ease
from ressourcerie.checks import readability
from ressourcerie.ease import Measure
from ressourcerie.library import Library
from ressourcerie.model import Page, Resource, Term
from ressourcerie.prose import Sentence, body_prose, body_sentences, sentences
from ressourcerie.site.plan import Derived, Site

# What the guide and the sheets handed to participants promise.
FLESCH: Final = 70
MEDIAN: Final = 14


@dataclass(frozen=True, slots=True)
class Text:
    """What one resource gives to an edition."""

    resource: Resource
    measure: Measure


@dataclass(frozen=True, slots=True)
class Edition:
    """All that some readers get. `promised` says whether it must be easy."""

    name: str
    label: str
    promised: bool
    texts: tuple[Text, ...]
    measure: Measure

    @property
    def is_kept(self) -> bool:
        """Whether it is as easy as it promises."""
        return self.measure.flesch >= FLESCH and self.measure.median <= MEDIAN

    @property
    def hardest_first(self) -> tuple[Text, ...]:
        """Its texts, those to mend first."""
        return tuple(sorted(self.texts, key=lambda text: text.measure.flesch))


def editions(library: Library) -> tuple[Edition, ...]:
    """Measure every edition that has something to read."""
    handed: list[tuple[Resource, list[Sentence]]] = []
    run: list[tuple[Resource, list[Sentence]]] = []
    for workshop in library.workshops:
        lines = readability.handed_lines(workshop.body, workshop)
        easy, other = readability.parts(workshop.body, lines)
        handed.append((workshop, easy))
        run.append((workshop, other))
    pages = [p for p in library.pages if _is_text(p)]
    found = (
        _edition("guide", "Le guide", True, _bodies(library.chapters)),
        _edition("participants", "Les fiches participant", True, handed),
        _edition("glossaire", "Le glossaire", False, map(_entry, library.terms)),
        _edition("animation", "Les fiches d’animation", False, run),
        _edition("pages", "Les pages du site", False, _bodies(pages)),
    )
    return tuple(edition for edition in found if edition.texts)


def context(site: Site) -> dict[str, Any]:
    """For `lisibilite.html`. Measured only when the page is drawn."""
    library = site.library
    read = (library.chapters, library.workshops, library.terms, library.pages)
    texts = [resource.source.text for kind in read for resource in kind]
    return {
        "editions": Derived(tuple(texts), lambda: editions(library)),
        "promise": {"flesch": FLESCH, "median": MEDIAN},
    }


def _is_text(page: Page) -> bool:
    """Whether a page is written for its readers, rather than made from the rest of the project."""
    return page.gabarit is None and page.slug != "regles"


def _bodies(resources: Iterable[Resource]) -> Iterator[tuple[Resource, Sequence[Sentence]]]:
    for resource in resources:
        yield resource, body_sentences(resource.body)


def _entry(term: Term) -> tuple[Resource, Sequence[Sentence]]:
    return term, (*sentences(body_prose(term.glose)), *body_sentences(term.body))


def _edition(
    name: str,
    label: str,
    promised: bool,
    found: Iterable[tuple[Resource, Sequence[Sentence]]],
) -> Edition:
    read = [(resource, some) for resource, some in found if some]
    texts = tuple(Text(resource, ease.measure(some)) for resource, some in read)
    together = ease.measure([sentence for _, some in read for sentence in some])
    return Edition(name, label, promised, texts, together)
