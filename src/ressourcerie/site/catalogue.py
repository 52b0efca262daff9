"""All that can be printed, document by document: what lists, panels and the chooser draw from."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from ressourcerie.library import Library
from ressourcerie.model import Resource
from ressourcerie.paper.pdf import Kit, Pdf
from ressourcerie.site.shelves import Paper, Shelf, in_order, shelves

_SECTIONS: Final = {"atelier": "Ateliers", "parcours": "Parcours", "livret": "Livrets"}
_REST: Final = "Autres documents"


@dataclass(frozen=True)
class Entry:
    """One document, in all its editions.

    `anchor` is its id on a page, `url` the page it comes from, empty when it has none of its own.
    """

    anchor: str
    title: str
    url: str
    summary: str
    papers: tuple[Paper, ...]

    @cached_property
    def pdfs(self) -> tuple[Pdf, ...]:
        """Its PDFs, without the zips."""
        return tuple(p for p in self.papers if isinstance(p, Pdf))

    @cached_property
    def kits(self) -> tuple[Kit, ...]:
        """Its zips."""
        return tuple(p for p in self.papers if isinstance(p, Kit))

    @cached_property
    def shelves(self) -> tuple[Shelf, ...]:
        """What to show first, then the rest."""
        return shelves(self.papers)

    @cached_property
    def pdf_shelves(self) -> tuple[Shelf, ...]:
        """The same, where the zips are offered apart."""
        return shelves(self.pdfs)


@dataclass(frozen=True)
class Catalogue:
    """Every document that has something to print, in the order readers meet it."""

    sections: tuple[tuple[str, tuple[Entry, ...]], ...]
    by_owner: dict[str, Entry]

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every document, section after section."""
        return tuple(entry for _, entries in self.sections for entry in entries)

    @cached_property
    def pdfs(self) -> tuple[Pdf, ...]:
        """Every PDF."""
        return tuple(pdf for entry in self.entries for pdf in entry.pdfs)

    @cached_property
    def kits(self) -> tuple[Kit, ...]:
        """Every zip."""
        return tuple(kit for entry in self.entries for kit in entry.kits)

    @cached_property
    def shared(self) -> frozenset[str]:
        """The sources that have no page of their own: their papers go with every workshop."""
        return frozenset(owner for owner, entry in self.by_owner.items() if not entry.url)

    def papers(self, owners: Collection[str]) -> tuple[Paper, ...]:
        """All that these sources have to print."""
        return tuple(p for o, entry in self.by_owner.items() if o in owners for p in entry.papers)

    def front(self, owner: str) -> tuple[Paper, ...]:
        """What a card may show of a source without becoming a wall: its first shelf."""
        entry = self.by_owner.get(owner)
        return entry.shelves[0].papers if entry else ()


def catalogue(library: Library, pdfs: Iterable[Pdf], kits: Iterable[Kit]) -> Catalogue:
    """Arrange all that has been printed."""
    papers: dict[str, list[Paper]] = {}
    printed: list[Paper] = [*kits, *pdfs]
    for paper in printed:
        papers.setdefault(paper.owner, []).append(paper)
    # The library first, in its own order; then what belongs to no page.
    owners = [path for path in library.by_path if path in papers]
    owners += [path for path in papers if path not in library.by_path]
    found: dict[str, dict[str, Entry]] = {label: {} for label in (*_SECTIONS.values(), _REST)}
    for owner in owners:
        resource = library.by_path.get(owner)
        section = _SECTIONS.get(resource.kind, _REST) if resource else _REST
        found[section][owner] = _entry(resource, in_order(papers[owner]))
    return Catalogue(
        tuple((label, tuple(entries.values())) for label, entries in found.items() if entries),
        {owner: entry for entries in found.values() for owner, entry in entries.items()},
    )


def _entry(resource: Resource | None, papers: tuple[Paper, ...]) -> Entry:
    if resource is None:
        first = papers[0]
        anchor = f"document-{first.name.rpartition('.')[0]}"
        return Entry(anchor, first.label, "", first.purpose, papers)
    anchor = f"{resource.kind}-{resource.slug}"
    return Entry(anchor, resource.titre, resource.url, resource.summary, papers)
