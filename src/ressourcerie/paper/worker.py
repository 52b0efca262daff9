"""The work done in another process: one job → one finished PDF, and what is known of it.

The process is warm (fonts and styles are read once) and bounded: a document made to swell, or to
turn for ever, cannot take the machine with it.
"""

from __future__ import annotations

import ctypes.util
import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final, NoReturn, Protocol

MEMORY: Final = 6 * 1024**3
# Of processor, for one job; the longest of ours takes a tenth of it on a slow machine.
SECONDS: Final = 180
_AGAIN: Final = 0.5
# What the engine loads, by the names they have on Linux.
_LIBRARIES: Final = (
    "libgobject-2.0.so.0",
    "libpango-1.0.so.0",
    "libharfbuzz.so.0",
    "libharfbuzz-subset.so.0",
    "libfontconfig.so.1",
    "libpangoft2-1.0.so.0",
)


@dataclass(frozen=True, slots=True)
class Result:
    """What a job gives back.

    `complaints` are the engine's own, in English. `preview` is a PNG of the first page, `ink` the
    mean share of a page that is black. `layout` is what `layout.Layout` makes of itself as data;
    `refers` are the places of other parts of its book that a part points at.
    """

    pdf: bytes
    pages: int
    complaints: tuple[str, ...] = ()
    preview: bytes = b""
    ink: float = 0.0
    layout: Any = None
    refers: tuple[str, ...] = ()


class Job(Protocol):
    """Work that can be sent to another process. `name` is that of the PDF it makes."""

    @property
    def name(self) -> str:
        """What it makes."""

    def run(self) -> Result:
        """Do it, there."""


@dataclass(slots=True)
class Warm:
    """What a process keeps from one job to the next."""

    fonts: Any = None
    styles: dict[Any, Any] = field(default_factory=dict)


WARM: Final = Warm()


def start() -> None:
    """Load the engine, once a process. A killed build leaves no worker behind."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    with _quick_names():
        import weasyprint.text.fonts

    WARM.fonts = weasyprint.text.fonts.FontConfiguration()
    WARM.styles = {}
    # A document is a great many objects that live together and die together: looking among them for
    # circles, again and again while they are made, takes a tenth of the time.
    gc.collect()
    gc.freeze()
    gc.disable()


@contextmanager
def _quick_names() -> Iterator[None]:
    """Spare the engine a compiler run for each name that each of its libraries may have.

    Their names on Linux come last, and need no search.
    """
    search = ctypes.util.find_library
    if sys.platform == "linux" and all(map(_loads, _LIBRARIES)):
        ctypes.util.find_library = lambda name: None  # noqa: ARG005
    try:
        yield
    finally:
        ctypes.util.find_library = search


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def itself(job: Job) -> Job:
    """A job, as it is read by the process that does it."""
    return job


def work(job: Job) -> Result:
    """Do one job. Raises TimeoutError when it takes more than `SECONDS` of processor."""
    try:
        with _bounded():
            return job.run()
    finally:
        if not gc.isenabled():
            gc.collect()
            # What outlives a job (styles, fonts) lives as long as the process: not looked at again.
            gc.freeze()


@contextmanager
def _bounded() -> Iterator[None]:
    in_main = threading.current_thread() is threading.main_thread()
    if not (in_main and hasattr(signal, "SIGPROF")):
        yield
        return
    before = signal.signal(signal.SIGPROF, _too_long)
    # Said again and again: the engine goes on after many a fault.
    signal.setitimer(signal.ITIMER_PROF, SECONDS, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _too_long(*_: object) -> NoReturn:
    raise TimeoutError
