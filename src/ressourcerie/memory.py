"""What was already worked out, by the hash of what it was worked out from.

One file a project, a line for each thing: its name, a sum of control, plain JSON. Never code: what
lies in it may come from anyone. A line that is damaged, or not ours, is as good as none.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
from functools import cache
from pathlib import Path
from typing import Any, Final

from ressourcerie import atomic

_NAME_BYTES: Final = 20
# No project needs as much: somebody else’s file.
_MAX_BYTES: Final = 1_000_000_000


class Memory:
    """Remembers plain data by name; only what this run has used is kept for the next.

    Without a file, all is forgotten in the end.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._known: dict[bytes, bytes] = {}
        self._used: dict[bytes, bytes] = {}
        with contextlib.suppress(OSError):
            # A pipe or a device would be read without end.
            if file and file.is_file() and file.stat().st_size <= _MAX_BYTES:
                lines = file.read_bytes().split(b"\n")
                # Read no further until it is asked for.
                self._known = {line[: 2 * _NAME_BYTES]: line for line in lines if line}

    def get(self, name: str) -> Any:
        """What is known under a name, or None."""
        line = self._known.get(name.encode(), b"")
        try:
            _, control, value = line.split(b" ", 2)
            found = json.loads(_text(value)) if control == _control(name, value) else None
        except (ValueError, RecursionError):
            return None
        if found is not None:
            self._used[name.encode()] = line
        return found

    def put(self, name: str, value: Any) -> None:
        """Remember plain data, None excepted."""
        self.put_text(name, as_text(value))

    def put_text(self, name: str, text: str) -> None:
        """The same for what `as_text` has already made a text."""
        value = _bytes(text)
        self._used[name.encode()] = b" ".join((name.encode(), _control(name, value), value))

    def save(self) -> None:
        """Write what was used, all or nothing. A disk that refuses is no reason to fail."""
        if self._file is None or self._used == self._known:
            return
        folder = self._file.parent
        with contextlib.suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            # In somebody else’s project, nobody has said that this folder is not to be shared.
            (folder / ".gitignore").write_text("*\n", "utf-8")
            atomic.write(self._file, b"\n".join(self._used.values()))
            atomic.sweep(self._file)


def as_text(value: Any) -> str:
    """Plain data as JSON, on one line."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def key(*parts: str | bytes) -> str:
    """The name under which something made of `parts`, by this very program, is remembered."""
    digest = _program().copy()
    for part in parts:
        data = _bytes(part) if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()


@cache
def _program() -> hashlib.blake2b:
    """The hash of our own code and data, and of the versions of all that is installed."""
    digest = hashlib.blake2b(sys.version.encode(), digest_size=_NAME_BYTES)
    for folder, _, names in sorted(os.walk(Path(__file__).parent)):
        for name in sorted(names):
            if name.endswith((".py", ".yml")):
                digest.update(Path(folder, name).read_bytes())
    for folder in sys.path:
        with contextlib.suppress(OSError):
            # « Markdown-3.10.dist-info »: whatever renders Markdown is there, known to us or not.
            found = (p.name for p in Path(folder).iterdir() if p.name.endswith("-info"))
            digest.update("\n".join(sorted(found)).encode("utf-8", "surrogateescape"))
    return digest


def _control(name: str, value: bytes) -> bytes:
    digest = hashlib.blake2b(value, digest_size=8, key=name.encode())
    return digest.hexdigest().encode()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")
