"""The only Markdown factory: French Markdown → safe HTML, the same for the site and for paper.

What depends on the destination (how a link is written, where an image lies, which terms are worth
a link) is received as functions; nothing here opens a file. Raw HTML is not obeyed: contributions
come from strangers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from html import unescape
from typing import TYPE_CHECKING, Any, Final, cast
from xml.etree.ElementTree import Element

import markdown
import nh3
from markdown.extensions import Extension
from markdown.extensions.toc import slugify
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE, AtomicString

from ressourcerie.conversion import convert, extension, hasten
from ressourcerie.forms import make_fillable
from ressourcerie.french import typeset
from ressourcerie.links import BOOK, PROJECT, SAFE_SCHEMES
from ressourcerie.shapes import (
    is_title,
    shape_block,
    shape_copies,
    shape_headers,
    shape_list,
    shape_room,
    shape_step,
    wrap_table,
)
from ressourcerie.source import shown
from ressourcerie.views import View, keep

if TYPE_CHECKING:
    from ressourcerie.terms import TermFinder

Resolver = Callable[[str], str | None]

_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS: Final = frozenset({"p", "li", "td", "th", "div", "blockquote", "summary", *_HEADINGS})
_UNLINKED: Final = frozenset({"a", "code", "pre", "blockquote", "q", "th", "summary", *_HEADINGS})
_UNTOUCHED: Final = frozenset({"code", "pre"})
# The last word on safety, whatever an extension lets through (attributes of fenced code, say).
_TAGS: Final = frozenset(
    "a abbr blockquote br cite code dd del details div dl dt em h1 h2 h3 h4 h5 h6 hr img kbd li ol "  # noqa: SIM905
    "p pre q span strong sub summary sup table tbody td th thead tr ul".split()
)
_ATTRIBUTES: Final = {
    "*": {"class", "id", "lang", "title"},
    "a": {"href"},
    "img": {"alt", "height", "loading", "src", "width"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
# What people fill in on a screen; our own marks alone make any.
_FIELDS: Final = {
    "input": {"class", "name", "title", "type"},
    "textarea": {"class", "name", "title"},
}


@dataclass(frozen=True, slots=True)
class MarkdownSettings:
    """The extensions named in `mkdocs.yml`, and how each is set."""

    extensions: tuple[str, ...] = ("admonition", "pymdownx.details", "sane_lists", "tables", "toc")
    configs: Mapping[str, dict[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A rendered body. `toc` is Python-Markdown's tree of headings; `terms` are slugs, in order."""

    html: str
    toc: list[dict[str, Any]]
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Destination:
    """What a rendering needs to know of where it goes.

    `link` and `image` turn what the author typed into an address, or None when it leads nowhere.
    `term` gives the address of a glossary entry; `skip` names entries not to link. `level` is the
    HTML level of a `#` heading, `prefix` keeps ids apart when several bodies share a page. `only`
    are the main sections wanted, all of them when empty; `fillable` turns what is filled in by hand
    into the fields of a form.
    """

    link: Resolver
    image: Resolver
    term: Callable[[str], str | None] = lambda _slug: None
    finder: TermFinder | None = None
    skip: frozenset[str] = frozenset()
    level: int = 1
    prefix: str = ""
    paper: bool = False
    view: View = View.FACILITATOR
    only: frozenset[str] = frozenset()
    fillable: bool = False


def render(text: str, destination: Destination, settings: MarkdownSettings) -> Rendered:
    """Render a Markdown body."""
    return render_views(text, (destination,), settings)[0]


def render_views(
    text: str, destinations: Sequence[Destination], settings: MarkdownSettings
) -> list[Rendered]:
    """Render a body for several destinations, parsed once; all have one `level` and `prefix`."""
    first = destinations[0]
    configs: dict[str, dict[str, Any]] = {name: dict(c) for name, c in settings.configs.items()}
    configs.setdefault("toc", {}).update(
        baselevel=first.level,
        slugify=lambda value, separator: first.prefix + slugify(value, separator),
    )
    ours = _OurExtension(first)
    converter = markdown.Markdown(
        extensions=[
            *(extension(name, configs.get(name, {})) for name in settings.extensions),
            ours,
        ],
        extension_configs=configs,
        output_format="html",
    )
    hasten(converter)
    turns = [partial(ours.turn_to, destination) for destination in destinations]
    found = []
    outputs = convert(converter, shown(text), ours.select, turns)
    for destination, output in zip(destinations, outputs, strict=True):
        html = nh3.clean(
            output,
            tags=set(_TAGS | (_FIELDS.keys() if destination.fillable else set())),
            attributes={n: set(a) for n, a in (_ATTRIBUTES | _FIELDS).items()},
            link_rel=None,
            url_schemes=set(SAFE_SCHEMES) | {PROJECT, BOOK},
        )
        toc = cast("list[dict[str, Any]]", getattr(converter, "toc_tokens", []))
        found.append(Rendered(html, toc, tuple(ours.polish.terms)))
    return found


