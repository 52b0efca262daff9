"""The corpus of the search: what may be found, and where it leads.

Of a workshop, what participants read and what one chooses it by: no word meant for the facilitator
alone may leave in a file that anybody loads.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from ressourcerie import data
from ressourcerie.french import typeset
from ressourcerie.library import Library
from ressourcerie.markdown import Rendered
from ressourcerie.model import Chapter, Page, Resource, Term, Workshop
from ressourcerie.site.pages import SitePage
from ressourcerie.site.search.passages import Passage, passages

# The page that shows results would only find itself.
RESULTS: Final = "recherche"


class Found(NamedTuple):
    """A page that may be found: `names` are its synonyms, `labels` the shelves it stands on."""

    url: str
    kind: str
    title: str
    summary: str
    names: tuple[str, ...]
    labels: str
    passages: tuple[Passage, ...]


def corpus(pages: tuple[SitePage, ...], bodies: Mapping[str, Rendered]) -> Iterator[Found]:
    """Every page that may be found, in the order of the library."""
    shown = {page.resource.source.path: bodies[page.src_uri] for page in pages if _is_shown(page)}
    for page in pages:
        resource = page.resource
        if page.is_participant or (isinstance(resource, Page) and resource.gabarit == RESULTS):
            continue
        full, told = bodies[page.src_uri].html, shown[resource.source.path].html
        yield Found(
            page.url,
            resource.kind,
            typeset(resource.titre),
            typeset(resource.summary),
            names(resource),
            " ; ".join(labels(resource)),
            tuple(_anchored(passage, full) for passage in passages(told)),
        )


def _is_shown(page: SitePage) -> bool:
    """Whether the text of a page is the one everybody may read."""
    return page.is_participant or not isinstance(page.resource, Workshop)


def _anchored(passage: Passage, html: str) -> Passage:
    """A heading of the participants’ text may be called otherwise in the facilitator’s."""
    there = not passage.anchor or f'id="{passage.anchor}"' in html
    return passage if there else passage._replace(anchor="")


def names(resource: Resource) -> tuple[str, ...]:
    """What a page is called beside its title."""
    if isinstance(resource, Term):
        others = (*resource.variantes, *resource.synonymes, resource.anglais or "")
        return tuple(dict.fromkeys(name for name in others if name))
    return ()


def labels(resource: Resource) -> Iterator[str]:
    """The words of the shelves a page stands on, as readers know them."""
    match resource:
        case Term():
            yield data.vocabulary("groupes")[resource.groupe]
        case Workshop():
            yield from filter(None, (resource.sous_titre, *resource.objectifs))
            yield data.vocabulary("niveaux")[resource.niveau]
            for name, slugs in (
                ("publics", resource.publics),
                ("besoins", resource.besoins),
                ("thematiques", resource.thematiques),
                ("themes", resource.themes),
            ):
                yield from (data.vocabulary(name)[slug] for slug in slugs)
            digcomp = data.competences("digcomp")
            yield from (digcomp[number]["fr"] for number in resource.competences.digcomp)
        case Chapter():
            yield data.vocabulary("themes")[resource.theme] if resource.theme else resource.label
        case _:
            yield from filter(None, (getattr(resource, "sous_titre", None),))


def groups(library: Library) -> Iterator[tuple[str, ...]]:
    """The words to take for one another: those of the list, then those of each entry."""
    yield from library.synonyms
    for term in library.terms:
        if others := names(term):
            yield (term.titre, *(name for name in others if name != term.titre))
