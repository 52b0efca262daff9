"""Finds where each link of a page was typed: Python-Markdown keeps no positions.

The page is read as a browser would, the place is looked for in the source, code and comments
blotted out. When the same address is typed several times, the places follow the order of the page.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property
from html import unescape
from itertools import islice
from typing import Final

from ressourcerie import masks
from ressourcerie.survey.html import Link

_ATTRIBUTE: Final = re.compile(
    r"(?P<name>href|src|srcset|data|poster|content|style|background)\s*=\s*"
    r"(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'=<>`]+))",
    re.IGNORECASE,
)
# Attributes that hold addresses among other things.
_MIXED: Final = frozenset({"srcset", "content", "style"})
_EMPTY: Final = re.compile(r"\]\(\s*(?:<>)?\s*\)|(?:href|src|data)\s*=\s*(?:\"\s*\"|'\s*')", re.I)
# What stands just before an address, in Markdown and in HTML; prose may name a file too.
_START: Final = re.compile(
    r"srcset[ \t\n]*=[ \t\n]*[\"'](?P<list>[^\"']*)"
    r"|\]\([ \t\n]*<?|\]:[ \t\n]*<?|=[ \t\n]*[\"']?[ \t\n]*|\burl\([ \t]*[\"']?",
    re.IGNORECASE,
)
_MOST_STARTS: Final = 100_000
# Characters by which addresses are sorted.
_KEY: Final = 40
# Each takes a look at the whole text.
_MOST_SEARCHES: Final = 300
_AFTER: Final = frozenset(" \t\n)>\"',;")
_BEFORE_IN_WORDS: Final = frozenset(" \t\n(\"'=,;")
# Markdown lets a `\` stand before these.
_ESCAPABLE: Final = frozenset("\\`*_{}[]()>#+-.!")


def offsets(text: str, links: Iterable[Link], *, markdown: bool = False) -> list[int | None]:
    """The offset in `text` of each link, None for one that is not typed there."""
    places = _Places(text, masks.without_code(text) if markdown else text)
    known: dict[str, list[int]] = {}
    turns: dict[str, int] = {}
    found: list[int | None] = []
    for link in links:
        if link.typed not in known:
            known[link.typed] = places.of(link.typed)
        there = known[link.typed]
        turn = turns.get(link.typed, 0)
        turns[link.typed] = turn + 1
        found.append(there[min(turn, len(there) - 1)] if there else None)
    return found


class _Places:
    """The places of a text where an address may be typed. `shown` has its code blotted out."""

    def __init__(self, text: str, shown: str) -> None:
        self._text = text
        self._shown = shown
        self._index = _Index(shown)
        self._searches = _MOST_SEARCHES

    def of(self, typed: str) -> list[int]:
        """Those of one address, the surest way of typing it first."""
        if not typed:
            return [m.start() + (2 if m[0][0] == "]" else 0) for m in _EMPTY.finditer(self._shown)]
        found = self._index.places(typed) or self._coded(typed)
        if not found and self._searches > 0:
            self._searches -= 1
            found = (
                self._escaped(typed)
                or self._bare(typed)
                or self._hidden.places(typed)
                or _in_words(self._shown, typed)
            )
        return found

    @cached_property
    def _hidden(self) -> _Index:
        """What looks like code, and is not."""
        return _Index(self._text)

    def _coded(self, typed: str) -> list[int]:
        """Written with entities, over several lines, or among other things."""
        exact, mixed = self._attributes
        # Entities shift what follows them: the beginning will do.
        return exact.get(typed) or [
            at + max(self._text[at : at + len(value)].find(typed), 0)
            for at, value in mixed
            if typed in value
        ]

    @cached_property
    def _attributes(self) -> tuple[dict[str, list[int]], list[tuple[int, str]]]:
        exact: dict[str, list[int]] = {}
        mixed: list[tuple[int, str]] = []
        for match in _ATTRIBUTE.finditer(self._shown):
            group = match.lastgroup or ""
            value = unescape(match[group]).strip()
            exact.setdefault(value, []).append(match.start(group))
            if match["name"].lower() in _MIXED:
                mixed.append((match.start(group), value))
        return exact, mixed

    def _escaped(self, typed: str) -> list[int]:
        if "\\" not in self._shown or _ESCAPABLE.isdisjoint(typed):
            return []
        pattern = "".join(
            rf"\\?{re.escape(sign)}" if sign in _ESCAPABLE else re.escape(sign) for sign in typed
        )
        return [m.start() for m in re.finditer(rf"(?<=\(){pattern}(?=[\s)])", self._shown)]

    def _bare(self, typed: str) -> list[int]:
        """Shown as it is: `<https://…>`, `<name@…>`."""
        if ":" not in typed:
            return []
        names = {typed, typed.removeprefix("mailto:")}
        return [at + 1 for name in sorted(names) for at in _all(self._shown, f"<{name}>")]


def _all(text: str, part: str) -> Iterable[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + len(part))


def _in_words(text: str, typed: str) -> list[int]:
    return [
        at
        for at in _all(text, typed)
        if _ends(text, at + len(typed)) and (at == 0 or text[at - 1] in _BEFORE_IN_WORDS)
    ]


def _ends(text: str, end: int) -> bool:
    return end == len(text) or text[end] in _AFTER


class _Index:
    """All the offsets of a text where an address may begin, by what stands there."""

    def __init__(self, text: str) -> None:
        self._text = text
        starts = islice(_START.finditer(text), _MOST_STARTS)
        self._sorted = sorted(
            (text[at : at + _KEY], at)
            for match in starts
            for at in (_listed(match) if match["list"] else [match.end()])
        )

    def places(self, typed: str) -> list[int]:
        """The offsets at which an address stands, in the order of the text."""
        key = typed[:_KEY]
        found = []
        for start, at in islice(self._sorted, bisect_left(self._sorted, (key, 0)), None):
            if not start.startswith(key):
                break
            if self._text.startswith(typed, at) and _ends(self._text, at + len(typed)):
                found.append(at)
        return sorted(found)


def _listed(match: re.Match[str]) -> list[int]:
    """Where each address of a `srcset` begins."""
    return [m.start() + match.start("list") for m in re.finditer(r"[^\s,]\S*", match["list"])]
