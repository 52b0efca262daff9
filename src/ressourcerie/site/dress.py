"""What dresses every page: one style sheet made of many, and what a page is allowed to load."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

# No script and no style but ours, nothing from another origin. The blob is the worker of the
# search, which `file://` lets nobody start otherwise; the frame is the PDF about to be printed.
POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "manifest-src 'self'",
        "frame-src 'self'",
        "object-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
    )
)
# Beside the sheets it is made of, so that what they point at is found.
_FOLDER: Final = "assets/css"


def style_sheet(theme: Path, paths: Iterable[str]) -> tuple[str, bytes]:
    """The sheets of `extra_css` in one: its address, which changes with it, and its bytes."""
    parts = [file.read_bytes() for path in paths if (file := theme / path).is_file()]
    content = b"\n".join(parts)
    return f"{_FOLDER}/site-{hashlib.sha256(content).hexdigest()[:10]}.css", content
