"""Checks: each looks at the library and says what breaks a rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from ressourcerie.diagnostics import Diagnostic
from ressourcerie.model import Library
from ressourcerie.settings import Settings

Check = Callable[[Library, Settings], Iterable[Diagnostic]]
CHECKS: Final[list[Check]] = []


def run(library: Library, settings: Settings) -> list[Diagnostic]:
    """Run every check."""
    return sorted(found for check in CHECKS for found in check(library, settings))
