"""One source, several readers: which blocks of a workshop each of them gets.

Blocks are dropped before anything is rendered, so what a view must not show is never in its bytes.
The participant view is a list of what is *kept*: a section nobody thought of is not shown.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from enum import StrEnum
from typing import Final

from ressourcerie.outline import SCHEDULE


class View(StrEnum):
    """Who reads."""

    FACILITATOR = "animateur"
    PARTICIPANT = "participant"


BLOCKS: Final = {
    "animateur": "Pour la personne qui anime",
    "participant": "Pour les participants",
    "corrige": "Réponses",
    "capitaine": "Journal de bord",
    "essayer": "À vous",
    "retenir": "À retenir",
    "attention": "Attention",
}
ROLES: Final = {"animateur": "Animation", "participant": "Participants", "corrige": "Corrigé"}
HIDDEN_FROM_PARTICIPANTS: Final = frozenset({"animateur", "corrige"})
PARTICIPANT_SECTIONS: Final = frozenset(
    {"En bref", "Routine à la maison", "Fiche participant", "Pour aller plus loin"}
)

BLOCK: Final = re.compile(r"(?P<indent>[ \t]*)(?P<mark>!!!|\?\?\?\+?)[ \t]*(?P<kind>[^\s\"]*)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_SECTION = re.compile(r"##[ \t]+(.+?)[ \t]*#*[ \t]*$")
_STEP = re.compile(r"###[ \t]")


def select(body: str, view: View) -> str:
    """The Markdown of a workshop as `view` may read it."""
    if view is View.FACILITATOR:
        return body
    kept: list[str] = []
    for title, lines in _split(body):
        if title == SCHEDULE:
            kept += _participant_steps(lines)
        elif title in PARTICIPANT_SECTIONS:
            kept += _without_hidden(lines)
    return "\n".join(kept).strip("\n") + "\n"


def _split(body: str) -> Iterator[tuple[str, list[str]]]:
    """Sections of level 2 with their lines; the title is empty before the first."""
    title, fence = "", ""
    lines: list[str] = []
    for line in body.split("\n"):
        fence = _fence_after(fence, line)
        if not fence and (match := _SECTION.match(line)):
            yield title, lines
            title, lines = match[1], []
        lines.append(line)
    yield title, lines


def _fence_after(fence: str, line: str) -> str:
    mark = _FENCE.match(line)
    if fence:
        closes = mark and mark[1].startswith(fence) and not line.strip(" `~")
        return "" if closes else fence
    return mark[1] if mark else ""


def _without_hidden(lines: list[str]) -> list[str]:
    return [line for kind, line in _with_blocks(lines) if kind not in HIDDEN_FROM_PARTICIPANTS]


def _participant_steps(lines: list[str]) -> list[str]:
    """Of the schedule, the steps that speak to participants, and only what they say to them."""
    kept = [lines[0], ""]
    heading = ""
    block: list[str] = []

    def flush() -> Iterator[str]:
        if block:
            # The first line is the « !!! participant » mark itself.
            yield from (heading, "", *textwrap.dedent("\n".join(block[1:])).split("\n"), "")

    for kind, line in _with_blocks(lines[1:]):
        if not kind and _STEP.match(line):
            kept += flush()
            heading, block = line, []
        elif kind == "participant":
            block.append(line)
    kept += flush()
    return _without_hidden(kept) if len(kept) > 2 else []


def _with_blocks(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Each line with the kind of the outermost hidden or participant block it stands in."""
    kind, indent = "", 0
    for line in lines:
        blank = not line.strip()
        depth = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
        if kind and not blank and depth <= indent:
            kind = ""
        if not kind and (match := BLOCK.match(line)):
            found = match["kind"].lower()
            if found in HIDDEN_FROM_PARTICIPANTS or found == "participant":
                kind, indent = found, depth
        yield kind, line
