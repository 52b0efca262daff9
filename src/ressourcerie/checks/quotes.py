"""Quotation marks and apostrophes, as French print sets them.

Reference: « Lexique des règles typographiques en usage à l’Imprimerie nationale »: « … » with a
space inside, “ … ” for a quotation in a quotation, ’ for an apostrophe.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from ressourcerie.checks.faults import (
    LETTER,
    Fault,
    Finder,
    is_english,
    language_rule,
    report,
    shown,
    word_before,
)
from ressourcerie.diagnostics import Diagnostic, Rule
from ressourcerie.model import Resource
from ressourcerie.prose import CELL, MARK, OPAQUE, own_prose
from ressourcerie.settings import Settings
from ressourcerie.source import Source

FOREIGN_QUOTES = language_rule(
    "guillemets-anglais",
    "Des guillemets ne sont pas français",
    "Écrivez « … », avec un espace à l’intérieur de chaque guillemet ; "
    "pour une citation dans une citation, “ … ”.",
)
TIGHT_QUOTES = language_rule(
    "guillemets-colles",
    "Il manque un espace à l’intérieur des guillemets",
    "Écrivez « mot », avec un espace de chaque côté du mot.",
)
STRAIGHT_APOSTROPHE = language_rule(
    "apostrophe-droite",
    "Une apostrophe n’est pas courbe",
    "Écrivez « ’ ».",
)

_STRAIGHT: Final = re.compile(
    rf"(?<![\w=\"{OPAQUE}])\"(?=[^\s\"])"
    rf"(?:[^\"\n]|\n(?![ \t]*[\n{MARK}{CELL}])){{1,300}}?(?<=\S)\"(?![\w\"])"
)
# A line that was meant to open a block: its straight marks are part of what is to be mended.
_CLUMSY_BLOCK: Final = re.compile(r"[ \t>]*[!?]{2}")
_CURLY: Final = re.compile(r"“([^“”\n]+)”")
_ANGLES: Final = re.compile(r"<<([^<>\n]+)>>")


def _foreign_quotes(text: str, raw: str) -> Iterator[Fault]:
    for gate, pattern, width in (('"', _STRAIGHT, 1), ("“", _CURLY, 1), ("<<", _ANGLES, 2)):
        if gate not in text:
            continue
        spans = _quotations(text)
        starts = [start for start, _ in spans]
        for match in pattern.finditer(text):
            inner = text[match.start() + width : match.end() - width]
            index = bisect_right(starts, match.start()) - 1
            nested = index >= 0 and spans[index][1] > match.start()
            if (nested and gate == "“") or not re.search(LETTER, inner) or re.search("[«»]", inner):
                continue
            if is_english(inner, 0, 0) or _CLUMSY_BLOCK.match(raw, _line_start(raw, match.start())):
                continue
            kept = raw[match.start() + width : match.end() - width].strip(" \u00a0\u202f")
            right = f"“{kept}”" if nested else f"« {kept} »"
            message = f"Ces guillemets ne sont pas français : {shown(raw, *match.span())}."
            yield Fault(match.start(), match.end(), message, right)


def _line_start(text: str, offset: int) -> int:
    return text.rfind("\n", 0, offset) + 1


_GUILLEMETS: Final = re.compile(r"[«»]|\n[ \t]*+(?=\n)|\x02")


def _quotations(text: str) -> list[tuple[int, int]]:
    """Where the outermost « … » of a text begin and end."""
    spans, depth, start = [], 0, 0
    for match in _GUILLEMETS.finditer(text):
        if match[0] == "«":
            start = start if depth else match.start()
            depth += 1
        elif match[0] == "»":
            depth -= 1
            if depth == 0:
                spans.append((start, match.end()))
            depth = max(depth, 0)
        else:
            depth = 0
    return spans


_TIGHT: Final = re.compile(r"[«»](?:(?<=«)(?!\s)|(?<=\S»))")


def _tight_quotes(text: str, _raw: str) -> Iterator[Fault]:
    if "«" not in text or not _TIGHT.search(text):
        return
    for start, end in _quotations(text):
        if end - start < 3:
            continue
        if not text[start + 1].isspace():
            yield Fault(start, start + 1, "Il manque un espace après le guillemet qui ouvre.", "« ")
        if not text[end - 2].isspace():
            yield Fault(end - 1, end, "Il manque un espace avant le guillemet qui ferme.", " »")


_APOSTROPHE: Final = re.compile(rf"['‘´ʼ`]'?(?=[\w«“\"{MARK}{OPAQUE}])")
_ELISION: Final = re.compile(
    r"(?<![\w’'])(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|presqu|quelqu)\Z", re.IGNORECASE
)


def _apostrophe(text: str, _raw: str) -> Iterator[Fault]:
    for match in _APOSTROPHE.finditer(text):
        start, end = match.span()
        if not start or not text[start - 1].isalpha():
            continue
        following = text[end]
        if following.isalpha() or (
            match[0][0] == "'" and _ELISION.search(text, max(0, start - 9), start)
        ):
            word = word_before(text, start)
            after = re.match(r"\w{0,20}", text[end : end + 20])
            yield Fault(
                start,
                end,
                f"L’apostrophe de « {word}’{after[0] if after else ''} » n’est pas courbe.",
                "’",
            )


FINDERS: Final[tuple[tuple[Rule, Finder], ...]] = (
    (FOREIGN_QUOTES, _foreign_quotes),
    (TIGHT_QUOTES, _tight_quotes),
    (STRAIGHT_APOSTROPHE, _apostrophe),
)


def check_text(
    source: Source, _resource: Resource | None, _settings: Settings
) -> Iterator[Diagnostic]:
    """Look at the quotation marks and apostrophes of one text."""
    yield from report(source, own_prose(source), FINDERS)
