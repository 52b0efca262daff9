"""The comments by which an author silences a rule on a line: `<!-- taire code : raison -->`.

They speak to the checks alone. Every other reader of a text sees it without them: blanked where
lines and columns count, dropped where the text is rendered.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

_WORD: Final = "taire"
_MARK: Final = "<!--"
_OPENING: Final = re.compile(rf"{_MARK}[ \t]*{_WORD}\b")
_CLOSING: Final = "-->"
_CODES: Final = re.compile(r"[ \t]*[\w-]+(?:[ \t]*,[ \t]*[\w-]+)*")
_TICKS: Final = re.compile(r"(?<!\\)`+")


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment of a text: lines are counted from 0, `start` is an offset in its `line`.

    `target` is the line it speaks of: its own, or the next one that has words when it stands alone.
    `codes` are the names it gives, each with its offset in the line; `reason` is empty when it
    gives none.
    """

    line: int
    start: int
    target: int
    codes: tuple[tuple[int, str], ...]
    reason: str


def may_have(text: str) -> bool:
    """Whether it is worth looking for comments in a text: in most, it is not."""
    return _MARK in text and _WORD in text


def find(lines: Sequence[str]) -> list[Comment]:
    """Every comment of the lines of a text, whose blocks of code have been blotted out."""
    found: list[Comment] = []
    following = len(lines) - 1
    for number in range(len(lines) - 1, -1, -1):
        line = lines[number]
        spans = _spans(line)
        if not _without(line, spans).strip():
            found += [_comment(line, number, following, start, end) for start, end in spans]
        else:
            found += [_comment(line, number, number, start, end) for start, end in spans]
            following = number
    return sorted(found, key=lambda comment: (comment.line, comment.start))


def blank(line: str) -> str:
    """The line with each of its comments replaced by as many spaces."""
    return _with(line, _spans(line), " ")


def drop(lines: Sequence[str], blotted: Sequence[str]) -> list[str]:
    """The lines without their comments, nor the lines that held nothing else.

    `blotted` are the same lines, whose blocks of code have been blotted out.
    """
    kept = []
    for line, seen in zip(lines, blotted, strict=True):
        spans = _spans(seen)
        left = _without(line, spans)
        if left.strip() or not spans:
            kept.append(left)
    return kept


def _spans(line: str) -> list[tuple[int, int]]:
    """Where the comments of a line are. One between accents is code: it is shown, not obeyed."""
    found: list[tuple[int, int]] = []
    if not may_have(line):
        return found
    code = list(_code_spans(line))
    starts = [start for start, _ in code]
    position = 0
    while opening := _OPENING.search(line, position):
        end = line.find(_CLOSING, opening.end())
        if end < 0:
            break
        position = end + len(_CLOSING)
        before = bisect_right(starts, opening.start()) - 1
        if before < 0 or code[before][1] <= opening.start():
            found.append((opening.start(), position))
    return found


def _code_spans(line: str) -> Iterator[tuple[int, int]]:
    runs = list(_TICKS.finditer(line))
    closing: dict[int, int | None] = {}
    last: dict[int, int] = {}
    for index in range(len(runs) - 1, -1, -1):
        length = len(runs[index][0])
        closing[index] = last.get(length)
        last[length] = index
    index = 0
    while index < len(runs):
        end = closing[index]
        if end is None:
            index += 1
        else:
            yield runs[index].start(), runs[end].end()
            index = end + 1


def _with(line: str, spans: Sequence[tuple[int, int]], filler: str) -> str:
    """The line with `filler` in the place of each character of `spans`."""
    pieces, position = [], 0
    for start, end in spans:
        pieces += [line[position:start], filler * (end - start)]
        position = end
    return "".join([*pieces, line[position:]])


def _without(line: str, spans: Sequence[tuple[int, int]]) -> str:
    if not spans:
        return line
    left = _with(line, spans, "")
    # Two spaces at the end of a line would break it.
    return left if line[spans[-1][1] :].strip() else left.rstrip()


def _comment(line: str, number: int, target: int, start: int, end: int) -> Comment:
    opening = _OPENING.match(line, start)
    begin = opening.end() if opening else start
    named = _CODES.match(line, begin, end - len(_CLOSING))
    codes = re.finditer(r"[\w-]+", named[0]) if named else ()
    rest = line[named.end() if named else begin : end - len(_CLOSING)].strip()
    reason = rest[1:].strip() if rest.startswith(":") else ""
    return Comment(
        number,
        start,
        target,
        tuple((begin + code.start(), code[0]) for code in codes),
        reason if re.search(r"\w", reason) else "",
    )
