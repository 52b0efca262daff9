"""All that the site knows of its words, each thing worked out once, when first asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ressourcerie.library import Library
from ressourcerie.markdown import Rendered
from ressourcerie.site.pages import SitePage
from ressourcerie.site.words.aliases import Alias, aliases
from ressourcerie.site.words.map import WordMap
from ressourcerie.site.words.uses import Uses, uses


@dataclass(frozen=True)
class Words:
    """The words of a library, and of the rendered pages that use them."""

    library: Library
    pages: tuple[SitePage, ...]
    bodies: Mapping[str, Rendered] = field(repr=False)

    @cached_property
    def aliases(self) -> tuple[Alias, ...]:
        """Their other names."""
        return aliases(self.library)

    @cached_property
    def map(self) -> WordMap:
        """What ties them."""
        return WordMap(self.library)

    @cached_property
    def uses(self) -> dict[str, tuple[Uses, ...]]:
        """Slug → the pages that use the word."""
        return uses(self.library, self.pages, self.bodies)

    @cached_property
    def map_url(self) -> str:
        """The page of the map; empty in a project that has none."""
        return next((page.url for page in self.pages if page.template == "carte.html"), "")
