"""Files written all at once: whoever reads one finds the former, or the new one whole."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path
from typing import Final

_FOR_ALL: Final = 0o644
# Seconds after which a file half written was left by a run that was killed.
_STALE: Final = 3600.0


def write(file: Path, data: bytes, *, mode: int = _FOR_ALL, lasting: bool = False) -> None:
    """Put `data` in the place of a file, with the rights `mode`; its folder is there.

    `lasting` waits for the disk: for what nobody can make again. Raises OSError; whatever stops it,
    the former file is as it was, and nothing is left beside it.
    """
    handle, aside = tempfile.mkstemp(dir=file.parent, prefix=_prefix(file))
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(data)
            if lasting:
                opened.flush()
                os.fsync(opened.fileno())
        os.chmod(aside, mode)  # noqa: PTH101 - `aside` is a string
        os.replace(aside, file)  # noqa: PTH105 - as above
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise


def sweep(file: Path) -> None:
    """Take away what runs that were killed while they wrote this file have left beside it."""
    for left in file.parent.glob(f"{_prefix(file)}*"):
        if time.time() - left.stat().st_mtime > _STALE:
            left.unlink(missing_ok=True)


def _prefix(file: Path) -> str:
    # Hidden, and told from the file itself whatever its ending.
    return f".{file.stem}-"
