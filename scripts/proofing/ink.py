"""How much ink a PDF takes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import ImageStat

DOTS_PER_INCH = 72
_WHITE = 255


@dataclass(frozen=True)
class Ink:
    """The share of each page that is black, from 0 (blank) to 1 (all black): half a grey counts
    for half a black.
    """

    pages: tuple[float, ...]

    @property
    def total(self) -> float:
        """In pages printed all black: what a whole copy takes."""
        return sum(self.pages)

    @property
    def mean(self) -> float:
        """The share of an average page."""
        return self.total / len(self.pages) if self.pages else 0.0


def ink(path: Path, dots_per_inch: float = DOTS_PER_INCH) -> Ink:
    """Rasterise every page in grey, form fields included, and weigh what is not white."""
    with pypdfium2.PdfDocument(path) as pdf:
        pdf.init_forms()
        return Ink(tuple(_darkness(page, dots_per_inch) for page in pdf))


def _darkness(page: pypdfium2.PdfPage, dots_per_inch: float) -> float:
    bitmap = page.render(scale=dots_per_inch / 72, grayscale=True)
    mean: float = ImageStat.Stat(bitmap.to_pil()).mean[0]
    return 1 - mean / _WHITE
