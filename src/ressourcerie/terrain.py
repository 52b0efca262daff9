"""Where a browser ends up when it follows an address: the pages that will exist, their anchors.

Addresses are joined by the URL standard itself (WHATWG), and looked up as a static host does it:
capitals and accents count, a folder answers with its `index.html`.
"""

from __future__ import annotations

import difflib
import posixpath
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cached_property
from typing import Final
from urllib.parse import quote, unquote

import ada_url

# Stands for the address where the site will be published.
_HOST: Final = "site.invalid"
_PAGES: Final = (".html", ".htm")
_DIRECTIVE: Final = ":~:"
# Two letters or one swapped: a known scheme badly typed, not another one.
_SCHEMES: Final = ("http", "https", "mailto", "tel")
_ATOM: Final = r"[^@\s<>(),;:.\"\[\]\\]+"
# RFC 5321: words between dots, or anything between quotes; a host, or its number.
_MAIL: Final = re.compile(
    rf"(?=.{{1,64}}@)(?:{_ATOM}(?:\.{_ATOM})*|\"[^\"]+\")"
    rf"@(?:localhost|(?:{_ATOM}\.)+(?!\d+$){_ATOM}(?<=[^.]{{2}})|\[[\da-fA-Fv:.IP]+\])"
)
_NAMED: Final = re.compile(r"[^<>@]*<([^<>]*)>")
_MAX_GUESSES: Final = 100


