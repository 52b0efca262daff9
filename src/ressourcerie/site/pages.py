"""The pages the site is made of: which resource, in which view, at which address."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ressourcerie import links
from ressourcerie.library import Library
from ressourcerie.markdown import Destination, MarkdownSettings, Rendered, render_views
from ressourcerie.model import Page, Resource, Term, Workshop
from ressourcerie.terms import TermFinder
from ressourcerie.views import View


@dataclass(frozen=True, slots=True)
class SitePage:
    """One page of the site. `url` is relative to its root and ends with a slash, or is empty."""

    resource: Resource
    url: str
    view: View | None = None

    @property
    def src_uri(self) -> str:
        """The source path, as MkDocs knows the page."""
        path = self.resource.source.path
        return path.replace("index.md", "participant.md") if self.is_participant else path

    @property
    def dest_uri(self) -> str:
        """The file that is written."""
        return f"{self.url}index.html"

    @property
    def is_participant(self) -> bool:
        """Whether it is the page meant for participants."""
        return self.view is View.PARTICIPANT

    @property
    def template(self) -> str:
        """The template of `theme/web/` that draws it."""
        if isinstance(self.resource, Page):
            return f"{self.resource.gabarit or 'page'}.html"
        return f"{'participant' if self.is_participant else self.resource.kind}.html"


def site_pages(library: Library) -> Iterator[SitePage]:
    """Every page of the site: one a resource, and a second one a workshop for participants."""
    for resource in library.resources:
        if isinstance(resource, Workshop):
            yield SitePage(resource, resource.url, View.FACILITATOR)
            yield SitePage(resource, resource.participant_url, View.PARTICIPANT)
        else:
            yield SitePage(resource, resource.url)


class PageRenderer:
    """Renders the bodies of pages, with links as seen from each page."""

    def __init__(self, library: Library, settings: MarkdownSettings) -> None:
        self._library = library
        self._settings = settings
        self._finder = TermFinder(library.terms)

    def render(self, pages: Sequence[SitePage]) -> list[Rendered]:
        """The bodies of the pages of one source, each in its own view."""
        destinations = [self._destination(p, p.view or View.FACILITATOR) for p in pages]
        return render_views(pages[0].resource.body, destinations, self._settings)

    def _destination(self, page: SitePage, view: View) -> Destination:
        origin = page.resource.source.path

        def link(href: str) -> str | None:
            target = links.resolve(href, origin, self._library)
            if target is None:
                return None
            if href.startswith("#"):
                return href
            return links.relative(target.full, page.url) if target.internal else target.full

        def term(slug: str) -> str | None:
            entry = self._library.term(slug)
            return links.relative(entry.url, page.url) if entry else None

        own = {page.resource.slug} if isinstance(page.resource, Term) else set()
        return Destination(
            link=link, image=link, term=term, finder=self._finder, skip=frozenset(own), view=view
        )
