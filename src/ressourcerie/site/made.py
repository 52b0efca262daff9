"""Files published beside the pages, made from the library: a table of makers, and nothing else.

They are whole before any page is drawn, and are there under `mkdocs serve` too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from ressourcerie.site import coverage_files, feeds, lost, moved, sitemap, social
from ressourcerie.site.plan import Site
from ressourcerie.site.search.written import search_files
from ressourcerie.site.words.signposts import signposts


@dataclass(frozen=True, slots=True)
class Made:
    """One file: its address, relative to the root of the site, and its bytes."""

    url: str
    content: bytes


# Gives addresses and bytes.
Maker = Callable[[Site], Iterable[tuple[str, bytes]]]

MAKERS: Final[tuple[Maker, ...]] = (
    search_files,
    signposts,
    coverage_files.make,
    feeds.make,
    moved.make,
    social.make,
    lost.make,
    sitemap.make,
)


def make_all(site: Site) -> Iterator[Made]:
    """Every file, maker after maker."""
    for maker in MAKERS:
        yield from (Made(url, content) for url, content in maker(site))
