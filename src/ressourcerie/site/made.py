"""Files published beside the pages, made from the library: a table of makers, and nothing else.

They are whole before any page is drawn, and are there under `mkdocs serve` too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from ressourcerie.site import coverage_files, feeds, lost, moved, sitemap, social
from ressourcerie.site.plan import Site


@dataclass(frozen=True, slots=True)
class Made:
    """One file: its address, relative to the root of the site, and its bytes."""

    url: str
    content: bytes


Maker = Callable[[Site], Iterable[Made]]


def _of(pairs: Callable[[Site], Iterable[tuple[str, bytes]]]) -> Maker:
    """A maker that only has to say an address and its bytes."""
    return lambda site: (Made(url, content) for url, content in pairs(site))


MAKERS: Final[tuple[Maker, ...]] = (
    _of(coverage_files.make),
    _of(feeds.make),
    _of(moved.make),
    _of(social.make),
    _of(lost.make),
    _of(sitemap.make),
)


def make_all(site: Site) -> Iterator[Made]:
    """Every file, maker after maker."""
    for maker in MAKERS:
        yield from maker(site)
