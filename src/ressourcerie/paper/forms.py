"""Finishes the fields of a form: what ISO 32000 (12.7.3) asks for and the engine leaves undone."""

from __future__ import annotations

from typing import Final

import pydyf

# Stands between a question and one of its answers in the title of a button.
BETWEEN: Final = " — "


def mend_fields(pdf: pydyf.PDF) -> None:
    """Make one field of each group of radio buttons, under the title of its question.

    The engine gives each button the name of its group, lists it beside the group as a field of the
    form, and titles the group after its first button: readers then find as many fields as buttons.
    It also asks readers to draw every field anew, and some then draw no tick at all.
    """
    form = pdf.catalog.get("AcroForm")
    if form is None:
        return
    fields = {reference: pdf.objects[int(reference.split()[0])] for reference in form["Fields"]}
    form["Fields"] = pydyf.Array(name for name, field in fields.items() if "Parent" not in field)
    form["NeedAppearances"] = "false"
    for field in fields.values():
        if "Parent" in field:
            group = fields[field["Parent"]]
            group["TU"] = pydyf.String(field["TU"].string.partition(BETWEEN)[0])
            field.pop("T", None)
