"""Headings: one tree, without gaps, of names that say what follows (WCAG 1.3.1 and 2.4.6)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ressourcerie import outline
from ressourcerie.checks.inline import line_starts
from ressourcerie.diagnostics import Diagnostic, Edit, Family, Severity, rule
from ressourcerie.load import WORKSHOPS
from ressourcerie.model import Resource
from ressourcerie.outline import Heading, Step
from ressourcerie.settings import Settings
from ressourcerie.source import Source

TOP_HEADING = rule(
    "titre-de-niveau-1",
    "Un titre « # » dans le corps",
    "Le titre de la page vient de l’en-tête : commencez le corps par « ## ».",
    family=Family.STRUCTURE,
)
SHIFTED_HEADING = rule(
    "titre-decale",
    "Un titre ne commence pas au début de la ligne",
    "Enlevez les espaces avant les « # » : sans cela ce n’est pas un titre, et sa section se perd.",
    family=Family.STRUCTURE,
)
SKIPPED_LEVEL = rule(
    "titre-saute",
    "Un niveau de titre est sauté",
    "Descendez d’un niveau à la fois : « ## » puis « ### » (WCAG 1.3.1).",
    family=Family.STRUCTURE,
)
UNDERLINED_HEADING = rule(
    "titre-souligne",
    "Un titre est écrit en le soulignant",
    "Écrivez « ## Titre » ; pour un trait, laissez une ligne vide au-dessus de « --- ».",
    family=Family.STRUCTURE,
)
EMPTY_HEADING = rule(
    "titre-vide",
    "Un titre n’a pas de mots",
    "Écrivez le titre après les « # », ou enlevez la ligne (WCAG 2.4.6).",
    family=Family.STRUCTURE,
)
TWIN_HEADINGS = rule(
    "titre-en-double",
    "Deux titres voisins disent la même chose",
    "Précisez l’un des deux : on les lit l’un après l’autre dans le sommaire (WCAG 2.4.6).",
    Severity.WARNING,
    Family.STRUCTURE,
)
PUNCTUATED_HEADING = rule(
    "titre-ponctuation",
    "Un titre finit par un signe de ponctuation",
    "Enlevez le signe : un titre n’est pas une phrase. « ? », « ! » et « … » peuvent rester.",
    Severity.INFO,
    Family.STRUCTURE,
)
BOLD_HEADING = rule(
    "titre-en-gras",
    "Un titre est mis en gras",
    "Enlevez les étoiles : un titre se voit déjà, et la mise en page s’en charge.",
    Severity.INFO,
    Family.STRUCTURE,
)
EMPTY_SECTION = rule(
    "section-vide",
    "Un titre n’annonce rien",
    "Écrivez ce que le titre annonce, ou enlevez-le.",
    Severity.WARNING,
    Family.STRUCTURE,
)

# What a line that looks like a heading begins with.
_FIRST_SIGNS: Final = frozenset("# =-")
_SHIFTED: Final = re.compile(r" {1,3}#{1,6}[ \t]*[^\s#]")
_UNDERLINE: Final = re.compile(r"(?:=+|-+)[ ]*")
_NAMELESS: Final = re.compile(r"#+[ \t]*#*[ \t]*")
_BOLD: Final = re.compile(r"(\*\*|__)(?P<words>[^*_\s](?:[^*_]*[^*_\s])?)\1")
_ENDINGS: Final = (":", ";", ",", ".")
# A point that is not the end of a sentence.
_ABBREVIATION: Final = re.compile(
    r"(?:\.\.|\b(?:etc|min|max|vol|art|chap|éd|ex|fig|hab|tél|env|apr|av|cf|coll|dir|dr|janv|févr|avr"
    r"|juill|sept|oct|nov|déc|pp|st|ste)|\b\w|\.\w+)\.$",
    re.IGNORECASE,
)


def check_text(
    source: Source, _resource: Resource | None, _settings: Settings
) -> Iterator[Diagnostic]:
    """Look at the headings of a text, and at the lines that were meant to be one."""
    found = outline.headings(source.body)
    lines = source.body.split("\n")
    yield from _levels(source, found)
    yield from _names(source, found)
    steps = outline.steps(source.body) if _is_workshop(source) else ()
    yield from _twins(source, found, steps)
    yield from _contents(source, found, steps, lines)
    yield from _misread(source, lines)


def _levels(source: Source, found: tuple[Heading, ...]) -> Iterator[Diagnostic]:
    level = 1
    for heading in found:
        place = source.body_place(heading.line)
        if heading.level == 1:
            yield TOP_HEADING.at(place, f"« # {heading.title} » est un titre de niveau 1.")
        elif heading.level > level + 1:
            message = f"« {heading.title} » est de niveau {heading.level} après un niveau {level}."
            yield SKIPPED_LEVEL.at(place, message)
        level = heading.level


def _names(source: Source, found: tuple[Heading, ...]) -> Iterator[Diagnostic]:
    for heading in found:
        bold = _BOLD.fullmatch(heading.title)
        if not bold and not _is_punctuated(heading.title):
            continue
        start = len(source.head) + line_starts(source.body)[heading.line] + heading.column - 1
        end = start + len(heading.title)
        place = source.body_place(heading.line, heading.column)
        if bold:
            edit = Edit(start, end, bold["words"])
            yield BOLD_HEADING.at(place, f"« {bold['words']} » est tout en gras.", edit=edit)
        else:
            kept = heading.title[:-1].rstrip()
            message = f"« {heading.title} » finit par « {heading.title[-1]} »."
            edit = Edit(start + len(kept), end, "")
            yield PUNCTUATED_HEADING.at(place, message, edit=edit)


def _is_punctuated(title: str) -> bool:
    if not title.endswith(_ENDINGS) or len(title) < 2:
        return False
    return title[-1] != "." or not _ABBREVIATION.search(title[-12:])


def _twins(
    source: Source, found: tuple[Heading, ...], steps: Sequence[Step]
) -> Iterator[Diagnostic]:
    # For each open level, the titles already met under the same parent, and their line.
    open_titles: list[tuple[int, dict[str, int]]] = []
    breaks = {step.heading.line for step in steps if step.is_break}
    for heading in found:
        while open_titles and open_titles[-1][0] > heading.level:
            open_titles.pop()
        if not open_titles or open_titles[-1][0] < heading.level:
            open_titles.append((heading.level, {}))
        first = open_titles[-1][1].setdefault(heading.title.casefold(), heading.line)
        # A long session has several breaks, and all are called so.
        if first != heading.line and heading.line not in breaks:
            place = source.body_place(heading.line, heading.column)
            line = source.body_place(first).line
            message = f"« {heading.title} » est déjà le titre de la ligne {line}."
            yield TWIN_HEADINGS.at(place, message)


def _contents(
    source: Source, found: tuple[Heading, ...], steps: Sequence[Step], lines: list[str]
) -> Iterator[Diagnostic]:
    # What a schedule and its steps lack is said by rules of their own.
    timed = {step.heading.line for step in steps}
    for heading, following in zip(found, (*found[1:], None), strict=False):
        end = following.line if following else len(lines)
        if (following and following.level > heading.level) or heading.line in timed:
            continue
        if heading.title == outline.SCHEDULE and _is_workshop(source):
            continue
        if not any(line.strip() for line in lines[heading.line + 1 : end]):
            place = source.body_place(heading.line, heading.column)
            yield EMPTY_SECTION.at(place, f"Il n’y a rien sous « {heading.title} ».")


def _is_workshop(source: Source) -> bool:
    return source.path.startswith(f"{WORKSHOPS}/")


def _misread(source: Source, lines: list[str]) -> Iterator[Diagnostic]:
    for number, line in outline.lines(source.body):
        if line[:1] not in _FIRST_SIGNS:
            continue
        place = source.body_place(number)
        if _NAMELESS.fullmatch(line):
            yield EMPTY_HEADING.at(place, f"« {line.strip()} » est un titre sans mots.")
        elif _SHIFTED.match(line):
            yield SHIFTED_HEADING.at(place, f"« {line.strip()} » n’est pas lu comme un titre.")
        elif number and _UNDERLINE.fullmatch(line) and _opens_paragraph(lines, number - 1):
            yield UNDERLINED_HEADING.at(place, "Cette ligne transforme la précédente en titre.")


def _opens_paragraph(lines: list[str], number: int) -> bool:
    """Whether a line has words and follows an empty one, as a title to be underlined does."""
    return bool(lines[number].strip()) and (number == 0 or not lines[number - 1].strip())
