"""One page, two editions: the one on line, and the one on a USB stick, opened with no server.

A template writes what only one of them shows in `<template data-edition="en-ligne">` or
`"cle-usb"`, and what `mkdocs serve` shows instead in `<p class="draft">`. Nothing is parsed and
drawn again: what is not said to change keeps its bytes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

ONLINE: Final = "en-ligne"
USB: Final = "cle-usb"

_MARK: Final = b"data-edition="
_ONLY: Final = re.compile(
    rb'<template data-edition="([\w-]+)">(.*?)</template>|<p class="draft">.*?</p>', re.DOTALL
)
_FILLED: Final = re.compile(rb'(<span data-filled="([\w-]+)">)[^<]*(?=</span>)')

# Comments and scripts are stepped over: what looks like a link there is not one.
_TAGS: Final = re.compile(
    rb"<!--.*?-->"
    rb"|<(script|style|textarea)\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*>.*?</\1\s*>"
    rb"|<(?:a|area|form|link|meta|button|input|option)\b(?:[^>\"']++|\"[^\"]*\"|'[^']*')*>",
    re.DOTALL | re.IGNORECASE,
)
_ADDRESS: Final = re.compile(
    rb"(\s(?:(?:xlink:)?href|action|formaction|data-href|data-url)\s*=\s*)(\"[^\"]*\"|'[^']*'|[^\s\"'>]+)",
    re.IGNORECASE,
)
_REFRESH: Final = re.compile(
    rb"(\scontent\s*=\s*[\"']\s*\d+\s*;\s*url\s*=\s*)([^\"'>]+)", re.IGNORECASE
)
# What means something only under a public address, or to a browser that asks a server.
_ONLINE_ONLY: Final = re.compile(
    rb"<link\b[^>]*\srel\s*=\s*[\"']?(?:canonical|manifest|alternate|preload|apple-touch-icon)\b",
    re.IGNORECASE,
)
_OUTWARD: Final = re.compile(rb"[a-z][a-z0-9+.-]*:|//|/", re.IGNORECASE)
_TO_FOLDER: Final = re.compile(rb"(?:^|/)(\.{0,2})$")


def for_edition(page: bytes, edition: str, facts: Mapping[str, str]) -> bytes:
    """A page with what belongs to one edition, and the facts it announces filled in."""
    if _MARK not in page:
        return page
    shown = _ONLY.sub(lambda m: m[2] if (m[1] or b"").decode() == edition else b"", page)

    def fill(match: re.Match[bytes]) -> bytes:
        known = facts.get(match[2].decode())
        return match[0] if known is None else match[1] + known.encode()

    return _FILLED.sub(fill, shown)


def without_server(page: bytes) -> bytes:
    """A page whose links lead to files, for there is nobody to look for the index of a folder."""
    return _TAGS.sub(_mend, page)


def to_file(address: bytes) -> bytes:
    """The address of a file: `../mots/?a=1#b` → `../mots/index.html?a=1#b`.

    Those that lead out of the site, or elsewhere in the page, stay as they are.
    """
    end = next((i for i, c in enumerate(address) if c in b"?#"), len(address))
    path, rest = address[:end], address[end:]
    if not path or _OUTWARD.match(path):
        return address
    folder = _TO_FOLDER.search(path)
    if folder is None:
        return address
    slash = b"/" if folder[1] else b""
    return path + slash + b"index.html" + rest


def _mend(match: re.Match[bytes]) -> bytes:
    tag = match[0]
    if match[1] or tag.startswith(b"<!"):
        return tag
    if _ONLINE_ONLY.match(tag):
        return b""
    if tag[:5].lower() == b"<meta":
        return _REFRESH.sub(lambda m: m[1] + to_file(m[2]), tag)
    return _ADDRESS.sub(_mend_attribute, tag) if b"=" in tag else tag


def _mend_attribute(match: re.Match[bytes]) -> bytes:
    value = match[2]
    quote = value[:1] if value[:1] in (b'"', b"'") else b""
    inner = value[1:-1] if quote else value
    return match[1] + quote + to_file(inner.strip()) + quote
