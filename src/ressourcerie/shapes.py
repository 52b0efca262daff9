"""The forms of our own marks in the tree: steps, blocks, boxes to tick, room to write."""

from __future__ import annotations

import re
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from ressourcerie.french import duration, plural
from ressourcerie.views import BLOCKS, ROLES

_STEP_MINUTES: Final = re.compile(r"^(.+?)\s+[—–-]\s+(\d+)\s*min(?:utes?)?\.?$")
# « lignes : 4 », « cadre : 6 cm »: room to write, room to draw.
ROOM: Final = re.compile(
    r"(?:(?P<lines>lignes?)\s*:\s*(?P<n>\d{1,2})|(?P<frame>cadre)\s*:\s*(?P<cm>\d{1,2})\s*(?:cm)?)$",
    re.IGNORECASE,
)
# « exemplaires : 2 »: how many times a deck of cards is printed.
COPIES: Final = re.compile(r"exemplaires?\s*:\s*(?P<n>\d{1,3})$", re.IGNORECASE)
# Taller, neither would stand on one page.
MOST_LINES: Final = 30
MOST_CM: Final = 20
# Letters that stand on a line of A4 in large print, and in the type of other sheets.
_WIDTHS: Final = {"wide": 44, "very-wide": 58}
# Between two columns, in letters.
_PADDING: Final = 2
_PIECES: Final = re.compile(r"[\s-]+")
_TASK: Final = re.compile(r"\[[ xX]?\]\s+")
# So many items, each so short (in signs), are set in columns: one a line, they would fill a page.
_MANY: Final = 16
_SHORT: Final = 24
_FACT: Final = re.compile(r"^(Objectif|Modalité|Support)s?\s*:\s")


def shape_block(element: Element, *, paper: bool) -> None:
    """Name a block for its readers; on paper, unfold it."""
    kind = next((c for c in element.get("class", "").split() if c in BLOCKS), "")
    if not kind:
        return
    title = element[0] if len(element) else None
    if title is not None and title.text in {kind.capitalize(), None}:
        title.text = BLOCKS[kind]
    elif title is not None and kind in ROLES:
        # « Ce que vous faites » alone does not say who « vous » is.
        role = Element("span", {"class": "role"})
        role.text, role.tail, title.text = ROLES[kind], f" {title.text}", None
        title.insert(0, role)
    if element.tag == "details":
        element.set("class", f"admonition {kind}")
        if paper:
            # Paper has nothing to unfold.
            element.tag = "div"
            if title is not None:
                title.tag = "p"
                title.set("class", "admonition-title")


def is_title(element: Element) -> bool:
    """Whether an element is the title of a block."""
    return "admonition-title" in element.get("class", "")


def shape_headers(table: Element) -> None:
    """Say what each header is of (WCAG 1.3.1).

    A first column without a title holds the titles of the rows; the corner is then no header.
    """
    titles = list(table.iter("th"))
    for title in titles:
        title.set("scope", "col")
    if titles and not len(titles[0]) and not (titles[0].text or "").strip():
        corner, firsts = titles[0], [row[0] for row in table.iter("tr") if len(row)]
        for first in firsts:
            first.tag = "th"
            first.set("scope", "row")
        corner.tag = "td"
        del corner.attrib["scope"]


def wrap_table(parent: Element, table: Element) -> None:
    """Put a table in a box, which may scroll on a narrow screen, and says if it is wide."""
    width = _least_width(table)
    told = [name for name, most in _WIDTHS.items() if width > most]
    box = Element("div", {"class": " ".join(["table", *told])})
    position = list(parent).index(table)
    box.tail, table.tail = table.tail, None
    parent.remove(table)
    box.append(table)
    parent.insert(position, box)


def _least_width(table: Element) -> int:
    """How many letters wide a table is when no word of it is cut."""
    columns: list[int] = []
    for row in table.iter("tr"):
        for column, cell in enumerate(row):
            words = _PIECES.split("".join(cell.itertext()))
            columns += [0] * (column + 1 - len(columns))
            columns[column] = max(columns[column], *map(len, words))
    return sum(columns) + _PADDING * len(columns)


def shape_step(heading: Element) -> None:
    """`### Accueil — 10 min` → the minutes in a span of their own."""
    match = _STEP_MINUTES.match(heading.text or "") if not len(heading) else None
    if match:
        heading.text = f"{match[1]} "
        minutes = SubElement(heading, "span", {"class": "step-minutes"})
        minutes.text = duration(int(match[2]))


def shape_room(paragraph: Element) -> None:
    """`lignes: 3` → three ruled lines to write on; `cadre: 6 cm` → a frame to draw in."""
    match = ROOM.match(paragraph.text or "") if not len(paragraph) else None
    if match is None:
        return
    paragraph.tag, paragraph.text = "div", None
    if match["lines"]:
        paragraph.set("class", "write-lines")
        for _ in range(min(int(match["n"]), MOST_LINES)):
            SubElement(paragraph, "div", {"class": "write-line"})
    else:
        paragraph.set("class", "drawing-frame")
        # Styles are refused in what authors write: a frame is as tall as what it holds.
        for _ in range(min(int(match["cm"]), MOST_CM)):
            SubElement(paragraph, "div", {"class": "drawing-cm"})


def shape_copies(paragraph: Element) -> None:
    """`exemplaires: 2` → « À imprimer en 2 exemplaires. »"""
    match = COPIES.match(paragraph.text or "") if not len(paragraph) else None
    if match:
        paragraph.text = f"À imprimer en {plural(int(match['n']), 'exemplaire')}."


def shape_list(items: Element) -> None:
    """Task lists get boxes to tick; the facts of a step are set apart; a list of words is named."""
    facts = tasks = 0
    for item in items:
        loose = len(item) and item[0].tag == "p" and not (item.text or "").strip()
        holder = item[0] if loose else item
        text = (holder.text or "").lstrip()
        if match := _TASK.match(text):
            tasks += 1
            item.set("class", "task")
            holder.text = None
            box = Element("span", {"class": "tick"})
            box.tail = text[match.end() :]
            holder.insert(0, box)
        elif match := _FACT.match(text):
            facts += 1
            holder.text = None
            name = Element("strong")
            name.text = match[1]
            name.tail = f" : {text[match.end() :]}"
            holder.insert(0, name)
    if tasks:
        items.set("class", "tasks")
    elif facts == len(items) and facts:
        items.set("class", "step-facts")
    elif len(items) >= _MANY and all(len("".join(i.itertext())) <= _SHORT for i in items):
        items.set("class", "many-words")
