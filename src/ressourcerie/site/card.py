"""One card for social networks: words on paper and a drawing, 1200 × 630 pixels, a few kilobytes.

Finding the best colours of a picture takes longer than drawing it. The ground, the same for many
cards, chooses its own once; the letters only use the greys between ink and paper.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

SIZE: Final = (1200, 630)
ART: Final = (560, 315)
MARK: Final = (60, 60)
PAPER: Final = "#fffbf3"
_INK: Final = (0x14, 0x21, 0x3D)
_GROUND: Final = (0xFF, 0xFB, 0xF3)
_SUN: Final = "#f2b544"
_MARGIN: Final = 64
# The ground and its drawing have these colours; the letters, the sixteen that follow.
_COLOURS: Final = 112
_GREYS: Final = 16
_TITLE_SIZES: Final = (96, 84, 74, 66, 58, 50)
_TITLE_LINES: Final = 3
_WIDE: Final = SIZE[0] - 2 * _MARGIN
# Beside the drawing, under the title.
_NARROW: Final = SIZE[0] - 2 * _MARGIN - ART[0] - 40
_FOOT: Final = 548
_BODY: Final = 30
_LEADING: Final = 40


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says."""

    kicker: str
    title: str
    text: str
    site: str


@dataclass(frozen=True)
class Fonts:
    """Where the letters are."""

    folder: Path

    def of(self, name: str, size: int) -> ImageFont.FreeTypeFont:
        """A font of the site, ready to draw."""
        return _font(self.folder / f"ressourcerie-{name}-normal.woff2", size)


@cache
def _font(file: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(file), size)


def ground(art: Image.Image | None, mark: Image.Image | None) -> Image.Image:
    """What cards with one drawing share: paper, the drawing, the mark of the site."""
    picture = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, SIZE[0], 14), fill=_SUN)
    if art:
        left, top = SIZE[0] - ART[0] - 24, SIZE[1] - ART[1] - 24
        picture.paste(art, (left, top))
    if mark:
        picture.paste(mark, (_MARGIN, _FOOT - 4))
    picture = picture.quantize(_COLOURS, dither=Image.Dither.NONE)
    colours = (picture.getpalette() or [])[: 3 * _COLOURS]
    colours += [0] * (3 * _COLOURS - len(colours))
    for step in range(_GREYS):
        share = step / (_GREYS - 1)
        colours += [round(g + (i - g) * share) for g, i in zip(_GROUND, _INK, strict=True)]
    picture.putpalette(colours)
    return picture


def draw(card: Card, base: Image.Image, fonts: Fonts) -> bytes:
    """The card as a PNG; the same words on the same ground make the same bytes."""
    letters = Image.new("L", SIZE, 0)
    pen = ImageDraw.Draw(letters)
    pen.text((_MARGIN, 48), card.kicker, 255, fonts.of("sans-700", 30))
    size, lines = _title(card.title, fonts)
    font = fonts.of("titre-700", size)
    top = 96
    for line in lines:
        pen.text((_MARGIN - 2, top), line, 255, font)
        top += round(size * 1.12)
    top += 24
    room = max(1, (_FOOT - 24 - top) // _LEADING)
    body = fonts.of("sans-400", _BODY)
    for line in _cut(list(islice(_wrap(card.text, body, _NARROW), room + 1)), room):
        pen.text((_MARGIN, top), line, 255, body)
        top += _LEADING
    pen.text((_MARGIN + 72, _FOOT + 8), card.site, 255, fonts.of("titre-700", 34))
    picture = base.copy()
    mask = letters.point([255 if level >= 256 // _GREYS else 0 for level in range(256)])
    steps = [_COLOURS + level * _GREYS // 256 for level in range(256)]
    greys = letters.point(steps).convert("P")
    picture.paste(greys, (0, 0), mask)
    out = io.BytesIO()
    picture.save(out, "PNG", bits=8, compress_level=4)
    return out.getvalue()


def _title(title: str, fonts: Fonts) -> tuple[int, list[str]]:
    """The largest letters that leave the title whole on a few lines."""
    for size in _TITLE_SIZES:
        lines = list(_wrap(title, fonts.of("titre-700", size), _WIDE))
        most = 2 if size > _TITLE_SIZES[-2] else _TITLE_LINES
        if len(lines) <= most:
            return size, lines
    return size, _cut(lines, _TITLE_LINES)


def _wrap(text: str, font: ImageFont.FreeTypeFont, width: int) -> Iterator[str]:
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if line and font.getlength(longer) > width:
            yield line
            line = word
        else:
            line = longer
    if line:
        yield line


def _cut(lines: list[str], most: int) -> list[str]:
    """The first lines, ended by « … » where the rest is left out."""
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], f"{lines[most - 1].rstrip(' ,;:.')}…"]
