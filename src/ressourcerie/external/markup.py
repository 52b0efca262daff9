"""The tags of a page of the web, as a browser meets them, in a time that grows with its length.

A parser that builds a tree would know no more of names, and hostile pages (tags nested by the
hundred thousand) make those that exist run for hours. Source: the HTML standard, 13.2.5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Final

# Every repetition takes all it can and gives nothing back, and what is not closed goes on to the
# end: each character is read once. A quote opens a value only right after « = ».
_REST_OF_TAG: Final = (
    r"(?P<{0}>(?:[^>=]++|=[\s]*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z))?+)*+)(?:>|\Z)"
)
# What these hold is text to a browser that runs scripts.
_RAW: Final = "script|style|textarea|title|xmp|iframe|noembed|noframes|noscript"
_TOKEN: Final = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))"
    rf"|<(?P<raw>{_RAW})(?=[\s/>]){_REST_OF_TAG.format('of_raw')}.*?(?:</(?P=raw)(?=[\s/>])[^>]*+>?|\Z)"
    rf"|<(?P<name>/?[a-z][^\s/>]*+){_REST_OF_TAG.format('of_tag')}"
    r"|<[!?/][^>]*+(?:>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE: Final = re.compile(
    r"(?P<name>[^\s/>=][^\s/>=]*+)"
    r"(?:\s*+=\s*+(?:\"(?P<double>[^\"]*+)\"?|'(?P<single>[^']*+)'?|(?P<bare>[^\s>]*+)))?+"
)


@dataclass(frozen=True, slots=True)
class Tag:
    """A start tag: its name in lower case, and its attributes as they are written."""

    name: str
    written: str

    @property
    def attributes(self) -> dict[str, str]:
        """Names in lower case, and their values; of two alike, the first counts."""
        found: dict[str, str] = {}
        for match in _ATTRIBUTE.finditer(self.written):
            value = match["double"] or match["single"] or match["bare"] or ""
            found.setdefault(match["name"].lower(), unescape(value))
        return found


def read(html: str) -> Iterator[Tag | str]:
    """The start tags and the texts of a page, in order, without what `<template>` holds."""
    end = depth = 0
    for match in _TOKEN.finditer(html):
        text = html[end : match.start()]
        end = match.end()
        if not depth and text:
            yield text
        name = (match["raw"] or match["name"] or "").lower()
        if name and not name.startswith("/") and not depth:
            yield Tag(name, match["of_raw"] or match["of_tag"] or "")
        if name == "template":
            depth += 1
        elif name == "/template":
            depth = max(0, depth - 1)
    if not depth:
        yield html[end:]
