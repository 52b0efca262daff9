"""Good manners: few requests at once to one host, not too fast, and none once it asks for rest."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.utils import parsedate_to_datetime
from typing import Final

from ressourcerie.external.outcome import End

# A server silent this many times in a row, whatever the page, is not asked again in the run.
_ENOUGH: Final = 10


class _Host:
    def __init__(self, at_once: int) -> None:
        self.places = asyncio.Semaphore(at_once)
        self.visits = asyncio.Semaphore(at_once)
        self.next_turn = 0.0


class Manners:
    """Who may ask what, and when; times are those of the event loop, in seconds."""

    def __init__(self, *, per_host: int, rate: float, at_once: int) -> None:
        self._per_host = per_host
        self._interval = 1 / rate
        self._all = asyncio.Semaphore(at_once)
        self._hosts: dict[str, _Host] = {}
        self._silences: dict[str, list[End]] = {}

    def visits(self, host: str) -> asyncio.Semaphore:
        """How many addresses of one host are visited at once."""
        return self._host(host).visits

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait for one's turn to ask `host` something."""
        state = self._host(host)
        async with state.places:
            now = asyncio.get_running_loop().time()
            turn = max(state.next_turn, now)
            state.next_turn = turn + self._interval
            await asyncio.sleep(turn - now)
            async with self._all:
                yield

    def wait_for(self, host: str) -> float:
        """The seconds before `host` may be asked again."""
        return self._host(host).next_turn - asyncio.get_running_loop().time()

    def rest(self, host: str, seconds: float) -> None:
        """Ask nothing of `host` for some seconds."""
        state = self._host(host)
        state.next_turn = max(state.next_turn, asyncio.get_running_loop().time() + seconds)

    def heard(self, netloc: str) -> None:
        """Note that a server answered."""
        self._silences.pop(netloc, None)

    def silent(self, netloc: str, end: End) -> None:
        """Note that a server did not answer, and how."""
        self._silences.setdefault(netloc, []).append(end)

    def given_up(self, netloc: str) -> End | None:
        """Why a server is not asked any more, if it is not."""
        silences = self._silences.get(netloc, [])
        return silences[-1] if len(silences) >= _ENOUGH else None

    def _host(self, host: str) -> _Host:
        return self._hosts.setdefault(host, _Host(self._per_host))


def retry_after(value: str, now: float) -> float:
    """The seconds that a `Retry-After` asks for, from the Unix time `now` (RFC 9110, 10.2.3)."""
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - now)
    except (ValueError, OverflowError, OSError):
        return 0.0
