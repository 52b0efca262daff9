"""What a PDF tells machines: its structure tree, tied to what each page shows.

A `Block` is what stands on one page of a paragraph, a title, a list item, a cell or a picture: two
blocks for a paragraph that goes on overleaf.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import pikepdf

from proofing.drawn import Box, Page, Run, Shape

HEADING = re.compile(r"H([1-6])")
# Layout without meaning, and what stands within a line.
_THROUGH = frozenset({"NonStruct", "Span", "Link", "Em", "Strong", "Quote", "Code", "Reference"})
_MAX_DEPTH = 200


@dataclass(eq=False)
class Node:
    """An element of the structure tree. `kind` is its standard type, without the slash.

    `marks` are what it holds itself: page (from 1) and number. `fields` are the form fields it
    holds: page and place.
    """

    kind: str
    element: pikepdf.Object
    parent: Node | None
    kids: list[Node] = field(default_factory=list)
    marks: list[tuple[int, int]] = field(default_factory=list)
    fields: list[tuple[int, Box]] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """Itself and all below, in reading order."""
        yield self
        for kid in self.kids:
            yield from kid.walk()

    @cached_property
    def above(self) -> tuple[Node, ...]:
        """What holds it, nearest first."""
        return (self.parent, *self.parent.above) if self.parent else ()

    @property
    def path(self) -> tuple[str, ...]:
        """Its kind and those of what holds it."""
        return (self.kind, *(node.kind for node in self.above))

    def within(self, *kinds: str) -> Node | None:
        """The nearest of these kinds among itself and what holds it."""
        return next((node for node in (self, *self.above) if node.kind in kinds), None)

    @property
    def level(self) -> int:
        """Of a heading, from 1; 0 for anything else."""
        match = HEADING.fullmatch(self.kind)
        return int(match[1]) if match else 0


@dataclass(frozen=True)
class Line:
    """What is written at one height, in reading order."""

    runs: tuple[Run, ...]

    @cached_property
    def letters(self) -> str:
        text = ""
        # The dots of a contents are drawn from right to left.
        runs = sorted(self.runs, key=lambda run: run.left)
        for before, run in zip((None, *runs), runs, strict=False):
            if before and run.left - before.right > 0.15 * run.size and not text.endswith(" "):
                text += " "
            text += run.letters.lstrip() if text.endswith(" ") else run.letters
        return text.strip()

    @cached_property
    def box(self) -> Box:
        return around(run.box for run in self.runs)

    @property
    def baseline(self) -> float:
        return self.biggest.baseline

    @property
    def size(self) -> float:
        """That of most letters, in points."""
        return self.biggest.size

    @cached_property
    def biggest(self) -> Run:
        return max(self.runs, key=lambda run: len(run.letters.strip()))


@dataclass(frozen=True, eq=False)
class Block:
    """What stands on one page of `node`. `shapes` are its pictures, `fields` places to fill in."""

    node: Node
    page: int
    lines: tuple[Line, ...]
    shapes: tuple[Shape, ...]
    fields: tuple[Box, ...]

    @property
    def kind(self) -> str:
        return self.node.kind

    @cached_property
    def letters(self) -> str:
        return " ".join(line.letters for line in self.lines)

    @cached_property
    def box(self) -> Box:
        return around(
            [*(line.box for line in self.lines), *(s.box for s in self.shapes), *self.fields]
        )


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box that holds all these."""
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return Box(min(lefts), min(bottoms), max(rights), max(tops))


def read_tree(pdf: pikepdf.Pdf) -> Node | None:
    """The root of the structure tree; None when the PDF has no structure."""
    root = pdf.Root.get("/StructTreeRoot")
    if root is None:
        return None
    roles = {str(key): str(value) for key, value in root.get("/RoleMap", {}).items()}
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
    top = Node("", root, None)
    _read_kids(top, 0, roles, numbers, 0)
    return top


def _read_kids(
    node: Node,
    page: int,
    roles: dict[str, str],
    numbers: dict[tuple[int, int], int],
    depth: int,
) -> None:
    kids = node.element.get("/K")
    if kids is None or depth > _MAX_DEPTH:
        return
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if not isinstance(kid, pikepdf.Dictionary):
            node.marks.append((page, int(kid)))
            continue
        here = numbers.get(kid.Pg.objgen, page) if "/Pg" in kid else page
        if "/S" in kid:
            kind = str(kid.S)
            child = Node(roles.get(kind, kind)[1:], kid, node)
            node.kids.append(child)
            _read_kids(child, here, roles, numbers, depth + 1)
        elif "/MCID" in kid:
            node.marks.append((here, int(kid.MCID)))
        elif "/Obj" in kid and kid.Obj.get("/Subtype") == "/Widget":
            left, bottom, right, top = (float(edge) for edge in kid.Obj.Rect)
            box = Box(min(left, right), min(bottom, top), max(left, right), max(bottom, top))
            node.fields.append((here, box))


def read_blocks(top: Node, pages: Sequence[Page]) -> list[Block]:
    """All blocks, in reading order."""
    runs: dict[tuple[int, int], list[Run]] = defaultdict(list)
    shapes: dict[tuple[int, int], list[Shape]] = defaultdict(list)
    for page in pages:
        for run in page.runs:
            if run.letters.strip() and not run.artifact:
                runs[page.number, run.mark].append(run)
        for shape in page.shapes:
            if not shape.artifact:
                shapes[page.number, shape.mark].append(shape)
    found: dict[tuple[Node, int], _Gathered] = defaultdict(_Gathered)
    for node in top.walk():
        unit = _unit(node)
        for number, mark in node.marks:
            if runs[number, mark]:
                found[unit, number].runs += runs[number, mark]
            if shapes[number, mark]:
                found[unit, number].shapes += shapes[number, mark]
        for number, box in node.fields:
            found[unit, number].fields.append(box)
    return [
        Block(unit, number, tuple(lines(all_.runs)), tuple(all_.shapes), tuple(all_.fields))
        for (unit, number), all_ in found.items()
    ]


@dataclass
class _Gathered:
    runs: list[Run] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    fields: list[Box] = field(default_factory=list)


def _unit(node: Node) -> Node:
    """What a proofreader sees as one: the paragraph, title, item, cell or picture of a leaf."""
    figure = node.within("Figure")
    if figure:
        return figure
    while node.kind in _THROUGH and node.parent and node.parent.kind not in {"", "Document"}:
        node = node.parent
    # A block inside a paragraph is told as a paragraph in a paragraph.
    outer = node
    while outer.parent and outer.kind in {"P", *_THROUGH}:
        outer = outer.parent
        if outer.kind == "P":
            node = outer
    if node.kind == "LBody" and node.parent and node.parent.kind == "LI":
        return node.parent
    return node


def lines(runs: Sequence[Run]) -> Iterator[Line]:
    """Letters raised or lowered a little belong to the line."""
    line: list[Run] = []
    for run in runs:
        if line:
            last = line[-1]
            if abs(run.baseline - last.baseline) > 0.5 * max(run.size, last.size):
                yield Line(tuple(line))
                line = []
        line.append(run)
    if line:
        yield Line(tuple(line))
