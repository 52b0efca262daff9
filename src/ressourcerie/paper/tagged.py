"""Finishes a tagged PDF: what PDF/UA-1 (ISO 14289-1) asks for and the engine leaves undone.

It is done on the objects the engine is about to write: to write them, read them again and write
them a second time took ten times as long.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, MutableSequence
from typing import Any, Final

import pydyf

from ressourcerie.french import NBSP
from ressourcerie.paper.forms import mend_fields

_PRINT_FLAG: Final = 4


def finish(pdf: pydyf.PDF, anchors: Mapping[str, str]) -> None:
    """Describe links in words, let them be printed, mend fields, and make running heads artifacts.

    `anchors` tells the title behind each internal destination. The engine writes the raw anchor as
    the description of a link (7.18.5), and tags running heads and page numbers as text (7.1).
    """
    for made in pdf.objects:
        if isinstance(made, pydyf.Dictionary) and made.get("Subtype") == "/Link":
            made["Contents"] = pydyf.String(_describe(made, anchors))
            made["F"] = made.get("F", 0) | _PRINT_FLAG
    _make_margins_artifacts(pdf)
    mend_fields(pdf)


def _describe(annotation: pydyf.Dictionary, anchors: Mapping[str, str]) -> str:
    if "A" in annotation:
        return f"Ouvrir {annotation['A']['URI'].string}"
    title = anchors.get(annotation["Dest"].string, "")
    return f"Aller à{NBSP}: {title}" if title else "Aller à la page indiquée"


def _make_margins_artifacts(pdf: pydyf.PDF) -> None:
    """The engine hangs margin boxes on elements the structure tree does not reach: cut them."""
    root = _at(pdf, pdf.catalog["StructTreeRoot"])
    (document,) = root["K"]
    reached = set(_at(pdf, document)["K"])
    by_key = dict(_pairs(_at(pdf, root["ParentTree"])["Nums"]))
    unreachable = _Unreachable(pdf, document, reached)
    for page in _pages(pdf):
        parents = by_key[page["StructParents"]]
        orphans = {n for n, owner in enumerate(parents) if owner in unreachable}
        if orphans:
            for number in orphans:
                parents[number] = "null"
            _mark_as_artifacts(_at(pdf, page["Contents"]).stream, orphans)
    for element in unreachable.found:
        # Nothing leads to it any more.
        element.clear()


class _Unreachable:
    """Which elements hang on none that the document element holds."""

    def __init__(self, pdf: pydyf.PDF, document: bytes, reached: Collection[bytes]) -> None:
        self._pdf = pdf
        self._document = document
        self._known = dict.fromkeys(reached, False)
        self.found: list[pydyf.Dictionary] = []

    def __contains__(self, reference: bytes) -> bool:
        known = self._known.get(reference)
        if known is None:
            element = _at(self._pdf, reference)
            known = element["P"] == self._document or element["P"] in self
            self._known[reference] = known
            if known:
                self.found.append(element)
        return known


def _mark_as_artifacts(stream: MutableSequence[Any], orphans: Collection[int]) -> None:
    """Of what is drawn, `/Span <</MCID 3>> BDC` stands in the stream as three items in a row."""
    for place, told in enumerate(stream):
        if isinstance(told, pydyf.Dictionary) and told.get("MCID") in orphans:
            stream[place - 1 : place + 2] = [b"/Artifact", b"BMC", b""]


def _pages(pdf: pydyf.PDF) -> Iterator[pydyf.Dictionary]:
    return (_at(pdf, reference) for reference in pdf.page_references)


def _pairs(flat: list[Any]) -> Iterator[tuple[Any, Any]]:
    return zip(flat[::2], flat[1::2], strict=True)


def _at(pdf: pydyf.PDF, reference: bytes) -> Any:
    """The object behind a reference, « 12 0 R »."""
    return pdf.objects[int(reference.split()[0])]
