"""What a PDF shows, and what it tells machines, read with tools that did not write it."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

_HEADING = re.compile(r"/H([1-6])")


def squeezed(text: str) -> str:
    """Without any space: lines are cut where the page wants."""
    return re.sub(r"[\s\u00a0\u202f\u00ad]+", "", text)


@dataclass(frozen=True)
class Text:
    """A run of letters as drawn: whether it is an artifact, and where its box stands in points.

    Letters `in_form` stand in a drawing: their box is told in the drawing’s own units.
    """

    letters: str
    artifact: bool
    in_form: bool
    left: float
    bottom: float
    right: float
    top: float


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
    def texts(self) -> list[list[Text]]:
        """Page by page, every run of letters."""
        return [list(_runs(page)) for page in self._drawn]

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
    def elements(self) -> list[tuple[str, pikepdf.Object]]:
        """The structure tree in reading order: standard type, element."""
        root = self.pdf.Root.StructTreeRoot
        roles = {str(k): str(v) for k, v in root.get("/RoleMap", {}).items()}
        return [(roles.get(kind, kind), element) for kind, element in _walk(root)]

    @property
    def headings(self) -> list[int]:
        return [int(match[1]) for kind, _ in self.elements if (match := _HEADING.match(kind))]

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
        for page in self.pdf.pages:
            yield from _glyphs(page)
        for thing in self.pdf.objects:
            if isinstance(thing, pikepdf.Stream) and (
                thing.get("/Subtype") == "/Form" or "/PatternType" in thing
            ):
                yield from _glyphs(thing)


def _runs(page: Any) -> Iterator[Text]:
    textpage = page.get_textpage()
    for drawn in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
        size = pdfium.FPDFTextObj_GetText(drawn.raw, textpage.raw, None, 0)
        letters = (ctypes.c_ushort * (size // 2 + 1))()
        pdfium.FPDFTextObj_GetText(drawn.raw, textpage.raw, letters, size)
        text = bytes(letters)[:size].decode("utf-16-le").rstrip("\0")
        yield Text(text, "Artifact" in set(_marks(drawn)), drawn.level > 0, *drawn.get_bounds())


def _marks(drawn: Any) -> Iterator[str]:
    for index in range(pdfium.FPDFPageObj_CountMarks(drawn.raw)):
        mark = pdfium.FPDFPageObj_GetMark(drawn.raw, index)
        size = ctypes.c_ulong()
        pdfium.FPDFPageObjMark_GetName(mark, None, 0, size)
        name = (ctypes.c_ushort * (size.value // 2 + 1))()
        pdfium.FPDFPageObjMark_GetName(mark, name, size.value, size)
        yield bytes(name)[: size.value].decode("utf-16-le").rstrip("\0")


def _walk(element: pikepdf.Object) -> Iterator[tuple[str, pikepdf.Object]]:
    kids = element.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield str(kid.S), kid
            yield from _walk(kid)


def _glyphs(content: Any) -> Iterator[int]:
    for instruction in pikepdf.parse_content_stream(content, "Tj TJ ' \""):
        for operand in instruction.operands:
            strings = operand if isinstance(operand, pikepdf.Array) else [operand]
            for string in strings:
                if isinstance(string, pikepdf.String):
                    data = bytes(string)
                    yield from (
                        int.from_bytes(data[i : i + 2], "big") for i in range(0, len(data), 2)
                    )
