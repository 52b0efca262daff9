"""A PDF, read once for all checks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise
from pathlib import Path

import pikepdf
import pypdfium2

from proofing.drawn import Page, Shape, read_page
from proofing.told import Block, Node, read_blocks, read_tree


@dataclass(frozen=True)
class Paper:
    """What a PDF shows and tells. `top` is None, and `blocks` empty, when it has no structure."""

    pdf: pikepdf.Pdf
    pages: tuple[Page, ...]
    top: Node | None
    blocks: tuple[Block, ...]

    @cached_property
    def text(self) -> tuple[Block, ...]:
        """The blocks in reading order, without the bullets and numbers of lists."""
        return tuple(block for block in self.blocks if block.kind != "Lbl")

    @cached_property
    def by_page(self) -> dict[int, list[Block]]:
        """Those of each page, in reading order."""
        ordered = sorted(self.text, key=lambda block: block.page)
        return {number: list(all_) for number, all_ in groupby(ordered, lambda block: block.page)}

    @cached_property
    def turns(self) -> list[tuple[Block, Block]]:
        """At each turn of a page: the last block before, and the first one after."""
        pairs = pairwise(range(1, len(self.pages) + 1))
        return [
            (self.by_page[before][-1], self.by_page[after][0])
            for before, after in pairs
            if before in self.by_page and after in self.by_page
        ]

    @cached_property
    def ornaments(self) -> dict[int, list[Shape]]:
        """What is drawn on each page and not told, but for what comes back at the same place on
        most pages: lines to write on, boxes, borders.
        """
        places: dict[tuple[int, ...], int] = {}
        for page in self.pages:
            for place in {_place(shape) for shape in page.shapes}:
                places[place] = places.get(place, 0) + 1
        often = max(2, len(self.pages) / 2)
        return {
            page.number: [s for s in page.shapes if s.artifact and places[_place(s)] <= often]
            for page in self.pages
        }


def _place(shape: Shape) -> tuple[int, ...]:
    return tuple(round(edge) for edge in shape.box)


@contextmanager
def opened(path: Path) -> Iterator[Paper]:
    """Read a PDF. The file is closed at the end: keep nothing of `pdf`."""
    with pypdfium2.PdfDocument(path) as drawn:
        pages = tuple(read_page(page, number) for number, page in enumerate(drawn, start=1))
    with pikepdf.open(path) as pdf:
        top = read_tree(pdf)
        yield Paper(pdf, pages, top, tuple(read_blocks(top, pages)) if top else ())
