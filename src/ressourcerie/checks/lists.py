"""Lists that Markdown does not see: their items are printed one after another, in a paragraph.

Python-Markdown opens a list at the beginning of a paragraph only, with « - », « * », « + » or
« 1. ». Only what is certain is said: a dash at the beginning of a line is not always a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from ressourcerie import outline
from ressourcerie.checks.inline import line_starts, readable
from ressourcerie.diagnostics import Diagnostic, Edit, Family, Severity, rule
from ressourcerie.model import Resource
from ressourcerie.settings import Settings
from ressourcerie.source import Source

UNREAD_LIST = rule(
    "liste-non-reconnue",
    "Une liste n’est pas lue comme une liste",
    "Laissez une ligne vide avant la liste : sans cela, tout s’imprime à la suite.",
    Severity.WARNING,
    Family.STRUCTURE,
)

_QUOTE: Final = re.compile(r"(?:[ \t]*>)+[ \t]?")
_HEADING: Final = re.compile(r"#{1,6}")
_BLOCK: Final = re.compile(r"!!!|\?\?\?")
_ITEM: Final = re.compile(r"(?:[-*+]|(?P<number>\d{1,9})\.)[ \t]+(?=\S)")
_ALMOST: Final = re.compile(
    r"(?P<dot>[•◦▪‣])|(?P<glued>-)(?=[^\W\d_])|(?P<bracket>(?P<number>\d{1,2})\))[ \t]"
)
_INSTEAD: Final = {
    "dot": "Commencez chaque ligne par « - », et laissez une ligne vide avant la première.",
    "glued": "Laissez un espace après chaque tiret, et une ligne vide avant le premier.",
    "bracket": "Écrivez « 1. » au lieu de « 1) », et laissez une ligne vide avant la liste.",
}
# Nothing to look at but where a line of text comes right before what looks like an item.
_SUSPECT: Final = re.compile(
    r"^[ \t>]*+(?![-*+][ \t]|\d+\.[ \t]|#|!!!|\?\?\?|\||\s)[^\n]+\n"
    r"[ \t>]*+(?:[-*+][ \t]|\d+\.[ \t]|[•◦▪‣]|-\w|\d+\))",
    re.MULTILINE,
)
# Stands for a line of a block of code.
_CODE: Final = "\0```"
# A drawn line, or the line of dashes of a table.
_RULER: Final = frozenset(" \t-*_=|:")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a paragraph: its number, its quotation marks, its words.

    `indent` counts the spaces before the words in columns, `start` all that is before them in
    characters; `forced` is whether the line ends with the two spaces that make a line break.
    """

    number: int
    quote: str
    indent: int
    start: int
    words: str
    forced: bool


def check_text(
    source: Source, _resource: Resource | None, _settings: Settings
) -> Iterator[Diagnostic]:
    """Look at every paragraph for lines that were meant to be the items of a list."""
    text = readable(source.body)
    if not _SUSPECT.search(text):
        return
    outside = {number for number, _ in outline.lines(source.body)}
    lines = [_line(n, raw if n in outside else _CODE) for n, raw in enumerate(text.split("\n"))]
    for paragraph in _paragraphs(lines):
        if len(paragraph) > 1:
            yield from _items(source, paragraph)


def _line(number: int, raw: str) -> _Line:
    quote = match[0] if (match := _QUOTE.match(raw)) else ""
    rest = raw[len(quote) :]
    words = rest.strip()
    spaces = rest[: len(rest) - len(rest.lstrip())]
    indent, start = len(spaces.expandtabs(4)), len(quote) + len(spaces)
    return _Line(number, quote, indent, start, words, rest.endswith("  "))


