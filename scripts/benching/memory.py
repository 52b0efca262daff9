"""How much memory a process and those it starts take, as the system counts it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
EVERY = 0.1


@dataclass
class Memory:
    """Peaks, in MB: of the largest process, and of all of them together.

    Together, what several share, such as the code of libraries, counts once.
    """

    largest: float = 0.0
    together: float = 0.0

    def look(self, pid: int) -> None:
        """See how much they hold now, and the most each has ever held."""
        held = 0.0
        for process in _with_children(pid):
            held += _sizes(process, "smaps_rollup").get("Pss", 0.0)
            self.largest = max(self.largest, _sizes(process, "status").get("VmHWM", 0.0))
        self.together = max(self.together, held)


@contextmanager
def watched(pid: int) -> Iterator[Memory]:
    """Look again and again, until the end of the block."""
    memory, ended = Memory(), threading.Event()

    def watch() -> None:
        while not ended.wait(EVERY):
            memory.look(pid)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield memory
    finally:
        ended.set()
        watcher.join()


def _with_children(pid: int) -> Iterator[int]:
    yield pid
    for task in _listed(PROC / str(pid) / "task"):
        for child in _text(task / "children").split():
            yield from _with_children(int(child))


def _sizes(pid: int, file: str) -> dict[str, float]:
    """The sizes that a file of a process tells, in MB; none once it has ended."""
    told = {}
    for line in _text(PROC / str(pid) / file).splitlines():
        name, _, value = line.partition(":")
        if value.endswith(" kB"):
            told[name] = int(value.split()[0]) / 1024
    return told


def _listed(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except OSError:
        return ""
