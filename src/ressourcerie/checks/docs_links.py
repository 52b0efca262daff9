"""Links of any MkDocs project, judged as the browser will follow them in the built site.

Pages, pages of plain HTML, style sheets, templates that override the theme, and `mkdocs.yml`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final
from urllib.parse import unquote

from ressourcerie import source as source_files
from ressourcerie.checks.addresses import anchor_hint, failures, path_hint, report, same_path
from ressourcerie.diagnostics import Diagnostic, Edit, Place
from ressourcerie.docs.project import Docs
from ressourcerie.docs.tree import DocFile
from ressourcerie.load import SAME_ADDRESS
from ressourcerie.study import Study
from ressourcerie.survey.html import Anatomy, Link, css_addresses, of_html
from ressourcerie.survey.places import offsets
from ressourcerie.survey.text import Placed, Survey
from ressourcerie.terrain import Guesses, Reach, Terrain, Verdict, relative

# In a template, the address of a file of the site: `{{ 'assets/logo.svg' | url }}`.
_SITE_FILE: Final = re.compile(r"^\{\{-?\s*(['\"])([^'\"]+)\1\s*\|\s*url\s*-?\}\}$")
_JINJA: Final = re.compile(r"\{[{%#].*?[}%#]\}", re.DOTALL)


@dataclass(frozen=True)
class _Site:
    """All that links may lead to."""

    docs: Docs
    studies: Mapping[str, Study]

    @cached_property
    def static_pages(self) -> dict[str, tuple[DocFile, str, Anatomy]]:
        """The pages of plain HTML, by destination, with their text and what they hold."""
        found = {}
        for file in self.docs.tree.files:
            if file.published and file.src.lower().endswith((".html", ".htm")):
                data, _ = source_files.read_bytes(self.docs.config.root, self.docs.path(file))
                if data is not None:
                    text = data.decode("utf-8", "replace")
                    found[file.dest] = (file, text, of_html(text))
        return found

    @cached_property
    def terrain(self) -> Terrain:
        tree = self.docs.tree
        anchors = {dest: anatomy.ids for dest, (_, _, anatomy) in self.static_pages.items()}
        for page in tree.pages:
            study = self.studies.get(self.docs.path(page))
            if study and study.survey and not study.survey.failure:
                anchors[page.dest] = study.survey.anchors
        return Terrain(
            frozenset(f.dest for f in tree.files if f.published),
            anchors,
            self.docs.prefix,
            self.docs.settings.site_url,
            self.docs.theme_has,
        )

    @cached_property
    def guesses(self) -> Guesses:
        """Sources, for links written in Markdown."""
        return Guesses(f.src for f in self.docs.tree.files if f.published)

    @cached_property
    def url_guesses(self) -> Guesses:
        """Addresses, for those that a browser follows as they are."""
        return Guesses(unquote(f.url) for f in self.docs.tree.files if f.published and f.url)


def check(docs: Docs, studies: Mapping[str, Study]) -> Iterator[Diagnostic]:
    """Look at every link of a project."""
    site = _Site(docs, studies)
    for page in docs.tree.pages:
        study = studies.get(docs.path(page))
        if study and study.survey:
            yield from failures(study.survey, docs.path(page))
            for placed in study.survey.links:
                yield from _page_link(placed, page, study, site)
    yield from _static_pages(site)
    yield from _style_sheets(site)
    yield from _templates(site)
    yield from _settings(site)
    for first, second in docs.tree.clashes():
        message = f"L’adresse « /{second.url} » est déjà prise par {docs.path(first)}."
        yield SAME_ADDRESS.at(Place(docs.path(second)), message)
    for path in docs.tree.strange:
        yield source_files.outside(f"{docs.docs_dir}/{path}")


def external(docs: Docs, studies: Mapping[str, Study]) -> Iterator[tuple[str, Placed, str]]:
    """Every address of the web: as the browser asks it, as it is placed, and in which file."""
    site = _Site(docs, studies)
    for page in docs.tree.pages:
        study = studies.get(docs.path(page))
        survey = (study and study.survey) or Survey()
        for placed in survey.links:
            verdict = _verdict(placed.link, page, site, survey.base)
            if verdict.reach is Reach.EXTERNAL:
                yield verdict.where, placed, docs.path(page)


def _verdict(link: Link, page: DocFile, site: _Site, base: str) -> Verdict:
    target = site.docs.tree.target(link.typed, page) if link.markdown else None
    if target is None:
        return site.terrain.follow(link.href, page.url, link.kind, base)
    file, fragment = target
    if base:
        # What MkDocs has written relative to the page starts from elsewhere.
        written = posixpath.relpath("/" + file.url, "/" + posixpath.dirname(page.url))
        return site.terrain.follow(f"{written}#{fragment}", page.url, link.kind, base)
    return site.terrain.land(file.dest, fragment, link.kind)


def _page_link(placed: Placed, page: DocFile, study: Study, site: _Site) -> Iterator[Diagnostic]:
    survey = study.survey or Survey()
    link, path = placed.link, site.docs.path(page)
    verdict = _verdict(link, page, site, survey.base)
    hint, edit = "", None
    if verdict.reach is Reach.MISSING and link.markdown:
        hint = path_hint(link.typed, page.src, site.guesses)
        if better := same_path(link.typed, page.src, site.guesses):
            edit = _edit(placed, study, better)
    elif verdict.reach is Reach.MISSING:
        hint = _url_hint(verdict.where, page.url, site)
    elif verdict.reach is Reach.NO_ANCHOR:
        hint = anchor_hint(link.typed, verdict.anchor, site.terrain.anchors[verdict.where])
    if found := report(placed, path, verdict, hint, edit):
        yield found


def _url_hint(where: str, page: str, site: _Site) -> str:
    near = site.url_guesses.nearest(where.rstrip("/") + "/" if "." not in where else where)
    if not near and "." in where:
        near = site.url_guesses.nearest(posixpath.splitext(where)[0] + "/")
    if not near:
        return ""
    # From the address of the page, which is a folder when it ends with « / ».
    written = relative(near.rstrip("/"), page) + ("/" if near.endswith("/") else "")
    return f"Vouliez-vous dire « {written} » ?"


def _edit(placed: Placed, study: Study, better: str) -> Edit | None:
    if study.source is None or not placed.line or placed.snippet:
        return None
    text = study.source.text
    lines = text.split("\n")
    start = sum(len(line) + 1 for line in lines[: placed.line - 1]) + placed.column - 1
    end = start + len(placed.link.typed)
    return Edit(start, end, better) if text[start:end] == placed.link.typed else None


def _static_pages(site: _Site) -> Iterator[Diagnostic]:
    for file, text, anatomy in site.static_pages.values():
        for link, offset in zip(anatomy.links, offsets(text, anatomy.links), strict=True):
            verdict = site.terrain.follow(link.href, file.url, link.kind, anatomy.base)
            placed = _placed(link, text, offset or 0)
            if found := report(placed, site.docs.path(file), verdict):
                yield found


def _style_sheets(site: _Site) -> Iterator[Diagnostic]:
    for file in site.docs.tree.files:
        if file.published and file.src.lower().endswith(".css"):
            data, _ = source_files.read_bytes(site.docs.config.root, site.docs.path(file))
            text = (data or b"").decode("utf-8", "replace")
            for url, line in css_addresses(text):
                verdict = site.terrain.follow(url, file.url, "image")
                column = text.split("\n")[line - 1].find(url) + 1
                placed = Placed(Link(url, url, "file"), line, max(column, 1))
                if found := report(placed, site.docs.path(file), verdict):
                    yield found


def _templates(site: _Site) -> Iterator[Diagnostic]:
    """Templates of the project: what they ask for by a plain address, or by `| url`."""
    folder = site.docs.custom_dir
    if folder is None:
        return
    for file in sorted(folder.rglob("*.html")):
        path = file.relative_to(site.docs.config.root).as_posix()
        data, _ = source_files.read_bytes(site.docs.config.root, path)
        text = (data or b"").decode("utf-8", "replace")
        links = of_html(text).links
        for link, offset in zip(links, offsets(text, links), strict=True):
            if asked := _SITE_FILE.match(link.href):
                verdict = site.terrain.follow("/" + asked[2], "", link.kind)
            elif _JINJA.search(link.href) or not link.href.startswith("/"):
                # What a template writes by itself is known when a page is drawn, not before.
                continue
            else:
                verdict = site.terrain.follow(link.href, "", link.kind)
            if found := report(_placed(link, text, offset or 0), path, verdict):
                yield found


def _placed(link: Link, text: str, offset: int) -> Placed:
    line = text.count("\n", 0, offset) + 1
    return Placed(link, line, offset - text.rfind("\n", 0, offset))


def _settings(site: _Site) -> Iterator[Diagnostic]:
    """What `mkdocs.yml` names: pages of the navigation, styles, scripts, logo."""
    config, tree = site.docs.config, site.docs.tree
    for keys, value in _leaves(config.data.get("nav"), ("nav",)):
        page = tree.by_src.get(posixpath.normpath(value))
        verdict = site.terrain.follow(value, "")
        if (page and page.published) or verdict.reach in {Reach.FOUND, Reach.EXTERNAL}:
            continue
        place = config.place(*keys)
        placed = Placed(Link(value, value), place.line, place.column)
        hint = path_hint(value, "", site.guesses)
        if found := report(placed, place.path, verdict, hint):
            yield found
    for name in ("extra_css", "extra_javascript"):
        for keys, value in _leaves(config.data.get(name), (name,)):
            if keys[-1] in {"type", "async", "defer"}:
                continue
            yield from _named_file(value, keys, site)
    for name in ("logo", "favicon"):
        value = config.get("theme", name)
        if isinstance(value, str):
            yield from _named_file(value, ("theme", name), site)


def _named_file(value: str, keys: tuple[str | int, ...], site: _Site) -> Iterator[Diagnostic]:
    place = site.docs.config.place(*keys)
    verdict = site.terrain.follow(value, "", "file")
    placed = Placed(Link(value, value, "file"), place.line, place.column)
    if found := report(placed, place.path, verdict, path_hint(value, "", site.guesses)):
        yield found


def _leaves(value: Any, keys: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """The texts of a tree of lists and mappings, with the keys that lead to them."""
    if isinstance(value, str):
        yield keys, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, (*keys, str(key)))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _leaves(inner, (*keys, index))
