"""Finds where each link of a page was typed: Python-Markdown keeps no positions.

The page is read as a browser would, the place is looked for in the source, code and comments
blotted out. When the same address is typed several times, the places follow the order of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from typing import Final

from ressourcerie.survey.html import Link

# Code, closed, whatever its indentation: a fence in a list or a block is one too.
_FENCE: Final = re.compile(
    r"^(?P<indent>[ \t>]*)(?P<fence>`{3,}|~{3,})[^\n]*\n(?:.*\n)*?[ \t>]*(?P=fence)[ \t]*$",
    re.MULTILINE,
)
_SPAN: Final = re.compile(r"(?<![`\\])(`+)(?!`)(?:[^\n]|\n(?![ \t]*\n))+?(?<!`)\1(?!`)")
_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_ATTRIBUTE: Final = re.compile(
    r"(?:href|src|srcset|data|poster|content|style|xlink:href)\s*=\s*"
    r"(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'=<>`]+))",
    re.IGNORECASE,
)
_EMPTY: Final = re.compile(r"\]\(\s*(?:<>)?\s*\)|(?:href|src|data)\s*=\s*(?:\"\s*\"|'\s*')", re.I)
_BEFORE: Final = frozenset(" \t\n(\"'=,")
# `<…>` holds a destination, or an address shown as it is, which has a scheme.
_ANGLE: Final = re.compile(r"(?:\(|\]:)[ \t]*<$")
_AFTER: Final = frozenset(" \t\n)>\"',;")


def offsets(text: str, links: Iterable[Link]) -> list[int | None]:
    """The offset in `text` of each link, None for one that is not typed there."""
    masked = text
    for pattern in (_FENCE, _SPAN, _COMMENT):
        masked = pattern.sub(lambda m: re.sub(r"[^\n]", "\0", m[0]), masked)
    places: dict[str, list[int]] = {}
    turns: dict[str, int] = {}
    found: list[int | None] = []
    for link in links:
        if link.typed not in places:
            places[link.typed] = _places(masked, link.typed) or _places(text, link.typed)
        known = places[link.typed]
        turn = turns.get(link.typed, 0)
        turns[link.typed] = turn + 1
        found.append(known[min(turn, len(known) - 1)] if known else None)
    return found


def _places(text: str, typed: str) -> list[int]:
    if not typed:
        return [m.start() + (2 if m[0][0] == "]" else 0) for m in _EMPTY.finditer(text)]
    found = []
    at = text.find(typed)
    while at >= 0:
        end = at + len(typed)
        if (end == len(text) or text[end] in _AFTER) and _opens(text, at, typed):
            found.append(at)
        at = text.find(typed, end)
    if not found and ("&" in text or "\n" in text):
        # Written with entities, or over several lines.
        for match in _ATTRIBUTE.finditer(text):
            group = match.lastgroup or ""
            if typed in unescape(match[group]):
                found.append(match.start(group))
    if not found and typed.startswith("mailto:"):
        bare = re.escape(typed.removeprefix("mailto:"))
        found = [m.start() + 1 for m in re.finditer(f"<{bare}>", text)]
    return found


def _opens(text: str, at: int, typed: str) -> bool:
    """Whether an address may begin at `at`."""
    if at == 0 or text[at - 1] in _BEFORE:
        return True
    return text[at - 1] == "<" and (":" in typed or bool(_ANGLE.search(text, max(0, at - 80), at)))
