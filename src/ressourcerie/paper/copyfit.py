"""A page of a few lines: it costs a leaf of paper, and looks like a mistake.

Typographers tighten what precedes until those lines fit. So do we, once, and only then: the air
between paragraphs, never the letters nor the lines that readers need wide (WCAG 1.4.12).
"""

from __future__ import annotations

from typing import Any, Final

# Of the height of a page: a title and three lines to write on, or six lines of text.
_A_FEW_LINES: Final = 0.18
# What has no more stands there to be blank: the back of a card, in CSS pixels.
_NOTHING: Final = 8.0
# Of the height of each page that precedes: what tightening may win. Beyond, it is not worth trying.
_WON: Final = 0.09


def has_a_meagre_page(document: Any) -> bool:
    """Whether a laid-out `weasyprint.Document` has a page with little that could stand before."""
    return any(
        _is_meagre(page._page_box, min(_A_FEW_LINES, rank * _WON))
        for rank, page in enumerate(document.pages)
    )


def _is_meagre(page: Any, most: float) -> bool:
    # A slide holds what its step asks for.
    if page.width > page.height:
        return False
    root = page.children[0]
    feet = [box.position_y + box.margin_height() for box in root.descendants() if _is_seen(box)]
    return bool(_NOTHING < max(feet, default=0.0) - root.position_y < most * page.height)


def _is_seen(box: Any) -> bool:
    """A text, a picture, or an empty box: a line to write on, a frame."""
    return not getattr(box, "children", ()) and hasattr(box, "margin_height")
