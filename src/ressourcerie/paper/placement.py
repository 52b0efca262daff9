"""How one body is placed in a printed document: where its links, images and terms lead on paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ressourcerie import links
from ressourcerie.library import Library
from ressourcerie.links import PROJECT
from ressourcerie.markdown import Destination, MarkdownSettings, Rendered, render
from ressourcerie.model import Resource, Term
from ressourcerie.terms import TermFinder
from ressourcerie.views import View


@dataclass(slots=True)
class Placement:
    """A body in a document.

    `anchors` are the resources the document holds: source path → id. A glossary entry it does not
    hold leads to the lexicon, and is remembered in `cited`. `inner` begins the address of a place
    of the document. Without a `site_url` a link to another page leads nowhere: on paper its words
    are enough.
    """

    resource: Resource
    library: Library
    finder: TermFinder | None
    site_url: str
    anchors: Mapping[str, str] = field(default_factory=dict)
    level: int = 1
    prefix: str = ""
    inner: str = "#"
    only: frozenset[str] = frozenset()
    fillable: bool = False
    cited: list[str] = field(default_factory=list)

    def render(
        self,
        settings: MarkdownSettings,
        view: View = View.FACILITATOR,
        text: str | None = None,
    ) -> Rendered:
        """Render the body for this place, as `view` may read it; or only a `text` taken from it."""
        own = {self.resource.slug} if isinstance(self.resource, Term) else set()
        destination = Destination(
            link=self._link,
            image=self._image,
            term=self._term,
            finder=self.finder,
            skip=frozenset(own),
            level=self.level,
            prefix=self.prefix,
            paper=True,
            view=view,
            only=self.only,
            fillable=self.fillable,
        )
        body = self.resource.body if text is None else text
        return render(body, destination, settings)

    def _link(self, href: str) -> str | None:
        target = links.resolve(href, self.resource.source.path, self.library)
        if target is None or not target.internal:
            return target.full if target else None
        leads_to = self.library.by_url.get(target.url)
        if leads_to is None:
            return f"{self.site_url}/{target.full}" if self.site_url else None
        if anchor := self.anchors.get(leads_to.source.path):
            place = f"{anchor}-{target.fragment}" if target.fragment else anchor
            return f"{self.inner}{place}"
        if isinstance(leads_to, Term):
            return self._term(leads_to.slug)
        if leads_to is self.resource and target.fragment:
            return f"{self.inner}{self.prefix}{target.fragment}"
        return f"{self.site_url}/{target.full}" if self.site_url else None

    def _image(self, src: str) -> str | None:
        target = links.resolve(src, self.resource.source.path, self.library)
        if target is None or not target.internal:
            return None
        path = next((p for p, url in self.library.assets.items() if url == target.url), None)
        return f"{PROJECT}:{path}" if path else None

    def _term(self, slug: str) -> str | None:
        term = self.library.term(slug)
        if term is None:
            return None
        if anchor := self.anchors.get(term.source.path):
            return f"{self.inner}{anchor}"
        self.cited.append(slug)
        return f"{self.inner}lexique-{slug}"
