"""What was found, written for people, for programs, for a forge.

Pure functions: the lines to quote are asked of a function, colours and width are given. Nothing a
stranger wrote (a name of file, a line of text) can drive a terminal or a log.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from itertools import accumulate, groupby
from typing import Any, Final

from ressourcerie.diagnostics import Diagnostic, Place, Severity
from ressourcerie.french import plural

# Path relative to the project → its lines; none for what cannot be shown.
Lines = Callable[[str], Sequence[str]]

_COLOURS: Final = {Severity.ERROR: "31;1", Severity.WARNING: "33;1", Severity.INFO: "36;1"}
_DIM: Final = "2"
_BOLD: Final = "1"
_MARGIN: Final = "    "
_TAB: Final = " " * 4
# Control characters, marks that turn the direction of a line, halves of a character, odd ends of
# line: one of them shown as it is could hide a part of the message, or of the terminal.
_UNSAFE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
_GITHUB: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def no_lines(_path: str) -> Sequence[str]:
    """Quote nothing."""
    return ()


@dataclass(frozen=True, slots=True)
class Display:
    """How to write: with which quotations, in colour or not, on how many columns.

    `folder` is where the project lies in its repository, as a forge names files from there.
    """

    lines: Lines = no_lines
    colour: bool = False
    width: int = 100
    folder: str = ""


PLAIN: Final = Display()


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """The closing line: how many of each, in French."""
    found = [d.severity for d in diagnostics]
    if not found:
        return "Aucun problème."
    counts = [
        plural(found.count(Severity.ERROR), "erreur"),
        plural(found.count(Severity.WARNING), "avertissement"),
    ]
    if advice := found.count(Severity.INFO):
        counts.append(plural(advice, "conseil"))
    return f"{', '.join(counts)}."


def render_text(diagnostics: Iterable[Diagnostic], display: Display = PLAIN) -> str:
    """For people: `path:line:col: gravité [code] message`, the line itself, how to mend it.

    Files are kept apart by an empty line.
    """
    files = groupby(diagnostics, key=lambda d: d.place.path)
    return "\n\n".join(
        "\n".join(line for d in found for line in _text(d, display)) for _, found in files
    )


def _text(diagnostic: Diagnostic, display: Display) -> Iterator[str]:
    d = diagnostic
    paint = _paint if display.colour else _plain
    place = paint(safe(str(d.place)), _BOLD)
    gravity = paint(d.severity.french, _COLOURS[d.severity])
    yield f"{place}: {gravity} {paint(f'[{d.code}]', _DIM)} {safe(d.message)}"
    for margin, words, caret in _quotation(d.place, display):
        colour = _COLOURS[d.severity] if caret else ""
        yield f"{paint(margin, _DIM)} {paint(words, colour) if colour else words}".rstrip()
    if d.hint:
        yield f"{_MARGIN}→ {safe(d.hint)}"


def _quotation(place: Place, display: Display) -> Iterator[tuple[str, str, bool]]:
    """The line a place is on and the caret under it: margin, words, whether it is the caret."""
    lines = display.lines(place.path)
    line = lines[place.line - 1] if 0 < place.line <= len(lines) else ""
    # A fault at the very beginning of a file is often one of the whole file.
    if not line.strip() or (place.line == place.column == 1 and line.startswith("---")):
        return
    number = str(place.line)
    room = max(20, display.width - len(_MARGIN) - len(number) - 3)
    before, after = _window(line, min(place.column - 1, len(line)), room)
    yield f"{_MARGIN}{number} │", before + after, False
    yield f"{_MARGIN}{' ' * len(number)} │", " " * _cells(before) + "^", True


def _window(line: str, column: int, room: int) -> tuple[str, str]:
    """What of a line fits around a column: before it, and from it on."""
    before, after = _shown(line[max(0, column - room) : column]), _shown(line[column:][:room])
    short = len(line) <= room
    if short and _cells(before) + _cells(after.rstrip()) <= room:
        return before, after.rstrip()
    room -= 2
    right = _fitting(after, max(room // 2, room - _cells(before)))
    left = _fitting(before[::-1], room - _cells(right))[::-1]
    cut_left = column > room + 2 or len(left) < len(before)
    cut_right = len(line) - column > room + 2 or len(right) < len(after)
    return "…" * cut_left + left, right + "…" * cut_right


def _fitting(text: str, room: int) -> str:
    """The longest beginning of a text that takes no more than `room` columns."""
    widths = accumulate(_cells(char) for char in text)
    return text[: sum(width <= room for width in widths)]


def _shown(text: str) -> str:
    return safe(text.replace("\t", _TAB))


def _cells(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return len(text) if text.isascii() else _cell_len()(text)


@cache
def _cell_len() -> Callable[[str], int]:
    from rich.cells import cell_len

    return cell_len


def safe(text: str) -> str:
    """A text on one line, without what could drive a terminal."""
    return _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", text.replace("\n", " ").replace("\t", " "))


def _paint(text: str, colour: str) -> str:
    return f"\x1b[{colour}m{text}\x1b[0m"


def _plain(text: str, _colour: str) -> str:
    return text


def render_json(diagnostics: Iterable[Diagnostic], _display: Display = PLAIN) -> str:
    """One array of `{path, line, column, code, severity, message, hint, link}`."""
    rows: list[dict[str, Any]] = [
        asdict(d.place)
        | {"code": d.code, "severity": d.severity, "message": d.message, "hint": d.hint}
        | {"link": d.link}
        for d in diagnostics
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def render_github(diagnostics: Iterable[Diagnostic], display: Display = PLAIN) -> str:
    """Annotations that a forge shows beside the faulty line."""
    return "\n".join(
        f"::{_GITHUB[d.severity]} file={_property(display.folder + d.place.path)},"
        f"line={d.place.line},col={d.place.column},title={_property(d.code)}::"
        f"{_data(f'{d.message} {d.hint}'.strip())}"
        for d in diagnostics
    )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    # A file name must not be able to write another command.
    return _data(text).replace(":", "%3A").replace(",", "%2C")
