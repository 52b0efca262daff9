"""Content-addressed work: a PDF is made again only when something it is made of has changed."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from html import unescape
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

from ressourcerie import atomic
from ressourcerie.links import PROJECT
from ressourcerie.memory import Memory
from ressourcerie.paper.document import TIGHT, Document
from ressourcerie.paper.worker import Result
from ressourcerie.settings import Settings

# Beyond which the PDFs that have not been used for the longest are forgotten.
MAX_BYTES: Final = 1_000_000_000
# Another build may be about to copy what it has just found.
IN_USE: Final = 3600.0
_FACTS: Final = ("pages", "complaints", "ink", "layout", "refers")
# In our templates and styles, and in what our Markdown writes, an address stands in double quotes.
_USED: Final = re.compile(rf"\"{PROJECT}:([^\"]+)\"")


@dataclass(frozen=True, slots=True)
class Known:
    """A finished PDF: its file, the picture of its first page, and what its making taught."""

    key: str
    file: Path
    preview: Path | None
    size: int
    pages: int
    complaints: tuple[str, ...] = ()
    ink: float = 0.0
    layout: Any = None
    refers: tuple[str, ...] = ()


class PdfCache:
    """Finished PDFs by the hash of what they are made of. Several builds may share it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._folder = settings.cache / "pdf"
        self._folder.mkdir(parents=True, exist_ok=True)
        self._compositions = Memory(settings.cache / "compositions.txt")
        self._hashes: dict[Path, str] = {}
        self._styles: dict[str, str] = {}

    def knows(self, document: Document) -> bool:
        """Whether the key of a document is found without composing it."""
        return self._compositions.get(document.inputs) is not None

    def key(self, document: Document) -> str:
        """Hash of the HTML, the styles, the images and fonts they name, and the engine.

        A document whose inputs are known is not composed.
        """
        html, named = self._composition(document)
        digest = hashlib.sha256(f"{_engine()} {document.fillable} {html}".encode())
        root = self._settings.root
        for name in (*document.stylesheets, TIGHT):
            digest.update(self._hash_of_style(name).encode())
        for path in named:
            digest.update(f"{path} {self._hash_of(root / path)}".encode())
        return digest.hexdigest()

    def files(self, document: Document) -> set[str]:
        """The styles, images and fonts a document is made with, by their path in the project."""
        root, theme = self._settings.root, self._settings.print_theme
        styles = [theme / name for name in (*document.stylesheets, TIGHT)]
        named = (_named(style.read_text("utf-8")) for style in styles)
        used = {style.relative_to(root).as_posix() for style in styles}
        return used.union(self._composition(document)[1], *named)

    def _composition(self, document: Document) -> tuple[str, list[str]]:
        """The hash of its HTML, and the files this names."""
        composed = self._compositions.get(document.inputs)
        if composed is None:
            composed = [_hash(document.html.encode()), sorted(_named(document.html))]
            self._compositions.put(document.inputs, composed)
        html, named = composed
        return html, named

    def find(self, key: str) -> Known | None:
        """The PDF and what is known of it, or None when it has to be made."""
        pdf, picture, facts = self._paths(key)
        try:
            known = json.loads(facts.read_text("utf-8"))
            if not isinstance(known["pages"], int) or pdf.stat().st_size != known["size"]:
                return None
            preview = picture if known["preview"] else None
            if preview and preview.stat().st_size != known["preview"]:
                return None
            # What is used is young again.
            for path in (pdf, facts, *([preview] if preview else [])):
                os.utime(path)
            return Known(
                key,
                pdf,
                preview,
                known["size"],
                known["pages"],
                tuple(known["complaints"]),
                known["ink"],
                known["layout"],
                tuple(known["refers"]),
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def store(self, key: str, result: Result) -> None:
        """Write a PDF, then its facts: a reader sees all or nothing. Raises OSError."""
        pdf, picture, facts = self._paths(key)
        atomic.write(pdf, result.pdf)
        if result.preview:
            atomic.write(picture, result.preview)
        known = {name: getattr(result, name) for name in _FACTS}
        known |= {"size": len(result.pdf), "preview": len(result.preview)}
        known["complaints"] = list(dict.fromkeys(result.complaints))
        atomic.write(facts, json.dumps(known).encode())

    def keep_file(self, key: str, suffix: str, make: Callable[[], bytes]) -> Path:
        """A file of another kind, made when it is not there. Raises OSError."""
        file = self._folder / f"{key}.{suffix}"
        try:
            os.utime(file)
        except OSError:
            atomic.write(file, make())
        return file

    def keep(self) -> None:
        """Remember what was composed, and forget the PDFs that nobody uses any more."""
        self._compositions.save()
        with contextlib.suppress(OSError):
            self._prune()

    def _prune(self) -> None:
        files = sorted(((p, p.stat()) for p in self._folder.iterdir()), key=lambda f: f[0].name)
        files.sort(key=lambda file: -file[1].st_mtime)
        total, now = 0, time.time()
        for path, known in files:
            total += known.st_size
            # A hidden file is one that a killed run was writing.
            unwanted = total > MAX_BYTES or path.name.startswith(".")
            if unwanted and now - known.st_mtime > IN_USE:
                path.unlink(missing_ok=True)

    def _paths(self, key: str) -> tuple[Path, Path, Path]:
        return tuple(self._folder / f"{key}.{end}" for end in ("pdf", "png", "json"))  # type: ignore[return-value] # three

    def _hash_of_style(self, name: str) -> str:
        """A style with the fonts and images it names."""
        if name not in self._styles:
            text = (self._settings.print_theme / name).read_text("utf-8")
            named = (self._hash_of(self._settings.root / path) for path in sorted(_named(text)))
            self._styles[name] = _hash("\n".join((text, *named)).encode())
        return self._styles[name]

    def _hash_of(self, file: Path) -> str:
        if file not in self._hashes:
            self._hashes[file] = _hash(file.read_bytes()) if file.is_file() else "-"
        return self._hashes[file]


def _named(text: str) -> set[str]:
    """The files of the project that a text names."""
    return {unquote(unescape(path)).partition("#")[0] for path in _USED.findall(text)}


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@cache
def _engine() -> str:
    """All that turns HTML into a PDF, and a PDF into another: our code, and the libraries."""
    ours = b"".join(file.read_bytes() for file in sorted(Path(__file__).parent.glob("*.py")))
    libraries = ("weasyprint", "pydyf", "fonttools", "pikepdf", "pyphen", "tinycss2", "pypdfium2")
    versions = " ".join(f"{name}={version(name)}" for name in libraries)
    return f"{versions} {_hash(ours)}"
