"""What a page holds once rendered: its anchors and its links, as a browser reads them.

Links come from the HTML, which is what readers get; `typed` is what the author wrote, kept through
the rendering. Nothing here knows where a page lies nor which others exist.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

import tinycss2
from selectolax.lexbor import LexborHTMLParser, LexborNode

# Carries a typed link through Markdown: the number of the link in the list of those typed.
MARKED: Final = "data-typed"
# What only repeats, for the reader’s comfort, an anchor that Markdown has just made.
_GENERATED: Final = frozenset({"headerlink", "footnote-ref", "footnote-backref"})

_PAGES: Final = {"a": "href", "area": "href", "iframe": "src", "frame": "src"}
_IMAGES: Final = {
    "img": ("src", "srcset"),
    "source": ("src", "srcset"),
    "image": ("href", "xlink:href"),
    "input": ("src",),
    "video": ("poster",),
    **dict.fromkeys(
        ("body", "table", "thead", "tbody", "tfoot", "tr", "td", "th"), ("background",)
    ),
}
_FILES: Final = {
    "video": ("src",),
    "audio": ("src",),
    "track": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "script": ("src",),
    "link": ("href",),
    "use": ("href", "xlink:href"),
}
# A `link` that fetches nothing.
_IDLE_RELATIONS: Final = frozenset(
    {"preconnect", "dns-prefetch", "author", "license", "canonical", "me", "pingback", "profile"}
)
_REFRESH: Final = re.compile(
    r"^\s*[\d.]+\s*[;,]?\s*(?:url\s*=\s*)?([\"']?)(.*?)\1\s*$", re.IGNORECASE | re.DOTALL
)
# What may stand before an `@import`; after anything else, browsers leave it alone.
_BEFORE_IMPORT: Final = frozenset({"charset", "layer", "import"})
_CSS_FUNCTIONS: Final = frozenset({"url", "image-set", "-webkit-image-set"})
_BLANKS: Final = " \t\n\r\f"


@dataclass(frozen=True, slots=True)
class Link:
    """One address asked of the browser.

    `href` is what the browser reads; `typed` what the author wrote. `kind` is « page » for what one
    goes to, « image » for what is shown, « file » for what a page needs. `markdown` tells a link
    written in Markdown, which the generator may still turn into another, from raw HTML. `named` is
    false for an image without alternative text.
    """

    href: str
    typed: str
    kind: str = "page"
    markdown: bool = False
    named: bool = True


@dataclass(frozen=True, slots=True)
class Anatomy:
    """The anchors of a page and its links, in the order of the page.

    `base` is the address its `<base href>` asks to start from, if there is one.
    """

    ids: frozenset[str] = frozenset()
    links: tuple[Link, ...] = ()
    base: str = ""


def of_html(html: str, typed: tuple[str, ...] = ()) -> Anatomy:
    """Read a page or a piece of one; `typed` are the links that `MARKED` numbers."""
    tree = LexborHTMLParser(html)
    ids: set[str] = set()
    links: list[Link] = []
    generated: list[Link] = []
    base = ""
    # Browsers run programs: they do not even read what is for those that do not.
    unread = {node.mem_id for node in tree.css("noscript *")} if "<noscript" in html.lower() else ()
    for node in tree.css("*"):
        attributes = node.attributes
        if not attributes or (unread and node.mem_id in unread):
            continue
        tag = str(node.tag).lower()
        if found := attributes.get("id"):
            ids.add(found)
        if tag == "a" and (found := attributes.get("name")):
            ids.add(found)
        if tag == "base" and not base:
            base = attributes.get("href") or ""
        made = _GENERATED.intersection((attributes.get("class") or "").split())
        if not made:
            links += _links(node, tag, attributes, typed)
        elif MARKED not in attributes and made != {"footnote-backref"}:
            generated += _links(node, tag, attributes, typed)
    # Written by hand, they are links as others are.
    links += (link for link in generated if unquote(link.href.removeprefix("#")) not in ids)
    for node in tree.css("style"):
        links += [Link(url, url, "file") for url, _ in css_addresses(node.text() or "")]
    return Anatomy(frozenset(ids), tuple(links), base)


def _links(
    node: LexborNode, tag: str, attributes: dict[str, str | None], typed: tuple[str, ...]
) -> Iterator[Link]:
    if "url(" in (attributes.get("style") or "").lower():
        for url, _ in css_addresses(f"a{{{attributes['style']}}}"):
            yield Link(url, url, "image")
    if tag == "meta" and (attributes.get("http-equiv") or "").lower() == "refresh":
        refresh = _REFRESH.match(attributes.get("content") or "")
        if refresh and refresh[2]:
            yield Link(refresh[2], refresh[2])
    mark = attributes.get(MARKED)
    written = typed[int(mark)] if mark and mark.isdecimal() and int(mark) < len(typed) else None
    parent = str(node.parent.tag) if node.parent else ""
    for kind, name in _asked(tag, parent, attributes):
        value = (attributes.get(name) or "").strip(_BLANKS)
        if name == "srcset":
            yield from (Link(candidate, candidate, kind) for candidate in srcset(value))
        elif name in attributes and not _is_idle(tag, value, attributes, node):
            shown = tag != "img" or bool((attributes.get("alt") or "").strip())
            yield Link(
                value, value if written is None else written, kind, written is not None, shown
            )


def _asked(tag: str, parent: str, attributes: dict[str, str | None]) -> Iterator[tuple[str, str]]:
    """The kind and the name of each attribute of an element that holds an address."""
    if tag == "source" and parent in {"video", "audio"}:
        yield "file", "src"
        return
    if tag == "input" and (attributes.get("type") or "").lower() != "image":
        return
    if tag == "link" and _IDLE_RELATIONS & set((attributes.get("rel") or "").lower().split()):
        return
    if tag in _PAGES:
        yield "page", _PAGES[tag]
        if tag == "a":
            yield "page", "xlink:href"
    yield from (("image", name) for name in _IMAGES.get(tag, ()))
    yield from (("file", name) for name in _FILES.get(tag, ()))


def _is_idle(tag: str, value: str, attributes: dict[str, str | None], node: LexborNode) -> bool:
    """Whether an empty link is only the place of an anchor: `[](){#here}`."""
    named = "id" in attributes or "name" in attributes
    return tag == "a" and not value and named and not (node.text() or "").strip()


def srcset(value: str) -> Iterator[str]:
    """The addresses of a `srcset` (HTML standard, « parse a srcset attribute »)."""
    at = 0
    while at < len(value):
        while at < len(value) and value[at] in _BLANKS + ",":
            at += 1
        start = at
        while at < len(value) and value[at] not in _BLANKS:
            at += 1
        url = value[start:at]
        if url.endswith(","):
            # No descriptor: the comma ends the candidate.
            url = url.rstrip(",")
        else:
            depth = 0
            while at < len(value) and not (value[at] == "," and depth == 0):
                depth += {"(": 1, ")": -1}.get(value[at], 0)
                at += 1
        if url:
            yield url


def css_addresses(text: str) -> Iterator[tuple[str, int]]:
    """The addresses a style sheet asks for, each with its line, from 1.

    Those of the drawings of the same page (`url(#mask)`) are left out.
    """
    lowered = text.lower()
    if any(word in lowered for word in ("url(", "@import", "image-set(")):
        for url, line in _css_addresses(text):
            if url and not url.startswith("#"):
                yield url, line


def _css_addresses(text: str) -> Iterator[tuple[str, int]]:
    todo: list[Iterator[tinycss2.ast.Node]] = [_css_rules(text)]
    while todo:
        token = next(todo[-1], None)
        if token is None:
            todo.pop()
        elif token.type == "url":
            yield token.value, token.source_line
        elif token.type == "function":
            if token.lower_name in _CSS_FUNCTIONS:
                strings = [t for t in token.arguments if t.type == "string"]
                yield from ((t.value, t.source_line) for t in strings)
            todo.append(iter(token.arguments))
        elif token.type == "at-rule" and token.lower_at_keyword == "import":
            strings = [t for t in token.prelude if t.type == "string"]
            yield from ((t.value, t.source_line) for t in strings[:1])
            todo.append(iter(token.prelude))
        else:
            # Rules and blocks hold others; anything else holds nothing.
            todo += [iter(getattr(token, part, None) or ()) for part in ("content", "prelude")]


def _css_rules(text: str) -> Iterator[tinycss2.ast.Node]:
    """The rules of a style sheet that may ask for something."""
    late = False
    for found in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
        name = getattr(found, "lower_at_keyword", "")
        if name != "namespace" and not (late and name == "import"):
            yield found
        late = late or name not in _BEFORE_IMPORT
