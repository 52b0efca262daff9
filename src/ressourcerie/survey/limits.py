"""Stops a piece of work that lasts: some texts take Python-Markdown hours, of a few pages only."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

# For one text; most take a hundredth of a second.
SECONDS: Final = 10.0
_AGAIN: Final = 1.0


class _LateError(BaseException):
    """No `except Exception` of an extension may swallow it."""


@contextmanager
def time_limit(seconds: float | None = None) -> Iterator[None]:
    """Raise TimeoutError once `seconds` of computing, `SECONDS` by default, have passed.

    Waiting does not count. Only where the system can ring, and in the main thread:
    elsewhere the work goes on.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread().name != "MainThread":
        yield
        return
    working = True

    def ring(*_: object) -> None:
        if working:
            raise _LateError

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds or SECONDS, _AGAIN)
    try:
        yield
    except _LateError:
        raise TimeoutError from None
    finally:
        working = False
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
