"""Words that have one right spelling: ligatures, accents on capitals, months and days.

Reference: « Lexique des règles typographiques en usage à l’Imprimerie nationale »: œ and accents
belong to spelling, capitals included; months and days have no capital in a sentence.
What words are sure is in `data/typographie.yml`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Final

from ressourcerie.checks.faults import (
    LETTER,
    SPACE,
    Fault,
    Finder,
    begins_sentence,
    language_rule,
    report,
)
from ressourcerie.data import typography
from ressourcerie.diagnostics import Diagnostic, Rule
from ressourcerie.model import Resource
from ressourcerie.prose import CELL, own_prose
from ressourcerie.settings import Settings
from ressourcerie.source import Source

LIGATURE = language_rule(
    "ligature",
    "Deux lettres devraient être liées",
    "Écrivez œ ou æ : œuvre, cœur, ex æquo.",
)
BARE_CAPITAL = language_rule(
    "capitale-sans-accent",
    "Une majuscule a perdu son accent",
    "Écrivez l’accent : État, École, À bientôt.",
)
LOOSE_ACCENT = language_rule(
    "accent-decompose",
    "Un accent est séparé de sa lettre, ou écrit deux fois",
    "Effacez la lettre et retapez-la : les recherches ne la trouvent pas.",
)
NEEDLESS_CAPITAL = language_rule(
    "majuscule-de-trop",
    "Un mois ou un jour porte une majuscule",
    "Écrivez-le en minuscules : lundi 3 mars.",
)
_CANDIDATE: Final = re.compile(r"[oOaA][eE]")
_LONGEST: Final = 20


def _ligatures(text: str, _raw: str) -> Iterator[Fault]:
    known = _known_ligatures()
    for match in _CANDIDATE.finditer(text):
        start, end = match.span()
        before = re.search(rf"{LETTER}*\Z", text[max(0, start - _LONGEST) : start])
        after = re.match(rf"{LETTER}*", text[end : end + _LONGEST])
        left, right = before[0] if before else "", after[0] if after else ""
        word = f"{left}{match[0]}{right}"
        if word.lower() in known or _is_latin(text, start - len(left), word.lower()):
            single = {"o": "œ", "O": "Œ", "a": "æ", "A": "Æ"}[match[0][0]]
            yield Fault(start, end, f"« {word} » s’écrit « {left}{single}{right} ».", single)


def _is_latin(text: str, start: int, word: str) -> bool:
    before = text[max(0, start - 12) : start].lower()
    return (word == "aequo" and before.endswith("ex ")) or (
        word == "vitae" and before.endswith("curriculum ")
    )


@cache
def _known_ligatures() -> frozenset[str]:
    return frozenset(" ".join(typography()["ligatures"]).split())


# A capital that opens a word, and the letters that follow it.
_CAPITAL: Final = re.compile(
    r"(?:[EIOAC](?<![\w./@'’\\-].)[a-zà-ÿ]*|[EI](?<=[’'].)[a-zà-ÿ]+)(?![\w@])"
)
_INFINITIVE: Final = re.compile(
    rf"{SPACE}(?!(?:pouvoir|devoir|souvenir|plaisir|loisir|désir|hier|cher|mer|fer|ver)\b)"
    r"(?:se |s’|s'|ne pas )?[a-zà-ÿ]{2,}(?:er|ir|oir|dre|tre|ire|uire|vre|pre|aire)(?![\w’'-])"
)


def _capitals(text: str, _raw: str) -> Iterator[Fault]:
    for match in _CAPITAL.finditer(text):
        word, (start, end) = match[0], match.span()
        right = _accented(text, word, start, end)
        if right and right != word:
            yield Fault(start, end, f"« {word} » s’écrit « {right} ».", right)


def _accented(text: str, word: str, start: int, end: int) -> str | None:
    """The word with its accent, when it cannot be another word."""
    words = typography()
    if word == "A":
        begins = begins_sentence(text, start)
        return "À" if begins and _is_preposition(text, end) else None
    if sure := words["capitales"].get(word):
        return str(sure)
    if word not in words["capitales_suivies"]:
        return None
    right, following = _followed(word)
    begins = begins_sentence(text, start)
    alone = begins and word != "Ca" and re.compile(rf"{SPACE}*(?:[:\n{CELL}]|\Z)").match(text, end)
    return right if alone or following.match(text, end) else None


@cache
def _followed(word: str) -> tuple[str, re.Pattern[str]]:
    """The word with its accent, and what must follow it: in English it has none."""
    right, *following = typography()["capitales_suivies"][word]
    words = "|".join(f[:-1] + "[’']" if f[-1] == "’" else rf"{f}(?!\w)" for f in following)
    return right, re.compile(f"{SPACE}(?:{words})")


@cache
def _after_a() -> re.Pattern[str]:
    words = typography()
    alone, la, elided = (
        "|".join(" ".join(words[key]).split()) for key in ("apres_a", "apres_a_la", "apres_a_l")
    )
    return re.compile(
        rf"{SPACE}(?:(?:{alone})|la{SPACE}(?:{la})|l[’'](?:{elided})"
        rf"|ce{SPACE}(?:jour|stade|moment|propos|titre|sujet|prix|niveau)"
        rf"|cet{SPACE}(?:effet|égard|endroit|instant|âge)"
        rf"|cette{SPACE}(?:occasion|étape|fin|heure|époque|date|adresse))(?![\w])"
    )


def _is_preposition(text: str, end: int) -> bool:
    """Whether « A », which opens a sentence, is the preposition and neither a verb nor a letter."""
    return bool(_after_a().match(text, end) or _INFINITIVE.match(text, end))


_COMBINING: Final = re.compile("[\u0300-\u036f]+")


def _loose_accents(text: str, _raw: str) -> Iterator[Fault]:
    for match in _COMBINING.finditer(text):
        start, end = match.span()
        # A longer run is no letter of any language; sorting it could take long.
        if not start or not text[start - 1].isalpha() or end - start > 4:
            continue
        typed = text[start - 1 : end]
        marks = unicodedata.normalize("NFD", typed)
        single = "".join(c for c, before in zip(marks, "\0" + marks, strict=False) if c != before)
        right = unicodedata.normalize("NFC", single)
        if len(right) == 1:
            message = f"L’accent de « {right} » est séparé de sa lettre, ou écrit deux fois."
            yield Fault(start - 1, end, message, right)


@cache
def _calendar() -> re.Pattern[str]:
    words = typography()
    return re.compile(
        "(?:{})(?!\\w)".format("|".join(w.capitalize() for w in (*words["mois"], *words["jours"])))
    )


_DAY_NUMBER: Final = re.compile(rf"(?<![\w.,])(?:\d{{1,2}}|1er){SPACE}\Z")
_BEFORE_MONTH: Final = re.compile(rf"(?<![\w’'-])(?:en|fin|début|courant|mi-?){SPACE}?\Z", re.I)
_BEFORE_DAY: Final = re.compile(
    rf"(?<![\w’'-])(?:[Ll]e|[Cc]e|[Cc]haque|[Tt]ous{SPACE}les){SPACE}\Z"
)
_FEAST: Final = re.compile(rf"{SPACE}(?:gras|saint|noir|de{SPACE}Pâques|[A-ZÀ-Þ])")
_YEAR: Final = re.compile(rf"{SPACE}(?:1[5-9]|20)\d\d(?!\w)")


def _calendar_capitals(text: str, _raw: str) -> Iterator[Fault]:
    words = typography()
    for match in _calendar().finditer(text):
        (start, end), word = match.span(), match[0]
        before = text[max(0, start - 12) : start]
        if word.lower() in words["jours"]:
            sure = bool(_BEFORE_DAY.search(before)) and not _FEAST.match(text, end)
        elif number := _DAY_NUMBER.search(before):
            feast = f"{number[0][:-1]} {word}" in words["fetes"]
            sure = not feast or _YEAR.match(text, end) is not None
        else:
            # « En Mars » may be the planet.
            sure = word != "Mars" and _BEFORE_MONTH.search(before) is not None
        if sure:
            message = f"« {word} » s’écrit en minuscules."
            yield Fault(start, end, message, word.lower())


FINDERS: Final[tuple[tuple[Rule, Finder], ...]] = (
    (LIGATURE, _ligatures),
    (BARE_CAPITAL, _capitals),
    (LOOSE_ACCENT, _loose_accents),
    (NEEDLESS_CAPITAL, _calendar_capitals),
)


def check_text(
    source: Source, _resource: Resource | None, _settings: Settings
) -> Iterator[Diagnostic]:
    """Look at the words of one text that have one right spelling."""
    yield from report(source, own_prose(source), FINDERS)
