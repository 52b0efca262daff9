"""All or nothing: a build is made aside and takes the place of the old one when it is whole.

Whatever happens before the last rename, a kill, a full disk, a crash, leaves the previous folder
byte for byte. On Linux the two folders change places in one system call.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

_AT_FDCWD: Final = -100
_RENAME_EXCHANGE: Final = 2


# What MkDocs writes at the root of every site, and nobody else.
_SIGNATURE: Final = "sitemap.xml.gz"


class StagingError(Exception):
    """The build may not start; the message is for authors, in French."""


class BusyError(StagingError):
    """Another build holds the lock."""


class NotASiteError(StagingError):
    """The target holds something else than a site: replacing it would lose it."""


class Staging:
    """A folder to build in, beside the one it will replace. One at a time for each `target`.

    Raises `BusyError` when another process builds the same target (`locks` is where they meet),
    `NotASiteError` when the target holds anything but a site.
    """

    def __init__(self, target: Path, locks: Path) -> None:
        self.target = target.resolve()
        locks.mkdir(parents=True, exist_ok=True)
        name = hashlib.sha256(os.fsencode(self.target)).hexdigest()[:16]
        self._lock = FileLock(locks / f"construction-{name}.lock")
        try:
            self._lock.acquire(timeout=0)
        except Timeout as error:
            raise BusyError(
                "Une construction est en cours : attendez qu’elle finisse, puis recommencez."
            ) from error
        try:
            _sweep(self.target)
            _refuse_to_lose(self.target)
            self.target.parent.mkdir(parents=True, exist_ok=True)
            name = tempfile.mkdtemp(prefix=_prefix(self.target), dir=self.target.parent)
            self.folder = Path(name)
            self.folder.chmod(0o755)
        except BaseException:
            self._lock.release()
            raise

    def publish(self) -> None:
        """Put the new folder in the place of the old one, whose hidden files are kept."""
        _keep_hidden(self.target, self.folder)
        _swap(self.folder, self.target)
        self.discard()

    def discard(self) -> None:
        """Forget what is aside; the target is not touched. Safe to call twice."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self._lock.release()


def _sweep(target: Path) -> None:
    """Clear what a killed build left, and bring back a site caught between two renames."""
    old = _old(target)
    if old.exists():
        if target.exists():
            shutil.rmtree(old, ignore_errors=True)
        else:
            old.rename(target)
    for leftover in target.parent.glob(f"{_prefix(target)}*"):
        shutil.rmtree(leftover, ignore_errors=True)


def _refuse_to_lose(target: Path) -> None:
    if not target.exists() or (target / _SIGNATURE).is_file():
        return
    # Hidden files (`.git`, `.nojekyll`) do not make a folder occupied: they are kept.
    if not target.is_dir() or any(not p.name.startswith(".") for p in target.iterdir()):
        raise NotASiteError(
            f"« {target} » contient autre chose qu’un site construit ici : rien n’a été touché. "
            "Choisissez un dossier vide, ou videz-le vous-même."
        )


def _keep_hidden(target: Path, folder: Path) -> None:
    """As MkDocs does: `.git`, `.nojekyll` belong to whoever publishes, not to the build."""
    for entry in sorted(target.glob(".*")):
        if entry.is_dir() and not entry.is_symlink():
            shutil.copytree(entry, folder / entry.name, symlinks=True, dirs_exist_ok=True)
        else:
            shutil.copy2(entry, folder / entry.name, follow_symlinks=False)


def _prefix(target: Path) -> str:
    return f".{target.name}-en-construction-"


def _old(target: Path) -> Path:
    return target.with_name(f"{_prefix(target)}old")


def _swap(new: Path, target: Path) -> None:
    if not target.exists():
        new.rename(target)
    elif not _exchange(new, target):
        old = _old(target)
        target.rename(old)
        new.rename(target)
        shutil.rmtree(old, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step; False where the system cannot."""
    if sys.platform != "linux":
        return False
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    done = renameat2(
        _AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), ctypes.c_uint(_RENAME_EXCHANGE)
    )
    return bool(done == 0)
