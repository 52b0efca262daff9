"""What goes with the pages of a booklet to fold: its guide, and the page of notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from ressourcerie import french
from ressourcerie.paper import folding
from ressourcerie.paper.document import A3, A4, A5, Document
from ressourcerie.paper.press import Press

GUIDE: Final = "mode-d-emploi.html"
NOTES: Final = "notes.html"
# Pages of the PDF that the guide takes, on both sides of its sheet.
_GUIDE_PAGES: Final = 2


@dataclass(frozen=True, slots=True)
class _Signature:
    """Which pages of the imposed PDF it is printed from, and on how many sheets."""

    first: int
    last: int
    sheets: int


def guide_document(
    press: Press, *, name: str, title: str, pages: int, sheet: str = A4, owner: str = ""
) -> Document:
    """How to print and fold a booklet of `pages` pages: the two pages that `booklet` puts first.

    `title` may be empty; `sheet` is what the booklet is printed on.
    """
    counted = french.plural(len(folding.sheets(pages)), "feuille")
    return press.document(
        name=name,
        label="Mode d’emploi",
        purpose=french.typeset(f"Comment imprimer et plier ce livret, sur {counted} {sheet}."),
        paper=sheet,
        owner=owner,
        edition="mode-d-emploi",
        made_of=(title, str(pages), sheet),
        stylesheets=("base.css", "mode-d-emploi.css"),
        compose=lambda: _guide(press, title, pages, sheet),
    )


def notes_document(press: Press, *, name: str = "notes.pdf", owner: str = "") -> Document:
    """A ruled A5 page: what `booklet` puts in the places that are left."""
    return press.document(
        name=name,
        label="Notes",
        purpose="Des lignes pour écrire.",
        paper=A5,
        owner=owner,
        edition="notes",
        made_of=(),
        stylesheets=("base.css", "notes.css"),
        compose=lambda: press.fill(NOTES),
    )


def _guide(press: Press, title: str, pages: int, sheet: str) -> str:
    sizes = folding.signatures(pages)
    return press.fill(
        GUIDE,
        title=title,
        pages=pages,
        paper=sheet,
        page_size={A3: A4, A4: A5}[sheet],
        sheets=sum(sizes),
        deepest=max(sizes),
        signatures=list(_signatures(sizes)),
        notes=folding.reading_order(pages).count(None),
    )


def _signatures(sizes: tuple[int, ...]) -> Iterator[_Signature]:
    for end, size in zip(accumulate(sizes), sizes, strict=True):
        before = _GUIDE_PAGES + 2 * (end - size)
        yield _Signature(before + 1, before + 2 * size, size)
