"""Finishes a tagged PDF: what PDF/UA-1 asks for and the engine leaves undone."""

from __future__ import annotations

import io
from collections.abc import Mapping

import pikepdf

_PRINT_FLAG = 4


def finish(pdf: bytes, anchors: Mapping[str, str]) -> bytes:
    """Give every link a description in words (ISO 14289-1, 7.18.5) and let it be printed.

    `anchors` tells the title behind each internal destination. The engine writes the raw anchor.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            for annotation in page.obj.get("/Annots", ()):
                if annotation.get("/Subtype") == "/Link":
                    annotation.Contents = pikepdf.String(_describe(annotation, anchors))
                    annotation.F = int(annotation.get("/F", 0)) | _PRINT_FLAG
        finished = io.BytesIO()
        document.save(
            finished,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
        )
    return finished.getvalue()


def _describe(annotation: pikepdf.Object, anchors: Mapping[str, str]) -> str:
    action = annotation.get("/A")
    if action is not None and "/URI" in action:
        return f"Ouvrir {action.URI}"
    destination = str(annotation.get("/Dest", ""))
    title = anchors.get(destination, "")
    return f"Aller à : {title}" if title else "Aller à la page indiquée"
