"""The anchors and links of one text, each link at the place where it was typed.

A survey depends on the text and on the Markdown settings alone, so that it can be kept; where the
links lead is judged later, when all the pages are known.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from ressourcerie.links import PROJECT
from ressourcerie.markdown import Destination, MarkdownSettings, render
from ressourcerie.source import Source
from ressourcerie.survey.html import Anatomy, Link, of_html
from ressourcerie.survey.limits import time_limit
from ressourcerie.survey.places import offsets
from ressourcerie.views import View

_NUMBERED: Final = re.compile(rf"{PROJECT}:(\d+)")


@dataclass(frozen=True, slots=True)
class Placed:
    """A link, at a line and column of its file; `snippet` names the file it was included from."""

    link: Link
    line: int
    column: int
    snippet: str = ""


@dataclass(frozen=True, slots=True)
class Survey:
    """What a text holds. `hidden` are the anchors that participants do not get; `missing` the
    snippets that are not there; `failure` says in French why the text could not be rendered, if
    so, and `failure_line` the line of the file that is the cause.
    """

    anchors: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()
    links: tuple[Placed, ...] = ()
    missing: tuple[Placed, ...] = ()
    base: str = ""
    failure: str = ""
    failure_line: int = 1

    def as_data(self) -> list[Any]:
        """Plain data for a JSON file."""
        return [
            sorted(self.anchors),
            sorted(self.hidden),
            *([_flat(placed) for placed in group] for group in (self.links, self.missing)),
            self.base,
            self.failure,
            self.failure_line,
        ]

    @classmethod
    def from_data(cls, data: list[Any]) -> Survey:
        """The contrary of `as_data`; any error means that the file is not ours."""
        anchors, hidden, links, missing, base, failure, line = data
        return cls(
            frozenset(anchors),
            frozenset(hidden),
            tuple(map(_unflat, links)),
            tuple(map(_unflat, missing)),
            base,
            failure,
            line,
        )


def _flat(placed: Placed) -> list[Any]:
    link = placed.link
    href = None if link.href == link.typed else link.href
    flags = [link.kind, link.markdown, link.named]
    return [link.typed, href, *flags, placed.line, placed.column, placed.snippet]


def _unflat(data: list[Any]) -> Placed:
    typed, href, kind, markdown, named, line, column, snippet = data
    link = Link(typed if href is None else href, typed, kind, markdown, named)
    return Placed(link, line, column, snippet)


def survey_resource(source: Source, settings: MarkdownSettings, *, hides: bool) -> Survey:
    """Survey a resource of ours; `hides` when participants do not read all of it."""
    hidden: frozenset[str] = frozenset()
    text, start = source.text, len(source.head)
    try:
        with time_limit():
            whole = _rendered(source.body, settings, View.FACILITATOR)
            if hides and any(link.typed.startswith("#") for link in whole.links):
                hidden = whole.ids - _rendered(source.body, settings, View.PARTICIPANT).ids
            return Survey(whole.ids, hidden, tuple(placed_in(text, start, whole.links)))
    except Exception as error:  # noqa: BLE001 - whatever an extension raises
        return failed(error)


def failed(error: Exception) -> Survey:
    """The survey of a text that could not be rendered."""
    match error:
        case UnicodeDecodeError():
            return Survey(failure="un fichier inclus n’est pas en UTF-8")
        case TimeoutError():
            return Survey(failure="elle dure trop longtemps")
        case RecursionError():
            return Survey(failure="trop de listes, de citations ou de blocs s’emboîtent")
    return Survey(failure=f"une extension Markdown échoue ({type(error).__name__})")


def _rendered(body: str, settings: MarkdownSettings, view: View) -> Anatomy:
    """The anatomy of a body, by the factory that makes our pages."""
    typed: list[str] = []

    def record(href: str) -> str:
        typed.append(href)
        return f"{PROJECT}:{len(typed) - 1}"

    destination = Destination(link=record, image=record, view=view)
    anatomy = of_html(render(body, destination, settings).html)
    links = []
    for link in anatomy.links:
        if match := _NUMBERED.fullmatch(link.href):
            href = typed[int(match[1])]
            links.append(replace(link, href=href, typed=href, markdown=True))
    return replace(anatomy, links=tuple(links))


def placed_in(text: str, start: int, links: Iterable[Link]) -> list[Placed]:
    """Links with their places; line 0 for one that is not typed in the text itself."""
    known = list(links)
    starts = _starts(text)
    return [
        Placed(link, 0, 1) if offset is None else _placed(link, starts, start + offset)
        for link, offset in zip(known, offsets(text[start:], known, markdown=True), strict=True)
    ]


def located(link: Link, text: str, offset: int) -> Placed:
    """A link at an offset of a text."""
    return _placed(link, _starts(text), offset)


def _starts(text: str) -> list[int]:
    """Where each line begins."""
    return [0, *(match.end() for match in re.finditer("\n", text))]


def _placed(link: Link, starts: list[int], offset: int) -> Placed:
    line = bisect_right(starts, offset)
    return Placed(link, line, offset - starts[line - 1] + 1)
