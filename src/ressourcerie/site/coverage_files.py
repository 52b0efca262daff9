"""The coverage as files to take away: a spreadsheet, and a drawing."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Final

from ressourcerie.model import Workshop
from ressourcerie.site.coverage import DRAWING, SHEET, Coverage, coverage
from ressourcerie.site.coverage_drawing import draw
from ressourcerie.site.plan import Site

# What a spreadsheet would take for a formula, were it the first sign of a cell.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def make(site: Site) -> Iterator[tuple[str, bytes]]:
    """The two files, where there is a page to say what they are."""
    if any(page.template == "couverture.html" for page in site.pages):
        found = coverage(site.library)
        yield SHEET, spreadsheet(found)
        yield DRAWING, draw(found).encode()


def spreadsheet(found: Coverage) -> bytes:
    """A row for each competence, then for each theme and dimension; a column for each workshop.

    The mark at its head and its semicolons are what a French spreadsheet opens by double click.
    """
    out = io.StringIO()
    write = csv.writer(out, delimiter=";", lineterminator="\r\n").writerow
    titles = [_safe(workshop.titre) for workshop in found.workshops]
    write(["Référentiel", "Domaine", "Code", "Intitulé", "Nombre d’ateliers", *titles])
    for cells in _rows(found):
        write(cells)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _rows(found: Coverage) -> Iterator[list[str]]:
    for table in found.frameworks:
        for area in table.areas:
            for row in area.rows:
                head = [table.label, area.label, row.code, row.label]
                yield [*map(_safe, head), *_marks(row.workshops, found)]
    for row in found.themes.rows:
        for dimension, cell in zip(found.themes.columns, row.cells, strict=True):
            head = ["Thèmes et dimensions", row.label, "", dimension]
            yield [*map(_safe, head), *_marks(cell, found)]


def _marks(covering: Iterable[Workshop], found: Coverage) -> list[str]:
    slugs = {w.slug for w in covering}
    return [str(len(slugs)), *("x" if w.slug in slugs else "" for w in found.workshops)]


def _safe(text: str) -> str:
    """A text that no spreadsheet runs."""
    return f"'{text}" if text.startswith(_FORMULA) else text
