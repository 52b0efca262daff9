"""Links that lead out of the project: asked for politely, once each, and only on demand.

Three verdicts: alive; dead, for what no browser could open either; unverified, for all the rest.
Nothing here is imported by the rest of the project before it is asked for: it is slow to load.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from ressourcerie.diagnostics import Diagnostic
from ressourcerie.external.options import Occurrence, Options

__all__ = ["Occurrence", "Options", "check_external", "silent"]


def silent(_done: int, _total: int, _address: str) -> None:
    """Show no progress."""


def check_external(
    occurrences: Iterable[Occurrence],
    options: Options,
    cache_file: Path,
    progress: Callable[[int, int, str], None] = silent,
) -> list[Diagnostic]:
    """What is wrong with links to other sites, the oldest failures first.

    Asks the network, within the bounds of `options`; keeps in `cache_file` when each address was
    last seen alive. `progress` is told how many addresses are done, of how many, and the last.
    Must not be called from a running event loop.
    """
    from ressourcerie.external.check import check

    return check(occurrences, options, cache_file, progress)
