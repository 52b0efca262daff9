"""« 1 par personne » → how many in all, once one knows how many people come.

Only what a sentence says beyond doubt is counted: « 2 ou 3 par personne » or « un stylo et une
feuille par personne » stay as their author wrote them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from ressourcerie.french import typeset

_EACH: Final = re.compile(
    r"\b(?P<count>\d{1,3}|une?)\b(?P<thing>[^,;.:()\d]*?)\s+"
    r"(?:par\s+personne|pour\s+(?P<people>\d{1,3})\s+personnes)\b",
    re.IGNORECASE,
)
# More than one thing, or more than one number: nothing to multiply.
_JOINED: Final = re.compile(r"\s(?:et|ou|à)\s", re.IGNORECASE)
_RANGE: Final = re.compile(
    r"\b(?:\d+|une?|deux|trois|quatre)\s*(?:à|et|ou|[-–])\s*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence, and what to count after it: `count` for every `people` people.

    Nothing is counted where `count` is 0.
    """

    text: str
    count: int = 0
    people: int = 1

    def total(self, participants: int) -> int:
        """How many in all: a share begun is a whole one."""
        return self.count * -(-participants // self.people)


def pieces(text: str) -> tuple[Piece, ...]:
    """A sentence with French typography, cut after each thing that can be counted."""
    text = typeset(text)
    found: list[Piece] = []
    done = 0
    for match in _EACH.finditer(text):
        if _JOINED.search(match["thing"]) or _RANGE.search(text[: match.start()]):
            continue
        count = int(match["count"]) if match["count"].isdigit() else 1
        people = int(match["people"] or 1)
        if count and people:
            found.append(Piece(text[done : match.end()], count, people))
            done = match.end()
    if done < len(text):
        found.append(Piece(text[done:]))
    return tuple(found)
