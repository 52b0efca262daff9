"""What the templates of `theme/web/` receive beside MkDocs’s own variables."""

from __future__ import annotations

from collections.abc import Set
from itertools import groupby
from typing import Any, Final
from urllib.parse import quote

from ressourcerie import data, french, timeline
from ressourcerie.library import Library
from ressourcerie.markdown import Rendered
from ressourcerie.model import Resource, Term, Workshop
from ressourcerie.settings import Settings
from ressourcerie.site import series
from ressourcerie.site.catalogue import Catalogue
from ressourcerie.site.facets import facets, marks
from ressourcerie.site.pages import SitePage
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


def page_context(
    page: SitePage,
    rendered: Rendered,
    library: Library,
    settings: Settings,
    papers: Catalogue,
) -> dict[str, Any]:
    """The variables of one page."""
    resource = page.resource
    downloads = papers.papers(_owners(resource, library, papers))
    previous, following = library.neighbours.get(resource.source.path, (None, None))
    context: dict[str, Any] = {
        "resource": resource,
        "library": library,
        "section": SECTIONS.get(resource.kind, resource.slug.partition("/")[0]),
        "series_url": series.series_url(library),
        "catalogue": papers,
        "pdfs": papers.pdfs,
        "kits": papers.kits,
        "downloads": downloads,
        "shelves": shelves(downloads),
        "previous": previous,
        "following": following,
        "edit_url": edit_url(resource, settings),
        "used_terms": _used_terms(page, rendered, library),
    }
    if isinstance(resource, Workshop):
        context |= {
            "timeline": timeline.draw(resource.steps),
            "participant_url": resource.participant_url,
            "paths": [p for p in library.paths if resource.slug in p.ateliers],
        }
    if isinstance(resource, Term):
        context["see_also"] = [t for slug in resource.voir_aussi if (t := library.term(slug))]
    if page.template == "glossaire.html":
        context |= {"letters": _letters(library), "groups": _groups(library)}
    if page.template in {"ateliers.html", "criteres.html"}:
        found = facets(library.workshops)
        context |= {
            "facets": found,
            "marks": marks(found, library.workshops),
            "criteria_url": series.url_of(library, "criteres"),
        }
    if page.template == "selection.html":
        context["sheets"] = series.sheets(library, papers)
        context["criteria_url"] = series.url_of(library, "criteres")
    return context


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


def _used_terms(page: SitePage, rendered: Rendered, library: Library) -> list[Term]:
    """The entries a page links to, and on a facilitator's sheet those its author named."""
    slugs = list(rendered.terms)
    if isinstance(page.resource, Workshop) and page.view is View.FACILITATOR:
        slugs += page.resource.glossaire
    return [t for slug in dict.fromkeys(slugs) if (t := library.term(slug))]


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
