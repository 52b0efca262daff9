"""The tree that screen readers follow, walked to its last leaf on one paper of each kind."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pikepdf
import pytest
from proofing.told import Node
from reading import Sheets
from stock import BOOKLETS, FILLABLE, SLUGS, TAGGED

# The papers of one workshop, and all those that are of none.
NAMES = [
    name for name in TAGGED if not any(name.startswith(f"{slug}-") for slug in SLUGS[1:])
]  # fmt: skip
# What may stand in what; the others may stand anywhere.
INSIDE = {
    "LI": {"L"},
    "LBody": {"LI"},
    "Lbl": {"LI", "L"},
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "TD": {"TR"},
    "TH": {"TR"},
}
KINDS = {
    *INSIDE,
    *("Document", "Part", "Sect", "Div", "Art", "NonStruct", "BlockQuote", "Aside", "Note"),
    *("P", "H1", "H2", "H3", "H4", "H5", "H6", "L", "Table", "Caption", "Title"),
    *("Span", "Em", "Strong", "Quote", "Code", "Link", "Figure", "Form", "Reference"),
}
# What makes no sense with nothing in it.
TALKING = {"P", "H1", "H2", "H3", "H4", "H5", "H6", "LI", "TH", "Link", "Form", "Figure", "Caption"}


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def holds_something(node: Node) -> bool:
    return bool(node.marks or node.fields or any(map(holds_something, node.kids)))


def annotations(sheets: Sheets, kind: str) -> list[pikepdf.Object]:
    return [a for p in sheets.pdf.pages for a in p.obj.get("/Annots", ()) if a.Subtype == kind]


def referred(node: Node, kind: str) -> list[tuple[int, int]]:
    """The annotations that an element holds itself."""
    kids = node.element.get("/K", pikepdf.Array())
    kids = kids if isinstance(kids, pikepdf.Array) else [kids]
    objects = [k.Obj for k in kids if isinstance(k, pikepdf.Dictionary) and "/Obj" in k]
    return [thing.objgen for thing in objects if thing.get("/Subtype") == kind]


def test_elements_are_known_and_stand_where_they_may(sheets: Sheets) -> None:
    assert [node.kind for node in sheets.nodes if not node.parent or not node.parent.kind] == [
        "Document"
    ]
    assert {node.kind for node in sheets.nodes} <= KINDS
    for node in sheets.nodes:
        assert node.parent is not None
        # A group of no meaning changes nothing.
        above = next(n.kind for n in node.above if n.kind not in {"NonStruct", "Span", "Div"})
        assert above in INSIDE.get(node.kind, {above}), node.path


def test_nothing_is_said_twice_or_empty(sheets: Sheets) -> None:
    marks = Counter(mark for node in sheets.nodes for mark in node.marks)
    assert marks
    assert [mark for mark, times in marks.items() if times > 1] == []
    empty = [n.path for n in sheets.nodes if n.kind in TALKING and not holds_something(n)]
    assert empty == []


def test_headings_are_those_of_the_bookmarks_in_the_same_order(sheets: Sheets) -> None:
    said = [node.level - 1 for node in sheets.nodes if node.level]
    assert [level for level, _, _ in sheets.bookmarks] == said


def test_each_link_is_tied_to_its_words(sheets: Sheets) -> None:
    links = [(n, referred(n, "/Link")) for n in sheets.nodes if n.kind == "Link"]
    for node, found in links:
        assert found, node.path
        assert not any(above.kind == "Link" for above in node.above)
    tied = [objgen for _, found in links for objgen in found]
    assert sorted(tied) == sorted(a.objgen for a in annotations(sheets, "/Link"))


def test_each_field_is_tied_to_its_element(sheets: Sheets, name: str) -> None:
    widgets = annotations(sheets, "/Widget")
    assert bool(widgets) == (name in FILLABLE)
    tied = [o for n in sheets.nodes if n.kind == "Form" for o in referred(n, "/Widget")]
    assert sorted(tied) == sorted(a.objgen for a in widgets)


def test_keyboard_follows_the_order_of_reading(sheets: Sheets) -> None:
    for page in sheets.pdf.pages:
        if "/Annots" in page.obj:
            assert page.obj.Tabs == "/S"


def test_each_cell_finds_its_headers(sheets: Sheets) -> None:
    """By name, as is sure, or by the scope of the headers."""
    for table in (n for n in sheets.nodes if n.kind == "Table"):
        headers = [n for n in table.walk() if n.kind == "TH"]
        assert headers
        names = {bytes(n.element.ID) for n in headers if "/ID" in n.element}
        scoped = all(attribute(n, "/Scope") for n in headers)
        # The corner between the titles of rows and those of columns is of neither.
        for cell in (n for n in table.walk() if n.kind == "TD" and not n.within("THead")):
            named = {bytes(name) for name in attribute(cell, "/Headers") or ()}
            assert named <= names
            assert named or scoped, cell.path


def attribute(node: Node, key: str) -> Any:
    attributes = node.element.get("/A", pikepdf.Array())
    every = attributes if isinstance(attributes, pikepdf.Array) else [attributes]
    return next((a[key] for a in every if key in a), None)


def test_booklets_are_walked_too() -> None:
    assert set(BOOKLETS) <= set(NAMES)
    assert len(NAMES) > 20
