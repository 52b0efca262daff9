"""The dots that lead from a title to the number of its page, in one piece.

The engine draws each of them as a text of its own, with a tag of its own: nine tags in ten of a
long table of contents said « . ».
"""

from __future__ import annotations

from typing import Any, Final

# `<span class="dots"></span>`
DOTS: Final = "dots"


def join_dots(document: Any) -> None:
    """Make one text of each row of dots of a laid-out `weasyprint.Document`, not written yet."""
    for page in document.pages:
        for box in page._page_box.descendants():
            if box.is_leader and len(box.children) > 1:
                # They were laid from right to left.
                *others, first = box.children
                row = first.copy()
                row.text = first.text * (len(others) + 1)
                row.width = sum(dot.width for dot in box.children)
                row.pango_layout.reactivate(row.style)
                row.pango_layout.set_text(row.text)
                row.pango_layout.deactivate()
                box.children = (row,)
