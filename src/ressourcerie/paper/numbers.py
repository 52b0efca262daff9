"""The numbers drawn when a book is bound: those of its pages, and those of cross-references."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

INK: Final = (0x14, 0x21, 0x3D)
SIZE: Final = 8.5
_LETTERS: Final = "page sur0123456789"
_SYMBOLIC: Final = 4
_NAME: Final = "NUMERO+Ressourcerie-Sans"
KEY: Final = "/NUMERO"


@dataclass(frozen=True, slots=True)
class NumberFont:
    """The few letters that numbers need, as a TrueType file.

    Lengths are in thousandths of the body. A glyph is the rank of its letter in `letters`, from 1.
    """

    program: bytes
    letters: str
    widths: tuple[int, ...]
    box: tuple[int, int, int, int]
    ascent: int
    descent: int
    cap_height: int

    def width(self, text: str, size: float) -> float:
        """How long a text is, in points."""
        return sum(self.widths[glyph] for glyph in self._glyphs(text)) * size / 1000

    def show(self, text: str, x: float, y: float, size: float = SIZE) -> bytes:
        """What draws a text from `x` on the baseline `y`, in points."""
        red, green, blue = (f"{channel / 255:.4f}" for channel in INK)
        glyphs = "".join(f"{glyph:04x}" for glyph in self._glyphs(text))
        return (
            f"BT {red} {green} {blue} rg {KEY} {size:g} Tf "
            f"1 0 0 1 {x:.2f} {y:.2f} Tm <{glyphs}> Tj ET"
        ).encode()

    def _glyphs(self, text: str) -> list[int]:
        return [self.letters.index(letter) + 1 for letter in text]


def number_font(file: Path) -> NumberFont:
    """Our regular roman, cut down to what numbers need. `file` is a WOFF2 or a TrueType file."""
    return _cut(file.read_bytes())


@lru_cache(maxsize=2)
def _cut(data: bytes) -> NumberFont:
    # Half of the time of a small binding goes into these: not for a build that binds nothing.
    from fontTools import subset
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(data), recalcTimestamp=False, lazy=True)
    scale = 1000 / font["head"].unitsPerEm
    measures, cmap = font["OS/2"], font.getBestCmap()
    drawn = {cmap[ord(letter)]: letter for letter in _LETTERS}
    ascent, descent, cap_height = (
        round(length * scale)
        for length in (font["hhea"].ascent, font["hhea"].descent, measures.sCapHeight)
    )
    # A PDF draws glyphs by their rank: it needs neither names, nor letters, nor rules.
    keep = {"GlyphOrder", "head", "hhea", "maxp", "hmtx", "loca", "glyf"}
    for tag in set(font.keys()) - keep:
        del font[tag]
    cutter = subset.Subsetter(subset.Options(hinting=False, notdef_outline=True))
    cutter.populate(glyphs=drawn)
    cutter.subset(font)
    order = font.getGlyphOrder()
    font.flavor = None
    program = io.BytesIO()
    font.save(program)
    head = font["head"]
    return NumberFont(
        program.getvalue(),
        "".join(drawn[glyph] for glyph in order[1:]),
        tuple(round(font["hmtx"][glyph][0] * scale) for glyph in order),
        (
            round(head.xMin * scale),
            round(head.yMin * scale),
            round(head.xMax * scale),
            round(head.yMax * scale),
        ),
        ascent,
        descent,
        cap_height,
    )


def embed(font: NumberFont, book: pikepdf.Pdf) -> pikepdf.Object:
    """Put the font in a PDF, with what lets machines read its glyphs as letters."""
    program = Stream(book, font.program, Length1=len(font.program))
    name = Name("/" + _NAME)
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=name,
        FontFamily=String("Ressourcerie Sans"),
        Flags=_SYMBOLIC,
        FontBBox=Array(font.box),
        ItalicAngle=0,
        Ascent=font.ascent,
        Descent=font.descent,
        CapHeight=font.cap_height,
        StemV=80,
        FontFile2=book.make_indirect(program),
    )
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=name,
        CIDSystemInfo=Dictionary(
            Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0
        ),
        CIDToGIDMap=Name.Identity,
        W=Array([0, Array(font.widths)]),
        FontDescriptor=book.make_indirect(descriptor),
    )
    return book.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=name,
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([book.make_indirect(descendant)]),
            ToUnicode=book.make_stream(_to_unicode(dict(enumerate(font.letters, start=1)))),
        )
    )


class Fonts:
    """The fonts of the pages of a book, ours among them.

    Each part has its own choice of letters of the same fonts, under the same name; printers take
    fonts of one name for one font (ISO 32000-1, 9.6.4), so each gets a name of its own.
    """

    def __init__(self, numbers: pikepdf.Object) -> None:
        self._numbers = numbers
        self._named = 0

    def add_to(self, resources: pikepdf.Object) -> None:
        """Add ours to those of a page, which shares them with the other pages of its part."""
        if Name.Font not in resources:
            resources.Font = Dictionary()
        if KEY in resources.Font:
            return
        for font in resources.Font.as_dict().values():
            self._rename(font)
        resources.Font[KEY] = self._numbers

    def _rename(self, font: pikepdf.Object) -> None:
        name = Name(f"/{_letters(self._named)}+{str(font.BaseFont).partition('+')[2]}")
        self._named += 1
        font.BaseFont = name
        for descendant in font.get(Name.DescendantFonts, ()):
            descendant.BaseFont = name
            descendant.FontDescriptor.FontName = name


def _letters(number: int) -> str:
    """Six capital letters, as the names of cut-down fonts begin with."""
    letters = ""
    for _ in range(6):
        number, rank = divmod(number, 26)
        letters = chr(ord("A") + rank) + letters
    return letters


def _to_unicode(letters: Mapping[int, str]) -> bytes:
    pairs = "\n".join(f"<{glyph:04x}> <{ord(letter):04x}>" for glyph, letter in letters.items())
    return f"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
{len(letters)} beginbfchar
{pairs}
endbfchar
endcmap
CMapName currentdict /CMap defineresource pop
end
end""".encode()
