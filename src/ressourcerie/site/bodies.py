"""The texts of all the pages, rendered before any page is drawn: remembered, or made now."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from ressourcerie.library import Library
from ressourcerie.markdown import MarkdownSettings, Rendered
from ressourcerie.memory import Memory, key
from ressourcerie.site.forking import spread
from ressourcerie.site.pages import PageRenderer, SitePage


def render_bodies(
    pages: Iterable[SitePage], library: Library, settings: MarkdownSettings, memory: Memory
) -> tuple[dict[str, Rendered], dict[str, str]]:
    """`src_uri` → body, and → the name of all that this body was made from."""
    ground = ground_of(library, settings)
    # The pages of one source follow one another: it is parsed once for all of them.
    groups = [tuple(group) for _, group in groupby(pages, key=lambda p: p.resource.source.path)]
    names = {page.src_uri: _name(page, ground) for group in groups for page in group}
    found: dict[str, Rendered] = {}
    missing = []
    for group in groups:
        known = [memory.get(names[page.src_uri]) for page in group]
        if all(known):
            found |= {
                page.src_uri: Rendered(*_told(data))
                for page, data in zip(group, known, strict=True)
            }
        else:
            missing.append(group)
    renderer = PageRenderer(library, settings)

    def work(group: tuple[SitePage, ...]) -> list[list[Any]]:
        return [[r.html, r.toc, list(r.terms)] for r in renderer.render(group)]

    for group, made in zip(missing, spread(work, missing), strict=True):
        for page, data in zip(group, made, strict=True):
            found[page.src_uri] = Rendered(*_told(data))
            memory.put(names[page.src_uri], data)
    return {src_uri: found[src_uri] for src_uri in names}, names


def ground_of(library: Library, settings: MarkdownSettings) -> str:
    """The name of all that a body depends on besides its own text."""
    addresses = [f"{path} {r.url}" for path, r in library.by_path.items()]
    assets = [f"{path} {url}" for path, url in library.assets.items()]
    terms = [repr((t.slug, t.forms, t.sauf)) for t in library.terms]
    return key(repr(settings), *addresses, "\0", *assets, "\0", *terms)


def _name(page: SitePage, ground: str) -> str:
    source = page.resource.source
    return key(ground, source.path, page.url, str(page.view), source.body)


def _told(data: list[Any]) -> tuple[str, list[dict[str, Any]], tuple[str, ...]]:
    html, toc, terms = data
    return html, toc, tuple(terms)
