"""What the tool knows of French: alphabetical order, typography, numbers. Pure functions.

Typography follows the « Lexique des règles typographiques en usage à l’Imprimerie nationale »:
a narrow no-break space before ; ! ?, a no-break space before : and inside « », curly apostrophes.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

NBSP: Final = "\u00a0"
NNBSP: Final = "\u202f"

_LIGATURES: Final = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "OE", "Æ": "AE"})


def fold(text: str) -> str:
    """Lower case, without accents or ligatures: « Œuvres » → « oeuvres »."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).lower()


def sort_key(text: str) -> str:
    """Dictionary order: accents, case, spaces and punctuation do not count."""
    return re.sub(r"[^a-z0-9]+", "", fold(text))


def is_acronym(word: str) -> bool:
    """Whether a word is written all in capitals."""
    return len(word) >= 2 and word.isupper() and word.isalpha()


_UNITS: Final = r"(?:h|min|s|%|€|Ko|Mo|Go|ko|cm|mm|m|km|pt|px|kg|g|W|kWh)"
_SPACE: Final = "[ \u00a0\u202f]"
# Each with the sign without which it has nothing to do: most pieces of text have none.
_RULES: Final = tuple(
    (re.compile(sign), re.compile(pattern), replacement)
    for sign, pattern, replacement in (
        ("'", r"(?<=\w)'(?=\w)", "’"),
        (r"\.", r"\.\.\.", "…"),
        ("[;!?]", rf"{_SPACE}+([;!?])", rf"{NNBSP}\1"),
        ("[;!?]", rf"(?<=[\wÀ-ÿ»)])([;!?])(?={_SPACE}|$)", rf"{NNBSP}\1"),
        (":", rf"{_SPACE}+:(?={_SPACE}|\n|$)", f"{NBSP}:"),
        ("«", rf"«{_SPACE}*(?=\S)", f"«{NBSP}"),
        ("»", rf"(?<=\S){_SPACE}*»", f"{NBSP}»"),
        (r"\d", rf"(?<=\d){_SPACE}(?=\d{{3}}(?!\d))", NNBSP),
        (r"\d", rf"(?<=\d){_SPACE}({_UNITS})(?![\wÀ-ÿ])", rf"{NBSP}\1"),
        (r"\d", rf"(?<=\dh){_SPACE}(?=\d)|(?<=\d\u00a0h){_SPACE}(?=\d)", NBSP),
        (
            "[.°]|Mme",
            rf"\b(n°|p\.|M\.|Mme|art\.|chap\.|vol\.){_SPACE}(?=[\dA-ZÀÉÈ])",
            rf"\1{NBSP}",
        ),
        (
            r"\d",
            rf"\b(\d+){_SPACE}(?=(?:ans?|mois|jours?|semaines?|personnes?|fois)\b)",
            rf"\1{NBSP}",
        ),
    )
)


def typeset(text: str) -> str:
    """Put the right spaces, apostrophes and dots in a text. Applying it twice changes nothing.

    An opening « at the end of a text, or a closing » at its beginning, is left to the neighbour.
    """
    if text.isspace():
        return text
    for sign, pattern, replacement in _RULES:
        if sign.search(text):
            text = pattern.sub(replacement, text)
    return text


def duration(minutes: int) -> str:
    """150 → « 2 h 30 », 45 → « 45 min », 120 → « 2 h »."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest}{NBSP}min"
    return f"{hours}{NBSP}h{NBSP}{rest:02}" if rest else f"{hours}{NBSP}h"


def clock(minutes: int) -> str:
    """Time since the beginning of a session: 15 → « 0 h 15 »."""
    return f"{minutes // 60}{NBSP}h{NBSP}{minutes % 60:02}"


def plural(number: int, noun: str, nouns: str = "") -> str:
    """« 1 page », « 3 pages »; zero is singular in French."""
    return f"{number}{NBSP}{(nouns or noun + 's') if number > 1 else noun}"


def weight(size: int) -> str:
    """Bytes → « 48 Ko », « 1,2 Mo »."""
    if size < 999_500:
        return f"{max(1, round(size / 1000))}{NBSP}Ko"
    return f"{size / 1_000_000:.1f}{NBSP}Mo".replace(".", ",")


_MONTHS: Final = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]


def day(value: object) -> str:
    """A date in full: « 1er janvier 2026 »."""
    year, month, number = (int(part) for part in str(value).split("-"))
    return f"{'1er' if number == 1 else number}{NBSP}{_MONTHS[month - 1]}{NBSP}{year}"
