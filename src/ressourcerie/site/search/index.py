"""The index of the whole site, from A to Z, as at the end of a book: for a search without a script.

Synonyms have their line too, that sends to the word of the glossary.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any, Final, NamedTuple

from ressourcerie.french import fold, sort_key
from ressourcerie.model import Page
from ressourcerie.site.plan import Site
from ressourcerie.site.search.corpus import RESULTS, names

KINDS: Final = {
    "terme": "glossaire",
    "atelier": "atelier",
    "chapitre": "guide",
    "parcours": "parcours",
    "livret": "livret",
    "page": "page",
}
# What does not begin with a letter.
OTHER: Final = "0-9"


class Entry(NamedTuple):
    """A line of the index; `see` is the title it sends to when `name` is a synonym."""

    name: str
    url: str
    kind: str
    see: str = ""


def search_context(site: Site) -> dict[str, Any]:
    """Every letter that has entries, with them."""
    ordered = sorted(_entries(site), key=lambda entry: (sort_key(entry.name), entry.url))
    letters = groupby(ordered, key=lambda entry: _letter(entry.name))
    return {"site_index": [(letter, list(entries)) for letter, entries in letters]}


def _entries(site: Site) -> Iterator[Entry]:
    for page in site.pages:
        resource = page.resource
        if page.is_participant or (isinstance(resource, Page) and resource.gabarit == RESULTS):
            continue
        yield Entry(resource.titre, page.url, KINDS[resource.kind])
        seen = {fold(resource.titre)}
        for name in names(resource):
            # « civic-tech » beside « Civic tech » would be noise.
            if sort_key(name) not in {sort_key(other) for other in seen}:
                seen.add(name)
                yield Entry(name, page.url, KINDS[resource.kind], resource.titre)


def _letter(name: str) -> str:
    first = sort_key(name)[:1].upper()
    return first if first.isalpha() else OTHER
