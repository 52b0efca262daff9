"""A page of the web, for what links need of it: the places it can be opened at."""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from ressourcerie.external import markup

# Bytes, once unpacked. The longest pages of reference (laws, standards) hold some megabytes.
MAX_PAGE: Final = 4_000_000
# Pages that only send elsewhere are this small.
SMALL_PAGE: Final = 4_096

_HTML: Final = ("text/html", "application/xhtml+xml")
_CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_META_CHARSET: Final = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_REFRESH: Final = re.compile(
    r"\s*(?P<delay>\d*)(?:\.[\d.]*)?\s*(?:[;,]|\s)\s*(?:url\s*=\s*)?"
    r"(?:\"(?P<double>[^\"]*)|'(?P<single>[^']*)|(?P<bare>.*))",
    re.IGNORECASE | re.DOTALL,
)
# A page that goes elsewhere after reading time is still a page.
_LONGEST_REFRESH: Final = 5
# A page with scripts and fewer characters than this is written by its scripts.
_FEW_CHARACTERS: Final = 200
# No place in the page, but a state for its scripts: `#/cours`, `#!cours`, `#page=3`, `#:~:text=`;
# lines of code and comments, which software forges draw by script: `#L10-L12`, `#issuecomment-3`.
_FOR_SCRIPTS: Final = re.compile(
    r"[/!]|:~:|.*=|L\d+(?:C\d+)?(?:-L?\d+(?:C\d+)?)?\Z|(?:issue|pull|discussion)\w*-\w+\Z",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its `anchors` (identifiers, names of `<a>`), and the address it sends its reader to.

    `whole` is false when it was cut, too long or too slow; `scripted` when scripts write it.
    """

    anchors: frozenset[str] = frozenset()
    whole: bool = True
    scripted: bool = False
    refresh: str = ""


def is_html(content_type: str) -> bool:
    """Whether a `Content-Type` is that of a page."""
    return content_type.partition(";")[0].strip().lower() in _HTML


def read_page(body: bytes, content_type: str, whole: bool) -> Page:
    """Read the HTML of a page; nothing of it is run, no text is too odd."""
    anchors: set[str] = set()
    refresh = ""
    characters = scripts = 0
    for part in markup.read(_decode(body, content_type)):
        if isinstance(part, str):
            characters += len(part) - part.count(" ") - part.count("\n")
            continue
        scripts += part.name == "script"
        attributes = part.attributes
        anchors.add(attributes.get("id", ""))
        if part.name == "a":
            anchors.add(attributes.get("name", ""))
        if part.name == "meta" and attributes.get("http-equiv", "").lower() == "refresh":
            refresh = refresh or _refresh(attributes.get("content", ""))
    scripted = scripts > 0 and characters < _FEW_CHARACTERS
    return Page(frozenset(anchors - {""}), whole, scripted, refresh)


def may_be_checked(fragment: str) -> bool:
    """Whether what follows « # » names a place that the page itself must hold."""
    plain = unquote(fragment)
    return bool(plain) and plain.lower() != "top" and not _FOR_SCRIPTS.match(plain)


def has_anchor(page: Page, fragment: str) -> bool | None:
    """Whether the page can be opened at `fragment`; None when that cannot be known.

    As in the HTML standard: the fragment as written, then percent-decoded.
    """
    wanted = {fragment, unquote(fragment)}
    # Forges prefix the identifiers that their users write.
    wanted |= {f"user-content-{name}" for name in wanted}
    if wanted & page.anchors:
        return True
    if not page.whole or page.scripted or page.refresh:
        return None
    return False


def unpack(chunks: Iterable[bytes], encoding: str, limit: int) -> tuple[bytes, bool]:
    """The first `limit` bytes of a body sent with `Content-Encoding`, and whether that is all."""
    packed = b"".join(chunks)
    if encoding in {"", "identity"}:
        return packed[:limit], len(packed) <= limit
    if encoding not in {"gzip", "x-gzip", "deflate"}:
        return b"", False
    try:
        # 32: gzip or zlib, as its first bytes say.
        unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
        return unpacker.decompress(packed, limit), unpacker.eof
    except zlib.error:
        return b"", False


def _decode(body: bytes, content_type: str) -> str:
    named = _CHARSET.search(content_type)
    if body.startswith(codecs.BOM_UTF8):
        name = "utf-8-sig"
    elif named:
        name = named[1]
    else:
        meta = _META_CHARSET.search(body[:1024])
        name = meta[1].decode("ascii") if meta else "utf-8"
    try:
        return body.decode(name, "replace")
    except (LookupError, ValueError):
        return body.decode("utf-8", "replace")


def _refresh(content: str) -> str:
    match = _REFRESH.match(content)
    if not match or int(match["delay"][:6] or 0) > _LONGEST_REFRESH:
        return ""
    return (match["double"] or match["single"] or match["bare"] or "").strip()
