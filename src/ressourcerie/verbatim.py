"""Where Markdown and HTML show a text as it was typed: code, comments, elements of their own.

What may be code counts as code even when one reader of Markdown would show it as text. Each
function gives spans of offsets, and runs in a time that grows as its text does.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate
from typing import Final

_FENCE: Final = re.compile(
    r"^(?P<before>[ \t>]*+(?P<item>(?:[-*+]|\d{1,9}[.)])[ \t]++)?)"
    r"(?P<fence>`{3,}+|~{3,}+)(?P<info>[^\n]*)$",
    re.MULTILINE,
)
_LIST_ITEM: Final = re.compile(r"(?:[-*+]|\d{1,9}\.)[ \t]++\S")
_QUOTED_CODE: Final = re.compile(r"[ \t]*(?:> ?)(?: {0,3}> ?)*(?: {4}| {0,3}\t)[ \t]*\S")
_BLOCK: Final = re.compile(
    r"(?:!!!|\?\?\?\+?) ?[\w-]++(?: ++[\w-]++)*+(?: ++\"[^\n]*\")? *$"
    r"|(?:\?\?\?\+?|===[!+]?) *\"[^\n]*\" *$"
)
# What may be an item without words: what follows belongs to no list for sure.
_EMPTY_ITEM: Final = re.compile(r"[-*+][ \t]*$")
# After such a line another block begins: a fence, a heading, a ruler.
_ENDING: Final = re.compile(r"\0|#|[-=*_ \t]+$")
BLANK_LINE: Final = re.compile(r"\n[ \t]*\n")
# Where a paragraph may end.
_PARTINGS: Final = (
    BLANK_LINE,
    re.compile(r"\n(?=[ \t]*(?:[>#|]|[-*+][ \t]|\d{1,9}[.)][ \t]|!!!|\?\?\?|\n))"),
    re.compile(r"\n"),
)
_TICKS: Final = re.compile(r"`+")
# Elements whose content is not prose.
_VERBATIM: Final = re.compile(
    r"<(?P<closing>/?)(?P<name>code|pre|kbd|samp|tt|var|script|style|svg|math|textarea)\b[^<>]*+>?",
    re.IGNORECASE,
)


def fenced(body: str) -> Iterator[tuple[int, int]]:
    """Blocks between two lines of accents or tildes; one left open goes to the end of the text.

    Beside such a line that is not a fence, or not closed, the whole paragraph may be code.
    """
    if "```" not in body and "~~~" not in body:
        return
    opening: re.Match[str] | None = None
    done = 0
    for match in _FENCE.finditer(body):
        if opening is None:
            if match["fence"][0] == "~" or "`" not in match["info"]:
                opening = match
            elif match.start() >= done:
                start, done = _paragraph(body, match)
                yield start, done
        elif _closes(match, opening):
            yield opening.start(), match.end()
            opening = None
    if opening is not None:
        yield _paragraph(body, opening)[0], len(body)


def _closes(fence: re.Match[str], opening: re.Match[str]) -> bool:
    """Whether a fence is the same as that which opens, as far from the margin, and alone."""
    return (
        fence["fence"] == opening["fence"]
        and len(fence["before"]) == len(opening["before"])
        and not fence["item"]
        and not fence["info"].strip()
    )


def _paragraph(body: str, match: re.Match[str]) -> tuple[int, int]:
    """Where the paragraph of a match begins and ends."""
    start = 0
    for blank in BLANK_LINE.finditer(body):
        if blank.start() >= match.end():
            return start, blank.start()
        start = blank.end()
    return start, len(body)


def indented(text: str) -> Iterator[tuple[int, int]]:
    """Lines that four spaces make code: they stand in no list and no block.

    In `text`, blocks between two fences have been blotted out.
    """
    if "    " not in text and "\t" not in text:
        return
    blocks, end = _Blocks(), -1
    for line in text.split("\n"):
        start, end = end + 1, end + 1 + len(line)
        if blocks.is_code(line):
            yield start, end


class _Blocks:
    """Follows the lists and blocks that are open, line after line."""

    def __init__(self) -> None:
        # Where the content of each begins, and whether it is a block.
        self._open: list[tuple[int, bool]] = []
        # Whether a paragraph may begin; what the paragraph that is being read belongs to.
        self._blank, self._in_list, self._in_quote, self._in_code = True, False, False, False

    def is_code(self, line: str) -> bool:
        """Whether the next line is code."""
        words = line.lstrip(" \t")
        if not words.strip():
            self._blank, self._in_quote = True, False
            return False
        indent = _indent(line, words)
        self._in_quote = self._in_quote or words[0] == ">"
        is_block = not self._in_quote and _BLOCK.match(words) is not None
        may_list = not self._in_quote and (self._blank or self._in_list)
        is_item = may_list and _LIST_ITEM.match(words) is not None
        base = self._close(indent, self._blank or is_block or is_item)
        self._in_code = indent >= base + 4 and (self._blank or self._in_code)
        if self._blank:
            self._in_list = is_item
        if (is_block and indent == base) or (is_item and indent < base + 4):
            self._open.append((base + 4, is_block))
        elif _EMPTY_ITEM.match(words):
            self._open.clear()
        self._blank = is_block or self._in_quote or _ENDING.match(words) is not None
        return self._in_code or _QUOTED_CODE.match(line) is not None

    def _close(self, indent: int, begins: bool) -> int:
        """Close what a line is not shifted enough for; where the content of what is left begins.

        A list goes on with a line that its author did not shift; a block does not.
        """
        while self._open and indent < self._open[-1][0] and (begins or self._open[-1][1]):
            self._open.pop()
        return self._open[-1][0] if self._open else 0


def _indent(line: str, words: str) -> int:
    return len(line[: len(line) - len(words)].expandtabs(4))


def inline(text: str) -> list[tuple[int, int]]:
    """Code between accents, within one paragraph, as CommonMark or Python-Markdown reads it.

    When no run of accents has the length of the one that opens, CommonMark sees no code there;
    Python-Markdown closes it with the longest of those that are shorter. What is a paragraph is not
    known for sure either: it may end at a blank line, at an item, or at each line.
    """
    if "`" not in text:
        return []
    ticks = list(_TICKS.finditer(text))
    found: set[tuple[int, int]] = set()
    for pattern in _PARTINGS:
        breaks = [match.start() for match in pattern.finditer(text)]
        parts: dict[int, list[re.Match[str]]] = {}
        for run in ticks:
            parts.setdefault(bisect_left(breaks, run.start()), []).append(run)
        for runs in parts.values():
            exact = list(_paired(text, runs, shorter=False))
            found.update(exact)
            if 2 * len(exact) != len(runs):
                found.update(_paired(text, runs, shorter=True))
    return sorted(found)


def _paired(text: str, runs: list[re.Match[str]], *, shorter: bool) -> Iterator[tuple[int, int]]:
    by_length: dict[int, list[int]] = {}
    for index, run in enumerate(runs):
        by_length.setdefault(len(run[0]), []).append(index)
    # The longest of the runs that follow each.
    longest = [*accumulate((len(run[0]) for run in reversed(runs)), max, initial=0)][::-1]
    index = 0
    while index < len(runs):
        run = runs[index]
        before = run.start() - 1
        while before >= 0 and text[before] == "\\":
            before -= 1
        escaped = (run.start() - 1 - before) % 2
        length = len(run[0]) - escaped
        closing = _next(by_length.get(length, []), index)
        if closing is None and shorter and longest[index + 1] < length:
            closing = _next(by_length.get(longest[index + 1], []), index)
        if closing is None or not length:
            index += 1
        else:
            yield run.start() + escaped, runs[closing].end()
            index = closing + 1


def _next(indexes: list[int], index: int) -> int | None:
    """The first of these indexes that follows `index`."""
    position = bisect_left(indexes, index + 1)
    return indexes[position] if position < len(indexes) else None


def comments(text: str) -> Iterator[tuple[int, int]]:
    """Comments; one left open is none."""
    end = 0
    while (start := text.find("<!--", end)) >= 0:
        closing = text.find("-->", start + 4)
        if closing < 0:
            return
        end = closing + 3
        yield start, end


def elements(text: str) -> Iterator[tuple[int, int]]:
    """Elements whose content is no prose.

    One left open goes to the end of the text: a browser shows all that follows as code.
    """
    opened: Counter[str] = Counter()
    start = 0
    for tag in _VERBATIM.finditer(text):
        name = tag["name"].lower()
        if not tag["closing"]:
            start = start if opened.total() else tag.start()
            opened[name] += 1
        elif opened[name]:
            opened[name] -= 1
            if not opened.total():
                yield start, tag.end()
    if opened.total():
        yield start, len(text)
