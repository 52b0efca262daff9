"""What one page of any documentation holds: its text read as MkDocs does, its anchors and links."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Final

import yaml

from ressourcerie import outline
from ressourcerie import source as source_files
from ressourcerie.diagnostics import Diagnostic, Place, Severity, rule
from ressourcerie.docs import snippets
from ressourcerie.docs.markdown import Renderer
from ressourcerie.docs.snippets import Shelf
from ressourcerie.settings import Settings
from ressourcerie.source import Source
from ressourcerie.study import Study
from ressourcerie.survey.html import Link
from ressourcerie.survey.limits import time_limit
from ressourcerie.survey.text import Placed, Survey, failed, located, placed_in

FRONT_MATTER = rule(
    "entete-ignore",
    "Un en-tête n’est pas lu, et paraît dans la page",
    "Écrivez une suite de lignes « clé: valeur » entre les deux « --- », ou enlevez-les.",
    Severity.WARNING,
)
# What a page includes: the name of each file, and where it is asked for.
Included = list[tuple[str, int]]
_LOADER: Final[type[Any]] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST_YAML: Final = 100
# Characters: a shorter text cannot be so deep.
_SHALLOW: Final = 1000
# As MkDocs finds it.
_FRONT: Final = re.compile(r"-{3}[ \t]*\n(.*?\n)(?:\.{3}|-{3})[ \t]*\n", re.DOTALL)
# `key: value` lines from the first one, without marks around them, as MkDocs reads them.
_META: Final = re.compile(
    r"(?:[ ]{0,3}[A-Za-z0-9_-]+:[^\n]*(?:\n|\Z)|(?<=\n)(?:[ ]{4}|\t)[^\n]*\S[^\n]*(?:\n|\Z))+"
)


def study_doc(path: str, data: bytes, settings: Settings) -> Study:
    """All that can be said of one page by itself."""
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        _, found = source_files.parse(path, data)
        return Study(None, tuple(found))
    start, found = _body(path, text)
    source = Source(path, {}, text[start:], text.count("\n", 0, start) + 1, head=text[:start])
    survey, included = _survey(text, start, renderer(settings))
    return Study(source, tuple(found), (), survey, included=included)


_renderers: dict[str, Renderer] = {}


def renderer(settings: Settings) -> Renderer:
    """The converter of a project, made once a process."""
    name = f"{settings.root}{settings.markdown!r}"
    if name not in _renderers:
        markdown = settings.markdown
        _renderers[name] = Renderer(settings.root, markdown.extensions, markdown.configs)
    return _renderers[name]


def _survey(text: str, start: int, renderer: Renderer) -> tuple[Survey, tuple[str, ...]]:
    """Survey a page of any documentation, whose Markdown begins at the offset `start`.

    Also the files it includes.
    """
    body = text[start:]
    if (line := outline.too_deep(body)) is not None:
        at = text.count("\n", 0, start) + line + 1
        return replace(failed(RecursionError()), failure_line=at), ()
    try:
        with time_limit():
            anatomy, missing, files = renderer.anatomy(body)
            placed = placed_in(text, start, anatomy.links)
    except Exception as error:  # noqa: BLE001 - whatever an extension raises
        return failed(error), ()
    lost: list[Placed] = []
    if snippets.MARK in text and (included := list(snippets.asked(text, start))):
        shelf = renderer.shelf
        placed = [p if p.line else _in_snippet(p, text, included, shelf) for p in placed]
        lost = [_lost(path, text, included, shelf) for path in missing]
    return Survey(anatomy.ids, frozenset(), tuple(placed), tuple(lost), anatomy.base), files


def _in_snippet(placed: Placed, text: str, included: Included, shelf: Shelf) -> Placed:
    """Place a link where the page includes the file in which it is typed."""
    name, offset = shelf.holder(placed.link.typed, included)
    return replace(located(placed.link, text, offset), snippet=name)


def _lost(path: str, text: str, included: Included, shelf: Shelf) -> Placed:
    """Place the name of a file, or of a part of it, that is not there."""
    named = [(name, at) for name, at in included if path in (name, snippets.file_of(name))]
    _, offset = named[0] if named else shelf.holder(path, included)
    return located(Link(path, path, "file"), text, offset)


def _body(path: str, text: str) -> tuple[int, list[Diagnostic]]:
    """Where the Markdown of a page begins, once its front matter is read as MkDocs reads it."""
    if match := _FRONT.match(text):
        front, reason = _front(match[1])
        if front:
            start = match.end()
            return start + len(text[start:]) - len(text[start:].lstrip("\n")), []
        # Two rules around words are no front matter.
        found = [FRONT_MATTER.at(Place(path), reason)] if match[1].strip(" \t")[0] != "\n" else []
        return 0, found
    meta = _META.match(text)
    end = meta.end() if meta else 0
    return end + len(text[end:]) - len(text[end:].lstrip("\n")), []


def _front(text: str) -> tuple[bool, str]:
    """Whether MkDocs reads a front matter; why not, if it does not."""
    try:
        # Composing goes as deep as the text, and the C stack gives way without a word.
        if len(text) > _SHALLOW and _is_deep(text):
            raise RecursionError
        node = yaml.compose(text, Loader=_LOADER)
        # With aliases, a few lines could swell without end.
        if "&" not in text:
            yaml.load(text, Loader=_LOADER)  # noqa: S506 - the safe one
    except yaml.YAMLError:
        return False, "La ponctuation YAML de l’en-tête est fautive."
    except (RecursionError, ValueError, TypeError, AttributeError, LookupError):
        return False, "L’en-tête ne se lit pas."
    if isinstance(node, yaml.MappingNode):
        return True, ""
    return False, "L’en-tête n’est pas une suite de lignes « clé: valeur »."


def _is_deep(text: str) -> bool:
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST_YAML:
            return True
    return False
