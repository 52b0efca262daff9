"""What the rules about words and signs share: a fault found in a prose, and how it is said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from ressourcerie.diagnostics import Diagnostic, Edit, Family, Rule, Severity, rule
from ressourcerie.prose import CELL, HEADING, MARK
from ressourcerie.source import Source, places

# Every space an author can type between two words of a line.
SPACE: Final = "[ \u00a0\u202f]"
LETTER: Final = r"[^\W\d_]"

_ENGLISH: Final = re.compile(
    r"(?<![\w’'-])(?:the|of|and|with|you|your|how|what|why|from|by|is|are|this|that|to|for|towards?|"
    r"digital (?:competence|education|inclusion|literacy|skills)|framework|skills|literacy|"
    r"challenges|recommendations|european|computing|handbook|toolkit)(?![\w’'-])",
    re.IGNORECASE,
)
_CLAUSE: Final = 80


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault between two offsets of a text; `text` mends it, when only one answer is right."""

    start: int
    end: int
    message: str
    text: str | None = None
    hint: str = ""


# Looks for one kind of fault in a prose; the second text is the source itself, as long.
Finder = Callable[[str, str], Iterable[Fault]]


def language_rule(code: str, title: str, hint: str, severity: Severity = Severity.WARNING) -> Rule:
    """Declare a rule of the language family: a warning, since the text can be read all the same."""
    return rule(code, title, hint, severity, Family.LANGUAGE)


def report(
    source: Source, text: str, finders: Iterable[tuple[Rule, Finder]]
) -> Iterator[Diagnostic]:
    """Say every fault that finders see in `text`, a prose of `source`."""
    place = places(source)
    raw = source.text
    for breached, find in finders:
        for fault in find(text, raw):
            edit = None if fault.text is None else Edit(fault.start, fault.end, fault.text)
            yield breached.at(place(fault.start), fault.message, fault.hint, edit=edit)


def is_english(text: str, start: int, end: int) -> bool:
    """Whether the words around a place are English: a title, a name left as it is."""
    before = re.split(r"[.!?…;\n«»\x02\x03]", text[max(0, start - _CLAUSE) : start])[-1]
    after = re.split(r"[.!?…;\n«»\x02\x03]", text[end : end + _CLAUSE], maxsplit=1)[0]
    return _ENGLISH.search(f"{before} {after}") is not None


def word_before(text: str, end: int, longest: int = 24) -> str:
    """The letters and apostrophes that touch `end` on its left."""
    match = re.search(r"[\w’'-]*\Z", text[max(0, end - longest) : end])
    return match[0] if match else ""


def shown(text: str, start: int, end: int) -> str:
    """A piece of a source, as a message quotes it: short, on one line, without marks."""
    piece = re.sub(r"[\0-\x03]+", "", text[start:end])
    return re.sub(r"\s+", " ", piece).strip()[:60]


def begins_sentence(text: str, start: int) -> bool:
    """Whether what stands at `start` opens a sentence, a line, a cell or a quotation."""
    before = text[max(0, start - 8) : start].rstrip(f" \u00a0\u202f{MARK}")
    return not before or before[-1] in f"\n.!?…«{CELL}{HEADING}"
