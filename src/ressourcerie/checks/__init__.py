"""Checks: each looks at the library and says what breaks a rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from ressourcerie.checks import blocks, drawing, links, references, schedule, structure
from ressourcerie.diagnostics import Diagnostic
from ressourcerie.library import Library
from ressourcerie.settings import Settings

Check = Callable[[Library, Settings], Iterable[Diagnostic]]

FAMILIES: Final[tuple[Check, ...]] = (
    structure.check,
    blocks.check,
    schedule.check,
    references.check,
    links.check,
    drawing.check,
)


def run(library: Library, settings: Settings) -> list[Diagnostic]:
    """Run every check, in the order of files and lines."""
    return sorted(_all(library, settings))


def _all(library: Library, settings: Settings) -> Iterator[Diagnostic]:
    for check in FAMILIES:
        yield from check(library, settings)
