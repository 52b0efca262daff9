"""The run: every address asked, all of them within the time given."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from ressourcerie.external.address import Address
from ressourcerie.external.manners import Manners
from ressourcerie.external.options import Options
from ressourcerie.external.outcome import End, Visit, needs_proof
from ressourcerie.external.transport import Transport
from ressourcerie.external.visit import Visitor

Progress = Callable[[int, int, str], None]

# A site that speaks only without encryption does one of these to who comes with it.
_NO_ENCRYPTION: Final = {
    End.NO_TLS,
    End.BROKEN,
    End.UNREACHABLE,
    End.REFUSED,
    End.TIMEOUT,
}


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked. `either`: typed `//site`, it may be asked with or without encryption."""

    address: Address
    either: bool = False

    @property
    def key(self) -> str:
        """The name it is remembered under."""
        url = self.address.url
        return url.removeprefix("https:") if self.either else url


class Run:
    """Asks for targets: `visits` holds what came of each, and grows while the run goes on.

    `pages`: whether the page of each is wanted. `network_works`: whether a public site answered.
    """

    def __init__(self, pages: Mapping[Target, bool], options: Options, progress: Progress) -> None:
        self.visits: dict[Target, Visit] = {}
        self.network_works = False
        self._targets = list(pages)
        self._options = options
        self._progress = progress
        self._with_page = {target.address for target, page in pages.items() if page}
        self._with_page |= {t.address.plain for t, page in pages.items() if page and t.either}
        self._tasks: dict[Address, asyncio.Task[Visit]] = {}

    async def all(self, witnesses: Iterable[Address]) -> None:
        """Ask for every target. When all that fails may be the fault of the network here, ask the
        witnesses too, which answered some days ago.
        """
        options = self._options
        transport = Transport(
            allow_private=options.allow_private,
            timeout=options.timeout,
            connections=options.at_once,
        )
        manners = Manners(per_host=options.per_host, rate=options.rate, at_once=options.at_once)
        visitor = Visitor(transport, manners, options)
        try:
            async with asyncio.timeout(options.total_seconds):
                async with asyncio.TaskGroup() as group:
                    for target in self._targets:
                        group.create_task(self._one(visitor, target))
                if any(needs_proof(visit) for visit in self.visits.values()):
                    for witness in witnesses:
                        if not transport.network_works:
                            await visitor.visit(witness, False)
        except TimeoutError:
            for target in self._targets:
                self.visits.setdefault(target, Visit(End.UNASKED, target.address.url))
        finally:
            self.network_works = transport.network_works
            with contextlib.suppress(Exception):
                await transport.close()

    async def _one(self, visitor: Visitor, target: Target) -> None:
        visit = await self._once(visitor, target.address)
        if target.either and visit.end in _NO_ENCRYPTION:
            visit = await self._once(visitor, target.address.plain)
        self.visits[target] = visit
        self._progress(len(self.visits), len(self._targets), target.address.url)

    def _once(self, visitor: Visitor, address: Address) -> asyncio.Task[Visit]:
        """The visit of an address, begun the first time it is needed."""
        if address not in self._tasks:
            visit = visitor.visit(address, address in self._with_page)
            self._tasks[address] = asyncio.create_task(visit)
        return self._tasks[address]
