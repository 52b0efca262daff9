"""Content-addressed work: a PDF is made again only when something it is made of has changed."""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import unescape
from importlib.metadata import version
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from ressourcerie.links import PROJECT
from ressourcerie.paper.document import Document
from ressourcerie.paper.documents import stylesheet_paths
from ressourcerie.settings import Settings

KEEP: Final = 2000
# In our templates and styles, and in what our Markdown writes, an address stands in double quotes.
_USED = re.compile(rf"\"{PROJECT}:([^\"]+)\"")


@dataclass(frozen=True, slots=True)
class Known:
    """A finished PDF: its file, pages, bytes, and what the engine complained of."""

    file: Path
    pages: int
    size: int
    complaints: tuple[str, ...] = ()


class PdfCache:
    """Finished PDFs by the hash of what they are made of, with their number of pages."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._folder = settings.cache / "pdf"
        self._folder.mkdir(parents=True, exist_ok=True)

    def key(self, document: Document) -> str:
        """Hash of the HTML, the styles, the images and fonts they name, and the engine."""
        digest = hashlib.sha256(_engine().encode())
        digest.update(document.html.encode())
        named = _named(document.html)
        for sheet in stylesheet_paths(document, self._settings):
            text = sheet.read_text("utf-8")
            digest.update(text.encode())
            named |= _named(text)
        for path in sorted(named):
            file = self._settings.root / path
            digest.update(path.encode())
            digest.update(file.read_bytes() if file.is_file() else b"-")
        return digest.hexdigest()

    def find(self, key: str) -> Known | None:
        """The PDF and what is known of it, or None when it has to be made."""
        pdf, facts = self._paths(key)
        try:
            known = json.loads(facts.read_text("utf-8"))
            found = Known(pdf, known["pages"], known["size"], tuple(known["complaints"]))
            if not isinstance(found.pages, int) or pdf.stat().st_size != found.size:
                return None
            os.utime(pdf)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return found

    def store(self, key: str, pdf: bytes, pages: int, complaints: Sequence[str] = ()) -> Path:
        """Write a PDF, then its facts: a reader sees both or neither."""
        target, facts = self._paths(key)
        _write(target, pdf)
        _write(
            facts,
            json.dumps(
                {"pages": pages, "size": len(pdf), "complaints": list(dict.fromkeys(complaints))}
            ).encode(),
        )
        return target

    def prune(self) -> None:
        """Forget the least recently used beyond `KEEP`."""
        by_age = sorted(self._folder.glob("*.pdf"), key=lambda p: p.stat().st_mtime, reverse=True)
        for pdf in by_age[KEEP:]:
            pdf.with_suffix(".json").unlink(missing_ok=True)
            pdf.unlink(missing_ok=True)

    def _paths(self, key: str) -> tuple[Path, Path]:
        return self._folder / f"{key}.pdf", self._folder / f"{key}.json"


def _named(text: str) -> set[str]:
    """The files of the project that a text names."""
    return {unquote(unescape(path)).partition("#")[0] for path in _USED.findall(text)}


def _write(path: Path, data: bytes) -> None:
    descriptor, name = tempfile.mkstemp(dir=path.parent)
    aside = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        aside.chmod(0o644)
        aside.replace(path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


@cache
def _engine() -> str:
    ours = b"".join(
        (Path(__file__).parent / name).read_bytes()
        for name in ("fetch.py", "tagged.py", "worker.py")
    )
    libraries = ("weasyprint", "pydyf", "fonttools", "pikepdf", "pyphen", "tinycss2")
    versions = " ".join(f"{name}={version(name)}" for name in libraries)
    return f"{versions} {hashlib.sha256(ours).hexdigest()}"
