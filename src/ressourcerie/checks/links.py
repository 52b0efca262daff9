"""Links and images of our resources: what they point at must exist, anchors included."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final
from urllib.parse import unquote

from ressourcerie import links
from ressourcerie.checks import frame
from ressourcerie.checks.addresses import (
    anchor_hint,
    failures,
    path_hint,
    report,
    same_path,
)
from ressourcerie.diagnostics import Diagnostic, Edit, Family, Place, rule
from ressourcerie.docs.theme import Theme, prefix
from ressourcerie.external import Occurrence
from ressourcerie.library import Library
from ressourcerie.memory import Memory, key
from ressourcerie.model import Resource
from ressourcerie.settings import Settings
from ressourcerie.source import Source
from ressourcerie.study import Study, afresh
from ressourcerie.survey.text import Placed
from ressourcerie.terrain import Guesses, Reach, Terrain, Verdict

NO_ALTERNATIVE = rule(
    "image-sans-texte",
    "Une image n’a pas de texte de remplacement",
    "Dites entre les crochets ce que l’image montre (WCAG 1.1.1).",
    family=Family.STRUCTURE,
)
# An anchor of our templates: « fiche-sources », « lettre-{{ letter | lower }} ».
_TEMPLATE_ID: Final = re.compile(r"\bid=\"([^\"]+)\"")
_VALUE: Final = re.compile(r"\{\{.*?\}\}")


@dataclass(frozen=True)
class _Site:
    """What links of resources may lead to."""

    library: Library
    settings: Settings
    studies: Mapping[str, Study]

    @cached_property
    def guesses(self) -> Guesses:
        return Guesses([*self.library.by_path, *self.library.assets])

    @cached_property
    def template_ids(self) -> re.Pattern[str]:
        """The anchors that templates add to those of the texts."""
        found: set[str] = set()
        for file in sorted((self.settings.root / "theme" / "web").rglob("*.html")):
            found.update(_TEMPLATE_ID.findall(file.read_text("utf-8", "replace")))
        # Without a word of its own, a template would vouch for any anchor.
        splits = (_VALUE.split(name) for name in sorted(found))
        words = [split for split in splits if any(part.strip("-_") for part in split)]
        parts = [".+".join(map(re.escape, split)) for split in words]
        return re.compile("|".join(parts) or r"(?!)")

    @property
    def ground(self) -> str:
        """The name of all that links may lead to."""
        library = self.library
        anchors = (f"{path}\n{sorted(self.anchors(path) or ())}" for path in sorted(self.studies))
        groups = (library.by_path, library.assets, library.unread)
        paths = ("\n".join(sorted(group)) for group in groups)
        return key("links", self.template_ids.pattern, *paths, *anchors)

    def anchors(self, path: str) -> frozenset[str] | None:
        """The anchors of the text of a page, None when they are not known."""
        study = self.studies.get(path)
        return study.survey.anchors if study and study.survey else None


def check(
    library: Library, settings: Settings, studies: Mapping[str, Study], memory: Memory
) -> Iterator[Diagnostic]:
    """Look at every link and image of every text."""
    site = _Site(library, settings, studies)
    read = {source.path: studies[source.path] for source in library.sources}
    yield from afresh(read, site.ground, memory, lambda _path, study: _of_text(study, site))


def _of_text(study: Study, site: _Site) -> Iterator[Diagnostic]:
    source, survey = study.source, study.survey
    if source is None or survey is None:
        return
    yield from failures(survey, source.path)
    for placed in survey.links:
        link = placed.link
        if link.kind == "image" and not link.named:
            place = Place(source.path, placed.line or 1, placed.column)
            message = f"L’image « {link.typed} » n’a pas de texte de remplacement."
            yield NO_ALTERNATIVE.at(place, message)
        if not _is_unread(link.typed, source.path, site.library):
            yield from _judged(placed, source, site, survey.hidden)


def check_frame(library: Library, settings: Settings) -> Iterator[Diagnostic]:
    """Look at the templates and the styles of our site, and at what `mkdocs.yml` names."""
    if settings.config is None:
        return
    theme = Theme(settings.config)
    pages = [r.url for r in library.resources] + [w.participant_url for w in library.workshops]
    files = {f"{url}index.html" for url in pages} | set(library.assets.values())
    terrain = Terrain(frozenset(files), also=theme.has, prefix=prefix(settings.site_url))
    guesses = Guesses(library.by_path)
    known = library.by_path.keys() | library.unread
    yield from frame.check(theme, terrain, guesses, known.__contains__)


def external(library: Library, studies: Mapping[str, Study]) -> Iterator[Occurrence]:
    """Every address of the web: those of the texts, and those of the works they cite."""
    for source in library.sources:
        for path in source.spans:
            if path[-1] == "adresse":
                address = str(_value(source.front, path))
                yield Occurrence(address, address, source.place(*path))
        survey = studies[source.path].survey
        for placed in survey.links if survey else ():
            typed = placed.link.typed
            verdict = Terrain(frozenset()).follow(typed, "")
            if verdict.reach is Reach.EXTERNAL:
                place = Place(source.path, placed.line or 1, placed.column)
                yield Occurrence(verdict.where, typed, place)


def _value(front: Any, path: Iterable[str | int]) -> Any:
    for name in path:
        front = front[name]
    return front


def _judged(
    placed: Placed, source: Source, site: _Site, hidden: Iterable[str]
) -> Iterator[Diagnostic]:
    typed, path = placed.link.typed, source.path
    verdict = _verdict(placed, path, site)
    hint, edit = "", None
    if verdict.reach is Reach.MISSING:
        hint = path_hint(typed, path, site.guesses)
        if better := same_path(typed, path, site.guesses):
            edit = _edit(placed, source, better)
    elif verdict.reach is Reach.MALFORMED:
        hint = "Seules les adresses en https:, http:, mailto: et tel: sont acceptées."
    elif verdict.reach is Reach.NO_ANCHOR:
        hint = anchor_hint(typed, verdict.anchor, site.anchors(verdict.where) or ())
    elif typed[:1] == "#" and unquote(typed[1:]) in hidden:
        # On the page for participants, from which the target was taken out.
        verdict = Verdict(Reach.NO_ANCHOR, path, unquote(typed[1:]))
        hint = "Les participants ne voient pas ce titre : visez-en un autre, ou ôtez le lien."
    if found := report(placed, path, verdict, hint, edit):
        yield found


def _verdict(placed: Placed, path: str, site: _Site) -> Verdict:
    """Where a link of the file `path` leads. Our pages keep only what `links.resolve` accepts."""
    typed = placed.link.typed
    verdict = Terrain(frozenset()).follow(typed, "", placed.link.kind)
    if verdict.reach is not Reach.MISSING and not typed.startswith("#"):
        safe = verdict.reach not in {Reach.FOUND, Reach.ACTIVE}
        if safe or links.resolve(typed, path, site.library):
            return verdict
        return Verdict(Reach.MALFORMED)
    target = links.resolve(typed, path, site.library)
    if target is None:
        return Verdict(Reach.MISSING)
    resource = _target_resource(typed, path, site.library)
    anchors = site.anchors(resource.source.path) if resource else None
    if not target.fragment or anchors is None or placed.link.kind == "image":
        return Verdict(Reach.FOUND)
    where = resource.source.path if resource else path
    found = Terrain(frozenset({"index.html"}), {"index.html": anchors}).land("", target.fragment)
    if found.reach is Reach.NO_ANCHOR and site.template_ids.fullmatch(found.anchor):
        return Verdict(Reach.FOUND)
    return Verdict(found.reach, where, found.anchor)


def _target_resource(typed: str, origin: str, library: Library) -> Resource | None:
    return library.by_path.get(_target_path(typed, origin))


def _target_path(typed: str, origin: str) -> str:
    path = unquote(typed.partition("#")[0].partition("?")[0])
    return posixpath.normpath(posixpath.join(posixpath.dirname(origin), path)) if path else origin


def _is_unread(typed: str, origin: str, library: Library) -> bool:
    """Whether the target is there but has errors of its own, reported at their place."""
    return _target_path(typed, origin) in library.unread


def _edit(placed: Placed, source: Source, better: str) -> Edit | None:
    """The change of one link, when it stands where it was placed."""
    lines = source.text.split("\n")
    if not placed.line:
        return None
    start = sum(len(line) + 1 for line in lines[: placed.line - 1]) + placed.column - 1
    end = start + len(placed.link.typed)
    return Edit(start, end, better) if source.text[start:end] == placed.link.typed else None
