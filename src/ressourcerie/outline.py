"""The shape of a Markdown body: its headings, its sections, and the timed steps of a workshop.

Pure text work: nothing is rendered. Lines are numbered from 0 within the body. Time and memory
grow no faster than the text, whatever it holds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ressourcerie.source import lines_outside_code, without_code

SCHEDULE: Final = "Déroulé"
# Markdown goes down one level of calls for each level of text, and stops with the stack.
DEEPEST: Final = 20
# It looks for the end of each bracket through the rest of the paragraph.
MOST_OPEN_BRACKETS: Final = 200
LONGEST_LINE: Final = 100_000
# Python-Markdown needs no space after the signs.
_HEADING: Final = re.compile(r"(#{1,6})[ \t]*+(\S.*)")
_MINUTES: Final = re.compile(r"(?<=\s)[—–-]\s+(?P<minutes>\d{1,4})\s*min(?:utes?)?\.?$")
# What a session holds besides learning: the first words of a title tell it.
_MOMENT: Final = re.compile(
    r"(?:accueil|installation|introduction|ouverture|retour|présentations?|brise-glace|échauffement"
    r"|tour de table|faire connaissance|pause|évaluation|bilan|clôture|conclusion)\b",
    re.IGNORECASE,
)
_FACT: Final = re.compile(r"\s*[-*]\s+(Objectif|Modalité|Support)s?\s*:\s*+(\S.*)")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a body: `column` counts from 1 and points at the title's first letter."""

    level: int
    title: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and all the lines under it, until the next heading of the same level or higher."""

    heading: Heading
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a session: how long, when it starts (minutes from the beginning), what it is for.

    `minutes` is None where the heading gives none or gives them badly.
    """

    title: str
    minutes: int | None
    start: int
    heading: Heading
    objective: str = ""
    grouping: str = ""
    support: str = ""

    @property
    def end(self) -> int:
        """Minutes from the beginning of the session to the end of the step."""
        return self.start + (self.minutes or 0)

    def is_a(self, word: str) -> bool:
        """Whether the title begins with `word` (« Accueil », « Pause »…)."""
        return re.match(rf"{word}\b", self.title, re.IGNORECASE) is not None

    @property
    def is_break(self) -> bool:
        """Whether people rest."""
        return self.is_a("Pause")

    @property
    def moment(self) -> str:
        """« Accueil », « Pause », « Évaluation »…; empty for an activity, in which one learns."""
        match = _MOMENT.match(self.title)
        return match[0].capitalize() if match else ""


@lru_cache(maxsize=32)
def lines(body: str) -> tuple[tuple[int, str], ...]:
    """Each line of a body with its number, but for those of blocks of code; kept for the next."""
    return tuple(lines_outside_code(body))


@lru_cache(maxsize=32)
def headings(body: str) -> tuple[Heading, ...]:
    """Every ATX heading, code blocks left out."""
    return tuple(
        Heading(len(match[1]), title, number, match.start(2) + 1)
        for number, line in lines(body)
        if line[:1] == "#" and (match := _HEADING.match(line)) and (title := _title(match[2]))
    )


def _title(text: str) -> str:
    """The words of a heading without the signs that may close it; `\\#` is a word."""
    words = text.rstrip().rstrip("#")
    return f"{words}#" if words.endswith("\\") else words.rstrip()


def sections(body: str, level: int = 2) -> tuple[Section, ...]:
    """The sections that open with a heading of `level`, in order."""
    found: list[Section] = []
    end = body.count("\n") + 1
    for heading in reversed(headings(body)):
        if heading.level == level:
            found.append(Section(heading, heading.line, end))
        if heading.level <= level:
            end = heading.line
    return tuple(reversed(found))


