"""Files published beside the pages, made from the library: a table of makers, and nothing else.

They are whole before any page is drawn, and are there under `mkdocs serve` too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from ressourcerie.site.plan import Site


@dataclass(frozen=True, slots=True)
class Made:
    """One file: its address, relative to the root of the site, and its bytes."""

    url: str
    content: bytes


Maker = Callable[[Site], Iterable[Made]]

MAKERS: Final[tuple[Maker, ...]] = ()


def make_all(site: Site) -> Iterator[Made]:
    """Every file, maker after maker."""
    for maker in MAKERS:
        yield from maker(site)
