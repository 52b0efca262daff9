"""Links as readers meet them: one for each piece of an `<a>`, whatever stands among its words."""

from __future__ import annotations

from typing import Any

Rectangle = tuple[float, float, float, float]


def merge_links(document: Any) -> None:
    """Keep, of a laid-out `weasyprint.Document` that is not written yet, the links of `<a>` alone.

    The engine makes a link of each box inside a link: for words in bold, a picture. These are not
    tagged as links (PDF/UA-1, 7.18.5), and a keyboard would stop at each. What they cover is added
    to the link around them.
    """
    for page in document.pages:
        kept: list[tuple[Any, Any, Rectangle, Any]] = []
        # A link comes before those of the boxes it holds.
        for kind, target, rectangle, box in page.links:
            if kept and box.element_tag != "a":
                outer = kept.pop()
                kept.append((outer[0], outer[1], _around(outer[2], rectangle), outer[3]))
            else:
                kept.append((kind, target, rectangle, box))
        page.links[:] = kept


def _around(one: Rectangle, other: Rectangle) -> Rectangle:
    """The smallest rectangle that holds both: left, top, right, bottom, downwards."""
    left, top, right, bottom = zip(one, other, strict=True)
    return min(left), min(top), max(right), max(bottom)
