"""Spaces and dots, as French print sets them.

Reference: « Lexique des règles typographiques en usage à l’Imprimerie nationale ». A source is
written with ordinary spaces: rendering makes them no-break (`french.typeset`). What is reported
is a space that is missing or in excess, or a sign that is not the right one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ressourcerie.checks.faults import (
    LETTER,
    SPACE,
    Fault,
    Finder,
    is_english,
    language_rule,
    report,
    word_before,
)
from ressourcerie.diagnostics import Diagnostic, Rule
from ressourcerie.model import Resource
from ressourcerie.prose import CELL, HEADING, MARK, OPAQUE, own_prose
from ressourcerie.settings import Settings
from ressourcerie.source import Source

MISSING_BEFORE = language_rule(
    "espace-avant-signe",
    "Il manque un espace avant « ; », « : », « ! » ou « ? »",
    "Tapez un espace ordinaire avant le signe : il deviendra insécable tout seul.",
)
MISSING_AFTER = language_rule(
    "espace-apres-virgule",
    "Il manque un espace après une virgule ou un point-virgule",
    "Tapez un espace après le signe.",
)
DOUBLE_SPACE = language_rule(
    "espace-double",
    "Deux espaces se suivent",
    "N’en gardez qu’un.",
)
EXTRA_SPACE = language_rule(
    "espace-en-trop",
    "Un espace est de trop",
    "Enlevez-le : une virgule, un point ou une parenthèse touche le mot voisin.",
)
THREE_DOTS = language_rule(
    "points-de-suspension",
    "Trois points remplacent des points de suspension",
    "Écrivez « … », qui est un seul signe.",
)

# What stands for no letter, in the look-behind of a pattern.
_END: Final = rf"(?=[\s{MARK}{CELL}»”)\],.…]|\Z)"
_DOUBLE_SIGN: Final = re.compile(
    rf"[;:!?](?:(?<=[!?])[!?]*+{_END}|(?<=[;:])(?![;:])(?=[\s{MARK}{CELL}]|\Z))"
)
# Names that end with a sign, and what a machine writes.
_AS_THEY_ARE: Final = frozenset(
    {"Yahoo", "Kahoot", "Jeopardy", "Re", "RE", "Fwd", "FW", "Tr", "TR", "http", "https"}
)


def _missing_before(text: str, _raw: str) -> Iterator[Fault]:
    for match in _DOUBLE_SIGN.finditer(text):
        start, sign = match.start(), match[0]
        before = start - 1
        while before >= 0 and text[before] == MARK:
            before -= 1
        if before < 0 or not (text[before].isalnum() or text[before] in "»”)%°€…"):
            continue
        word = word_before(text, before + 1)
        if (len(word) == 1 and word.isupper()) or word in _AS_THEY_ARE or "_" in word:
            # « C: » is a drive, « Yahoo! » a name.
            continue
        if is_english(text, start, match.end()):
            continue
        message = f"Il manque un espace avant « {sign} », après « {word or text[before]} »."
        yield Fault(start, match.end(), message, f" {sign}")


_STUCK: Final = re.compile(rf"[,;](?<={LETTER}{LETTER}.)(?={LETTER}{LETTER})")


def _missing_after(text: str, _raw: str) -> Iterator[Fault]:
    for match in _STUCK.finditer(text):
        start, sign = match.start(), match[0]
        if not is_english(text, start, match.end()):
            message = f"Il manque un espace après « {word_before(text, start)}{sign} »."
            yield Fault(start, match.end(), message, f"{sign} " if sign == "," else f" {sign} ")


_SPACES: Final = re.compile(rf"{SPACE}{SPACE}+")


def _double(text: str, raw: str) -> Iterator[Fault]:
    if not any(pair in text for pair in ("  ", " \u00a0", "\u00a0 ", " \u202f", "\u202f ")):
        return
    for match in _SPACES.finditer(text):
        start, end = match.span()
        # A space that is not between two words of a line aligns, breaks or hides something.
        if not (_is_word(text, raw, start - 1) and _is_word(text, raw, end)):
            continue
        if text[end] in ",.)" or text[start - 1] == "(":
            continue
        hard = {space for space in match[0] if space != " "}
        if len(hard) > 1 or (hard and " " not in match[0]):
            continue
        message = f"Deux espaces se suivent après « {word_before(text, start) or raw[start - 1]} »."
        yield Fault(start, end, message, hard.pop() if hard else " ")


def _is_word(text: str, raw: str, offset: int) -> bool:
    """Whether a character is of the words of a line, or a mark of emphasis on them."""
    if not 0 <= offset < len(text) or text[offset] in f"\n{OPAQUE}{CELL}{HEADING}":
        return False
    return text[offset] != MARK or raw[offset] in "*_"


# A point between two spaces, more than once on a line, parts words: « Lire . Écrire . Compter ».
_SPACED_POINT: Final = " . "
_EXTRA: Final = re.compile(
    rf"{SPACE}++(?P<sign>[,.])(?=[\s{MARK}{CELL}»”)]|\Z)"
    rf"|\((?P<after>{SPACE}++)(?=\w\w)"
    rf"|(?P<before>{SPACE}++)\)"
)


def _extra(text: str, _raw: str) -> Iterator[Fault]:
    if not any(pair in text for pair in (" ,", " .", "( ", " )", "\u00a0,", "\u202f,")):
        return
    for match in _EXTRA.finditer(text):
        start = match.start()
        if match["after"]:
            yield Fault(start, match.end(), "Un espace suit « ( ».", "(")
        elif match["sign"]:
            sign = match["sign"]
            follows = start and (text[start - 1].isalpha() or text[start - 1] in "»”)")
            if follows and (sign == "," or not _is_separator(text, start)):
                yield Fault(start, match.end(), f"Un espace précède « {sign} ».", sign)
        elif re.search(r"(?:\w[^\W\d_]|[»%…?!])\Z", text[max(0, start - 2) : start]):
            yield Fault(start, match.end(), "Un espace précède « ) ».", ")")


def _is_separator(text: str, start: int) -> bool:
    """Whether a point between two spaces has its like on the same line."""
    before = text[max(text.rfind("\n", 0, start) + 1, start - 100) : start]
    after = text[start + 2 : start + 100].partition("\n")[0]
    return _SPACED_POINT in before or _SPACED_POINT in after


_DOTS: Final = re.compile(r"\.\.\.(?<![./\\].{3})(?![./\\])")


def _dots(text: str, _raw: str) -> Iterator[Fault]:
    if "..." not in text:
        return
    for match in _DOTS.finditer(text):
        start, end = match.span()
        before, after = text[start - 1 : start], text[end : end + 1]
        if (before.isdigit() and after.isdigit()) or word_before(text, start).lower() == "etc":
            continue
        yield Fault(start, end, "Trois points remplacent le signe « … ».", "…")


FINDERS: Final[tuple[tuple[Rule, Finder], ...]] = (
    (MISSING_BEFORE, _missing_before),
    (MISSING_AFTER, _missing_after),
    (DOUBLE_SPACE, _double),
    (EXTRA_SPACE, _extra),
    (THREE_DOTS, _dots),
)


def check_text(
    source: Source, _resource: Resource | None, _settings: Settings
) -> Iterator[Diagnostic]:
    """Look at the signs of one text."""
    yield from report(source, own_prose(source), FINDERS)
