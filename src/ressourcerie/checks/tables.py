"""Tables: read as tables, with a heading on each column and as many cells in each row.

Headings of columns are what makes a table understandable to those who hear it (WCAG 1.3.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ressourcerie import outline
from ressourcerie.checks.inline import blot_spans, line_starts
from ressourcerie.diagnostics import Diagnostic, Edit, Family, Severity, rule
from ressourcerie.french import plural
from ressourcerie.model import Resource
from ressourcerie.settings import Settings
from ressourcerie.source import Source

NO_HEADINGS = rule(
    "tableau-sans-entete",
    "Les colonnes d’un tableau n’ont pas de titre",
    "Nommez chaque colonne sur la première ligne du tableau (WCAG 1.3.1).",
    family=Family.STRUCTURE,
)
NAMELESS_COLUMN = rule(
    "tableau-entete-vide",
    "Une colonne d’un tableau n’a pas de titre",
    "Nommez-la : seule la première case, au-dessus des titres de lignes, peut rester vide "
    "(WCAG 1.3.1).",
    Severity.WARNING,
    Family.STRUCTURE,
)
LOST_CELL = rule(
    "tableau-cellule-perdue",
    "Une ligne d’un tableau a trop de cases",
    "Ajoutez une colonne, ou réunissez deux cases ; pour montrer une barre, écrivez « \\| ».",
    family=Family.STRUCTURE,
)
MISSING_CELL = rule(
    "tableau-cellule-absente",
    "Une ligne d’un tableau n’a pas toutes ses cases",
    "Complétez-la : une case vide s’écrit entre deux barres, « | | ».",
    Severity.WARNING,
    Family.STRUCTURE,
)
UNREAD_TABLE = rule(
    "tableau-non-reconnu",
    "Un tableau n’est pas lu comme un tableau",
    "Laissez une ligne vide au-dessus, et autant de tirets « --- » que de colonnes.",
    Severity.WARNING,
    Family.STRUCTURE,
)

_RULER: Final = frozenset(" \t>|:-")
_END_BORDER: Final = re.compile(r"(?<!\\)(?:\\\\)*\|$")
_PIPE: Final = re.compile(r"\\.|(\|)")
# What a table may follow without an empty line: a heading, or the first line of a block.
_OPENING: Final = re.compile(r"#{1,6}|[ \t]*(?:!!!|\?\?\?)")
_ITEM: Final = re.compile(r"(?:[-*+]|\d+\.)[ \t]")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a body, without the marks of what holds it: quotation marks and spaces."""

    number: int
    prefix: str
    text: str

    @property
    def indent(self) -> int:
        return len(self.prefix.expandtabs(4))


def check_text(
    source: Source, _resource: Resource | None, _settings: Settings
) -> Iterator[Diagnostic]:
    """Look at every line of dashes, the line of headings above it and the rows below."""
    if "|" not in source.body:
        return
    lines = outline.lines(source.body)
    end = 0
    for at, (number, line) in enumerate(lines):
        if at <= end or "|" not in line or "-" not in line or not set(line) <= _RULER:
            continue
        header = _line(*lines[at - 1])
        if header.number != number - 1 or "|" not in header.text or _ITEM.match(header.text):
            continue
        table = [header, *_paragraph(lines, at)]
        end = at + len(table) - 2
        yield from _table(source, _line(*lines[at - 2]) if at > 1 else None, table)


def _line(number: int, line: str) -> _Line:
    text = line.lstrip(" \t>")
    return _Line(number, line[: len(line) - len(text)], text.rstrip())


def _paragraph(lines: Sequence[tuple[int, str]], at: int) -> Iterator[_Line]:
    """The lines from `at` to the end of their paragraph, in what holds them."""
    first = before = _line(*lines[at])
    yield first
    for index in range(at + 1, len(lines)):
        line = _line(*lines[index])
        held = line.prefix.count(">") == first.prefix.count(">") and line.indent > first.indent - 4
        if not line.text or not held or line.number != before.number + 1:
            return
        yield line
        before = line


def cells(row: str, bordered: bool) -> list[str]:
    """The cells of a row, as Python-Markdown splits them; a bar in code or escaped splits none."""
    if bordered:
        row = _END_BORDER.sub("", row.removeprefix("|"))
    found, start = [], 0
    for match in _PIPE.finditer(blot_spans(row, in_table=True)):
        if match[1]:
            found.append(row[start : match.start()])
            start = match.end()
    return [cell.strip() for cell in (*found, row[start:])]


def _table(source: Source, above: _Line | None, lines: Sequence[_Line]) -> Iterator[Diagnostic]:
    header, ruler, *rows = lines
    bordered = _is_bordered(header.text)
    names, dashes = cells(header.text, bordered), cells(ruler.text, bordered)
    place = source.body_place(header.number, len(header.prefix) + 1)
    if len(names) != len(dashes):
        message = (
            f"{plural(len(names), 'colonne')} sur la ligne des titres, "
            f"{len(dashes)} sur celle des tirets."
        )
        yield UNREAD_TABLE.at(place, message)
    elif len(names) == 1 and not all(_is_bordered(row.text) for row in rows):
        message = "D’une seule colonne, un tableau a une barre sur chaque ligne."
        yield UNREAD_TABLE.at(place, message)
    elif above and above.text and above.number == header.number - 1 and not _opens(above):
        start = len(source.head) + line_starts(source.body)[header.number]
        edit = None if "|" in above.text or ">" in header.prefix else Edit(start, start, "\n")
        message = "La ligne de texte qui précède empêche de lire ce tableau."
        yield UNREAD_TABLE.at(place, message, edit=edit)
    else:
        yield from _headings(source, header, names)
        yield from _rows(source, rows, bordered, len(names))


def _is_bordered(row: str) -> bool:
    return row.startswith("|") or _END_BORDER.search(row) is not None


def _opens(line: _Line) -> bool:
    return _OPENING.match(line.prefix + line.text) is not None


def _headings(source: Source, header: _Line, names: Sequence[str]) -> Iterator[Diagnostic]:
    place = source.body_place(header.number, len(header.prefix) + 1)
    if not any(names):
        yield NO_HEADINGS.at(place, "Aucune colonne de ce tableau n’a de titre.")
    else:
        for rank, name in enumerate(names[1:], start=2):
            if not name:
                yield NAMELESS_COLUMN.at(place, f"La colonne {rank} n’a pas de titre.")


def _rows(
    source: Source, rows: Sequence[_Line], bordered: bool, columns: int
) -> Iterator[Diagnostic]:
    for row in rows:
        found = cells(row.text, bordered)
        place = source.body_place(row.number, len(row.prefix) + 1)
        if len(found) > columns and any(found[columns:]):
            lost = next(cell for cell in found[columns:] if cell)
            message = f"« {lost} » ne paraît pas : le tableau a {plural(columns, 'colonne')}."
            yield LOST_CELL.at(place, message)
        elif "|" not in row.text:
            hint = "Laissez une ligne vide après le tableau."
            yield MISSING_CELL.at(place, "Cette ligne est prise dans le tableau.", hint)
            return
        elif len(found) < columns:
            message = f"Cette ligne a {plural(len(found), 'case')} pour {columns} colonnes."
            yield MISSING_CELL.at(place, message)
