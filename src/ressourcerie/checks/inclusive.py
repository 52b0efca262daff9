"""One way of writing for both genders, the same in the whole project (`extra.ressourcerie`).

« epicene » and « doublet » refuse what cannot be read aloud: points, parentheses, bars, hyphens;
« point-median » has one form, « médiateur·rices » (U+00B7); « libre » asks nothing. A quotation
keeps its author's form.

Source: Haut Conseil à l’égalité, « Guide pratique pour une communication publique sans stéréotype
de sexe » (2022).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ressourcerie.checks.faults import LETTER, Fault, language_rule, report
from ressourcerie.diagnostics import Diagnostic
from ressourcerie.inflection import other_gender
from ressourcerie.model import Resource
from ressourcerie.prose import own_words
from ressourcerie.settings import Settings
from ressourcerie.source import Source

INCLUSIVE_FORM = language_rule(
    "ecriture-inclusive",
    "Une forme inclusive n’est pas celle du projet",
    "Écrivez les deux mots (« les médiatrices et les médiateurs »), ou une tournure qui n’en "
    "choisit aucun (« l’équipe », « les personnes »).",
)
_DOTTED_HINT: Final = "Le projet a choisi le point médian, une seule fois : « médiateur·rices »."
POINT: Final = "·"

_SUFFIX: Final = (
    "trices?|rices?|teuses?|euses?|eresses?|iennes?|ennes?|onnes?|elles?|ales?|aines?|aises?|"
    "çaises?|"
    "oises?|antes?|entes?|ières?|ères?|ives?|ées?|nes?|les?|ses?|tes?|ves?|es?"
)
# A form begins at its sign: letters before it, an ending after, sometimes an « s » apart.
_FORM: Final = re.compile(
    rf"[.·•‧∙⋅(/-](?<={LETTER}.)(?P<suffix>{_SUFFIX})"
    r"(?P<rest>\)(?P<after>s?)|[.·•‧∙⋅/-](?P<s>s))?(?!\w)"
)
_STEM: Final = re.compile(rf"{LETTER}{{1,30}}\Z")
# How a masculine word ends when a feminine can follow; and a few words that end otherwise.
_MASCULINE: Final = re.compile(
    r"(?:(?:eur|é|er|en|in|ain|ais|ois|ant|ent|al|el|if|eux|on|at|it|is|i|u|ard|and|ond|"
    r"ert|ort|aud|et|ul)s?|tou[st]|ceux)\Z"
)
_SHORT_STEMS: Final = frozenset({"un", "chacun", "aucun", "quelqu’un", "il", "ils"})
# After a hyphen these are pronouns: « dit-elle », « prends-les ».
_PRONOUNS: Final = frozenset({"le", "les", "elle", "elles", "ne", "te", "se", "ce"})
_PAIR: Final = re.compile(rf"/(?<={LETTER}.)(?={LETTER})")
_PAIRS: Final = frozenset(
    {
        ("il", "elle"),
        ("ils", "elles"),
        ("le", "la"),
        ("la", "le"),
        ("un", "une"),
        ("ceux", "celles"),
        ("celui", "celle"),
        ("celles", "ceux"),
        ("elle", "il"),
        ("elles", "ils"),
        ("tous", "toutes"),
        ("toutes", "tous"),
        ("eux", "elles"),
    }
)


def check_text(
    source: Source, _resource: Resource | None, settings: Settings
) -> Iterator[Diagnostic]:
    """Look at how one text writes for both genders."""
    way = settings.policy.inclusive
    if way == "libre":
        return
    text = own_words(source)
    find = _other_points if way == "point-median" else _unreadable
    yield from report(source, text, [(INCLUSIVE_FORM, find)])


def _unreadable(text: str, _raw: str) -> Iterator[Fault]:
    for start, match in _forms(text):
        form = text[start : match.end()]
        yield Fault(start, match.end(), f"« {form} » ne se lit pas à voix haute.")
    if "/" in text:
        for match in _PAIR.finditer(text):
            before = re.search(rf"{LETTER}*\Z", text[max(0, match.start() - 30) : match.start()])
            after = re.match(rf"{LETTER}*", text[match.end() : match.end() + 30])
            one, other = before[0] if before else "", after[0] if after else ""
            if _are_genders(one.lower(), other.lower()):
                start, end = match.start() - len(one), match.end() + len(other)
                yield Fault(start, end, f"« {one}/{other} » ne se lit pas à voix haute.")


def _are_genders(one: str, other: str) -> bool:
    """Whether two words are the masculine and the feminine of one, in the same number."""
    if (one, other) in _PAIRS:
        return True
    if len(one) < 3 or one.endswith("s") != other.endswith("s"):
        return False
    return other in other_gender(one) or one in other_gender(other)


def _other_points(text: str, _raw: str) -> Iterator[Fault]:
    for start, match in _forms(text):
        stem, form = text[start : match.start()], text[start : match.end()]
        right = _with_point(stem, match)
        if right == form:
            continue
        message = f"« {form} » n’est pas la forme choisie par le projet."
        yield Fault(start, match.end(), message, right, _DOTTED_HINT)


def _forms(text: str) -> Iterator[tuple[int, re.Match[str]]]:
    """Every shortened form: where it begins, and the match from its sign on."""
    for match in _FORM.finditer(text):
        sign, suffix, rest = match[0][0], match["suffix"], match["rest"] or ""
        if (sign == "(") != rest.startswith(")"):
            continue
        found = _STEM.search(text[max(0, match.start() - 30) : match.start()])
        stem = found[0] if found else ""
        if sign == "-" and suffix in _PRONOUNS and not match["s"]:
            continue
        low = stem.lower()
        if (low, suffix) in _PAIRS:
            # « il/elle » is two words.
            continue
        if (sign, suffix) == (".", "es") and f"{low}es" not in other_gender(low):
            # « correos.es » is a site.
            continue
        if stem.lower() in _SHORT_STEMS or (
            len(stem) > 2 and stem[-1].islower() and _MASCULINE.search(stem.lower())
        ):
            yield match.start() - len(stem), match


# Endings written in full → what the point is followed by.
_ENDINGS: Final = (
    ("teur", "trice", "rice"),
    ("çais", "çaise", "e"),
    ("ais", "aise", "e"),
    ("ois", "oise", "e"),
    ("ain", "aine", "e"),
    ("en", "ienne", "ne"),
    ("en", "enne", "ne"),
    ("on", "onne", "ne"),
    ("el", "elle", "le"),
    ("al", "ale", "e"),
    ("ant", "ante", "e"),
    ("ent", "ente", "e"),
    ("é", "ée", "e"),
)


def _with_point(stem: str, match: re.Match[str]) -> str | None:
    """The form with one point, None when it is not sure."""
    suffix = match["suffix"]
    is_plural = suffix.endswith("s") or bool(match["after"] or match["s"])
    suffix = suffix.rstrip("s") if suffix.endswith("s") else suffix
    if is_plural and stem.endswith("s") and not stem.endswith(("ais", "ois", "eux", "tous")):
        stem = stem[:-1]
    if stem.lower() in {"il", "ils", "ceux", "tous", "tou"}:
        return None
    for ending, full, short in _ENDINGS:
        if stem.endswith(ending) and suffix == full:
            suffix = short
            break
    return f"{stem}{POINT}{suffix}{'s' if is_plural else ''}"
