"""Finishes the fields of a form: what ISO 32000 (12.7.3) asks for and the engine leaves undone."""

from __future__ import annotations

from typing import Final

import pikepdf

# Stands between a question and one of its answers in the title of a button.
BETWEEN: Final = " — "


def mend_fields(document: pikepdf.Pdf) -> None:
    """Make one field of each group of radio buttons, under the title of its question.

    The engine gives each button the name of its group, lists it beside the group as a field of the
    form, and titles the group after its first button: readers then find as many fields as buttons.
    It also asks readers to draw every field anew, and some then draw no tick at all.
    """
    form = document.Root.get("/AcroForm")
    if form is None:
        return
    fields = list(form.Fields)
    form.Fields = pikepdf.Array(field for field in fields if "/Parent" not in field)
    form.NeedAppearances = False
    for group in form.Fields:
        for button in group.get("/Kids", ()):
            if "/T" in button:
                del button["/T"]
            group.TU = pikepdf.String(str(button.get("/TU", "")).partition(BETWEEN)[0])
