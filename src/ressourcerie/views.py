"""One source, several readers: which blocks of a workshop each of them gets.

The choice is made on the tree Markdown itself has built, before it is written: what a view must not
show is never in its bytes, however an author wrote it. The participant view is a list of what is
*kept*: a section or a block nobody thought of is not shown.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from enum import StrEnum
from typing import Final
from xml.etree.ElementTree import Element

from ressourcerie import outline
from ressourcerie.outline import SCHEDULE
from ressourcerie.source import without_code

# A mark badly written (« !! », « ???? », « ! ! ! ») before the name of a block.
CLUMSY_MARK: Final = r"[!?](?:[ \t]*[!?+])*[ \t]*"
_STRAY: Final = re.compile(rf"(?:^|\n)[ \t]*{CLUMSY_MARK}(?:animat|corrig)", re.IGNORECASE)


class View(StrEnum):
    """Who reads."""

    FACILITATOR = "animateur"
    PARTICIPANT = "participant"
    ANSWERS = "corrige"


BLOCKS: Final = {
    "animateur": "Pour la personne qui anime",
    "participant": "Pour les participants",
    "corrige": "Réponses",
    "capitaine": "Journal de bord",
    "essayer": "À vous",
    "creuser": "Pour creuser",
    "retenir": "À retenir",
    "attention": "Attention",
}
ROLES: Final = {"animateur": "Animation", "participant": "Participants", "corrige": "Corrigé"}
HIDDEN_FROM_PARTICIPANTS: Final = frozenset({"animateur", "corrige"})
SHEET: Final = "Fiche participant"
PARTICIPANT_SECTIONS: Final = frozenset(
    {"En bref", "Routine à la maison", SHEET, "Pour aller plus loin"}
)

# Where a source opens a block, inside a list item or a quotation too.
BLOCK: Final = re.compile(
    r"(?P<before>[ \t]*(?:(?:[-*+>]|\d+[.)])[ \t]*)*)(?P<mark>!!!|\?\?\?\+?)[ \t]*"
    r"(?P<kind>[^\s\"]*)"
)


def keep(root: Element, view: View, only: Collection[str] = ()) -> None:
    """Take out of the tree of a whole body what `view` may not read.

    `only` are the titles of the main sections to keep, when not all of them are wanted.
    """
    if view is View.FACILITATOR and not only:
        return
    children = list(root)
    if only:
        children = [c for title, part in _sections(children) if title in only for c in part]
    if view is View.ANSWERS:
        children = list(_answers(children))
    _replace(root, children)
    if view is View.ANSWERS:
        _drop_hidden(root, HIDDEN_FROM_PARTICIPANTS - {View.ANSWERS})
    if view is View.PARTICIPANT:
        _drop_hidden(root, HIDDEN_FROM_PARTICIPANTS)
        _drop_stray(root)
        _replace(root, list(_participant_elements(list(root))))


def has_answers(body: str) -> bool:
    """Whether a body holds a block of answers."""
    return any(m["kind"] == View.ANSWERS for m in BLOCK.finditer(without_code(body)))


def exercises(body: str) -> str:
    """What of a body can be done again alone: its activities, and the sheet of participants.

    An activity is a step of the schedule that asks something of participants; a welcome, a break or
    an assessment makes sense in a session only. Empty when there is neither.
    """
    texts = dict(outline.lines(body))
    held = {n for n, line in texts.items() if _opened(line) == View.PARTICIPANT}
    activities = {step.heading.line for step in outline.steps(body) if not step.moment}
    kept = [
        part
        for part in outline.sections(body, level=3)
        if part.start in activities and not held.isdisjoint(range(part.start, part.end))
    ]
    wanted = {line for part in kept for line in range(part.start, part.end)}
    for section in outline.sections(body):
        if section.heading.title == SCHEDULE and kept:
            wanted.add(section.start)
        elif section.heading.title == SHEET:
            wanted.update(range(section.start, section.end))
    return "\n".join(line for n, line in enumerate(body.split("\n")) if n in wanted)


def _opened(line: str) -> str:
    match = BLOCK.match(line)
    return match["kind"] if match else ""


def _replace(root: Element, children: list[Element]) -> None:
    for child in list(root):
        root.remove(child)
    root.extend(children)
    root.text = None


def _answers(children: list[Element]) -> Iterator[Element]:
    """The blocks of answers, each under the headings that lead to it."""
    pending: list[Element] = []
    for child in children:
        if child.tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            pending = [h for h in pending if h.tag < child.tag]
            pending.append(child)
        for block in child.iter():
            if View.ANSWERS.value in (_kinds(block) or ()):
                yield from pending
                pending = []
                yield block


def _drop_hidden(parent: Element, hidden: Collection[str]) -> None:
    for child in list(parent):
        if _is_hidden(child, hidden):
            parent.remove(child)
        else:
            _drop_hidden(child, hidden)


def _drop_stray(parent: Element) -> None:
    """A block Markdown did not recognise is text like any other: drop it and what follows it.

    The checks refuse it; nothing of it must be shown even so.
    """
    for index, child in enumerate(list(parent)):
        own = (child.text or "") + "".join(inner.tail or "" for inner in child)
        if _STRAY.search(own):
            for element in list(parent)[index:]:
                parent.remove(element)
            return
        _drop_stray(child)


def _kinds(element: Element) -> set[str] | None:
    """The classes of a block (« participant »…), None for any other element."""
    classes = set(element.get("class", "").split())
    is_block = element.tag == "details" or "admonition" in classes
    return {c.lower() for c in classes} if is_block else None


def _is_hidden(element: Element, hidden: Collection[str]) -> bool:
    kinds = _kinds(element)
    if kinds is None:
        return False
    return not kinds.isdisjoint(hidden) or kinds.isdisjoint(BLOCKS)


def _participant_elements(children: list[Element]) -> Iterator[Element]:
    for title, elements in _sections(children):
        if title == SCHEDULE:
            yield from _participant_steps(elements)
        elif title in PARTICIPANT_SECTIONS:
            yield from elements


def _sections(children: list[Element]) -> Iterator[tuple[str, list[Element]]]:
    """Each main heading with what follows it; the title is empty before the first."""
    title: str = ""
    elements: list[Element] = []
    for child in children:
        if child.tag in {"h1", "h2"}:
            yield title, elements
            title, elements = "".join(child.itertext()).strip(), []
        elements.append(child)
    yield title, elements


def _participant_steps(elements: list[Element]) -> Iterator[Element]:
    """Of the schedule, the steps that speak to participants, and only what they say to them."""
    pending = elements[:1]
    for element in elements[1:]:
        if element.tag == "h3":
            pending = [*(p for p in pending if p.tag != "h3"), element]
        elif "participant" in (_kinds(element) or ()):
            yield from pending
            pending = []
            yield from (c for c in element if c.get("class") != "admonition-title")