class Reach(Enum):
    """What becomes of an address."""

    FOUND = auto()
    EXTERNAL = auto()
    EMPTY = auto()
    MALFORMED = auto()
    MISSING = auto()
    NO_ANCHOR = auto()
    NO_IMAGE = auto()
    BAD_MAIL = auto()
    BAD_NUMBER = auto()
    ACTIVE = auto()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of an address; `where` is the file of the site it leads to, or the address on
    the web; `anchor` the anchor it asks for.
    """

    reach: Reach
    where: str = ""
    anchor: str = ""


@dataclass(frozen=True)
class Terrain:
    """All that will be published. `files` are paths relative to the root of the site.

    `also` tells whether a path that is not among them is published too, by the theme for instance.
    `anchors` has those of the pages whose anchors are known; `prefix` is the path under which the
    site lies (« / » or « /depot/ »), `home` its public address when it has one.
    """

    files: frozenset[str]
    anchors: Mapping[str, frozenset[str]] = field(default_factory=dict)
    prefix: str = "/"
    home: str = ""
    also: Callable[[str], bool] = lambda _path: False

    def follow(self, href: str, page: str, kind: str = "page", base: str = "") -> Verdict:
        """Follow `href` from the page at the address `page`, relative to the root of the site."""
        if not href:
            return Verdict(Reach.EMPTY)
        try:
            start = ada_url.URL(self._origin + self.prefix + page)
            if base:
                start = ada_url.URL(base, base=start.href)
            url = ada_url.URL(href, base=start.href)
        except ValueError:
            return Verdict(Reach.MALFORMED)
        if url.protocol not in {"http:", "https:"}:
            return _other_scheme(url, kind)
        path = unquote(url.pathname)
        under = f"{path}/".startswith(self.prefix)
        if url.hostname != _HOST and not (under and url.origin == self._home_origin):
            return Verdict(Reach.EXTERNAL, url.href)
        if not under:
            return Verdict(Reach.MISSING, path)
        return self.land(path[len(self.prefix) :], url.hash[1:], kind)

    @cached_property
    def _origin(self) -> str:
        # A site that is itself served by http reads « http:/page » as a path.
        return f"{'http' if self.home.startswith('http:') else 'https'}://{_HOST}"

    @cached_property
    def _home_origin(self) -> str:
        try:
            return ada_url.URL(self.home).origin
        except ValueError:
            return ""

    def land(self, path: str, fragment: str = "", kind: str = "page") -> Verdict:
        """Look for `path`, relative to the root of the site, then for the anchor in it."""
        file = self.file(path)
        if file is None:
            return Verdict(Reach.MISSING, path)
        if kind == "image" and file.lower().endswith(_PAGES):
            return Verdict(Reach.NO_IMAGE, file)
        anchors = self.anchors.get(file)
        if anchors is None or kind == "image" or _is_there(fragment, anchors):
            return Verdict(Reach.FOUND, file, fragment)
        return Verdict(Reach.NO_ANCHOR, file, unquote(fragment))

    def file(self, path: str) -> str | None:
        """The file that a static host would send."""
        if path in self.files and not path.endswith("/"):
            return path
        index = posixpath.join(path, "index.html")
        if index in self.files:
            return index
        return path if path and not path.endswith("/") and self.also(path) else None


def _other_scheme(url: ada_url.URL, kind: str) -> Verdict:
    scheme, rest = url.protocol[:-1], unquote(url.pathname)
    match scheme:
        case "mailto":
            people = [_NAMED.sub(r"\1", person).strip() for person in rest.split(",")]
            # Without anyone, a message to be addressed by its sender (RFC 6068).
            fine = all(map(_MAIL.fullmatch, people)) if rest else bool(url.search)
            return Verdict(Reach.FOUND if fine else Reach.BAD_MAIL)
        case "tel" | "sms":
            number = re.sub(r"[\s().\-]", "", rest.split(";")[0])
            fine = re.fullmatch(r"\+?[0-9*#]{2,}", number) is not None
            return Verdict(Reach.FOUND if fine else Reach.BAD_NUMBER)
        case "data" if kind != "page":
            return Verdict(Reach.FOUND)
        case "javascript" | "vbscript" | "data":
            return Verdict(Reach.ACTIVE)
        case "file" | "blob":
            return Verdict(Reach.MALFORMED)
    near = difflib.get_close_matches(scheme, _SCHEMES, n=1, cutoff=0.75)
    # A single letter is a Windows disk.
    return Verdict(Reach.MALFORMED if near or len(scheme) == 1 else Reach.FOUND)


def _is_there(fragment: str, anchors: frozenset[str]) -> bool:
    """HTML standard, « find a potential indicated element »: as it is, then decoded, then « top ».

    A text to highlight (`:~:text=`) is looked for by the browser, and may save a missing anchor.
    """
    if _DIRECTIVE in fragment:
        return True
    if not fragment or fragment in anchors:
        return True
    decoded = unquote(fragment)
    return decoded in anchors or decoded.lower() == "top"


class Guesses:
    """Finds the path that was probably meant, among those that exist."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._paths = sorted(paths)
        self._left = _MAX_GUESSES

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for path in self._paths:
            found.setdefault(_plain(posixpath.basename(path.rstrip("/"))), []).append(path)
        return found

    @cached_property
    def _by_path(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for path in self._paths:
            found.setdefault(_plain(path), []).append(path)
        return found

    def same(self, path: str) -> str:
        """The one path that differs from this one by capitals or the coding of accents only."""
        found = self._by_path.get(_plain(path), [])
        return found[0] if len(found) == 1 and found[0] != path else ""

    def nearest(self, path: str) -> str:
        """The path of the nearest name, in the nearest folder; nothing when none is near."""
        if same := self.same(path):
            return same
        name = _plain(posixpath.basename(path.rstrip("/")))
        names = self._by_name
        if name not in names:
            if self._left <= 0:
                return ""
            self._left -= 1
            near = difflib.get_close_matches(name, names, n=1, cutoff=0.72)
            if not near:
                return ""
            name = near[0]
        return max(names[name], key=lambda p: (_shared(p, path), -len(p)))


def _shared(a: str, b: str) -> float:
    return difflib.SequenceMatcher(None, a, b).quick_ratio()


def _plain(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()


def nearest_word(word: str, words: Iterable[str]) -> str:
    """The one of `words` that was probably meant, or nothing."""
    known = sorted(words)
    folded = {_fold(w): w for w in reversed(known)}
    if found := folded.get(_fold(word)):
        return found
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    return near[0] if near else ""


def _fold(word: str) -> str:
    """Letters and digits alone, without accents: what two ways of making anchors agree on."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in plain if c.isalnum())


def relative(path: str, page: str) -> str:
    """`path` as a link written in the file `page` would name it, spaces coded."""
    return quote(posixpath.relpath(path, posixpath.dirname(page) or "."), safe="/+&@,;=!$'()*~")
