"""How many sheets a document takes, said on the document itself.

It is known once all is laid out, and a page counter cannot be halved: the words are written last,
in the place that longer ones have kept.
"""

from __future__ import annotations

from typing import Any, Final

from ressourcerie.french import plural

# `<span class="sheet-count">99 feuilles recto verso</span>`
COUNT: Final = "sheet-count"


def write_sheets(document: Any) -> None:
    """Write in a laid-out `weasyprint.Document` how many sheets it takes, on both sides."""
    pages = len(document.pages)
    words = plural((pages + 1) // 2, "feuille") + (" recto verso" if pages > 1 else "")
    for page in document.pages:
        for box in page._page_box.descendants():
            element = getattr(box, "element", None)
            if element is None or element.get("class") != COUNT or not hasattr(box, "text"):
                continue
            box.text = words
            box.pango_layout.reactivate(box.style)
            box.pango_layout.set_text(words)
            box.pango_layout.deactivate()
