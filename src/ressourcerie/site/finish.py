"""The last touches: functions run in order on the whole built folder, just before it is published.

For what can only be made from the finished site. `mkdocs serve` builds no finished site.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from ressourcerie.site.plan import Site

Finisher = Callable[[Path, Site], None]

FINISHERS: Final[tuple[Finisher, ...]] = ()


def finish(folder: Path, site: Site) -> None:
    """Touch up the site built in `folder`."""
    for finisher in FINISHERS:
        finisher(folder, site)
