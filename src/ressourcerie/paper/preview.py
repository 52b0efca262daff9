"""What a PDF looks like: a picture of its first page, and how much ink it drinks."""

from __future__ import annotations

import io
from typing import Final

import pypdfium2
from PIL import Image

# Twice what the site shows: fine screens have two dots for one.
WIDTH: Final = 240
_GREYS: Final = 16
_LEVEL: Final = 255 // (_GREYS - 1)
_NEAREST: Final = [round(level / _LEVEL) for level in range(256)]
# Enough for letters to weigh what they weigh on paper, within one part in a hundred.
_INK_DPI: Final = 50


def pages(pdf: bytes) -> int:
    """How many pages it has."""
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def first_page(pdf: bytes) -> bytes:
    """A PNG of the first page, `WIDTH` pixels wide, in 16 greys."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        picture = page.render(scale=WIDTH / page.get_width(), grayscale=True).to_pil()
    # Always the same greys: those that would suit each picture best take longer to find than the
    # page to draw.
    greys = Image.frombytes("P", picture.size, picture.point(_NEAREST).tobytes())
    greys.putpalette([level for grey in range(_GREYS) for level in (_LEVEL * grey,) * 3])
    file = io.BytesIO()
    greys.save(file, "PNG")
    return file.getvalue()


def ink(pdf: bytes) -> float:
    """The mean darkness of its pages, from 0 (blank) to 1 (black)."""
    with pypdfium2.PdfDocument(pdf) as document:
        shares = [_darkness(page) for page in document]
    return sum(shares) / len(shares)


def _darkness(page: pypdfium2.PdfPage) -> float:
    picture = page.render(scale=_INK_DPI / 72, grayscale=True).to_pil()
    counts: list[int] = picture.histogram()
    return sum((255 - level) * count for level, count in enumerate(counts)) / (255 * sum(counts))
