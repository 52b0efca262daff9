"""What the templates of `theme/web/` receive beside MkDocs’s own variables.

A page that shows one resource finds here all it shows, as plain data. A page that lists or gathers
receives the library too, and what the table below says of its template.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from typing import Any, Final
from urllib.parse import quote

from ressourcerie.library import Library
from ressourcerie.model import Booklet, Page, Path, Resource, Term, Workshop
from ressourcerie.settings import Settings
from ressourcerie.site import checklists, coverage, facets, feeds, news, readings, series, usb
from ressourcerie.site.catalogue import Catalogue
from ressourcerie.site.journey import journey, journeys
from ressourcerie.site.pages import SitePage
from ressourcerie.site.plan import Derived, Site
from ressourcerie.site.search.index import search_context
from ressourcerie.site.session import places, session
from ressourcerie.site.shelves import shelves
from ressourcerie.site.surveys import assessment_context, questionnaire_context
from ressourcerie.site.trust import trust
from ressourcerie.site.words.context import (
    daily_context,
    glossary_context,
    map_context,
    term_context,
)
from ressourcerie.views import View

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
    owners = _owners(resource, library, site.papers)
    downloads = site.papers.papers(owners)
    entry = site.papers.by_owner.get(resource.source.path)
    previous, following = library.neighbours.get(resource.source.path, (None, None))
    context: dict[str, Any] = {
        "resource": resource,
        "section": SECTIONS.get(resource.kind, resource.slug.partition("/")[0]),
        "series_url": library.url_of("selection"),
        "shelves": shelves(downloads),
        # Elsewhere than on its own page, a booklet is offered under its title.
        "bound_in": {
            b.source.path: b.titre
            for b in library.booklets
            if b.source.path in owners and b != resource
        },
        "print_anchor": entry.anchor if entry else "",
        "previous": previous,
        "following": following,
        "edit_url": edit_url(resource, site.settings),
        "used_terms": _used_terms(page, site),
        "trust": Derived((feeds.are_there(site),), lambda: trust(page, site)),
    }
    if isinstance(resource, Page):
        context["above"] = library.above(resource)
    if isinstance(resource, Booklet):
        context["bound_pages"] = dict(library.contents(resource)).get("pages", ())
    if isinstance(resource, Workshop):
        context |= _workshop_context(page, resource, site)
    if isinstance(resource, Path):
        context["journey"] = journey(resource, library, site.papers)
    if isinstance(resource, Term):
        context |= term_context(resource, site)
    if gathers(page):
        papers = site.papers
        context |= {"library": library, "catalogue": papers, "pdfs": papers.pdfs}
        context |= {"kits": papers.kits}
        if isinstance(resource, Page) and (more := _OF_TEMPLATE.get(page.template)):
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


def _workshop_context(page: SitePage, workshop: Workshop, site: Site) -> dict[str, Any]:
    context: dict[str, Any] = {
        "participant_url": workshop.participant_url,
        "places": places(workshop, site.library),
    }
    if page.view is View.FACILITATOR:
        library, papers = site.library, site.papers
        inputs = (
            [w for slug in workshop.prerequis if (w := library.workshop(slug))],
            papers.by_owner.get(workshop.source.path),
            library.url_of("couverture"),
            [library.assets.get(workshop.beside(p.document)) for p in workshop.a_imprimer],
        )
        toc = site.body(page).toc
        context["session"] = Derived(inputs, lambda: session(workshop, toc, library, papers))
    return context


def _usb_context(_site: Site) -> dict[str, Any]:
    return {"usb_url": usb.URL}


def _paths_context(site: Site) -> dict[str, Any]:
    return {"journeys": journeys(site.library, site.papers)}


def _home_context(site: Site) -> dict[str, Any]:
    return daily_context(site) | facets.shortcuts(site)


# Template → what it receives beside the library and the catalogue.
_OF_TEMPLATE: Final[Mapping[str, Callable[[Site], dict[str, Any]]]] = {
    "positionnement.html": assessment_context,
    "questionnaire.html": questionnaire_context,
    "depouillement.html": questionnaire_context,
    "parcours.html": _paths_context,
    "accueil.html": _home_context,
    "carte.html": map_context,
    "glossaire.html": glossary_context,
    "ateliers.html": facets.context,
    "criteres.html": facets.context,
    "selection.html": series.context,
    "recherche.html": search_context,
    "hors_connexion.html": _usb_context,
    "telechargements.html": _usb_context,
    "couverture.html": coverage.context,
    "grille.html": checklists.context,
    "lisibilite.html": readings.context,
    "nouveautes.html": news.context,
}
