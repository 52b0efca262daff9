"""What is filled in by hand, turned into the named fields of a form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

_LABELS: Final = frozenset({"p", "h2", "h3", "h4", "h5", "h6"})
_LONGEST_TITLE: Final = 120
# The heights that the styles know; the text of a field scrolls.
_MOST_ROWS: Final = 10


def make_fillable(root: Element, prefix: str = "") -> None:
    """Turn ruled lines, boxes to tick and empty cells into fields, in place.

    Each has a name of its own, which begins with `prefix`, and a title in words: what a screen
    reader says when one comes to it (PDF/UA-1, 7.18.4).
    """
    for number, (element, title) in enumerate(_fields(root), start=1):
        name, words = f"{prefix}champ-{number}", title[:_LONGEST_TITLE]
        tail = element.tail
        if element.get("class") == "write-lines":
            rows = min(len(element), _MOST_ROWS)
            element.clear()
            element.set("class", "field")
            field = Element("textarea", {"name": name, "title": words, "class": f"rows-{rows}"})
            field.text = ""
            element.append(field)
        elif element.tag == "td":
            element.append(Element("input", {"type": "text", "name": name, "title": words}))
        else:
            element.clear()
            element.tag = "input"
            for key, value in {"type": "checkbox", "name": name, "title": words}.items():
                element.set(key, value)
            element.set("class", "tick")
        element.tail = tail


def _fields(root: Element) -> Iterator[tuple[Element, str]]:
    """What is to be filled in, with the words that say what is asked."""
    label = "Votre réponse"
    for element in list(root.iter()):
        kind = element.get("class", "")
        if element.tag in _LABELS and (words := _words(element)):
            label = words
        if kind == "write-lines":
            yield element, label
        elif kind == "task":
            box = next((e for e in element.iter() if e.get("class") == "tick"), None)
            if box is not None:
                yield box, _words(element)
        elif element.tag == "table":
            yield from _cells(element)


def _cells(table: Element) -> Iterator[tuple[Element, str]]:
    """The empty cells of a table, each with the words of its row and of its column."""
    heads: list[str] = []
    for row in table.iter("tr"):
        cells = list(row)
        words = [_words(cell) for cell in cells]
        if any(cell.get("scope") == "col" for cell in cells):
            heads = words
            continue
        for column, cell in enumerate(cells):
            if cell.tag == "td" and not words[column] and not len(cell):
                head = heads[column] if column < len(heads) else ""
                about = " – ".join(w for w in (words[0] if column else "", head) if w)
                yield cell, about or f"Colonne {column + 1}"


def _words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split()).rstrip(" :\u00a0")
