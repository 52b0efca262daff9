"""What one page of any documentation holds: its text read as MkDocs does, its anchors and links."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

import yaml

from ressourcerie import source as source_files
from ressourcerie.diagnostics import Diagnostic, Place, Severity, rule
from ressourcerie.docs.markdown import INCLUDED, SNIPPET_MARK, Renderer
from ressourcerie.settings import Settings
from ressourcerie.source import Source
from ressourcerie.study import Study
from ressourcerie.survey.html import Link
from ressourcerie.survey.text import Placed, Survey, placed_in

FRONT_MATTER = rule(
    "entete-ignore",
    "Un en-tête n’est pas lu, et paraît dans la page",
    "Écrivez une suite de lignes « clé: valeur » entre les deux « --- », ou enlevez-les.",
    Severity.WARNING,
)
# As MkDocs finds it.
_FRONT: Final = re.compile(r"-{3}[ \t]*\n(.*?\n)(?:\.{3}|-{3})[ \t]*\n", re.DOTALL)
_META: Final = re.compile(r"(?:[ ]{0,3}[A-Za-z0-9_-]+:[^\n]*\n(?:(?:[ ]{4}|\t)[^\n]*\n)*)+\n")


def study_doc(path: str, data: bytes, settings: Settings) -> Study:
    """All that can be said of one page by itself."""
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        _, found = source_files.parse(path, data)
        return Study(None, tuple(found))
    start, found = _body(path, text)
    source = Source(path, {}, text[start:], text.count("\n", 0, start) + 1, head=text[:start])
    made = renderer(settings)
    survey = _survey(text, start, made)
    return Study(source, tuple(found), (), survey)


_renderers: dict[str, Renderer] = {}


def renderer(settings: Settings) -> Renderer:
    """The converter of a project, made once a process."""
    name = f"{settings.root}{settings.markdown!r}"
    if name not in _renderers:
        markdown = settings.markdown
        _renderers[name] = Renderer(settings.root, markdown.extensions, markdown.configs)
    return _renderers[name]


def _survey(text: str, start: int, renderer: Renderer) -> Survey:
    """Survey a page of any documentation, whose Markdown begins at the offset `start`."""
    try:
        anatomy, missing = renderer.anatomy(text[start:])
    except Exception as error:  # noqa: BLE001 - whatever an extension raises
        return Survey(failure=f"{type(error).__name__}")
    placed = placed_in(text, start, anatomy.links)
    included = _snippets(text, start) if SNIPPET_MARK in text else []
    if included:
        placed = [_in_snippet(p, included, renderer) if not p.line else p for p in placed]
    lost = []
    for path in missing:
        line = next((line for name, line in included if name == path), included[0][1])
        lost.append(Placed(Link(path, path, "file"), line, 1))
    return Survey(anatomy.ids, frozenset(), tuple(placed), tuple(lost), anatomy.base)


def _snippets(text: str, start: int) -> list[tuple[str, int]]:
    """The files a text includes, each with the line that asks for it."""
    return [
        (match[2], text.count("\n", 0, match.start(2)) + 1)
        for match in INCLUDED.finditer(text, start)
    ]


def _in_snippet(placed: Placed, included: list[tuple[str, int]], renderer: Renderer) -> Placed:
    """Place a link on the line that includes the file in which it is typed, or the last one."""
    for name, line in included:
        if placed.link.typed in renderer.snippet(name):
            return replace(placed, line=line, snippet=name)
    return replace(placed, line=included[-1][1], snippet=included[-1][0])


def _body(path: str, text: str) -> tuple[int, list[Diagnostic]]:
    """Where the Markdown of a page begins, once its front matter is read as MkDocs reads it."""
    if match := _FRONT.match(text):
        front, reason = _front(match[1])
        if front:
            start = match.end()
            return start + len(text[start:]) - len(text[start:].lstrip("\n")), []
        return 0, [FRONT_MATTER.at(Place(path), reason)]
    meta = _META.match(text)
    return (meta.end() if meta else 0), []


def _front(text: str) -> tuple[bool, str]:
    """Whether MkDocs reads a front matter; why not, if it does not."""
    try:
        # Composed, never constructed: no tag is obeyed, no alias swells.
        node = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError:
        return False, "La ponctuation YAML de l’en-tête est fautive."
    except (RecursionError, ValueError):
        return False, "L’en-tête ne se lit pas."
    if isinstance(node, yaml.MappingNode):
        return True, ""
    return False, "L’en-tête n’est pas une suite de lignes « clé: valeur »."
