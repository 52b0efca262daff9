"""Mends what checks are certain of: edits → bytes → a difference to show → a file.

All is pure but `fixes`, which reads, and `write`. A file keeps its byte order mark, its ends of
line and every character that no edit names; its front matter keeps its shape.
"""

from __future__ import annotations

import difflib
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ressourcerie import atomic, source
from ressourcerie.diagnostics import Diagnostic, Edit

# An edit may uncover another fault; after that many times something is wrong, and we stop.
MOST_PASSES: Final = 12
# Says what is still at fault in a text once mended, given its path and its bytes.
Again = Callable[[str, bytes], Iterable[Diagnostic]]

_BOM: Final = b"\xef\xbb\xbf"
_CRLF: Final = "\r\n"


class ChangedSinceError(OSError):
    """A file is no longer what the checks have read."""


@dataclass(frozen=True, slots=True)
class Change:
    """What mending does to one file: `codes` has the rule of each edit, in their order.

    `path` is relative to the project, whose folder is `root`.
    """

    path: str
    before: bytes
    after: bytes
    diff: str
    codes: tuple[str, ...]
    root: Path


def fixes(
    diagnostics: Iterable[Diagnostic], root: Path, again: Again | None = None
) -> list[Change]:
    """The changes that diagnostics with an edit ask for, one a file, in the order of paths.

    With `again`, each text is checked and mended until nothing is left to mend. A file that cannot
    be read, or lies out of the project, is left as it is.
    """
    by_path: dict[str, list[Diagnostic]] = {}
    for diagnostic in diagnostics:
        if diagnostic.edit is not None:
            by_path.setdefault(diagnostic.place.path, []).append(diagnostic)
    changes = []
    for path, found in sorted(by_path.items()):
        with suppress(OSError, UnicodeDecodeError):
            if source.is_inside(root, root / path):
                change = _change(path, (root / path).read_bytes(), found, root, again)
                changes += [change] if change else []
    return changes


def _change(
    path: str, before: bytes, found: Iterable[Diagnostic], root: Path, again: Again | None
) -> Change | None:
    after, codes = before, list[str]()
    for _ in range(MOST_PASSES):
        mended, used = _mend(after, found)
        if mended == after:
            break
        after = mended
        codes += used
        if again is None:
            break
        found = again(path, after)
    if after == before:
        return None
    return Change(path, before, after, difference(path, before, after), tuple(codes), root)


def mend(data: bytes, diagnostics: Iterable[Diagnostic]) -> bytes:
    """The bytes of a file with what `diagnostics` are certain of mended.

    Edits that touch one another wait for the next time: the first of them wins. Raises
    UnicodeDecodeError when the file is not UTF-8.
    """
    return _mend(data, diagnostics)[0]


def _mend(data: bytes, diagnostics: Iterable[Diagnostic]) -> tuple[bytes, list[str]]:
    bom = _BOM if data.startswith(_BOM) else b""
    raw = data[len(bom) :].decode("utf-8")
    text = raw.replace(_CRLF, "\n").replace("\r", "\n")
    chosen = _apart(diagnostics, len(text))
    if not chosen:
        return data, []
    chosen = _keeping_front_matter(text, chosen)
    edits = _in_file(raw, [edit for edit, _ in chosen])
    return bom + _applied(raw, edits).encode(), [code for _, code in chosen]


def _apart(diagnostics: Iterable[Diagnostic], length: int) -> list[tuple[Edit, str]]:
    """The edits of a text that do not touch, first ones first, each with the rule that asks it."""
    asked = {(d.edit.start, d.edit.end, d.edit.text, d.code) for d in diagnostics if d.edit}
    kept: list[tuple[Edit, str]] = []
    last = -1
    for start, end, text, code in sorted(asked):
        if last < start <= end <= length:
            kept.append((Edit(start, end, text), code))
            last = end
    return kept


def _keeping_front_matter(text: str, chosen: list[tuple[Edit, str]]) -> list[tuple[Edit, str]]:
    """Without the edits that would change what the front matter is made of."""
    before, _ = source.parse("", text.encode())
    inside = [pair for pair in chosen if before and pair[0].start < len(before.head)]
    if before is None or not inside or _keep_shape(before, inside):
        return chosen
    kept = (pair for pair in inside if _keep_shape(before, [pair]))
    return [*kept, *chosen[len(inside) :]]


