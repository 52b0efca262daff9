"""The code that leads from paper to the page it was printed from."""

from __future__ import annotations

import io
from typing import Final

import segno

# Side of the code itself, in millimetres: a telephone of ten years ago reads 20.
SIDE: Final = 22
# In modules: what ISO/IEC 18004 wants white around a code.
_QUIET: Final = 4


def draw(address: str) -> str:
    """An SVG of the code of an address, at its size on paper, white margin included.

    Correction M: a photocopy may lose a seventh of it.
    """
    code = segno.make_qr(address, error="m")
    modules = code.symbol_size(border=0)[0]
    drawing = io.BytesIO()
    code.save(
        drawing,
        kind="svg",
        border=_QUIET,
        scale=round(SIDE / modules, 4),
        unit="mm",
        xmldecl=False,
        dark="#000",
        light="#fff",
    )
    return drawing.getvalue().decode()
