"""Room to write or draw (`lignes: 3`, `cadre: 6 cm`): badly asked for, its words are printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ressourcerie import outline
from ressourcerie.diagnostics import Diagnostic, Family, rule
from ressourcerie.model import Resource
from ressourcerie.settings import Settings
from ressourcerie.shapes import MOST_CM, MOST_LINES, ROOM
from ressourcerie.source import Source
from ressourcerie.views import BLOCK

BAD_ROOM = rule(
    "zone-a-ecrire",
    "Une zone où écrire ou dessiner est mal demandée",
    f"Écrivez « lignes: 3 » (de 1 à {MOST_LINES}) ou « cadre: 6 cm » (de 1 à {MOST_CM}).",
    family=Family.STRUCTURE,
)

_MEANT: Final = re.compile(r"\s*(?P<mark>lignes?|cadres?)\s*:\s*(?P<value>.*)$", re.IGNORECASE)
# More words than that after the colon make a sentence.
_MOST_WORDS: Final = 3


def check_text(
    source: Source, _resource: Resource | None, _settings: Settings
) -> Iterator[Diagnostic]:
    """Look at every line that asks for room, or was meant to."""
    # Whatever stands in a block of code says nothing.
    lines = dict(outline.lines(source.body))
    for number, line in lines.items():
        match = _MEANT.match(line)
        if match is None:
            continue
        alone = _ends(lines.get(number - 1, "")) and _ends(lines.get(number + 1, ""))
        asked = ROOM.match(line.strip())
        if asked is None and not (_ends(lines.get(number - 1, "")) and _is_meant(match)):
            continue
        if told := _told(match, asked, alone=alone):
            yield BAD_ROOM.at(source.body_place(number, match.start("mark") + 1), *told)


def _told(match: re.Match[str], asked: re.Match[str] | None, *, alone: bool) -> Sequence[str]:
    """A message, and a hint if the usual one does not fit; nothing for what is well asked."""
    shown = match[0].strip()
    if asked is None:
        drawn = match["mark"].lower().startswith("cadre")
        wanted = "un nombre entier de centimètres" if drawn else "un nombre de lignes"
        return (f"« {shown} » paraîtrait tel quel sur la fiche : il faut {wanted}.",)
    most = MOST_LINES if asked["lines"] else MOST_CM
    number = int(asked["n"] or asked["cm"])
    if not 1 <= number <= most:
        unit = "lignes" if asked["lines"] else "centimètres"
        return (f"« {shown} » : il faut de 1 à {most} {unit}.",)
    if not alone:
        message = f"« {shown} » paraîtrait tel quel sur la fiche : il n’est pas seul."
        return message, "Laissez une ligne vide avant et après."
    return ()


def _is_meant(match: re.Match[str]) -> bool:
    """« lignes: beaucoup » is, « Cadre : une salle calme et claire. » is not."""
    words = match["value"].split()
    numbered = bool(words) and words[0].lstrip("+-")[:1].isdigit()
    return len(words) <= _MOST_WORDS and (numbered or match["mark"].islower())


def _ends(line: str) -> bool:
    """Whether a paragraph stops at this line: it is empty, a title, or opens a block."""
    return not line.strip() or line.startswith("#") or BLOCK.match(line) is not None
