"""The two streams an answer goes out by: always UTF-8, in colour where somebody looks."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import sys
from typing import Final, TextIO

# Of a page that is not on a terminal.
_WIDTH: Final = 100
_NARROWEST: Final = 40


def speak_utf8() -> None:
    """Write UTF-8 whatever the language of the computer: JSON is nothing else, nor is French.

    A name of file that no coding explains is written with escapes, which JSON reads back.
    """
    for stream in (sys.stdout, sys.stderr):
        # A stream put there by a test, or none at all, is left as it is.
        if isinstance(stream, io.TextIOWrapper):
            with contextlib.suppress(OSError, ValueError):
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def close_streams() -> None:
    """Write what is left, or nothing once nobody reads (`| head`)."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            _forget(stream)


def _forget(stream: TextIO) -> None:
    """Send what Python would still try to write while it ends to where all is accepted."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def in_colour(stream: TextIO) -> bool:
    """Whether to use colours: on a terminal, unless told otherwise.

    https://no-color.org and https://force-color.org: a variable counts once it is not empty.
    """
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return is_terminal(stream) and os.environ.get("TERM") != "dumb"


def is_terminal(stream: TextIO) -> bool:
    """Whether somebody is there."""
    try:
        return stream.isatty()
    except (AttributeError, ValueError):
        return False


def width(stream: TextIO) -> int:
    """How many columns a line may take."""
    if not is_terminal(stream):
        return _WIDTH
    return max(_NARROWEST, shutil.get_terminal_size((_WIDTH, 24)).columns)
