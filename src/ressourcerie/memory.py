"""What was already worked out, by the hash of what it was worked out from.

One JSON file a project, never code: what lies in it may come from anyone. A file that is damaged,
or not ours, is as good as none.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

_ENGINES: Final = ("Markdown", "pymdown-extensions", "selectolax", "pydantic", "PyYAML")


class Memory:
    """Remembers plain data by key; only what this run has used is kept for the next."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._known: dict[str, Any] = {}
        self._used: dict[str, Any] = {}
        with contextlib.suppress(OSError, ValueError, RecursionError):
            found = json.loads(file.read_bytes())
            if isinstance(found, dict):
                self._known = found

    def get(self, key: str) -> Any:
        """What is known under a key, or None."""
        found = self._known.get(key)
        if found is not None:
            self._used[key] = found
        return found

    def put(self, key: str, value: Any) -> None:
        """Remember plain data."""
        self._used[key] = value

    def save(self) -> None:
        """Write what was used, all or nothing. A disk that refuses is no reason to fail."""
        if self._used.keys() == self._known.keys():
            return
        text = json.dumps(self._used, ensure_ascii=False, separators=(",", ":"))
        with contextlib.suppress(OSError, UnicodeEncodeError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            # In somebody else’s project, nobody has said that this folder is not to be shared.
            (self._file.parent / ".gitignore").write_text("*\n", "utf-8")
            handle, name = tempfile.mkstemp(dir=self._file.parent, prefix=".etudes-")
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    file.write(text)
                os.replace(name, self._file)  # noqa: PTH105 - atomic, and `name` is a string
            except BaseException:
                os.unlink(name)  # noqa: PTH108 - as above
                raise


def key(*parts: str | bytes) -> str:
    """The name under which something made of `parts`, by this very program, is remembered."""
    digest = hashlib.blake2b(_program(), digest_size=20)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()


@cache
def _program() -> bytes:
    """The hash of our own code and data, and of what renders Markdown."""
    digest = hashlib.blake2b()
    here = Path(__file__).parent
    for file in sorted((*here.rglob("*.py"), *here.rglob("*.yml"))):
        digest.update(file.read_bytes())
    for name in _ENGINES:
        with contextlib.suppress(PackageNotFoundError):
            digest.update(f"{name}={version(name)}".encode())
    return digest.digest()