@lru_cache(maxsize=32)
def steps(body: str) -> tuple[Step, ...]:
    """The steps of the « Déroulé » section, each with the minute at which it starts."""
    schedule = next((s for s in sections(body) if s.heading.title == SCHEDULE), None)
    if schedule is None:
        return ()
    texts = dict(lines(body))
    found: list[Step] = []
    clock = 0
    for part in sections(body, level=3):
        if not schedule.start < part.start < schedule.end:
            continue
        match = _MINUTES.search(part.heading.title)
        minutes = int(match["minutes"]) if match else None
        facts = _facts([texts.get(number, "") for number in range(part.start + 1, part.end)])
        found.append(
            Step(
                title=part.heading.title[: match.start()].rstrip() if match else part.heading.title,
                minutes=minutes,
                start=clock,
                heading=part.heading,
                objective=facts.get("Objectif", ""),
                grouping=facts.get("Modalité", ""),
                support=facts.get("Support", ""),
            )
        )
        clock += minutes or 0
    return tuple(found)


def fact(line: str) -> tuple[str, str] | None:
    """`- Objectif : …` → (« Objectif », « … »); None for any other line."""
    match = _FACT.match(line)
    return (match[1], match[2].rstrip()) if match else None


def _facts(texts: list[str]) -> dict[str, str]:
    facts: dict[str, str] = {}
    for line in texts:
        if pair := fact(line):
            facts.setdefault(*pair)
        elif line.strip():
            break
    return facts


# Not worth a closer look: neither so far to the right nor so many marks on one line.
_FAR: Final = re.compile(
    r"^(?:(?:[ >]{4}|\t){10}|(?:[ \t]*(?:[>*+-]|\d{1,9}\.|!!!|\?\?\?)){10})", re.MULTILINE
)
_OPENER: Final = re.compile(r"(>|[-*+](?=[ \t])|\d{1,9}\.(?=[ \t])|!!!|\?\?\?\+?)[ \t]*")
_RULER: Final = re.compile(r"[ ]*(?:(?:-[ ]*)+|(?:\*[ ]*)+|(?:_[ ]*)+)")
_BRACKET: Final = re.compile(r"[\[\]]|\n[ \t]*(?=\n)")


def too_deep(body: str) -> int | None:
    """The first line where more than `DEEPEST` lists, quotations or blocks hold one another.

    Also the first where more than `MOST_OPEN_BRACKETS` brackets wait for their end. None when the
    body may be rendered.
    """
    return min((n for n in (_nested(body), _unclosed(body)) if n is not None), default=None)


def _nested(body: str) -> int | None:
    if not _FAR.search(body):
        return None
    # Where each thing that holds the line begins, from the left: column and sign.
    holders: list[tuple[int, str]] = []
    after_blank = True
    for number, raw in lines(body):
        line = raw.expandtabs(4)
        at = len(line) - len(line.lstrip(" "))
        if at == len(line) or _RULER.fullmatch(line):
            after_blank = True
            continue
        if at == 0 and after_blank and not _OPENER.match(line):
            holders.clear()
        after_blank = False
        while match := _OPENER.match(line, at):
            # A quotation goes on where it began; anything else begins anew.
            if match[1] != ">" or (at, ">") not in holders:
                while holders and holders[-1][0] >= at:
                    holders.pop()
                holders.append((at, match[1]))
            at = match.end()
            if len(holders) > DEEPEST:
                return number
    return None


def _unclosed(body: str) -> int | None:
    if body.count("[") <= MOST_OPEN_BRACKETS:
        return None
    text = without_code(body)
    waiting = 0
    for match in _BRACKET.finditer(text):
        sign = match[0]
        waiting = waiting + 1 if sign == "[" else max(0, waiting - 1) if sign == "]" else 0
        if waiting > MOST_OPEN_BRACKETS:
            return text.count("\n", 0, match.start())
    return None


def longest_line(body: str) -> int | None:
    """The first line of more than `LONGEST_LINE` characters, None if there is none."""
    if len(body) <= LONGEST_LINE:
        return None
    numbered = enumerate(body.split("\n"))
    return next((number for number, line in numbered if len(line) > LONGEST_LINE), None)
