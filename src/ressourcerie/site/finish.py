"""The last touches: functions run in order on the whole built folder, just before it is published.

For what can only be made from the finished site. `mkdocs serve` builds no finished site.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from ressourcerie.site.offline import make_offline
from ressourcerie.site.plan import Site
from ressourcerie.site.usb import make_usb_edition

Finisher = Callable[[Path, Site], None]

# The zip holds what was made before it, and pages say its weight; the worker knows the final pages.
FINISHERS: Final[tuple[Finisher, ...]] = (make_usb_edition, make_offline)


def finish(folder: Path, site: Site) -> None:
    """Touch up the site built in `folder`."""
    for finisher in FINISHERS:
        finisher(folder, site)
