"""Where the marks inside a text stand, as Python-Markdown pairs them: code, brackets, addresses.

Everything is found in one pass from left to right: an absurd text takes no longer than another.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Final

from ressourcerie import comments
from ressourcerie.diagnostics import Place
from ressourcerie.source import Source, without_code

_RUNS: Final = re.compile(r"(?P<escaped>(?<!\\)\\++(?=`))|(?P<run>`+)|(?P<gap>\n[ \t]*(?=\n))")
_ESCAPED: Final = re.compile(r"\\[\\`*_{}\[\]()<>#+.!|-]")
_MARKS: Final = re.compile(r"\n[ \t]*(?=\n)|!?\[|\]")
# Nothing is tried twice (`*+`): a bracket never closed costs what follows it, once.
_TARGET: Final = re.compile(
    r"\(\s*+(?:<(?P<angle>[^<>\n]*)>|(?P<plain>[^\s()]*+(?:\([^\s()]*+\)[^\s()]*+)*+))"
    r"(?:\s++(?:\"[^\"\n]*\"|'[^'\n]*'))?\s*+\)"
    r"|\[(?P<name>[^\[\]\n]*)\]"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A link or an image of a body: where it starts, its words, its address as typed.

    `target` is None for a link by reference (`[texte][nom]`), whose address is elsewhere.
    """

    start: int
    text: str
    target: str | None
    image: bool


@lru_cache(maxsize=32)
def readable(body: str) -> str:
    """The body with its code and its escaped signs blotted out; offsets and lines stay."""
    text = without_code(body)
    if comments.may_have(text):
        text = "\n".join(map(comments.blank, text.split("\n")))
    text = blot_spans(text)
    return _ESCAPED.sub("\0\0", text) if "\\" in text else text


@lru_cache(maxsize=32)
def line_starts(body: str) -> tuple[int, ...]:
    """The offset in a body of each of its lines, and of its end."""
    return (0, *accumulate(len(line) + 1 for line in body.split("\n")))


def place_in(source: Source, offset: int) -> Place:
    """Turn an offset in the body of a source into a place of the file."""
    starts = line_starts(source.body)
    line = bisect_right(starts, offset) - 1
    return source.body_place(line, offset - starts[line] + 1)


def blot_spans(text: str, *, in_table: bool = False) -> str:
    """Blot out code between grave accents: as many on each side, in one paragraph.

    A backslash keeps an accent from opening code, not from closing it. What splits the rows of a
    table is stricter than what reads their cells: there, `in_table`, all the accents must pair.
    """
    if "`" not in text:
        return text
    parts: list[str] = []
    end = 0
    for runs in _runs(text):
        following: dict[int, int] = {}
        partner = [-1] * len(runs)
        # From the last to the first, each run learns the next one as long as itself; failing
        # that, its first accents open code that a shorter run closes.
        for index in range(len(runs) - 1, -1, -1):
            start, opening, stop = runs[index]
            size = stop - opening
            sizes = (size,) if in_table else range(size, 0, -1)
            partner[index] = next((following[size] for size in sizes if size in following), -1)
            following[stop - start] = index
        index = 0
        while index < len(runs):
            other = partner[index]
            if other >= 0:
                opening, stop = runs[index][1], runs[other][2]
                parts += [text[end:opening], re.sub(r"[^\n]", "\0", text[opening:stop])]
                end, index = stop, other
            index += 1
    return "".join((*parts, text[end:]))


def _runs(text: str) -> Iterator[list[tuple[int, int, int]]]:
    """The runs of grave accents of each paragraph: where they begin, may open code, and end."""
    found: list[tuple[int, int, int]] = []
    escaped = -1
    for match in _RUNS.finditer(text):
        if match["gap"] is not None:
            yield found
            found = []
        elif match["escaped"]:
            # Of an odd number of backslashes, the last one speaks of the accent.
            escaped = match.end() if len(match[0]) % 2 else -1
        else:
            start = match.start()
            found.append((start, start + (start == escaped), match.end()))
    yield found


def marks(text: str) -> Iterator[Mark]:
    """The links and images of a readable text, inner ones first."""
    stack: list[tuple[int, bool]] = []
    for match in _MARKS.finditer(text):
        sign = match[0]
        if sign.endswith("["):
            stack.append((match.start(), sign == "!["))
        elif sign == "]":
            if stack:
                start, image = stack.pop()
                if target := _TARGET.match(text, match.end()):
                    words = text[start + 1 + image : match.start()]
                    yield Mark(start, words, _address(target), image)
        else:
            stack.clear()


def _address(match: re.Match[str]) -> str | None:
    if match["name"] is not None:
        return None
    return match["plain"] if match["angle"] is None else match["angle"]
