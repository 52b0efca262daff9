"""The tags of several PDFs under one document element, so that a book is read aloud as one text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pikepdf
from pikepdf import Array, Dictionary, Name, NumberTree, String


class Structure:
    """The structure tree of a book, grown part by part (ISO 32000-1, 14.7).

    Pages and annotations tell where their tags are by a number, its key in the « parent tree ».
    """

    def __init__(self, book: pikepdf.Pdf) -> None:
        self._book = book
        self._root = book.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self._document = book.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Document, P=self._root)
        )
        self._chapters: list[pikepdf.Object] = []
        self._owners: dict[int, pikepdf.Object] = {}
        self._named: dict[bytes, pikepdf.Object] = {}
        self._parts = 0
        self._next = 0

    def graft(self, part: pikepdf.Pdf) -> int:
        """Add the tags of a part, whose pages are in the book already: what to add to its keys."""
        self._parts += 1
        tree = self._book.copy_foreign(part.Root.StructTreeRoot)
        for top in _kids(tree):
            for element in _kids(top) if top.S == "/Document" else [top]:
                element.P = self._document
                self._chapters.append(element)
        shift = self._next
        for key, owner in NumberTree(tree.ParentTree).items():
            self._owners[key + shift] = owner
            self._next = max(self._next, key + shift + 1)
        for kind in (Name.RoleMap, Name.ClassMap):
            if kind in tree:
                self._root[kind] = Dictionary({**self._root.get(kind, {}), **tree[kind].as_dict()})
        if Name.IDTree in tree:
            self._rename(tree.IDTree)
        return shift

    def owner(self, key: int) -> pikepdf.Object:
        """The element an annotation belongs to."""
        return self._owners[key]

    def remove(self, key: int, annotation: pikepdf.Object) -> pikepdf.Object:
        """Cut an annotation from the element it belongs to, which remains and is given back."""
        owner = self._owners.pop(key)
        kept = [kid for kid in owner.K if not _leads_to(kid, annotation)]
        owner.K = Array(kept)
        return owner

    def mark(self, page_key: int, element: pikepdf.Object) -> int:
        """Make room in an element for something new drawn on a page: its number there (MCID)."""
        marked = self._owners[page_key]
        number = len(marked)
        marked.append(element)
        element.K.append(number)
        return number

    def plant(self) -> None:
        """Give the book its tags, once all its parts are in."""
        self._document.K = Array(self._chapters)
        self._root.K = Array([self._document])
        numbers = [entry for key in sorted(self._owners) for entry in (key, self._owners[key])]
        self._root.ParentTree = self._book.make_indirect(Dictionary(Nums=Array(numbers)))
        self._root.ParentTreeNextKey = self._next
        if self._named:
            self._root.IDTree = self._book.make_indirect(identifiers(self._named))
        self._book.Root.StructTreeRoot = self._root
        self._book.Root.MarkInfo = Dictionary(Marked=True)

    def _rename(self, tree: pikepdf.Object) -> None:
        """Ids tell cells what their headers are: those of two parts must not be mixed up."""
        prefix = f"{self._parts}-".encode()
        tables: dict[tuple[int, int], pikepdf.Object] = {}
        for element in pikepdf.NameTree(tree).values():
            table = _table(element)
            tables[table.objgen] = table
        for table in tables.values():
            for element in _under(table):
                if Name.ID in element:
                    name = prefix + bytes(element.ID)
                    element.ID = String(name)
                    self._named[name] = element
                headers = element.get(Name.A, Dictionary()).get(Name.Headers)
                if headers is not None:
                    element.A.Headers = Array(String(prefix + bytes(name)) for name in headers)


def identifiers(named: Mapping[bytes, pikepdf.Object]) -> Dictionary:
    """The tree that finds elements by their id; the format wants its names in order."""
    names = [entry for name in sorted(named) for entry in (String(name), named[name])]
    return Dictionary(Names=Array(names))


def _kids(element: pikepdf.Object) -> list[pikepdf.Object]:
    kids = element.get(Name.K)
    found = list(kids) if isinstance(kids, Array) else [kids]
    return [kid for kid in found if isinstance(kid, Dictionary) and Name.S in kid]


def _leads_to(kid: pikepdf.Object, annotation: pikepdf.Object) -> bool:
    reference = kid.get(Name.Obj) if isinstance(kid, Dictionary) else None
    return reference is not None and reference.objgen == annotation.objgen


def _table(element: pikepdf.Object) -> pikepdf.Object:
    """The table that holds an element, or the element itself outside of any."""
    above = element
    while Name.P in above and above.get(Name.S) != Name.Table:
        above = above.P
    return above if above.get(Name.S) == Name.Table else element


def _under(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    yield element
    for kid in _kids(element):
        yield from _under(kid)