def _keep_shape(before: source.Source, pairs: list[tuple[Edit, str]]) -> bool:
    """Whether a front matter, once edited, has the same keys, and each value where it was.

    A list may have more words at its end.
    """
    edits = [edit for edit, _ in pairs]
    after, _ = source.parse("", _applied(before.text, edits).encode())
    if after is None or after.body != before.body:
        return False
    moved = {
        path: (_moved(start, edits), _moved(end, edits))
        for path, (start, end) in before.spans.items()
    }
    if after.spans == moved and list(after.places) == list(before.places):
        return True
    added_only = not any(before.text[edit.start : edit.end].strip() for edit in edits)
    return added_only and _has_grown(before.front, after.front)


def _has_grown(before: dict[str, Any], after: dict[str, Any]) -> bool:
    """Whether some lists have words more at their end, and everything else is the same."""
    if list(before) != list(after):
        return False
    grown = [key for key in before if repr(before[key]) != repr(after[key])]
    return bool(grown) and all(_goes_on(before[key], after[key]) for key in grown)


def _goes_on(before: object, after: object) -> bool:
    if not (isinstance(before, list) and isinstance(after, list)):
        return False
    known, new = after[: len(before)], after[len(before) :]
    return repr(known) == repr(before) and all(isinstance(word, str) for word in new)


def _moved(offset: int, edits: Iterable[Edit]) -> int:
    """Where a limit of a value is once edits are made."""
    shifts = (len(e.text) - (e.end - e.start) for e in edits if e.end <= offset)
    return offset + sum(shifts)


def _in_file(raw: str, edits: list[Edit]) -> list[Edit]:
    """Edits counted in the file as it is, with its own ends of line."""
    if "\r" not in raw:
        return edits
    end = _CRLF if _CRLF in raw else "\r"
    # Where each end of two characters stands once it is one.
    ends = [match.start() - index for index, match in enumerate(re.finditer(_CRLF, raw))]
    return [
        Edit(
            edit.start + bisect_left(ends, edit.start),
            edit.end + bisect_left(ends, edit.end),
            edit.text.replace("\n", end),
        )
        for edit in edits
    ]


def _applied(text: str, edits: Iterable[Edit]) -> str:
    pieces, done = [], 0
    for edit in edits:
        pieces += [text[done : edit.start], edit.text]
        done = edit.end
    return "".join([*pieces, text[done:]])


def difference(path: str, before: bytes, after: bytes) -> str:
    """What changes, as `patch` reads it: a minus before each old line, a plus before each new."""
    old, new = (_lines(data) for data in (before, after))
    # What is the same at both ends is no work for difflib, which is slow on long texts.
    same = next(
        (i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b),
        min(len(old), len(new)),
    )
    start = max(0, same - 3)
    hunks = list(difflib.unified_diff(old[start:], new[start:], n=3, lineterm=""))[2:]
    shown = [_numbered(line, start) if line.startswith("@@") else line for line in hunks]
    return "\n".join([f"--- avant/{path}", f"+++ après/{path}", *shown]) + "\n"


def _lines(data: bytes) -> list[str]:
    text = data.removeprefix(_BOM).decode("utf-8").replace(_CRLF, "\n").replace("\r", "\n")
    return text.removesuffix("\n").split("\n")


_HUNK: Final = re.compile(r"([-+])(\d+)")


def _numbered(header: str, lines: int) -> str:
    """`@@ -1,7 +1,7 @@` as it reads when the texts begin `lines` lines later."""
    return _HUNK.sub(lambda match: f"{match[1]}{int(match[2]) + lines}", header)


def write(change: Change) -> None:
    """Write a change, whole or not at all; the file keeps its permissions.

    Raises OSError, ChangedSinceError when somebody has changed the file meanwhile.
    """
    # A link inside the project stays a link.
    file = (change.root / change.path).resolve(strict=True)
    if file.read_bytes() != change.before:
        raise ChangedSinceError(None, "il a changé depuis la vérification")
    atomic.write(file, change.after, mode=file.stat().st_mode & 0o7777, lasting=True)