class _OurExtension(Extension):
    def __init__(self, destination: Destination) -> None:
        super().__init__()
        self.select = _Select(destination)
        self.polish = _Polish(destination)

    def turn_to(self, destination: Destination) -> None:
        """What comes next is rendered for another destination."""
        self.select.turn_to(destination)
        self.polish.turn_to(destination)

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Refuse raw HTML, choose what the view shows, and polish what is left."""
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        # Before the table of contents (5): what is not shown is not announced either.
        md.treeprocessors.register(self.select, "view", 7)
        # After the table of contents (5), so that ids come from the words the author typed.
        md.treeprocessors.register(self.polish, "ressourcerie", 4)


class _Select(Treeprocessor):
    def __init__(self, destination: Destination) -> None:
        super().__init__()
        self.turn_to(destination)

    def turn_to(self, destination: Destination) -> None:
        self._to = destination

    def run(self, root: Element) -> None:
        """Keep what the view may read."""
        keep(root, self._to.view, self._to.only)


class _Quotes:
    """Follows « … » through the pieces of text of one block."""

    def __init__(self) -> None:
        self._depth = 0

    def outside(self, text: str) -> str:
        """`text` with what stands between « » blotted out, offsets kept."""
        if not self._depth and "«" not in text:
            return text
        kept = []
        for char in text:
            self._depth = max(0, self._depth + {"«": 1, "»": -1}.get(char, 0))
            kept.append(" |"[self._depth > 0 or char == "»"])
        return "".join("\0" if mark == "|" else c for mark, c in zip(kept, text, strict=True))


class _Polish(Treeprocessor):
    """One walk over the tree: safety, links, French typography, terms, and our own blocks."""

    def __init__(self, destination: Destination) -> None:
        super().__init__()
        self.turn_to(destination)

    def turn_to(self, destination: Destination) -> None:
        self._to = destination
        self.terms: list[str] = []

    def run(self, root: Element) -> None:
        """Polish the whole tree in place."""
        self._walk(root, linkable=self._to.finder is not None, quotes=_Quotes())
        if self._to.fillable:
            make_fillable(root, self._to.prefix)

    def _walk(self, parent: Element, linkable: bool, quotes: _Quotes) -> None:
        children = list(parent)
        if parent.text and not isinstance(parent.text, AtomicString):
            parent.text = typeset(parent.text)
            if linkable:
                parent.text = self._link_terms(parent, 0, parent.text, quotes)
        for child in children:
            self._shape(parent, child)
            if child.tag not in _UNTOUCHED:
                allowed = linkable and child.tag not in _UNLINKED and not is_title(child)
                self._walk(child, allowed, _Quotes() if child.tag in _BLOCKS else quotes)
            if child.tag == "a" and "href" not in child.attrib and self._to.paper:
                # A screen reader would tell it as a link (PDF/UA-1, 7.18.5).
                child.tag = "span"
            if child.tail and not isinstance(child.tail, AtomicString):
                child.tail = typeset(child.tail)
                if linkable:
                    position = list(parent).index(child) + 1
                    child.tail = self._link_terms(parent, position, child.tail, quotes)

    def _link_terms(self, parent: Element, position: int, text: str, quotes: _Quotes) -> str:
        """Insert links into `parent` from `position`; returns the text left before them."""
        readable = quotes.outside(text)
        if self._to.finder is None:
            return text
        links: list[tuple[int, int, Element]] = []
        for match in self._to.finder.find(readable):
            if match.slug in self._to.skip or match.slug in self.terms:
                continue
            address = self._to.term(match.slug)
            if address is None:
                continue
            link = Element("a", {"class": "term", "href": address})
            link.text = AtomicString(text[match.start : match.end])
            links.append((match.start, match.end, link))
            self.terms.append(match.slug)
        ends = [start for start, _, _ in links[1:]] + [len(text)]
        for offset, ((_, end, link), stop) in enumerate(zip(links, ends, strict=False)):
            link.tail = text[end:stop]
            parent.insert(position + offset, link)
        return text[: links[0][0]] if links else text

    def _shape(self, parent: Element, element: Element) -> None:
        """Give our own marks their form, and addresses their destination."""
        match element.tag:
            case "a" if "href" in element.attrib:
                _point(element, "href", self._to.link)
            case "img":
                _point(element, "src", self._to.image)
                if not self._to.paper:
                    element.set("loading", "lazy")
            case "table":
                shape_headers(element)
                wrap_table(parent, element)
            case "h3":
                shape_step(element)
            case "p":
                shape_room(element)
                shape_copies(element)
            case "ul":
                shape_list(element)
            case "div" | "details":
                shape_block(element, paper=self._to.paper)


def _point(element: Element, attribute: str, resolver: Resolver) -> None:
    typed = element.get(attribute, "")
    if AMP_SUBSTITUTE in typed:
        # Python-Markdown disguises `<nom@exemple.fr>` in entities, their « & » being set aside.
        typed = unescape(typed.replace(AMP_SUBSTITUTE, "&"))
    address = resolver(typed)
    if address is None:
        # Checks report it; the page must not carry an address that leads nowhere, or worse.
        del element.attrib[attribute]
    else:
        element.set(attribute, address)
