"""Finishes a tagged PDF: what PDF/UA-1 (ISO 14289-1) asks for and the engine leaves undone."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping

import pikepdf

from ressourcerie.french import NBSP
from ressourcerie.paper.forms import mend_fields
from ressourcerie.paper.structure import identifiers

_PRINT_FLAG = 4


def finish(pdf: bytes, anchors: Mapping[str, str]) -> bytes:
    """Describe links in words, let them be printed, mend fields, and make running heads artifacts.

    `anchors` tells the title behind each internal destination. The engine writes the raw anchor as
    the description of a link (7.18.5), and tags running heads and page numbers as text (7.1).
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            for annotation in page.obj.get("/Annots", ()):
                if annotation.get("/Subtype") == "/Link":
                    annotation.Contents = pikepdf.String(_describe(annotation, anchors))
                    annotation.F = int(annotation.get("/F", 0)) | _PRINT_FLAG
        _make_margins_artifacts(document)
        mend_fields(document)
        _index_headers(document)
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
    title = anchors.get(str(annotation.get("/Dest", "")), "")
    return f"Aller à{NBSP}: {title}" if title else "Aller à la page indiquée"


def _make_margins_artifacts(document: pikepdf.Pdf) -> None:
    """The engine hangs margin boxes on elements the structure tree does not reach: cut them."""
    tree = document.Root.StructTreeRoot
    reached = {kid.objgen for top in _kids(tree) for kid in _kids(top)}
    by_key = dict(_number_tree(tree.ParentTree))
    for page in document.pages:
        parents = by_key.get(int(page.obj.get("/StructParents", -1)))
        if parents is None:
            continue
        orphans = [n for n, element in enumerate(parents) if _top(element) not in reached]
        for number in orphans:
            parents[number] = None
        if orphans:
            marks = "|".join(map(str, orphans)).encode()
            pattern = rb"/\w+\s*<<\s*/MCID (?:" + marks + rb")\s*>>\s*BDC"
            stream = page.obj.Contents
            stream.write(re.sub(pattern, b"/Artifact BMC", stream.read_bytes()))


def _index_headers(document: pikepdf.Pdf) -> None:
    """Cells name their headers by id: elements with ids must be found by them (14.7.2)."""
    named = {
        bytes(thing.ID): thing
        for thing in document.objects
        if isinstance(thing, pikepdf.Dictionary) and "/ID" in thing and "/S" in thing
    }
    if named:
        document.Root.StructTreeRoot.IDTree = document.make_indirect(identifiers(named))


def _kids(element: pikepdf.Object) -> list[pikepdf.Object]:
    kids = element.get("/K")
    found = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    return [kid for kid in found if isinstance(kid, pikepdf.Dictionary)]


def _number_tree(node: pikepdf.Object) -> Iterator[tuple[int, pikepdf.Object]]:
    for kid in node.get("/Kids", ()):
        yield from _number_tree(kid)
    numbers = node.get("/Nums", pikepdf.Array())
    for index in range(0, len(numbers), 2):
        if isinstance(numbers[index + 1], pikepdf.Array):
            yield int(numbers[index]), numbers[index + 1]


def _top(element: pikepdf.Object | None) -> tuple[int, int] | None:
    """The ancestor of an element that should be a child of the document element."""
    while element is not None and "/P" in element:
        parent = element.P
        if parent.get("/S") == "/Document":
            return element.objgen
        element = parent
    return None
