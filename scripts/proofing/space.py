"""What runs off the page, into its margins, or over something else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

from proofing.drawn import Box, Run
from proofing.finding import Check, Finding, quoted
from proofing.paper import Paper
from proofing.told import Block

# Most printers leave the edges of a sheet blank: 4 mm, in points.
UNPRINTED = 4 / 25.4 * 72
_SLACK = 1.0
# The outer margin may be narrower than the inner one, within reason.
_NARROWEST = 0.7
# Two letters of lines set tight may touch: not more than this part of their height.
_TOUCH = 0.25
_SIDES = ("à gauche", "en bas", "à droite", "en haut")


def runs_off(paper: Paper) -> Iterator[Finding]:
    """Letters and pictures out of the page, or where printers do not print."""
    for page in paper.pages:
        paper_edge = Box(0, 0, page.width, page.height)
        printed = Box(UNPRINTED, UNPRINTED, page.width - UNPRINTED, page.height - UNPRINTED)
        for run in page.runs:
            if not run.letters.strip():
                continue
            if side := _beyond(run.box, paper_edge):
                yield Finding(page.number, f"{quoted(run.letters)} sort de la page {side}", _SPACE)
            elif side := _beyond(run.box, printed):
                told = f"{quoted(run.letters)} est trop près du bord {side} pour être imprimé"
                yield Finding(page.number, told, _SPACE)
        for shape in page.shapes:
            side = "" if shape.artifact else _beyond(shape.box, paper_edge)
            # What a drawing holds may be cut by its frame.
            if side and shape.kind == "image":
                yield Finding(page.number, f"une image sort de la page {side}", _SPACE)


_SPACE = Check.SPACE


def _beyond(box: Box, limits: Box) -> str:
    over = (
        limits.left - box.left,
        limits.bottom - box.bottom,
        box.right - limits.right,
        box.top - limits.top,
    )
    worst = max(over)
    return _SIDES[over.index(worst)] if worst > _SLACK else ""


def runs_into_margins(paper: Paper) -> Iterator[Finding]:
    """Words, tables and pictures wider than the column, but not than the page."""
    boxes = {n: [line.box for b in all_ for line in b.lines] for n, all_ in paper.by_page.items()}
    left = min((box.left for all_ in boxes.values() for box in all_), default=0.0)
    rights: tuple[list[float], list[float]] = [], []
    for number, all_ in boxes.items():
        if all_:
            rights[number % 2].append(max(box.right for box in all_))
    usual = [median(side) if len(side) > 2 else 0.0 for side in rights]
    for page in paper.pages:
        blocks = paper.by_page.get(page.number, [])
        # Both margins are as wide, or nearly; or else all pages of that side have the same.
        edge = max(page.width - _NARROWEST * left, usual[page.number % 2])
        tables: set[int] = set()
        for block in blocks:
            for box, letters in _parts(block):
                if not edge + _SLACK < box.right <= page.width - UNPRINTED + _SLACK:
                    continue
                table = block.node.within("Table")
                if table is None:
                    what = quoted(letters) if letters else "une image"
                elif id(table) in tables:
                    continue
                else:
                    tables.add(id(table))
                    what = f"un tableau (« {letters} »)" if letters else "un tableau"
                yield Finding(page.number, f"{what} dépasse dans la marge de droite", _SPACE)


def _parts(block: Block) -> Iterator[tuple[Box, str]]:
    if block.kind == "Figure":
        yield from ((shape.box, "") for shape in block.shapes if shape.kind != "path")
    else:
        yield from ((line.box, line.letters) for line in block.lines)


def overlaps(paper: Paper) -> Iterator[Finding]:
    """Letters written over others, or under a field to fill in."""
    for page in paper.pages:
        runs = [run for run in page.runs if run.letters.strip() and not run.in_form]
        for one, other in _pairs(runs):
            told = f"{quoted(one.letters)} et {quoted(other.letters)} se chevauchent"
            yield Finding(page.number, told, _SPACE)
        for block in paper.by_page.get(page.number, []):
            for field in block.fields:
                for run in runs:
                    if _is_over(run.box, field):
                        told = f"un champ à remplir couvre {quoted(run.letters)}"
                        yield Finding(page.number, told, _SPACE)


def _pairs(runs: Sequence[Run]) -> Iterator[tuple[Run, Run]]:
    standing = sorted(runs, key=lambda run: run.bottom)
    for index, one in enumerate(standing):
        for other in standing[index + 1 :]:
            if other.bottom >= one.top:
                break
            if _is_over(one.box, other.box):
                yield one, other


def _is_over(one: Box, other: Box) -> bool:
    width, height = one.meets(other)
    return width > 1.5 * _SLACK and height > _TOUCH * min(one.height, other.height) > 0
