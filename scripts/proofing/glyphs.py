"""Which glyphs a page shows, and which of them its fonts do not have.

A sign that no font has is drawn as an empty box: by glyph 0, or by a number past the last glyph.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any

import pikepdf

_OPERATORS = "q Q Tf Tj TJ ' \" Do scn SCN"
_HELD = {"Do": "/XObject", "scn": "/Pattern", "SCN": "/Pattern"}
_MANY = 1 << 16
_Key = tuple[int, int]


def shown(pdf: pikepdf.Pdf) -> Iterator[Iterator[tuple[int, int]]]:
    """Page by page, every glyph shown: its number, and how many its font has."""
    fonts: dict[_Key, int] = {}
    return (_shown(page, fonts, frozenset()) for page in pdf.pages)


def missing(pdf: pikepdf.Pdf) -> list[int]:
    """How many times each page shows the box of what its fonts do not have."""
    return [sum(glyph == 0 or glyph >= count for glyph, count in page) for page in shown(pdf)]


def _shown(
    holder: Any, fonts: dict[_Key, int], within: frozenset[_Key]
) -> Iterator[tuple[int, int]]:
    """What is shown by a page, a drawing or a pattern, and by what it holds.

    Fonts are read as ours are written: two bytes a glyph.
    """
    own = holder.get("/Resources") if isinstance(holder, pikepdf.Stream) else holder.resources
    resources: Any = pikepdf.Dictionary() if own is None else own
    count, saved = _MANY, []
    for instruction in pikepdf.parse_content_stream(holder, _OPERATORS):
        operands, operator = instruction.operands, str(instruction.operator)
        if operator == "q":
            saved.append(count)
        elif operator == "Q":
            count = saved.pop() if saved else _MANY
        elif operator == "Tf":
            count = _count(_resource(resources, "/Font", operands[0]), fonts)
        elif operator in _HELD:
            name = operands[-1] if len(operands) else None
            held = _resource(resources, _HELD[operator], name)
            drawn = isinstance(held, pikepdf.Stream) and held.get("/Subtype") != "/Image"
            if drawn and held.objgen not in within:
                yield from _shown(held, fonts, within | {held.objgen})
        else:
            for glyph in _numbers(operands):
                yield glyph, count


def _resource(resources: Any, kind: str, name: Any) -> Any:
    if not isinstance(name, pikepdf.Name):
        return None
    return resources.get(kind, pikepdf.Dictionary()).get(str(name))


def _numbers(operands: Any) -> Iterator[int]:
    for operand in operands:
        for string in operand if isinstance(operand, pikepdf.Array) else [operand]:
            if isinstance(string, pikepdf.String):
                data = bytes(string)
                for index in range(0, len(data), 2):
                    yield int.from_bytes(data[index : index + 2], "big")


def _count(font: Any, known: dict[_Key, int]) -> int:
    """How many glyphs a font has; many when it is not one of those we know how to read."""
    if font is None:
        return _MANY
    if font.objgen not in known:
        known[font.objgen] = _MANY
        for inner in font.get("/DescendantFonts", ()):
            file = inner.get("/FontDescriptor", pikepdf.Dictionary()).get("/FontFile2")
            if isinstance(file, pikepdf.Stream):
                known[font.objgen] = _glyphs_of(file.read_bytes())
    return known[font.objgen]


def _glyphs_of(font: bytes) -> int:
    """What the table `maxp` of a TrueType font says."""
    tables = struct.unpack_from(">H", font, 4)[0]
    for index in range(tables):
        tag, _, offset, _ = struct.unpack_from(">4sLLL", font, 12 + 16 * index)
        if tag == b"maxp":
            return int(struct.unpack_from(">H", font, offset + 4)[0])
    return _MANY
