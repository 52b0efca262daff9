"""Files published beside the pages, made from the library: a table of makers, and nothing else.

They are whole before any page is drawn, and are there under `mkdocs serve` too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from ressourcerie.site.plan import Site
from ressourcerie.site.search.written import search_files
from ressourcerie.site.words.signposts import signposts


@dataclass(frozen=True, slots=True)
class Made:
    """One file: its address, relative to the root of the site, and its bytes."""

    url: str
    content: bytes


Maker = Callable[[Site], Iterable[Made]]


def _signposts(site: Site) -> Iterator[Made]:
    return (Made(url, page) for url, page in signposts(site))


def _search(site: Site) -> Iterator[Made]:
    return (Made(url, content) for url, content in search_files(site))


MAKERS: Final[tuple[Maker, ...]] = (_signposts, _search)


def make_all(site: Site) -> Iterator[Made]:
    """Every file, maker after maker."""
    for maker in MAKERS:
        yield from maker(site)
