"""Ordinals, hours, units, big numbers and ranges, as French print writes them.

Reference: « Lexique des règles typographiques en usage à l’Imprimerie nationale »; for symbols of
units, the International System of Units (BIPM): a space before them, never a plural.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ressourcerie.checks.faults import SPACE, Fault, Finder, language_rule, report
from ressourcerie.diagnostics import Diagnostic, Rule
from ressourcerie.model import Resource
from ressourcerie.prose import own_prose
from ressourcerie.settings import Settings
from ressourcerie.source import Source

ORDINAL = language_rule(
    "ordinal",
    "Un ordinal est mal abrégé",
    "Écrivez 1er, 1re, 2e, 3e, XXIe : une seule lettre suffit après 2.",
)
HOUR = language_rule(
    "heure",
    "Une heure est mal écrite",
    "Écrivez « 2 h 30 » : un espace de chaque côté de la lettre h.",
)
UNIT = language_rule(
    "unite",
    "Une unité est mal écrite",
    "Laissez un espace entre le nombre et son unité : 5 Go, 15 %, 10 €.",
)
NUMBER = language_rule(
    "nombre",
    "Un nombre n’est pas écrit à la française",
    "Séparez les milliers par un espace, les décimales par une virgule : 200 000 ; 3,5.",
)
RANGE = language_rule(
    "intervalle",
    "Un intervalle est mal écrit",
    "« Entre » va avec « et » : entre 5 et 10 minutes ; « de » va avec « à » : de 5 à 10 minutes.",
)

# A pattern that begins with one character of a set is looked for much faster than another.
_ORDINAL: Final = re.compile(
    r"(?P<rank>[0-9IVXLC](?<![\w.,/-].)(?:(?<=[0-9])[0-9]{0,3}|(?<=[A-Z])[IVXLC]{0,6}))"
    r"(?:i?[èeé]me(?P<many>s?)|(?P<first>[èe]re)(?P<firsts>s?)|è)(?![\w’'])"
)


def _ordinal(text: str, _raw: str) -> Iterator[Fault]:
    for match in _ORDINAL.finditer(text):
        rank = match["rank"]
        if rank in {"L", "C"}:
            # « Lème » is a name.
            continue
        is_first = rank in {"1", "I"}
        if is_first is not bool(match["first"]):
            continue
        right = f"{rank}re{match['firsts']}" if is_first else f"{rank}e{match['many'] or ''}"
        message = f"« {match[0]} » s’abrège « {right} »."
        yield Fault(match.start(), match.end(), message, right)


_HOUR: Final = re.compile(
    rf"(?P<hours>[0-9][0-9]{{0,2}})(?P<gap>{SPACE}?)(?P<sign>[hH])"
    rf"(?:(?P<after>{SPACE}?)(?P<minutes>[0-5]\d)(?P<unit>{SPACE}?min)?)?(?!\w)"
)
_CLOCK: Final = re.compile(r"(?P<hours>[0-9][0-9]?):(?P<minutes>[0-5]\d)(?![\w:])")
# Words after which a time is meant; « de » only when another time follows.
_AT: Final = re.compile(rf"(?<!\w)(?:[àÀ]|vers|dès|avant|après|jusqu[’']à){SPACE}\Z", re.IGNORECASE)
_FROM: Final = re.compile(rf"(?<!\w)(?:de|entre){SPACE}\Z", re.IGNORECASE)
_TO: Final = re.compile(rf"\d{{1,2}}(?::| ?h ?)\d{{2}}{SPACE}(?:à|et){SPACE}\Z")
_THEN: Final = re.compile(rf"{SPACE}(?:à|et){SPACE}\d{{1,2}}:\d{{2}}(?![\w:])")
# In such a sentence « 12:30 » may be minutes and seconds, a shape, a verse.
_NO_CLOCK: Final = re.compile(
    r"vidéo|film|piste|podcast|enregistrement|extrait|minutage|écran|image|format|ratio|rapport|"
    r"proportion|résolution|verset|chapitre|échelle|score",
    re.IGNORECASE,
)


def _is_part(text: str, start: int, signs: str) -> bool:
    """Whether what begins there is only the end of something longer."""
    return start > 0 and (text[start - 1].isalnum() or text[start - 1] in f"{signs}_")


def _hours(text: str, _raw: str) -> Iterator[Fault]:
    for match in _HOUR.finditer(text):
        if _is_part(text, match.start(), "./,:"):
            continue
        minutes = match["minutes"] or ""
        tight = not match["gap"] or (minutes and not match["after"])
        if not tight and match["sign"] == "h":
            continue
        near = text[max(0, match.start() - 12) : match.start()]
        if match["sign"] == "H" and not minutes and not _AT.search(near):
            # « Un crayon 2H ».
            continue
        right = f"{match['hours']} h" + (f" {minutes}" if minutes else "")
        right += " min" if match["unit"] else ""
        yield Fault(match.start(), match.end(), f"« {match[0]} » s’écrit « {right} ».", right)
    for match in _CLOCK.finditer(text):
        start, end = match.span()
        if int(match["hours"]) > 24 or _is_part(text, start, "./,:-"):
            continue
        near = text[max(0, start - 12) : start]
        if not (
            _AT.search(near) or _TO.search(near) or (_FROM.search(near) and _THEN.match(text, end))
        ):
            continue
        begin = max(text.rfind("\n", 0, start) + 1, start - 200)
        line = text[begin : end + 100].partition("\n")[0]
        if _NO_CLOCK.search(line):
            continue
        right = f"{match['hours']} h" + ("" if match["minutes"] == "00" else f" {match['minutes']}")
        yield Fault(start, end, f"« {match[0]} » s’écrit « {right} ».", right)


# Symbols as they are written, and those that are not: « 5 kms », « 10 mn ».
_WRONG_UNITS: Final = {
    "mn": "min",
    "mins": "min",
    "kms": "km",
    "Km": "km",
    "Kms": "km",
    "KM": "km",
    "kgs": "kg",
    "Kg": "kg",
    "Kgs": "kg",
    "KG": "kg",
    "cms": "cm",
}
_UNIT: Final = re.compile(
    rf"[0-9](?P<gap>{SPACE}?)(?P<unit>[%‰]|[kM]?€|°C|[kKMGT]o(?:/s)?|[kMG]bit(?:/s)?|[kMG]?Hz|"
    r"k?Wh|kW|mAh|[cmk]m|cms|[kK][mM]s?|[kK][gG]s?|ml|cl|px|pt|mins?|mn)(?!\w)"
)


def _units(text: str, _raw: str) -> Iterator[Fault]:
    for match in _UNIT.finditer(text):
        unit = match["unit"]
        right = _WRONG_UNITS.get(unit, unit)
        if match["gap"] and right == unit:
            continue
        start = match.start()
        number = re.search(r"[\w.,/-]*\Z", text[max(0, start - 11) : start + 1])
        digits = number[0] if number else ""
        if not re.fullmatch(r"[\d.,/-]+", digits) or digits[:1] in "./":
            # « MP3 », « A4 », « USB2 »: no number.
            continue
        message = f"« {text[start - len(digits) + 1 : match.end()]} » s’écrit « {digits} {right} »."
        yield Fault(start + 1, match.end(), message, f"{match['gap'] or ' '}{right}")


_THOUSANDS: Final = re.compile(
    r"(?P<whole>[0-9](?<![\w.,/:-].)[0-9]{0,2}(?:(?:\.\d{3}){2,3}|(?:,\d{3}){2,3}|\.000))"
    r"(?![\w/]|[.,]\d)"
)
_COUNTED: Final = re.compile(
    rf"{SPACE}?€|{SPACE}(?:habitant|personne|euro|foyer|emploi|exemplaire|visiteu|utilisat|"
    r"abonné|élève|lect|participant|usag|kilomètre|signe|mot|page|ans(?!\w))"
)
_DECIMAL: Final = re.compile(
    rf"[0-9](?<![\w.,/:-].)[0-9]{{0,5}}(?P<point>\.)\d{{1,2}}(?={SPACE}?(?:%|€|[kKMGT]o|km|cm|mm|kg|GHz|MHz|"
    r"millions?|milliards?)(?![\w]))"
)


def _numbers(text: str, _raw: str) -> Iterator[Fault]:
    for match in _THOUSANDS.finditer(text):
        wrong = match["whole"]
        groups = re.split(r"[.,]", wrong)
        # « 123.456.789 » may be the number of a company, « 1.000 » that of a version.
        is_round = len(groups) > 2 and groups[-1] == "000"
        if wrong[0] == "0" or not (is_round or _COUNTED.match(text, match.end())):
            continue
        right = " ".join(groups)
        yield Fault(match.start(), match.end(), f"« {wrong} » s’écrit « {right} ».", right)
    for match in _DECIMAL.finditer(text):
        right = match[0].replace(".", ",")
        message = f"« {match[0]} » s’écrit « {right} » : la virgule sépare les décimales."
        yield Fault(match.start("point"), match.end("point"), message, ",")


_BETWEEN: Final = re.compile(
    rf"[Ee](?<!\w.)ntre{SPACE}\d{{1,4}}(?:{SPACE}(?:h|%|€|ans|min))?"
    rf"(?P<link>{SPACE}?[-–]{SPACE}?|{SPACE}à{SPACE})(?=\d)(?P<rest>[^.!?\n]{{0,60}})"
)


def _ranges(text: str, _raw: str) -> Iterator[Fault]:
    for match in _BETWEEN.finditer(text):
        if re.search(r"(?<!\w)et(?!\w)", match["rest"]):
            # « entre 5 à 6 tables et le mur ».
            continue
        message = "« Entre » va avec « et », pas avec « à » ni avec un tiret."
        yield Fault(match.start("link"), match.end("link"), message, " et ")


FINDERS: Final[tuple[tuple[Rule, Finder], ...]] = (
    (ORDINAL, _ordinal),
    (HOUR, _hours),
    (UNIT, _units),
    (NUMBER, _numbers),
    (RANGE, _ranges),
)


def check_text(
    source: Source, _resource: Resource | None, _settings: Settings
) -> Iterator[Diagnostic]:
    """Look at the numbers of one text."""
    yield from report(source, own_prose(source), FINDERS)
