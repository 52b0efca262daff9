"""Pages already drawn, by the hash of all they show: only what has changed is drawn again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Template
from mkdocs.config.defaults import MkDocsConfig
from pydantic import BaseModel

from ressourcerie.library import Library
from ressourcerie.memory import Memory, key
from ressourcerie.model import Resource
from ressourcerie.site.catalogue import Catalogue
from ressourcerie.site.context import page_context
from ressourcerie.site.pages import SitePage
from ressourcerie.site.plan import Derived, Site


class DrawnTemplate(Template):
    """Gives back the page it finds drawn in its context, and draws any other."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        """The page."""
        if args and (drawn := args[0].get("drawn")):
            return str(drawn)
        return super().render(*args, **kwargs)


class Drawings:
    """The pages of a site: what each receives, its name, and the page itself once it is known.

    `ground` is the name of all that any page depends on besides what it receives.
    """

    def __init__(self, site: Site, names: Mapping[str, str], memory: Memory, ground: str) -> None:
        self._site = site
        self._bodies = names
        self._memory = memory
        self._ground = ground
        self._contexts: dict[str, dict[str, Any]] = {}
        self._drawn: dict[str, str] = {}
        self._cards: dict[str, str] = {}

    def context(self, page: SitePage) -> dict[str, Any]:
        """What the template of a page receives from us."""
        found = self._known_of(page)
        return {n: v.make() if isinstance(v, Derived) else v for n, v in found.items()}

    def _known_of(self, page: SitePage) -> dict[str, Any]:
        if page.src_uri not in self._contexts:
            self._contexts[page.src_uri] = page_context(page, self._site)
        return self._contexts[page.src_uri]

    def name(self, page: SitePage) -> str:
        """The name of all that a page is made from."""
        shown = "\0".join(self._facts(self._known_of(page)))
        return key(self._ground, page.url, self._bodies[page.src_uri], shown)

    def find(self, page: SitePage) -> str:
        """The page, drawn by this run or by another; empty when it has to be."""
        if page.src_uri not in self._drawn:
            self._drawn[page.src_uri] = self._memory.get(self.name(page)) or ""
        return self._drawn[page.src_uri]

    def keep(self, page: SitePage, drawn: str) -> None:
        """Remember a page."""
        if self._drawn.get(page.src_uri) != drawn:
            self._drawn[page.src_uri] = drawn
            self._memory.put(self.name(page), drawn)

    def _facts(self, value: Any) -> Iterator[str]:
        """All that a template can read in a value, as texts."""
        match value:
            case Resource():
                yield self._card(value)
            case Library():
                yield self._library
            case Catalogue():
                yield self._papers
            case Mapping():
                for name, inner in value.items():
                    yield f"{name}:"
                    yield from self._facts(inner)
            case list() | tuple():
                yield f"{len(value)}["
                for inner in value:
                    yield from self._facts(inner)
            case Derived():
                yield from self._facts(value.inputs)
            case str() | int() | float() | bool() | None | Path() | date() | BaseModel():
                yield repr(value)
            case _ if is_dataclass(value):
                yield type(value).__name__
                for field in fields(value):
                    yield from self._facts(getattr(value, field.name))
            case _:
                # A function would show what no name can tell: templates get theirs in on_env.
                raise TypeError(f"a page shows plain data, not {value!r}")

    def _card(self, resource: Resource) -> str:
        """The name of a resource but for its prose, which only its own page shows."""
        path = resource.source.path
        if path not in self._cards:
            # The steps of a session and their minutes stand in headings.
            headings = [line for line in resource.body.split("\n") if line.startswith("#")]
            self._cards[path] = key(path, resource.url, resource.source.head, *headings)
        return self._cards[path]

    @cached_property
    def _library(self) -> str:
        library = self._site.library
        cards = map(
            self._card,
            (
                *library.resources,
                *library.questionnaires,
                *library.assessments,
                *library.checklists,
            ),
        )
        assets = (f"{path} {url}" for path, url in library.assets.items())
        return key(*cards, "\0", *assets, repr(library.synonyms))

    @cached_property
    def _papers(self) -> str:
        papers = self._site.papers
        return key(*map(repr, papers.pdfs), "\0", *map(repr, papers.kits))


def ground_of(config: MkDocsConfig, theme: Path, globals_: Mapping[str, Any]) -> str:
    """The name of the theme, of the settings, and of what every template is given."""
    files = (f for f in sorted(theme.rglob("*")) if f.suffix in {".html", ".svg", ".xml"})
    settings = (config.site_name, config.site_description, config.site_url, config.nav)
    more = (config.theme["language"], config.theme["favicon"], config.extra, globals_)
    return key(*(f.read_bytes() for f in files if f.is_file()), repr(settings), repr(more))
