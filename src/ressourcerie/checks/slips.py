"""Slips of the keyboard: « a t’il », « etc... », « C.N.I.L. », a word written twice.

Reference: « Lexique des règles typographiques en usage à l’Imprimerie nationale » for abbreviations
and acronyms, which have no point between their letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Final

from ressourcerie.checks.faults import LETTER, SPACE, Fault, Finder, language_rule, report
from ressourcerie.data import typography
from ressourcerie.diagnostics import Diagnostic, Rule
from ressourcerie.model import Resource
from ressourcerie.prose import MARK, own_prose
from ressourcerie.settings import Settings
from ressourcerie.source import Source

DOTTED_ACRONYM = language_rule(
    "sigle-a-points",
    "Un sigle est écrit avec des points",
    "Écrivez-le sans point : CNIL.",
)
LINKING_T = language_rule(
    "trait-d-union-t",
    "« -t- » est mal écrit",
    "Entre un verbe et « il », « elle » ou « on », écrivez « -t- » : a-t-il, va-t-on.",
)
ABBREVIATION = language_rule(
    "abreviation",
    "Une abréviation est mal écrite",
    "Écrivez « etc. », « M. », « n° 4 », « p. 12 ».",
)
REPEATED_WORD = language_rule(
    "mot-repete",
    "Un mot est écrit deux fois de suite",
    "Enlevez le mot de trop.",
)

_INNER_POINT: Final = re.compile(r"\.(?<=[A-Z].)(?=[A-Z])")
_DOTTED: Final = re.compile(
    rf"(?<![\w.])(?P<article>(?:[Ll][ae]s?|[Dd]e{SPACE}la|[Dd]u|[Dd]es|[Aa]ux?|[Uu]ne?){SPACE}|"
    r"[Ll][’'])(?P<acronym>[A-Z](?:\.[A-Z]){1,6}\.?)(?![\w.-])"
)
_SENTENCE_ENDS: Final = re.compile(r"\s*(?:\Z|[A-ZÀ-Þ«])|[ \t]*\n[ \t]*\n")


def _dotted(text: str, _raw: str) -> Iterator[Fault]:
    if not _INNER_POINT.search(text):
        return
    for match in _DOTTED.finditer(text):
        typed = match["acronym"]
        letters = typed.replace(".", "")
        if len(letters) == 2 and match["article"][-1] not in "’'":
            # « La C.A. »: two letters may be initials.
            continue
        start, end = match.span("acronym")
        ends = typed.endswith(".") and _SENTENCE_ENDS.match(text, end)
        right = f"{letters}." if ends else letters
        yield Fault(start, end, f"« {typed} » s’écrit « {letters} ».", right)


_T: Final = re.compile(rf"t(?<=[- \u00a0]t)(?:[’'-]|{SPACE})(?=(?P<who>ils?|elles?|on)(?!\w))")
_VERB: Final = re.compile(rf"(?<![\w’'-])({LETTER}{{1,20}})\Z")
# « Quand t’on », « que t’on » are other slips.
_NO_VERB: Final = frozenset(
    {"que", "ce", "je", "de", "ne", "le", "la", "me", "te", "se", "ça", "cela", "comme"}
    | {"puisque", "lorsque", "quoique", "et", "quand", "dont", "tant"}
)


def _linking_t(text: str, _raw: str) -> Iterator[Fault]:
    for match in _T.finditer(text):
        start = match.start() - 1
        found = _VERB.search(text[max(0, start - 22) : start])
        link, who = text[start : match.end()], match["who"]
        if found is None or link == " t " or found[1].lower() in _NO_VERB:
            continue
        verb = found[1]
        needless = verb[-1] in "td"
        if (link == "-t-" or verb[-1] not in "aAec") and not needless:
            continue
        right = "-" if needless else "-t-"
        message = f"« {verb}{link}{who} » s’écrit « {verb}{right}{who} »."
        yield Fault(start, match.end(), message, right)


_ETC: Final = re.compile(
    rf"[eE]tc(?<![\w’'-]...)"
    rf"(?:{SPACE}?(?:\.{{2,}}|\.?{SPACE}?(?:…|\.{{3}}))|(?![\w./’'{MARK}-]))"
)
_MISTER: Final = re.compile(r"Mr(?<!\w..)\.?(?= [A-ZÀ-Þ])(?! (?:Robot|Bean|Propre|Hyde|T)\b)")
_PAGE: Final = re.compile(r"[°.](?=[0-9])")
_PAGE_WORD: Final = re.compile(r"(?<![\w.’'/-])(?:[nN]°|(?:pp?|art|chap|vol|fig)\.)\Z")


def _abbreviations(text: str, _raw: str) -> Iterator[Fault]:
    if "tc" in text:
        for match in _ETC.finditer(text):
            right = f"{match[0][:3]}."
            yield Fault(match.start(), match.end(), "« etc. » finit par un seul point.", right)
    if "Mr" in text:
        for match in _MISTER.finditer(text):
            yield Fault(match.start(), match.end(), "« Monsieur » s’abrège « M. ».", "M.")
    for match in _PAGE.finditer(text):
        end = match.end()
        if word := _PAGE_WORD.search(text[max(0, end - 7) : end]):
            message = f"Il manque un espace après « {word[0]} »."
            yield Fault(end - len(word[0]), end, message, f"{word[0]} ")


def _repeated_words(text: str, _raw: str) -> Iterator[Fault]:
    words = text.lower().split()
    # Cheaper than a search: a slip is rare.
    for word in {a for a, b in pairwise(words) if a == b and a in _repeated()}:
        pattern = re.compile(rf"(?<![\w’'-])({word}) {word}(?![\w’'-])", re.IGNORECASE)
        for match in pattern.finditer(text):
            message = f"« {word} » est écrit deux fois."
            yield Fault(match.start(), match.end(), message, match[1])


@cache
def _repeated() -> frozenset[str]:
    return frozenset(typography()["mots_repetes"])


FINDERS: Final[tuple[tuple[Rule, Finder], ...]] = (
    (DOTTED_ACRONYM, _dotted),
    (LINKING_T, _linking_t),
    (ABBREVIATION, _abbreviations),
    (REPEATED_WORD, _repeated_words),
)


def check_text(
    source: Source, _resource: Resource | None, _settings: Settings
) -> Iterator[Diagnostic]:
    """Look at the slips of one text."""
    yield from report(source, own_prose(source), FINDERS)
