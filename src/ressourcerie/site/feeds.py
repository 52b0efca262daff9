"""The news as feeds, Atom (RFC 4287) and JSON Feed 1.1, for those who follow the site from afar.

A feed is read far from the site: without a public address nothing in it could be found again, so
there is none until the site has one.
"""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlsplit

from ressourcerie import data
from ressourcerie.french import typeset
from ressourcerie.model import Page, Resource
from ressourcerie.settings import Settings
from ressourcerie.site import news
from ressourcerie.site.plan import Site

ATOM: Final = "nouveautes.xml"
JSON: Final = "nouveautes.json"
# Address, type, name.
FEEDS: Final = (
    (ATOM, "application/atom+xml", "Flux Atom"),
    (JSON, "application/feed+json", "Flux JSON"),
)
PAGE: Final = "nouveautes/"
# Enough for a reader that comes back once a month.
LATEST: Final = 50
_NAMESPACE: Final = "http://www.w3.org/2005/Atom"
_WORDS: Final[Mapping[str, str]] = {
    news.NEW: "Nouveau",
    news.CHANGED: "Changement",
    news.REVIEWED: "Relecture",
}


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of news, ready to be written in any format."""

    id: str
    url: str
    title: str
    summary: str
    day: str
    authors: tuple[str, ...]
    kind: str


def make(site: Site) -> Iterator[tuple[str, bytes]]:
    """Both feeds, when there is an address to write in them and something to say."""
    items = latest(site)
    if items:
        yield ATOM, atom(items, site.settings)
        yield JSON, json_feed(items, site.settings)


def are_there(site: Site) -> bool:
    """Whether the site has feeds: an address, a page of news, and news."""
    has_news = any(not isinstance(r, Page) or r.changements for r in site.library.resources)
    return bool(site.settings.site_url) and has_news and PAGE in site.library.by_url


def latest(site: Site) -> tuple[Item, ...]:
    """The latest news; none while there are no feeds."""
    if not are_there(site):
        return ()
    return tuple(_item(event, site.settings) for event in news.events(site.library)[:LATEST])


def absolute(url: str, settings: Settings) -> str:
    """A public address in full."""
    return f"{settings.site_url.rstrip('/')}/{quote(url)}"


def _item(event: news.Event, settings: Settings) -> Item:
    resource = event.resource
    return Item(
        _id(event, settings),
        absolute(resource.url, settings),
        typeset(f"{_WORDS[event.what]} : {resource.titre}"),
        typeset(event.words or resource.summary),
        f"{event.day.isoformat()}T00:00:00Z",
        resource.auteurs,
        news.KINDS[resource.kind][0],
    )


def _id(event: news.Event, settings: Settings) -> str:
    """A name for ever (RFC 4151): the resource, the day, what happened, and its rank that day."""
    resource: Resource = event.resource
    same = [c.quoi for c in resource.changements if c.le == event.day]
    rank = f"-{same.index(event.words) + 1}" if event.words in same[1:] else ""
    host = urlsplit(settings.site_url).hostname or "localhost"
    path = f"{resource.kind}/{quote(resource.slug)}/{event.what}{rank}"
    return f"tag:{host},{event.day.isoformat()}:{path}"


def atom(items: tuple[Item, ...], settings: Settings) -> bytes:
    """An Atom feed."""
    ET.register_namespace("", _NAMESPACE)
    root = ET.Element(f"{{{_NAMESPACE}}}feed", {"xml:lang": "fr"})
    _tell(root, "id", absolute(ATOM, settings))
    _tell(root, "title", typeset(f"{settings.site_name} : nouveautés"))
    _tell(root, "updated", max(item.day for item in items))
    _link(root, "self", absolute(ATOM, settings), "application/atom+xml")
    _link(root, "alternate", absolute(PAGE, settings), "text/html")
    _tell(root, "rights", data.LICENCES["CC-BY-SA-4.0"][0])
    for item in items:
        entry = ET.SubElement(root, f"{{{_NAMESPACE}}}entry")
        _tell(entry, "id", item.id)
        _tell(entry, "title", item.title)
        _tell(entry, "updated", item.day)
        _link(entry, "alternate", item.url, "text/html")
        for name in item.authors:
            author = ET.SubElement(entry, f"{{{_NAMESPACE}}}author")
            _tell(author, "name", name)
        ET.SubElement(entry, f"{{{_NAMESPACE}}}category", {"term": item.kind})
        _tell(entry, "summary", item.summary)
    ET.indent(root)
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _tell(parent: ET.Element, name: str, words: str) -> None:
    ET.SubElement(parent, f"{{{_NAMESPACE}}}{name}").text = words


def _link(parent: ET.Element, rel: str, href: str, kind: str) -> None:
    ET.SubElement(parent, f"{{{_NAMESPACE}}}link", {"rel": rel, "type": kind, "href": href})


def json_feed(items: tuple[Item, ...], settings: Settings) -> bytes:
    """The same news, as JSON."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": typeset(f"{settings.site_name} : nouveautés"),
        "home_page_url": absolute(PAGE, settings),
        "feed_url": absolute(JSON, settings),
        "language": "fr",
        "items": [
            {
                "id": item.id,
                "url": item.url,
                "title": item.title,
                "content_text": item.summary,
                "date_published": item.day,
                "authors": [{"name": name} for name in item.authors],
                "tags": [item.kind],
            }
            for item in items
        ],
    }
    return (json.dumps(feed, ensure_ascii=False, indent=2) + "\n").encode()
