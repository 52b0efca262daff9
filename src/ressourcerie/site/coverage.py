"""What the workshops cover: competences of the frameworks, themes and dimensions, and the gaps.

Pure functions of a library. The page, the spreadsheet and the drawing all read the same tables.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from ressourcerie import data
from ressourcerie.library import Library
from ressourcerie.model import Workshop
from ressourcerie.site.plan import Site

SHEET: Final = "couverture.csv"
DRAWING: Final = "couverture.svg"
# More workshops than that make columns that nobody can read: they are counted instead.
MOST_COLUMNS: Final = 8
_FRAMEWORKS: Final = (("digcomp", "DigComp 3.0"), ("crcn", "CRCN"))


@dataclass(frozen=True)
class Row:
    """What is covered or not: a competence, or a theme. `cells` follow the columns of its table."""

    anchor: str
    code: str
    label: str
    english: str
    cells: tuple[tuple[Workshop, ...], ...]

    @cached_property
    def workshops(self) -> tuple[Workshop, ...]:
        """Every workshop of the row, once, in the order of the columns."""
        return tuple({w.slug: w for cell in self.cells for w in cell}.values())


@dataclass(frozen=True, slots=True)
class Area:
    """Competences that go together."""

    label: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Table:
    """One matrix. `counted` says whether its cells are numbers rather than marks."""

    name: str
    label: str
    columns: tuple[str, ...]
    areas: tuple[Area, ...]
    counted: bool

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Every row, area after area."""
        return tuple(row for area in self.areas for row in area.rows)

    @cached_property
    def gaps(self) -> tuple[Row, ...]:
        """The rows that no workshop covers."""
        return tuple(row for row in self.rows if not row.workshops)

    @property
    def covered(self) -> int:
        """How many rows have a workshop."""
        return len(self.rows) - len(self.gaps)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Everything the page shows."""

    workshops: tuple[Workshop, ...]
    frameworks: tuple[Table, ...]
    themes: Table


def coverage(library: Library) -> Coverage:
    """Read a library as matrices."""
    workshops = library.workshops
    return Coverage(
        workshops,
        tuple(_framework(name, label, workshops) for name, label in _FRAMEWORKS),
        _themes(workshops),
    )


def short(title: str) -> str:
    """What a title says before its colon: the name of a column must not be long."""
    return title.partition(" : ")[0].strip()


def _framework(name: str, label: str, workshops: tuple[Workshop, ...]) -> Table:
    counted = len(workshops) > MOST_COLUMNS
    levels = data.vocabulary("niveaux")
    columns = tuple(levels.values()) if counted else tuple(short(w.titre) for w in workshops)
    groups = [[w for w in workshops if w.niveau == level] for level in levels]
    groups = groups if counted else [[w] for w in workshops]
    areas: dict[str, list[Row]] = {}
    for code, competence in data.competences(name).items():
        cells = tuple(tuple(w for w in group if code in _codes(w, name)) for group in groups)
        row = Row(f"{name}-{code}", code, competence["fr"], competence.get("en", ""), cells)
        areas.setdefault(competence["domaine"], []).append(row)
    listed = tuple(Area(domain, tuple(rows)) for domain, rows in areas.items())
    return Table(name, label, columns, listed, counted)


def _codes(workshop: Workshop, name: str) -> tuple[str, ...]:
    codes: tuple[str, ...] = getattr(workshop.competences, name)
    return codes


def _themes(workshops: Iterable[Workshop]) -> Table:
    dimensions = data.vocabulary("dimensions")
    found = tuple(workshops)
    rows = tuple(
        Row(f"theme-{slug}", "", label, "", tuple(_both(found, slug, one) for one in dimensions))
        for slug, label in data.vocabulary("themes").items()
    )
    counted = len(found) > MOST_COLUMNS
    return Table("themes", "Thèmes", tuple(dimensions.values()), (Area("", rows),), counted)


def _both(workshops: Iterable[Workshop], theme: str, dimension: str) -> tuple[Workshop, ...]:
    return tuple(w for w in workshops if theme in w.themes and dimension in w.dimensions)


def context(site: Site) -> dict[str, Any]:
    """What the template of the page receives."""
    return {
        "coverage": coverage(site.library),
        "sheet_url": SHEET,
        "drawing_url": DRAWING,
    }
