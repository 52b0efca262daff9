"""The coverage in one drawing, for a file, a slide or a wall: readable in black and white."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from html import escape
from typing import Final

from ressourcerie.french import plural, typeset
from ressourcerie.site.coverage import Coverage, Row, Table

# A wide substitute (Verdana) draws nothing of what follows over its neighbour.
_FONT: Final = "'Ressourcerie Sans','Atkinson Hyperlegible',Verdana,'DejaVu Sans',sans-serif"
_WIDTH: Final = 1600
_MARGIN: Final = 40
_GAP: Final = 60
_HALF: Final = (_WIDTH - 2 * _MARGIN - _GAP) // 2
_LABELS: Final = 440
_ROW: Final = 38
_AREA: Final = 42
_HEAD: Final = 150
_TOP: Final = 84
_LINE: Final = 46
_NAME: Final = 19

_STYLE: Final = (
    f"text{{font:400 14px {_FONT};fill:#14213d}}"
    ".big{font-size:28px;font-weight:700}.sub{font-size:20px;font-weight:700}"
    ".area{font-weight:700}.soft{fill:#3a4763}.num{font-weight:700}"
    ".rule{stroke:#cfc2a8;stroke-width:1}.mark{fill:#0b5563}"
    ".none{fill:none;stroke:#b23a0e;stroke-width:2;stroke-dasharray:5 4}"
    ".gap{fill:#b23a0e;font-weight:700}"
)


def draw(found: Coverage) -> str:
    """An SVG: the two frameworks side by side, the themes under the shorter one."""
    first, second = found.frameworks
    left = _MARGIN
    right = _MARGIN + _HALF + _GAP
    after = _TOP + _height(second) + 30
    bottom = max(_TOP + _height(first), after + _height(found.themes)) + 60
    title = typeset("Ce que couvrent les ateliers")
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {bottom}" '
        f'width="{_WIDTH}" height="{bottom}" role="img" aria-labelledby="titre resume">',
        f'<title id="titre">{title}</title>',
        f'<desc id="resume">{escape(_told(found))}</desc>',
        f"<style>{_STYLE}</style>",
        # Drawn for light paper: it keeps its own on a dark screen.
        f'<rect width="{_WIDTH}" height="{bottom}" rx="16" fill="#fffbf3"/>',
        _text(_MARGIN, 62, title, "big"),
        _text(_MARGIN, 90, _told(found), "soft"),
        *_table(first, left, _TOP),
        *_table(second, right, _TOP),
        *_table(found.themes, right, after),
        _text(
            _MARGIN,
            bottom - 24,
            "Les intitulés de DigComp 3.0 sont une traduction de travail. "
            + ("Une barre : combien d’" if first.counted else "Un point : l’")
            + ("ateliers travaillent" if first.counted else "atelier travaille")
            + " cette compétence.",
            "soft",
        ),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _told(found: Coverage) -> str:
    said = ", ".join(
        f"{t.covered} compétences sur {len(t.rows)} pour {t.label}" for t in found.frameworks
    )
    return typeset(f"{plural(len(found.workshops), 'atelier')} : {said}.")


def _height(table: Table) -> int:
    areas = sum(1 for area in table.areas if area.label)
    return _HEAD + areas * _AREA + len(table.rows) * _ROW


def _table(table: Table, x: int, y: int) -> Iterator[str]:
    themes = table.name == "themes"
    label = "Thèmes et dimensions" if themes else table.label
    yield _text(x, y + _HEAD - 12, label, "sub")
    names = themes or not table.counted
    step = (_HALF - _LABELS) / max(len(table.columns), 1)
    for index, column in enumerate(table.columns if names else ()):
        yield _slanted(x + _LABELS + step * (index + 0.5), y + _HEAD - 14, column)
    most = max((len(row.workshops) for row in table.rows), default=0) or 1
    y += _HEAD
    for area in table.areas:
        if area.label:
            yield _rule(x, y)
            yield _text(x, y + 27, area.label, "area")
            y += _AREA
        for row in area.rows:
            yield _rule(x, y)
            yield from _label(row, x, y)
            if not row.workshops:
                yield from _gap(x, y)
            elif names:
                yield from _marks(row, x, y, step, numbers=themes)
            else:
                yield from _bar(row, x, y, most)
            y += _ROW
    yield _rule(x, y)


def _label(row: Row, x: int, y: int) -> Iterator[str]:
    lines = textwrap.wrap(row.label, _LINE)
    start = y + (24 if len(lines) == 1 else 16)
    if row.code:
        yield _text(x, start, row.code, "num")
    for number, line in enumerate(lines):
        yield _text(x + (40 if row.code else 0), start + 16 * number, line)


def _marks(row: Row, x: int, y: int, step: float, *, numbers: bool) -> Iterator[str]:
    for index, cell in enumerate(row.cells):
        middle = x + _LABELS + step * (index + 0.5)
        if cell and numbers:
            yield _text(middle, y + 24, str(len(cell)), "num", anchor="middle")
        elif cell:
            yield f'<circle class="mark" cx="{middle:g}" cy="{y + _ROW // 2}" r="9"/>'
        elif numbers:
            yield f'<circle class="none" cx="{middle:g}" cy="{y + _ROW // 2}" r="9"/>'


def _bar(row: Row, x: int, y: int, most: int) -> Iterator[str]:
    count = len(row.workshops)
    length = (_HALF - _LABELS - 60) * count / most
    yield f'<rect class="mark" x="{x + _LABELS}" y="{y + 11}" width="{length:.1f}" height="16"/>'
    yield _text(x + _LABELS + length + 10, y + 24, str(count), "num")


def _gap(x: int, y: int) -> Iterator[str]:
    width = _HALF - _LABELS
    yield (
        f'<rect class="none" x="{x + _LABELS}" y="{y + 6}" width="{width}" '
        f'height="{_ROW - 12}" rx="8"/>'
    )
    yield _text(x + _LABELS + width / 2, y + 24, "aucun atelier", "gap", anchor="middle")


def _slanted(x: float, y: int, name: str) -> str:
    shown = name if len(name) <= _NAME else f"{name[: _NAME - 1].rstrip()}…"
    turned = f"translate({x:g} {y}) rotate(-45)"
    return f'<text transform="{turned}">{escape(typeset(shown))}</text>'


def _rule(x: int, y: int) -> str:
    return f'<path class="rule" d="M{x} {y}h{_HALF}"/>'


def _text(x: float, y: int, words: str, style: str = "", anchor: str = "") -> str:
    more = f' class="{style}"' if style else ""
    more += f' text-anchor="{anchor}"' if anchor else ""
    return f'<text x="{x:g}" y="{y}"{more}>{escape(typeset(words))}</text>'
