"""In which order a page offers its papers, and under which headings.

A trainer at 8:55 wants the first shelf; the others are there, folded, for who prepares ahead.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from ressourcerie.paper.pdf import Kit, Pdf

Paper = Pdf | Kit

FRONT: Final = ""
OTHERS: Final = "Autres éditions"
TO_FILL: Final = "À distribuer et à remplir"
TO_ORGANISE: Final = "Pour organiser"
# The editions of each shelf, in reading order. A kit always comes first.
_SHELVES: Final = {
    FRONT: ("animateur", "participant", "livret", "a-imprimer"),
    OTHERS: ("grands-caracteres", "econome", "corrige", "diaporama", "deux-par-feuille", "a3"),
    TO_FILL: (
        "a-remplir",
        "questionnaire",
        "questionnaire-a-remplir",
        "attestation",
        "attestation-a-remplir",
        "cartes",
        "bingo",
    ),
    TO_ORGANISE: ("preparation", "emargement", "programme", "affiche"),
}
_PLACES: Final = {
    edition: (shelf, rank)
    for shelf, editions in _SHELVES.items()
    for rank, edition in enumerate(editions)
}
# An edition nobody has placed is one edition more: it must be found all the same.
_LAST: Final = (OTHERS, len(_PLACES))
# So few papers need no folding.
_FEW: Final = 3


@dataclass(frozen=True, slots=True)
class Shelf:
    """Papers offered together. The heading of the first shelf is empty: it needs none."""

    heading: str
    papers: tuple[Paper, ...]


def shelves(papers: Iterable[Paper]) -> tuple[Shelf, ...]:
    """Papers in the order they are offered; no shelf is empty, and the first has no heading."""
    ordered = in_order(papers)
    filled = {shelf: tuple(p for p in ordered if _place(p)[0] == shelf) for shelf in _SHELVES}
    if ordered and (len(ordered) <= _FEW or not filled[FRONT]):
        return (Shelf(FRONT, ordered),)
    return tuple(Shelf(heading, papers) for heading, papers in filled.items() if papers)


def in_order(papers: Iterable[Paper]) -> tuple[Paper, ...]:
    """The same papers, shelf after shelf; those of one rank keep the order they came in."""
    order = list(_SHELVES)

    def rank(paper: Paper) -> tuple[int, int]:
        shelf, place = _place(paper)
        return order.index(shelf), place

    return tuple(sorted(papers, key=rank))


def _place(paper: Paper) -> tuple[str, int]:
    return (FRONT, -1) if isinstance(paper, Kit) else _PLACES.get(paper.edition, _LAST)