def _paragraphs(lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    """The lines that Markdown reads as plain paragraphs: neither lists, code, tables nor headings.

    `deepest` is how far a line may be shifted and still be text: as far as the list or the block
    that holds it. Where Markdown itself is hard to foresee, nothing more is kept.
    """
    deepest = 0
    before = _Line(-1, "", 0, 0, "", forced=False)
    kept: list[_Line] = []
    kind = ""
    for line in lines:
        ends = line.words in {"", _CODE} or _HEADING.match(line.words)
        opens = _BLOCK.match(line.words)
        if ends or opens or (kept and _leaves(kept, line)):
            yield kept
            kept, kind = [], ""
        if line.words and bool(line.quote) != bool(before.quote):
            # What follows a quotation without an empty line is still quoted.
            deepest, kind = 0, "quoted" if before.words and before.quote else kind
        if opens:
            deepest = line.indent + 4
        elif ends:
            deepest = 0 if line.words and not line.indent else deepest
        elif set(line.words) <= _RULER:
            # It ends the paragraph, or makes a table of it.
            yield [] if "|" in line.words else kept
            kept, kind = [], "table" if "|" in line.words else ""
            deepest = deepest if line.indent else 0
        elif not kind:
            is_item = _ITEM.match(line.words)
            kind = "list" if is_item else "text"
            if line.indent > deepest + 3 or line.words.startswith("<!--"):
                kind = "code"
            if kind != "code":
                deepest = line.indent // 4 * 4 + (4 if is_item else 0)
            kept = [line] if kind == "text" else []
        elif kind == "list" and _ITEM.match(line.words) and line.indent <= deepest + 3:
            deepest = max(deepest, line.indent // 4 * 4 + 4)
        elif kind == "text":
            kept.append(line)
        before = line if line.words or not before.quote else replace(before, words="")
    yield kept


def _leaves(kept: Sequence[_Line], line: _Line) -> bool:
    """Whether a line is out of what holds the paragraph: a quotation, a block."""
    return bool(line.quote) != bool(kept[0].quote) or line.indent < kept[0].indent // 4 * 4


def _items(source: Source, paragraph: Sequence[_Line]) -> Iterator[Diagnostic]:
    items = [rank for rank, line in enumerate(paragraph) if rank and _ITEM.match(line.words)]
    if items and _announced(paragraph[items[0] - 1], [paragraph[rank] for rank in items]):
        first, before = paragraph[items[0]], paragraph[0]
        place = source.body_place(first.number, first.start + 1)
        shifted = first.indent - before.indent > 3
        if shifted or first.quote:
            hint = "Laissez une ligne vide avant la liste, et alignez-la sur la phrase du dessus."
            yield UNREAD_LIST.at(place, _message(first), hint)
        else:
            start = len(source.head) + line_starts(source.body)[first.number]
            yield UNREAD_LIST.at(place, _message(first), edit=Edit(start, start, "\n"))
        return
    for kind, hint in _INSTEAD.items():
        almost = [line for line in paragraph if (m := _ALMOST.match(line.words)) and m[kind]]
        if len(almost) > 1 and not almost[0].forced and (kind != "bracket" or _counted(almost)):
            first = almost[0]
            place = source.body_place(first.number, first.start + 1)
            yield UNREAD_LIST.at(place, _message(first), hint)
            return


def _message(line: _Line) -> str:
    words = line.words.replace("\0", "…")
    shown = words if len(words) <= 40 else f"{words[:39]}…"
    return f"« {shown} » n’ouvre pas de liste."


def _announced(before: _Line, items: Sequence[_Line]) -> bool:
    """Whether lines are items for sure: a colon announces them, or there are several that count."""
    if before.words.rstrip("*_ ").endswith(":"):
        return True
    numbers = [m["number"] for line in items if (m := _ITEM.match(line.words))]
    same = [number for number in numbers if (number is None) == (numbers[0] is None)]
    return len(same) > 1 and _rising([int(number) for number in same if number])


def _counted(lines: Sequence[_Line]) -> bool:
    return _rising([int(m["number"]) for line in lines if (m := _ALMOST.match(line.words))])


def _rising(numbers: Sequence[int]) -> bool:
    return all(later == number + 1 for number, later in pairwise(numbers))
