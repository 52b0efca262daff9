"""What surrounds the texts of a site: its templates, its styles, what `mkdocs.yml` names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from ressourcerie import source as source_files
from ressourcerie.checks.addresses import path_hint, report
from ressourcerie.diagnostics import Diagnostic
from ressourcerie.docs.theme import Theme
from ressourcerie.survey.html import Link, css_addresses, of_html
from ressourcerie.survey.places import offsets
from ressourcerie.survey.text import Placed
from ressourcerie.terrain import Guesses, Reach, Terrain

# In a template, the address of a file of the site: `{{ 'assets/logo.svg' | url }}`.
_SITE_FILE: Final = re.compile(r"^\{\{-?\s*(['\"])([^'\"]+)\1\s*\|\s*url\s*-?\}\}(#[^{}]*)?$")
# Options of `extra_javascript` that name no file.
_FLAGS: Final = frozenset({"type", "async", "defer"})
# A hint is looked for among all pages: not for what is there.
_FINE: Final = frozenset({Reach.EMPTY, Reach.FOUND, Reach.EXTERNAL})
KeyPath = tuple[str | int, ...]


def check(
    theme: Theme, terrain: Terrain, guesses: Guesses, is_page: Callable[[str], bool]
) -> Iterator[Diagnostic]:
    """Look at all that surrounds the texts. `is_page` knows the sources that `nav` may name."""
    yield from _templates(theme, terrain)
    yield from _styles(theme, terrain)
    yield from _settings(theme, terrain, guesses, is_page)


def style_sheet(data: bytes, url: str, path: str, terrain: Terrain) -> Iterator[Diagnostic]:
    """Look at what a style sheet, published at `url`, asks for."""
    text = data.decode("utf-8", "replace")
    lines = text.split("\n")
    for address, line in css_addresses(text):
        verdict = terrain.follow(address, url, "image")
        column = lines[line - 1].find(address) + 1
        asked = Placed(Link(address, address, "file"), line, max(column, 1))
        if found := report(asked, path, verdict):
            yield found


def placed(link: Link, text: str, offset: int) -> Placed:
    """A link at an offset of a text."""
    line = text.count("\n", 0, offset) + 1
    return Placed(link, line, offset - text.rfind("\n", 0, offset))


def _texts(theme: Theme, pattern: str) -> Iterator[tuple[Path, str, bytes]]:
    """The files of the project’s own part of its theme: in it, in the project, and their bytes."""
    if theme.custom_dir:
        for file in sorted(theme.custom_dir.rglob(pattern)):
            path = file.relative_to(theme.config.root).as_posix()
            data, _ = source_files.read_bytes(theme.config.root, path)
            if data is not None:
                yield file.relative_to(theme.custom_dir), path, data


def _templates(theme: Theme, terrain: Terrain) -> Iterator[Diagnostic]:
    """Templates: what they ask for by a plain address, or by `| url`.

    What a template writes by itself is known when a page is drawn, not before.
    """
    for _, path, data in _texts(theme, "*.html"):
        text = data.decode("utf-8", "replace")
        links = of_html(text).links
        for link, offset in zip(links, offsets(text, links), strict=True):
            if asked := _SITE_FILE.match(link.href):
                href = f"{terrain.prefix}{asked[2].lstrip('/')}{asked[3] or ''}"
            elif link.href.startswith("/") and "{" not in link.href:
                href = link.href
            else:
                continue
            verdict = terrain.follow(href, "", link.kind)
            if found := report(placed(link, text, offset or 0), path, verdict):
                yield found


def _styles(theme: Theme, terrain: Terrain) -> Iterator[Diagnostic]:
    for file, path, data in _texts(theme, "*.css"):
        yield from style_sheet(data, file.as_posix(), path, terrain)


def _settings(
    theme: Theme, terrain: Terrain, guesses: Guesses, is_page: Callable[[str], bool]
) -> Iterator[Diagnostic]:
    """What `mkdocs.yml` names: pages of the navigation, styles, scripts, logo."""
    config = theme.config
    named = [(keys, value, "page") for keys, value in _leaves(config.data.get("nav"), ("nav",))]
    for name in ("extra_css", "extra_javascript"):
        listed = _leaves(config.data.get(name), (name,))
        named += [(keys, value, "file") for keys, value in listed if keys[-1] not in _FLAGS]
    for name in ("logo", "favicon"):
        if isinstance(value := config.get("theme", name), str):
            named.append((("theme", name), value, "file"))
    for keys, value, kind in named:
        verdict = terrain.follow(value, "", kind)
        if (kind == "page" and is_page(value)) or verdict.reach in _FINE:
            continue
        place = config.place(*keys)
        asked = Placed(Link(value, value, kind), place.line, place.column)
        if found := report(asked, place.path, verdict, path_hint(value, "", guesses)):
            yield found


def _leaves(value: Any, keys: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    """The texts of a tree of lists and mappings, with the keys that lead to them."""
    if isinstance(value, str):
        yield keys, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, (*keys, str(key)))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _leaves(inner, (*keys, index))
