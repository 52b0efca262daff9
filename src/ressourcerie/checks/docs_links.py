"""Links of any MkDocs project, judged as the browser will follow them in the built site.

Pages, pages of plain HTML, style sheets, templates that override the theme, and `mkdocs.yml`.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from urllib.parse import unquote

from ressourcerie.checks import frame
from ressourcerie.checks.addresses import anchor_hint, failures, path_hint, report, same_path
from ressourcerie.diagnostics import Diagnostic, Edit, Place
from ressourcerie.docs.project import Docs
from ressourcerie.docs.theme import prefix
from ressourcerie.docs.tree import DocFile
from ressourcerie.external import Occurrence
from ressourcerie.memory import Memory, key
from ressourcerie.study import Study, afresh
from ressourcerie.survey.html import Anatomy, Link, of_html
from ressourcerie.survey.places import offsets
from ressourcerie.survey.text import Placed, Survey
from ressourcerie.terrain import Guesses, Reach, Terrain, Verdict, relative


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
                data = self.docs.read(file)
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
            known = self.docs.knows_anchors and study and study.survey
            if known and not known.failure:
                anchors[page.dest] = known.anchors | self.docs.theme.anchors
        return Terrain(
            frozenset(f.dest for f in tree.files if f.published),
            anchors,
            prefix(self.docs.settings.site_url),
            self.docs.settings.site_url,
            self.docs.theme.has,
        )

    @property
    def ground(self) -> str:
        """The name of all that links may lead to."""
        tree, terrain, theme = self.docs.tree, self.terrain, self.docs.theme
        own = sorted(map(str, theme.custom_dir.rglob("*"))) if theme.custom_dir else ()
        return key(
            "docs-links",
            repr((terrain.prefix, terrain.home, tree.absolute_links)),
            repr((self.docs.config.get("theme"), own)),
            *(f"{file.src}\n{file.dest}\n{file.published}" for file in tree.files),
            *(f"{dest}\n{sorted(ids)}" for dest, ids in terrain.anchors.items()),
        )

    @cached_property
    def guesses(self) -> Guesses:
        """Sources, for links written in Markdown."""
        return Guesses(f.src for f in self.docs.tree.files if f.published)

    @cached_property
    def url_guesses(self) -> Guesses:
        """Addresses, for those that a browser follows as they are."""
        return Guesses(unquote(f.url) for f in self.docs.tree.files if f.published and f.url)


def check(docs: Docs, studies: Mapping[str, Study], memory: Memory) -> Iterator[Diagnostic]:
    """Look at every link of a project."""
    site = _Site(docs, studies)
    pages = {docs.path(page): page for page in docs.tree.pages}
    read = {path: studies[path] for path in pages if path in studies}
    yield from afresh(
        read, site.ground, memory, lambda path, study: _of_page(pages[path], study, site)
    )
    yield from _static_pages(site)
    yield from _style_sheets(site)
    is_page = partial(_is_page, site)
    yield from frame.check(docs.theme, site.terrain, site.guesses, is_page)
    for first, second in docs.tree.clashes():
        from ressourcerie.load import SAME_ADDRESS  # slow to load, and seldom of use

        message = f"L’adresse « /{second.url} » est déjà prise par {docs.path(first)}."
        yield SAME_ADDRESS.at(Place(docs.path(second)), message)
    for path in docs.tree.strange:
        yield docs.why_strange(path)


def _of_page(page: DocFile, study: Study, site: _Site) -> Iterator[Diagnostic]:
    if study.survey:
        yield from failures(study.survey, site.docs.path(page))
        for placed in study.survey.links:
            yield from _page_link(placed, page, study, site)


def external(docs: Docs, studies: Mapping[str, Study]) -> Iterator[Occurrence]:
    """Every address of the web that a page leads to."""
    site = _Site(docs, studies)
    for page in docs.tree.pages:
        study = studies.get(docs.path(page))
        survey = (study and study.survey) or Survey()
        for placed in survey.links:
            verdict = _verdict(placed.link, page, site, survey.base)
            if verdict.reach is Reach.EXTERNAL:
                place = Place(docs.path(page), placed.line or 1, placed.column)
                yield Occurrence(verdict.where, placed.link.typed, place)


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
            placed = frame.placed(link, text, offset or 0)
            if found := report(placed, site.docs.path(file), verdict):
                yield found


def _style_sheets(site: _Site) -> Iterator[Diagnostic]:
    for file in site.docs.tree.files:
        if file.published and file.src.lower().endswith(".css"):
            data = site.docs.read(file)
            if data is not None:
                yield from frame.style_sheet(data, file.url, site.docs.path(file), site.terrain)


def _is_page(site: _Site, path: str) -> bool:
    page = site.docs.tree.by_src.get(posixpath.normpath(path))
    return page is not None and page.published
