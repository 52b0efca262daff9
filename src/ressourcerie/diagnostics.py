"""What is wrong, where, and how to mend it: the words in which authors are answered.

A *rule* is declared once with its code, title and hint; a *diagnostic* is one breach of it at one
place. Places count lines and columns from 1, as editors do.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class Severity(StrEnum):
    """How bad a breach is. An error stops the build, a warning is only said."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def french(self) -> str:
        """The word shown to authors."""
        return {"error": "erreur", "warning": "avertissement", "info": "conseil"}[self]


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """A point of a source: path relative to the project, line and column from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class Family(StrEnum):
    """What a rule is about, as `--only` names it. What hinders reading a file is always said."""

    READING = "reading"
    LINKS = "links"
    STRUCTURE = "structure"
    GLOSSARY = "glossary"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class Edit:
    """A change that is certain: `text` takes the place of the characters `start` to `end`.

    Offsets are those of the whole file, front matter included, once its ends of line are `\\n`.
    """

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A promise every source keeps: its code, French title, and the usual way to mend a breach."""

    code: str
    title: str
    hint: str
    severity: Severity = Severity.ERROR
    family: Family = Family.READING

    def at(
        self,
        place: Place,
        message: str,
        hint: str = "",
        *,
        link: str | None = None,
        edit: Edit | None = None,
    ) -> Diagnostic:
        """Report a breach of this rule at `place`."""
        hint = hint or self.hint
        return Diagnostic(place, self.code, self.severity, message, hint, link, edit)


@dataclass(frozen=True, order=True, slots=True)
class Diagnostic:
    """One breach of one rule, at one place, with its French message and how to mend it.

    `link` is the address as its author typed it, for rules about links; `edit` is the change that
    mends the breach, when there is only one.
    """

    place: Place
    code: str
    severity: Severity = field(compare=False)
    message: str
    hint: str = ""
    link: str | None = field(default=None, compare=False)
    edit: Edit | None = field(default=None, compare=False)

    @property
    def is_error(self) -> bool:
        """Whether it stops a build."""
        return self.severity is Severity.ERROR


RULES: Final[dict[str, Rule]] = {}


def rule(
    code: str,
    title: str,
    hint: str,
    severity: Severity = Severity.ERROR,
    family: Family = Family.READING,
) -> Rule:
    """Declare a rule; its code is unique in the whole project."""
    if code in RULES:
        raise ValueError(f"rule {code!r} is declared twice")
    RULES[code] = Rule(code, title, hint, severity, family)
    return RULES[code]


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether one of them stops a build."""
    return any(d.is_error for d in diagnostics)
