"""What a PDF shows, and what it tells machines, read with tools that did not write it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import pikepdf
import pypdfium2
from proofing.drawn import Run, read_page
from proofing.glyphs import shown
from proofing.told import Node, read_tree


def squeezed(text: str) -> str:
    """Without any space: lines are cut where the page wants."""
    return re.sub(r"[\s\u00a0\u202f\u00ad]+", "", text)


def unhyphenated(text: str) -> str:
    """Without any hyphen either: one at the end of a line is read as none, or as a control."""
    return re.sub("[-\x02]", "", text)


class Sheets:
    """A PDF opened for reading."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.pdf = pikepdf.open(path)
        self._drawn = pypdfium2.PdfDocument(path)

    def close(self) -> None:
        self.pdf.close()
        self._drawn.close()

    def __len__(self) -> int:
        return len(self._drawn)

    @cached_property
    def sizes(self) -> list[tuple[float, float]]:
        return [page.get_size() for page in self._drawn]

    @cached_property
    def texts(self) -> list[list[Run]]:
        """Page by page, every run of letters."""
        return [list(read_page(p, number).runs) for number, p in enumerate(self._drawn, start=1)]

    @cached_property
    def lines(self) -> list[list[str]]:
        """Page by page, the lines as a reader sees them, running heads included."""
        return [page.get_textpage().get_text_range().splitlines() for page in self._drawn]

    def body(self, number: int) -> str:
        """The text of page `number` (from 1) without its running heads."""
        return squeezed("".join(t.letters for t in self.texts[number - 1] if not t.artifact))

    def margins(self, number: int) -> str:
        """The running heads and number of page `number` (from 1)."""
        return squeezed("".join(t.letters for t in self.texts[number - 1] if t.artifact))

    @cached_property
    def whole(self) -> str:
        return "".join(self.body(number) for number in range(1, len(self) + 1))

    @cached_property
    def bookmarks(self) -> list[tuple[int, str, int]]:
        """Level from 0, title, page from 1."""
        found = []
        for bookmark in self._drawn.get_toc():
            target = bookmark.get_dest()
            assert target is not None, bookmark.get_title()
            found.append((bookmark.level, bookmark.get_title(), target.get_index() + 1))
        return found

    @cached_property
    def nodes(self) -> list[Node]:
        """The structure tree in reading order."""
        top = read_tree(self.pdf)
        assert top is not None
        return [node for node in top.walk() if node.kind]

    @property
    def elements(self) -> list[tuple[str, pikepdf.Object]]:
        """The same: standard type, element."""
        return [(f"/{node.kind}", node.element) for node in self.nodes]

    @property
    def headings(self) -> list[int]:
        return [node.level for node in self.nodes if node.level]

    @property
    def links(self) -> Iterator[pikepdf.Object]:
        for page in self.pdf.pages:
            for annotation in page.obj.get("/Annots", ()):
                if annotation.get("/Subtype") == "/Link":
                    yield annotation

    @property
    def fonts(self) -> dict[str, pikepdf.Object]:
        """Every font of the file, wherever it is used, by name."""
        return {
            str(thing.BaseFont): thing
            for thing in self.pdf.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font"
        }

    @property
    def glyphs(self) -> Iterator[int]:
        """Every glyph shown by every page and every form."""
        return (glyph for page in shown(self.pdf) for glyph, _ in page)
