"""The blocks of a body (`!!! animateur`, `??? corrige`…): badly opened, one is read by all."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from typing import Final

from ressourcerie import outline
from ressourcerie.diagnostics import Diagnostic, Family, rule
from ressourcerie.model import Resource
from ressourcerie.settings import Settings
from ressourcerie.source import Source
from ressourcerie.views import BLOCK, BLOCKS, CLUMSY_MARK

UNKNOWN_BLOCK = rule(
    "bloc-inconnu",
    "Un bloc n’existe pas",
    "Corrigez son nom : un bloc mal nommé pourrait être montré aux participants.",
    family=Family.STRUCTURE,
)
EMPTY_BLOCK = rule(
    "bloc-vide",
    "Un bloc n’a pas de contenu",
    "Décalez de quatre espaces tout ce qui est dans le bloc : sans cela, tout le monde le lit.",
    family=Family.STRUCTURE,
)
BADLY_WRITTEN_BLOCK = rule(
    "bloc-mal-ecrit",
    "La première ligne d’un bloc est mal écrite",
    "Écrivez trois signes, un espace, le nom du bloc, puis le titre entre guillemets droits : "
    '!!! animateur "Posture".',
    family=Family.STRUCTURE,
)

_MARKS: Final = frozenset({"!!! ", "??? ", "???+ "})
# Six letters are enough to know which block was meant.
_CLUMSY: Final = re.compile(
    rf"[ \t]*(?:(?:[-*+>]|\d+[.)])[ \t]+)*(?P<mark>{CLUMSY_MARK})"
    rf"(?:{'|'.join(name[:6] for name in BLOCKS)})",
    re.IGNORECASE,
)
_END: Final = re.compile(r"(?: +\"[^\"]*\")? *")


def check_text(
    source: Source, _resource: Resource | None, _settings: Settings
) -> Iterator[Diagnostic]:
    """Look at every line that opens a block, or was meant to."""
    contents = _following(source.body.split("\n"))
    for number, line in outline.lines(source.body):
        if "!" not in line and "?" not in line:
            continue
        clumsy = _CLUMSY.match(line)
        if clumsy and clumsy["mark"] not in _MARKS:
            place = source.body_place(number, clumsy.start("mark") + 1)
            message = f"« {line.strip()[:40]} » n’ouvre pas de bloc."
            yield BADLY_WRITTEN_BLOCK.at(place, message)
        elif match := BLOCK.match(line):
            yield from _opening(source, number, line, match, contents[number])


def _opening(
    source: Source, number: int, line: str, match: re.Match[str], content: str
) -> Iterator[Diagnostic]:
    before, kind, rest = match["before"], match["kind"], line[match.end() :]
    place = source.body_place(number, len(before) + 1)
    if not _is_inside(content, len(before)):
        yield EMPTY_BLOCK.at(place, f"Le bloc « {kind} » est vide.")
    if kind not in BLOCKS:
        near = difflib.get_close_matches(kind.lower(), BLOCKS, n=1)
        known = f"Vouliez-vous dire « {near[0]} » ? " if near else ""
        hint = f"{known}Blocs : {', '.join(BLOCKS)}."
        yield UNKNOWN_BLOCK.at(place, f"Le bloc « {kind} » n’existe pas.", hint)
    elif not _END.fullmatch(rest):
        end = source.body_place(number, match.end() + 1)
        yield BADLY_WRITTEN_BLOCK.at(end, f"La fin de la ligne ne se lit pas : « {rest.strip()} ».")
    if not before.strip() and len(before.expandtabs(4)) % 4:
        message = "Un bloc est décalé d’un nombre d’espaces qui n’est pas multiple de quatre."
        yield BADLY_WRITTEN_BLOCK.at(place, message, "Décalez-le de 0, 4 ou 8 espaces.")


def _following(lines: list[str]) -> list[str]:
    """For each line, the next one that has words; empty after the last."""
    found = []
    following = ""
    for line in reversed(lines):
        found.append(following)
        following = line if line.strip() else following
    return found[::-1]


def _is_inside(line: str, indent: int) -> bool:
    """Whether the first line with words under a block's mark is shifted, as its content must be."""
    words = re.sub(r"^(?:[ \t]*>)+", lambda m: " " * len(m[0]), line).expandtabs(4)
    return bool(words) and len(words) - len(words.lstrip()) >= indent + 4
