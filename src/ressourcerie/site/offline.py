"""The site without a connection, in the browser that has visited it: the service worker, and the
list of all there is to keep. Both are made from the finished site, and change with it alone."""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, unquote, urlsplit

from ressourcerie import data
from ressourcerie.site.plan import Site

WORKER: Final = "sw.js"
INDEX: Final = "hors-connexion.json"
MANIFEST: Final = "manifest.webmanifest"
FALLBACK: Final = "hors-connexion/"

_TEXTS: Final = Path(data.__file__).parent / "hors-connexion"
# Read by robots, or by nobody without a connection; zips are to be carried, not kept here.
_LEFT_OUT: Final = re.compile(
    r"(?:^|/)\.|\.(?:zip|gz|xml|txt|webmanifest)$|^404\.html$|^sw\.js$|^hors-connexion\.json$"
)
# Drawn by scripts/icons.
_ICONS: Final = (
    ("icone-192.png", "192x192", "any"),
    ("icone-512.png", "512x512", "any"),
    ("icone-masque-512.png", "512x512", "maskable"),
)
_TITLE: Final = re.compile(rb"<title>(.*?)</title>", re.DOTALL)
_LOADED: Final = re.compile(
    r"<(?:link\b[^>]*\brel=\"(?:stylesheet|preload|icon)\"[^>]*|script\b[^>]*)>", re.IGNORECASE
)
_ADDRESS: Final = re.compile(r"\b(?:href|src)=\"([^\"]+)\"")
_DIGEST_BYTES: Final = 6


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that may be kept: its address, its weight, and a name for what it holds."""

    url: str
    size: int
    digest: str
    title: str = ""

    @property
    def is_page(self) -> bool:
        """Whether it is read, rather than shown or run in a page."""
        return bool(self.title)

    @property
    def is_paper(self) -> bool:
        """Whether it is a document to print: half the weight of the site, asked for apart."""
        return self.url.endswith(".pdf")


def make_offline(folder: Path, site: Site) -> None:
    """Write the worker and the list. Without « hors connexion », the worker that takes leave."""
    (folder / MANIFEST).write_bytes(manifest(site))
    if not site.settings.offline:
        (folder / WORKER).write_bytes((_TEXTS / "retrait.js").read_bytes())
        return
    files = tuple(inventory(folder))
    version = _version(files)
    (folder / INDEX).write_text(_dump(index(files, version)), "utf-8")
    (folder / WORKER).write_bytes(worker(version, frame(folder, files)))


def manifest(site: Site) -> bytes:
    """What a phone asks for to put the site among its applications, in whatever folder it is."""
    config = site.settings.config.data if site.settings.config else {}
    value = {
        "name": site.settings.site_name,
        "short_name": site.settings.site_name.removeprefix("La "),
        "description": str(config.get("site_description") or ""),
        "lang": "fr",
        "start_url": "./",
        "scope": "./",
        # With the buttons « back » and « reload », that readers know.
        "display": "minimal-ui",
        "background_color": "#fffbf3",
        "theme_color": "#0b5563",
        "icons": [
            {"src": f"assets/icons/{name}", "sizes": sizes, "type": "image/png", "purpose": purpose}
            for name, sizes, purpose in _ICONS
        ],
    }
    return _dump(value).encode()


def inventory(folder: Path) -> Iterator[Kept]:
    """All that may be kept of a built site, in order."""
    names = (p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    for name in sorted(names):
        if _LEFT_OUT.search(name):
            continue
        content = (folder / name).read_bytes()
        digest = hashlib.blake2b(content, digest_size=_DIGEST_BYTES).hexdigest()
        if name.endswith(".html"):
            title = "Accueil" if name == "index.html" else _title(content) or name
            yield Kept(_page_url(name), len(content), digest, title)
        else:
            yield Kept(quote(name), len(content), digest)


def index(files: Iterable[Kept], version: str) -> dict[str, Any]:
    """The list as the page « Hors connexion » reads it, in short rows."""
    files = tuple(files)
    pages = sorted((f for f in files if f.is_page), key=lambda f: f.url)
    return {
        "version": version,
        "pages": [[f.url, f.size, f.digest, f.title] for f in pages],
        "files": [[f.url, f.size, f.digest] for f in files if not f.is_page and not f.is_paper],
        "papers": [[f.url, f.size, f.digest] for f in files if f.is_paper],
    }


def frame(folder: Path, files: Iterable[Kept]) -> list[str]:
    """The page « Hors connexion » and what it takes to show it; nothing where there is none."""
    page = folder / FALLBACK / "index.html"
    if not page.is_file():
        return []
    known = {file.url for file in files}
    loaded = (
        _resolved(found[1])
        for tag in _LOADED.finditer(page.read_text("utf-8"))
        if (found := _ADDRESS.search(tag[0]))
    )
    return list(dict.fromkeys([FALLBACK, *(url for url in loaded if url in known)]))


def worker(version: str, needed: Iterable[str]) -> bytes:
    """The script of the worker, knowing what it has to know of this build."""
    build = _dump({"version": version, "frame": list(needed)})
    return f"const build = {build};\n".encode() + (_TEXTS / "sw.js").read_bytes()


def _resolved(address: str) -> str:
    """An address of the page « Hors connexion », as seen from the root of the site."""
    parts = urlsplit(unescape(address))
    if parts.scheme or parts.netloc:
        return ""
    return quote(posixpath.normpath(posixpath.join(FALLBACK, unquote(parts.path))))


def _page_url(name: str) -> str:
    folder, _, file = name.rpartition("/")
    return quote(f"{folder}/".lstrip("/") if file == "index.html" else name)


def _title(page: bytes) -> str:
    found = _TITLE.search(page)
    title = unescape(found[1].decode()).strip() if found else ""
    # « Tiers-lieux – La Ressourcerie »
    return title.rpartition(" – ")[0] or title


def _version(files: Iterable[Kept]) -> str:
    # The worker itself is part of what a version is.
    digest = hashlib.blake2b((_TEXTS / "sw.js").read_bytes(), digest_size=_DIGEST_BYTES)
    for file in files:
        digest.update(f"{file.url} {file.digest}\n".encode())
    return digest.hexdigest()


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
