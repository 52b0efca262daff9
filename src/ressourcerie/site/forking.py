"""The same work on many things, in several processes that share all that is already read."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Final

# Below this, starting other processes costs more than it saves.
_MANY: Final = 60
_CHUNK: Final = 12

# The work of the day, found by the processes in the memory they are born with.
_job: tuple[Callable[[Any], Any], Sequence[Any]]


def spread(work: Callable[[Any], Any], things: Sequence[Any]) -> Iterator[Any]:
    """`work(thing)` for each, in order; what it returns must be plain data.

    A process is born a copy of this one: nothing is sent to it. Where that is not safe (other
    threads, other systems) and for a few things, the work is done here.
    """
    done = 0
    workers = os.cpu_count() or 1
    alone = threading.active_count() == 1 and threading.current_thread().name == "MainThread"
    if sys.platform == "linux" and alone and workers > 1 and len(things) >= _MANY:
        for made in _spread(work, things, workers):
            done += 1
            yield made
    for thing in things[done:]:
        yield work(thing)


def _spread(work: Callable[[Any], Any], things: Sequence[Any], workers: int) -> Iterator[Any]:
    global _job
    _job = work, things
    starts = range(0, len(things), _CHUNK)
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(workers, context, _start) as pool:
        try:
            for made in pool.map(_do, starts):
                yield from made
        except BrokenProcessPool:
            pass  # a machine short of memory: the caller does the rest, slower
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _start() -> None:
    # Only the parent answers Ctrl-C, once and in French.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _do(start: int) -> list[Any]:
    work, things = _job
    return [work(thing) for thing in things[start : start + _CHUNK]]
