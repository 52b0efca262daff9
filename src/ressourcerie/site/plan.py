"""The whole site as data, before any page of it is drawn: what pages and files are made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ressourcerie.library import Library
from ressourcerie.markdown import Rendered
from ressourcerie.settings import Settings
from ressourcerie.site.catalogue import Catalogue
from ressourcerie.site.pages import SitePage
from ressourcerie.site.words.gather import Words


@dataclass(frozen=True)
class Site:
    """`bodies` are the rendered texts of the `pages`, by the `src_uri` of each."""

    library: Library
    settings: Settings
    papers: Catalogue
    pages: tuple[SitePage, ...]
    bodies: Mapping[str, Rendered] = field(repr=False)

    def body(self, page: SitePage) -> Rendered:
        """The text of a page, in its own view."""
        return self.bodies[page.src_uri]

    @cached_property
    def words(self) -> Words:
        """What is known of the words of the glossary."""
        return Words(self.library, self.pages, self.bodies)
