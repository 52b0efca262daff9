"""What each page of a PDF shows: its letters and its shapes, where they stand, and how they look.

Read with PDFium, which writes none of our files. All measures are in points (1/72 inch), from the
bottom left corner of the page.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from math import hypot
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

Colour = tuple[int, int, int]
UNMARKED = -1
_INVISIBLE = pdfium.FPDF_TEXTRENDERMODE_INVISIBLE


class Box(NamedTuple):
    """A rectangle of a page."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom

    def holds(self, x: float, y: float) -> bool:
        """Whether a point is inside."""
        return self.left <= x <= self.right and self.bottom <= y <= self.top

    def meets(self, other: Box) -> tuple[float, float]:
        """The width and height of what is common to both; negative when they are apart."""
        width = min(self.right, other.right) - max(self.left, other.left)
        return width, min(self.top, other.top) - max(self.bottom, other.bottom)


@dataclass(frozen=True, slots=True)
class Run:
    """Letters drawn at once, in one font.

    `mark` is the number that ties it to the structure of the page (`UNMARKED` without any), `size`
    what is measured on paper, `baseline` the height it is written at. `opacity` is from 0 to 1.
    `in_form` tells the letters of a drawing.
    """

    letters: str
    mark: int
    artifact: bool
    in_form: bool
    box: Box
    baseline: float
    size: float
    font: str
    embedded: bool
    colour: Colour
    opacity: float

    @property
    def left(self) -> float:
        return self.box.left

    @property
    def bottom(self) -> float:
        return self.box.bottom

    @property
    def right(self) -> float:
        return self.box.right

    @property
    def top(self) -> float:
        return self.box.top


@dataclass(frozen=True, slots=True)
class Shape:
    """What is drawn and is no letter: `kind` is `path`, `image` or `form` (a drawing, whose paths
    follow).
    """

    kind: str
    mark: int
    artifact: bool
    box: Box


@dataclass(frozen=True)
class Page:
    """What a page shows, in the order it is drawn. `number` is from 1.

    `picture` is the page itself in grey, one dot a point, from the top.
    """

    number: int
    width: float
    height: float
    runs: tuple[Run, ...]
    shapes: tuple[Shape, ...]
    picture: Image.Image = field(repr=False)

    @property
    def is_slide(self) -> bool:
        """Whether it has the shape of a screen (16:9 or about), not of a sheet of paper."""
        return self.width > 1.6 * self.height


def read_page(page: pypdfium2.PdfPage, number: int) -> Page:
    """Read page `number` (from 1)."""
    return _Reader(page).read(number)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where drawing takes place: in the page, or in a drawing that the page holds."""

    matrix: tuple[float, ...] = (1, 0, 0, 1, 0, 0)
    mark: int = UNMARKED
    artifact: bool = False
    in_form: bool = False


@dataclass
class _Reader:
    page: pypdfium2.PdfPage
    runs: list[Run] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)

    def read(self, number: int) -> Page:
        width, height = self.page.get_size()
        self.texts = pdfium.FPDFText_LoadPage(self.page.raw)
        self.font = cache(_font)
        try:
            self._read_all(
                pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, self.page.raw, _Place()
            )
        finally:
            pdfium.FPDFText_ClosePage(self.texts)
        picture = self.page.render(grayscale=True).to_pil()
        return Page(number, width, height, tuple(self.runs), tuple(self.shapes), picture)

    def _read_all(
        self, count: Callable[[Any], int], get: Callable[..., Any], holder: Any, place: _Place
    ) -> None:
        for index in range(count(holder)):
            self._read_one(get(holder, index), place)

    def _read_one(self, drawn: Any, place: _Place) -> None:
        kind = pdfium.FPDFPageObj_GetType(drawn)
        mark = pdfium.FPDFPageObj_GetMarkedContentID(drawn)
        artifact = place.artifact or "Artifact" in _marks(drawn)
        mark = place.mark if mark < 0 else mark
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            self._read_text(drawn, place, mark, artifact)
            return
        box = _moved(_bounds(drawn), place.matrix)
        if kind == pdfium.FPDF_PAGEOBJ_FORM:
            self.shapes.append(Shape("form", mark, artifact, box))
            inner = _Place(_product(_matrix(drawn), place.matrix), mark, artifact, True)
            self._read_all(
                pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, drawn, inner
            )
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            self.shapes.append(Shape("path", mark, artifact, box))
        else:
            self.shapes.append(Shape("image", mark, artifact, box))

    def _read_text(self, drawn: Any, place: _Place, mark: int, artifact: bool) -> None:
        letters = _letters(drawn, self.texts)
        if not letters or pdfium.FPDFTextObj_GetTextRenderMode(drawn) == _INVISIBLE:
            return
        matrix = _product(_matrix(drawn), place.matrix)
        size = ctypes.c_float()
        pdfium.FPDFTextObj_GetFontSize(drawn, size)
        box = _moved(_bounds(drawn), place.matrix)
        font = pdfium.FPDFTextObj_GetFont(drawn)
        name, embedded = self.font(ctypes.addressof(font.contents)) if font else ("", False)
        self.runs.append(
            Run(
                letters,
                mark,
                artifact,
                place.in_form,
                box,
                matrix[5],
                size.value * hypot(matrix[2], matrix[3]),
                name,
                embedded,
                *_colour(drawn),
            )
        )


def _letters(drawn: Any, texts: Any) -> str:
    size = pdfium.FPDFTextObj_GetText(drawn, texts, None, 0)
    letters = (ctypes.c_ushort * (size // 2 + 1))()
    pdfium.FPDFTextObj_GetText(drawn, texts, letters, size)
    return bytes(letters)[:size].decode("utf-16-le", "replace").rstrip("\0")


def _marks(drawn: Any) -> Iterator[str]:
    for index in range(pdfium.FPDFPageObj_CountMarks(drawn)):
        mark = pdfium.FPDFPageObj_GetMark(drawn, index)
        name, size = (ctypes.c_ushort * 64)(), ctypes.c_ulong()
        if pdfium.FPDFPageObjMark_GetName(mark, name, ctypes.sizeof(name), size):
            yield bytes(name)[: size.value].decode("utf-16-le", "replace").rstrip("\0")


def _font(address: int) -> tuple[str, bool]:
    """Its name without the letters that tell a subset, and whether the file holds it."""
    font = ctypes.cast(address, pdfium.FPDF_FONT)
    name = ctypes.create_string_buffer(256)
    pdfium.FPDFFont_GetBaseFontName(font, name, len(name))
    bare = name.value.decode("utf-8", "replace")
    tag, plus, rest = bare.partition("+")
    return rest if plus and len(tag) == 6 else bare, pdfium.FPDFFont_GetIsEmbedded(font) == 1


def _bounds(drawn: Any) -> Box:
    edges = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(drawn, *edges)
    return Box(*(edge.value for edge in edges))


def _matrix(drawn: Any) -> tuple[float, ...]:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(drawn, matrix)
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _product(inner: tuple[float, ...], outer: tuple[float, ...]) -> tuple[float, ...]:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def _moved(box: Box, matrix: tuple[float, ...]) -> Box:
    a, b, c, d, e, f = matrix
    corners = [
        (a * x + c * y + e, b * x + d * y + f)
        for x in (box.left, box.right)
        for y in (box.bottom, box.top)
    ]
    xs, ys = zip(*corners, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def _colour(drawn: Any) -> tuple[Colour, float]:
    red, green, blue, alpha = parts = [ctypes.c_uint() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetFillColor(drawn, *parts):
        return (0, 0, 0), 1.0
    return (red.value, green.value, blue.value), alpha.value / 255
