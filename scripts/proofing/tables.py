"""Tables that go on overleaf: their header comes back, and their rows stay whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pikepdf

from proofing.finding import Check, Finding, quoted
from proofing.paper import Paper
from proofing.told import Block, Node, around
from proofing.turns import goes_on_saying, is_full

# What is left blank between two columns, at least: in points.
_GUTTER = 6.0
_ALIKE = 8.0


@dataclass(frozen=True, eq=False)
class Row:
    """A row. `cells` holds the blocks of each, by column."""

    node: Node
    cells: tuple[tuple[Block, ...], ...]

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(block for cell in self.cells for block in cell)

    @cached_property
    def pages(self) -> tuple[int, ...]:
        return tuple(sorted({block.page for block in self.blocks}))

    @property
    def is_header(self) -> bool:
        """Whether it names columns: it has no cell but headers."""
        cells = [kid for kid in self.node.walk() if kid.kind in {"TH", "TD"}]
        return bool(cells) and all(cell.kind == "TH" for cell in cells)

    @property
    def letters(self) -> str:
        return " ".join(block.letters for block in self.blocks)


@dataclass(frozen=True, eq=False)
class Table:
    """A table, or what one page has of it when the engine tells the rest as another."""

    node: Node
    rows: tuple[Row, ...]

    def on(self, page: int) -> list[Row]:
        """Its rows on a page."""
        return [row for row in self.rows if page in row.pages]

    @property
    def header(self) -> Row | None:
        return self.rows[0] if self.rows and self.rows[0].is_header else None


def split_tables(paper: Paper) -> Iterator[Finding]:
    """Headers that do not come back, or stand alone; rows cut in two."""
    for above, below, before, after in _turns(paper):
        last_rows = above.on(before)
        if last_rows and all(row.is_header for row in last_rows):
            told = (
                f"l’en-tête de tableau {quoted(last_rows[-1].letters)} est seul au bas de la page"
            )
            yield Finding(before, told, Check.TABLES)
        elif below:
            yield from _rest(paper, above, below, before, after)


def rests(paper: Paper) -> set[Node]:
    """The tables that are only the rest of another, begun on the page before."""
    return {below.node for above, below, _, _ in _turns(paper) if below and below is not above}


def _turns(paper: Paper) -> Iterator[tuple[Table, Table | None, int, int]]:
    """At each turn of a page that ends with a table: this table, and what goes on of it; the
    numbers of both pages.
    """
    tables = {table.node: table for table in _tables(paper)}
    for before, after in paper.turns:
        above, below = _table_of(tables, before), _table_of(tables, after)
        if above is not None:
            goes_on = below and (above is below or _is_rest(above, below, before.page, after.page))
            yield above, below if goes_on else None, before.page, after.page


def _rest(paper: Paper, above: Table, below: Table, before: int, after: int) -> Iterator[Finding]:
    rows = below.on(after)
    if above.header and not rows[0].is_header and not _drawn_again(paper, above.header, after):
        told = f"la suite du tableau {quoted(above.header.letters)} n’a pas d’en-tête"
        yield Finding(after, told, Check.TABLES)
    body = [row for row in rows if not row.is_header]
    last = above.on(before)[-1]
    if body and not last.is_header:
        first = body[0]
        if first is last or (above is not below and _is_same_row(above, last, first)):
            told = f"la ligne de tableau {quoted(last.letters)} est coupée par la fin de la page"
            yield Finding(before, told, Check.TABLES)


def _tables(paper: Paper) -> Iterator[Table]:
    cells: dict[Node, list[Block]] = {}
    for block in paper.text:
        cell = block.node.within("TD", "TH")
        if cell:
            cells.setdefault(cell, []).append(block)
    for node in paper.top.walk() if paper.top else ():
        if node.kind == "Table":
            rows = (
                Row(row, tuple(_cells(row, cells)))
                for row in node.walk()
                if row.kind == "TR" and row.within("Table") is node
            )
            yield Table(node, tuple(rows))


def _cells(row: Node, blocks: dict[Node, list[Block]]) -> Iterator[tuple[Block, ...]]:
    for cell in row.kids:
        if cell.kind in {"TD", "TH"}:
            yield tuple(blocks.get(cell, ()))
            yield from [()] * (_span(cell) - 1)


def _span(cell: Node) -> int:
    attributes = cell.element.get("/A")
    all_ = attributes if isinstance(attributes, pikepdf.Array) else [attributes]
    spans = [one.get("/ColSpan", 1) for one in all_ if isinstance(one, pikepdf.Dictionary)]
    return max((int(span) for span in spans), default=1)


def _table_of(tables: dict[Node, Table], block: Block) -> Table | None:
    outermost = [node for node in (block.node, *block.node.above) if node.kind == "Table"]
    return tables[outermost[-1]] if outermost else None


def _drawn_again(paper: Paper, header: Row, page: int) -> bool:
    """Whether a header is drawn on a page without being told there."""
    drawn = "".join(run.letters for run in paper.pages[page - 1].runs if run.artifact)
    return "".join(header.letters.split()) in "".join(drawn.split())


def _is_rest(above: Table, below: Table, before: int, after: int) -> bool:
    """Whether a table goes on in another: same place in the text, same columns."""
    if above.node.path != below.node.path:
        return False
    first, second = above.on(before)[-1], below.on(after)[0]
    if len(first.cells) != len(second.cells):
        return False
    if below.header:
        return above.header is not None and above.header.letters == below.header.letters
    lefts = [
        abs(around(b.box for b in one).left - around(b.box for b in other).left)
        for one, other in zip(first.cells, second.cells, strict=True)
        if one and other
    ]
    return bool(lefts) and min(lefts) < _ALIKE


def _is_same_row(above: Table, last: Row, first: Row) -> bool:
    """Whether `first` is the end of `last`.

    Each of its texts goes on from above, or has been put off whole; a cell that has nothing left,
    or a sentence cut in two, shows that it is no row of its own.
    """
    if len(last.cells) != len(first.cells):
        return False
    proofs = []
    for column, (one, other) in enumerate(zip(last.cells, first.cells, strict=True)):
        if not other:
            proofs.append(bool(one))
            continue
        if not one:
            continue
        if not (one[-1].lines and other[0].lines):
            return False
        ending, starting = one[-1].lines[-1], other[0].lines[0]
        edge = _edge(above, column)
        if not (is_full(ending, starting, edge) and goes_on_saying(ending, starting)):
            return False
        letter = next((letter for letter in starting.letters if letter.isalpha()), "A")
        proofs.append(letter.islower())
    return any(proofs)


def _edge(table: Table, column: int) -> float:
    """Where the text of a column must stop."""
    page = table.rows[-1].pages[-1]
    lefts = [
        block.box.left
        for row in table.on(page)
        for cell in row.cells[column + 1 : column + 2]
        for block in cell
    ]
    rights = [block.box.right for row in table.on(page) for block in row.blocks]
    return min(lefts) - _GUTTER if lefts else max(rights)
