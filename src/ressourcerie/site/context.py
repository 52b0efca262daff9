"""What the templates of `theme/web/` receive beside MkDocs’s own variables.

A page that shows one resource finds here all it shows, as plain data. A page that lists or gathers
receives the library too, and what the table below says of its template.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping, Set
from itertools import groupby
from typing import Any, Final
from urllib.parse import quote

from ressourcerie import data, french, timeline
from ressourcerie.library import Library
from ressourcerie.model import Page, Path, Resource, Term, Workshop
from ressourcerie.settings import Settings
from ressourcerie.site import usb
from ressourcerie.site.catalogue import Catalogue
from ressourcerie.site.pages import SitePage
from ressourcerie.site.plan import Site
from ressourcerie.site.shelves import shelves
from ressourcerie.views import View

ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SECTIONS: Final = {
    "terme": "glossaire",
    "atelier": "ateliers",
    "chapitre": "guide",
    "parcours": "parcours",
    "livret": "imprimer",
}


def page_context(page: SitePage, site: Site) -> dict[str, Any]:
    """The variables of one page."""
    resource, library = page.resource, site.library
    downloads = site.papers.papers(_owners(resource, library, site.papers))
    entry = site.papers.by_owner.get(resource.source.path)
    previous, following = library.neighbours.get(resource.source.path, (None, None))
    context: dict[str, Any] = {
        "resource": resource,
        "section": SECTIONS.get(resource.kind, resource.slug),
        "shelves": shelves(downloads),
        "print_anchor": entry.anchor if entry else "",
        "previous": previous,
        "following": following,
        "edit_url": edit_url(resource, site.settings),
        "used_terms": _used_terms(page, site),
    }
    if isinstance(resource, Workshop):
        context |= _workshop_context(resource, library)
    if isinstance(resource, Term):
        context["see_also"] = [t for slug in resource.voir_aussi if (t := library.term(slug))]
    if gathers(page):
        papers = site.papers
        context |= {"library": library, "catalogue": papers, "pdfs": papers.pdfs}
        context |= {"kits": papers.kits}
        if more := _OF_TEMPLATE.get(page.template):
            context |= more(site)
    return context


def gathers(page: SitePage) -> bool:
    """Whether a page lists or gathers resources, rather than show one."""
    resource = page.resource
    return isinstance(resource, Path) or (isinstance(resource, Page) and bool(resource.gabarit))


def edit_url(resource: Resource, settings: Settings) -> str:
    """Where to edit the source on the forge; empty when the project has no public sources."""
    if not settings.source_url:
        return ""
    return f"{settings.source_url.rstrip('/')}/{quote(resource.source.path)}"


def _owners(resource: Resource, library: Library, papers: Catalogue) -> Set[str]:
    """Whose papers a page offers: its own, and those of the booklets that hold its text.

    A workshop also needs those that belong to none, such as a questionnaire.
    """
    if isinstance(resource, Workshop):
        return papers.shared | {resource.source.path}
    owners = {b.source.path for b in library.booklets if library.holds(b, resource)}
    return owners | {resource.source.path}


def _used_terms(page: SitePage, site: Site) -> list[Term]:
    """The entries a page links to, and on a facilitator's sheet those its author named."""
    slugs = list(site.body(page).terms)
    if isinstance(page.resource, Workshop) and page.view is View.FACILITATOR:
        slugs += page.resource.glossaire
    return [t for slug in dict.fromkeys(slugs) if (t := site.library.term(slug))]


def _workshop_context(workshop: Workshop, library: Library) -> dict[str, Any]:
    folder = posixpath.dirname(workshop.source.path)
    return {
        "timeline": timeline.draw(workshop.steps),
        "participant_url": workshop.participant_url,
        "prerequisites": [w for slug in workshop.prerequis if (w := library.workshop(slug))],
        "paths": [p for p in library.paths if workshop.slug in p.ateliers],
        # Each paper to have ready, with the address of the file when it is one of the workshop’s.
        "printouts": [
            (paper, library.assets.get(posixpath.join(folder, paper.document), ""))
            for paper in workshop.a_imprimer
        ],
    }


def _glossary_context(site: Site) -> dict[str, Any]:
    return {"letters": _letters(site.library), "groups": _groups(site.library)}


def _usb_context(_: Site) -> dict[str, Any]:
    return {"usb_url": usb.URL}


def _letters(library: Library) -> list[tuple[str, list[Term]]]:
    """Every letter with its terms; letters without terms come with an empty list."""
    by_letter = {
        letter: list(terms)
        for letter, terms in groupby(
            library.terms, key=lambda t: french.sort_key(t.titre)[:1].upper()
        )
    }
    return [(letter, by_letter.get(letter, [])) for letter in ALPHABET]


def _groups(library: Library) -> list[tuple[str, str, list[Term]]]:
    """The shelves of the glossary that hold something: slug, label, terms."""
    shelves = data.vocabulary("groupes")
    return [
        (slug, label, terms)
        for slug, label in shelves.items()
        if (terms := [t for t in library.terms if t.groupe == slug])
    ]


# Template → what it receives beside the library and the catalogue.
_OF_TEMPLATE: Final[Mapping[str, Callable[[Site], dict[str, Any]]]] = {
    "glossaire.html": _glossary_context,
    "hors_connexion.html": _usb_context,
    "telechargements.html": _usb_context,
}
