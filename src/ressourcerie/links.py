"""Where a link leads: from what an author typed to a page that will exist."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    # Its model is slow to load, and many need nothing here but names.
    from ressourcerie.library import Library

SAFE_SCHEMES: Final = frozenset({"http", "https", "mailto", "tel"})
# On paper, the scheme of a file of the project: a document is the same wherever the project lies.
PROJECT: Final = "projet"
# In a part of a book, the scheme of a place that may stand in another part.
BOOK: Final = "livre"


@dataclass(frozen=True, slots=True)
class Target:
    """What a link means. `url` is relative to the root of the site when `internal`."""

    url: str
    internal: bool
    fragment: str = ""

    @property
    def full(self) -> str:
        """The address with its fragment."""
        return f"{self.url}#{self.fragment}" if self.fragment else self.url


def resolve(href: str, origin: str, library: Library) -> Target | None:
    """What `href`, typed in the source `origin`, means; None when it leads nowhere.

    Links between sources are written as in the repository, relative to the file: they work in any
    viewer, and this turns them into public addresses.
    """
    try:
        parts = urlsplit(href)
    except ValueError:
        return None
    if parts.scheme or parts.netloc:
        return Target(href, internal=False) if parts.scheme in SAFE_SCHEMES else None
    if not parts.path:
        resource = library.by_path.get(origin)
        return Target(resource.url if resource else "", True, parts.fragment)
    path = posixpath.normpath(posixpath.join(posixpath.dirname(origin), unquote(parts.path)))
    if resource := library.by_path.get(path):
        return Target(resource.url, True, parts.fragment)
    if asset := library.assets.get(path):
        return Target(asset, True, parts.fragment)
    return None


def relative(url: str, page: str) -> str:
    """`url` as seen from the page at `page`, both relative to the root of the site."""
    path, mark, fragment = url.partition("#")
    base = posixpath.dirname(page)
    found = posixpath.relpath(path or ".", base or ".")
    if path.endswith("/") or not path:
        found = "./" if found == "." else f"{found}/"
    return f"{found}{mark}{fragment}"
