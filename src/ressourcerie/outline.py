"""The shape of a Markdown body: its headings, its sections, and the timed steps of a workshop.

Pure text work: nothing is rendered. Lines are numbered from 0 within the body.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from ressourcerie.source import lines_outside_code

SCHEDULE: Final = "Déroulé"
# Python-Markdown needs no space after the signs.
_HEADING = re.compile(r"(#{1,6})[ \t]*(.+?)[ \t]*#*[ \t]*$")
_MINUTES = re.compile(r"^(?P<title>.+?)\s+[—–-]\s+(?P<minutes>\d+)\s*min(?:utes?)?\.?$")
_FACT = re.compile(r"^\s*[-*]\s+(Objectif|Modalité|Support)s?\s*:\s*(.+?)\s*$")


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


def headings(body: str) -> tuple[Heading, ...]:
    """Every ATX heading, code blocks left out."""
    return tuple(
        Heading(len(match[1]), match[2], number, match.start(2) + 1)
        for number, line in lines_outside_code(body)
        if (match := _HEADING.match(line))
    )


def sections(body: str, level: int = 2) -> tuple[Section, ...]:
    """The sections that open with a heading of `level`, in order."""
    found = headings(body)
    last = body.count("\n") + 1
    return tuple(
        Section(
            heading,
            heading.line,
            next((h.line for h in found[i + 1 :] if h.level <= level), last),
        )
        for i, heading in enumerate(found)
        if heading.level == level
    )


def steps(body: str) -> tuple[Step, ...]:
    """The steps of the « Déroulé » section, each with the minute at which it starts."""
    schedule = next((s for s in sections(body) if s.heading.title == SCHEDULE), None)
    if schedule is None:
        return ()
    lines = body.split("\n")
    found: list[Step] = []
    clock = 0
    for part in sections(body, level=3):
        if not schedule.start < part.start < schedule.end:
            continue
        match = _MINUTES.match(part.heading.title)
        minutes = int(match["minutes"]) if match else None
        facts = _facts(lines[part.start + 1 : part.end])
        found.append(
            Step(
                title=match["title"] if match else part.heading.title,
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
    return (match[1], match[2]) if match else None


def _facts(lines: list[str]) -> dict[str, str]:
    facts: dict[str, str] = {}
    for line in lines:
        if pair := fact(line):
            facts.setdefault(*pair)
        elif line.strip():
            break
    return facts
