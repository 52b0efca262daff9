"""What is new: what was written, changed and read again, day after day, from the texts themselves.

No date comes from the clock nor from Git: the same sources tell the same news.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final

from ressourcerie.library import Library
from ressourcerie.model import Page, Resource
from ressourcerie.site.plan import Site

# A page that lists more is no longer read; older news stay in the texts.
MOST: Final = 300
NEW: Final = "nouveau"
CHANGED: Final = "change"
REVIEWED: Final = "relu"
_ORDER: Final = (NEW, CHANGED, REVIEWED)
_HEADINGS: Final = {NEW: "Publié", CHANGED: "Changé", REVIEWED: "Relu, sans autre changement"}
# In the order in which a day is told.
KINDS: Final = {
    "atelier": ("atelier", "ateliers"),
    "parcours": ("parcours", "parcours"),
    "chapitre": ("chapitre du guide", "chapitres du guide"),
    "terme": ("mot du glossaire", "mots du glossaire"),
    "livret": ("livret", "livrets"),
    "page": ("page du site", "pages du site"),
}


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a resource. `words` say what, when its author did."""

    day: date
    what: str
    resource: Resource
    words: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """What happened alike on one day to resources of one kind."""

    heading: str
    kind: str
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class NewsDay:
    """One day of news."""

    day: date
    groups: tuple[Group, ...]


def events(library: Library) -> tuple[Event, ...]:
    """Everything that happened, the latest first; on one day, what is new before what was read."""
    found = [event for resource in library.resources for event in _of(resource)]
    kinds = list(KINDS)
    # Sorting keeps, among resources of one kind, the order in which readers meet them.
    found.sort(
        key=lambda event: (
            -event.day.toordinal(),
            _ORDER.index(event.what),
            kinds.index(event.resource.kind),
        )
    )
    return tuple(found)


def _of(resource: Resource) -> Iterator[Event]:
    # Pages of the site are its frame: only what their authors announce is news.
    if not isinstance(resource, Page):
        yield Event(resource.cree_le, NEW, resource)
    told = {resource.cree_le, *(change.le for change in resource.changements)}
    for change in resource.changements:
        yield Event(change.le, CHANGED, resource, change.quoi)
    if not isinstance(resource, Page) and resource.relu_le not in told:
        yield Event(resource.relu_le, REVIEWED, resource)


def days(found: Iterable[Event]) -> Iterator[NewsDay]:
    """Events, which come in order, by day, then by what happened and by kind."""
    for day, of_day in groupby(found, key=lambda event: event.day):
        groups = []
        for (what, kind), alike in groupby(of_day, key=lambda e: (e.what, e.resource.kind)):
            groups.append(Group(_HEADINGS[what], kind, tuple(alike)))
        yield NewsDay(day, tuple(groups))


def context(site: Site) -> dict[str, Any]:
    """What the template of the page receives."""
    found = events(site.library)
    return {
        "news": tuple(days(found[:MOST])),
        "older": max(0, len(found) - MOST),
        "kinds": KINDS,
    }
