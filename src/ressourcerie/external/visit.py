"""A visit: one address asked until it says something, redirects followed, patience kept short."""

from __future__ import annotations

import asyncio
import contextlib
import re
import time
from typing import Final

from ressourcerie.external import address
from ressourcerie.external.address import Address, ForeignError, MalformedError
from ressourcerie.external.guard import never_exists
from ressourcerie.external.manners import Manners, retry_after
from ressourcerie.external.options import Options
from ressourcerie.external.outcome import End, Verdict, Visit, judge
from ressourcerie.external.page import MAX_PAGE, SMALL_PAGE, Page, read_page
from ressourcerie.external.transport import NoAnswerError, Reply, Transport

# As browsers do.
_MAX_REDIRECTS: Final = 20
_REDIRECTS: Final = {301, 302, 303, 307, 308}
_FOR_EVER: Final = {301, 308}
# What may be gone in a second.
_PASSING_STATUSES: Final = {408, 429, 500, 502, 503, 504}
_PASSING_ENDS: Final = {End.BROKEN, End.UNREACHABLE, End.REFUSED, End.NO_NAMES}
# What a server does to every page, or to none.
_SILENCES: Final = {End.TIMEOUT, End.REFUSED, End.UNREACHABLE}
# What a server may do to a HEAD and not to a GET.
_ODD_ENDS: Final = {End.ANSWERED, End.LOOP, End.TIMEOUT}
_HOME: Final = re.compile(r"/(?:(?:accueil|home|index|default)(?:\.\w+)?|fr|fr[-_]fr|en)?/?", re.I)
_MAX_COOKIES: Final = 20


class Cookies:
    """What hosts asked to be reminded of during one visit; each is told its own only."""

    def __init__(self) -> None:
        self._kept: dict[str, dict[str, str]] = {}

    def header(self, host: str) -> str:
        """The `Cookie` header for a host, or nothing."""
        return "; ".join(f"{name}={value}" for name, value in self._kept.get(host, {}).items())

    def keep(self, host: str, reply: Reply) -> None:
        """Keep those of an answer, within reason."""
        kept = self._kept.setdefault(host, {})
        for key, value in reply.headers:
            cookie = value.partition(";")[0]
            if key == "set-cookie" and cookie.isascii() and cookie.isprintable():
                name, _, content = cookie.partition("=")
                if len(kept) < _MAX_COOKIES or name.strip() in kept:
                    kept[name.strip()] = content.strip()


class Visitor:
    """Visits addresses, with manners."""

    def __init__(self, transport: Transport, manners: Manners, options: Options) -> None:
        self._transport = transport
        self._manners = manners
        self._options = options
        # The wait that is worth it: time remains to ask again.
        self._patience = options.per_address / 2

    async def visit(self, start: Address, wants_page: bool) -> Visit:
        """What came of `start`, with its page if `wants_page`, within the time of the options."""
        # HEAD is light, but what it says is believed only when it is good news.
        methods = ["GET"] * max(2, self._options.tries)
        if not wants_page:
            methods[0] = "HEAD"
        last = Visit(End.TIMEOUT, start.url)
        async with self._manners.visits(start.host):
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._options.per_address):
                    for number, method in enumerate(methods):
                        pause = self._pause(last, number)
                        if pause > self._patience:
                            break
                        await asyncio.sleep(pause)
                        last = await self._walk(method, start, wants_page)
                        if _is_settled(last, method):
                            break
        return last

    def _pause(self, last: Visit, number: int) -> float:
        if not _is_passing(last):
            return 0
        return max(last.retry_after, self._options.backoff * 2.0 ** (number - 1))

    async def _walk(self, method: str, start: Address, wants_page: bool) -> Visit:
        """Ask, and follow where it leads."""
        here, moved, for_ever, anchored = start, "", True, False
        cookies = Cookies()
        been: set[tuple[Address, str]] = set()
        while len(been) <= _MAX_REDIRECTS and (here, cookies.header(here.host)) not in been:
            been.add((here, cookies.header(here.host)))
            try:
                reply = await self._ask(method, here, cookies.header(here.host), wants_page)
            except NoAnswerError as error:
                return self._stopped(error.end, here)
            cookies.keep(here.host, reply)
            page = _page(reply)
            try:
                there, fragment = _next(here, reply, page, {known for known, _ in been})
            except ForeignError:
                return self._stopped(End.FOREIGN, here)
            except MalformedError:
                return self._stopped(End.BROKEN, here)
            if there is None:
                return Visit(
                    End.ANSWERED,
                    here.url,
                    reply.status,
                    moved=moved,
                    at_home=_is_sent_home(start, here),
                    anchored=anchored,
                    private=self._transport.names.is_private(here.host),
                    page=page if wants_page else None,
                    retry_after=retry_after(reply.header("retry-after"), time.time()),
                )
            for_ever = for_ever and (reply.status in _FOR_EVER or reply.status == 200)
            if for_ever:
                moved = there.url
            # A browser keeps the fragment it had, unless given another one, or a whole new page.
            anchored = anchored or bool(fragment) or reply.status == 200
            here = there
        return self._stopped(End.LOOP, here)

    async def _ask(self, method: str, here: Address, cookies: str, wants_page: bool) -> Reply:
        """The answer of one server, in turn. Raises NoAnswerError."""
        if end := self._manners.given_up(here.netloc):
            raise NoAnswerError(end)
        if self._manners.wait_for(here.host) > self._patience:
            raise NoAnswerError(End.PAUSED)
        try:
            async with self._manners.turn(here.host):
                limit = MAX_PAGE if wants_page else SMALL_PAGE
                reply = await self._transport.ask(method, here, cookies, limit)
        except NoAnswerError as error:
            if error.end in _SILENCES:
                self._manners.silent(here.netloc, error.end)
            raise
        self._manners.heard(here.netloc)
        wait = retry_after(reply.header("retry-after"), time.time())
        if wait and reply.status >= 400:
            self._manners.rest(here.host, wait)
        if method == "HEAD" and _may_send_elsewhere(reply):
            with contextlib.suppress(NoAnswerError):
                return await self._ask("GET", here, cookies, wants_page)
        return reply

    def _stopped(self, end: End, here: Address) -> Visit:
        private = self._transport.names.is_private(here.host)
        certain = private or never_exists(here.host)
        return Visit(end, here.url, certain=certain, private=private)


def _is_passing(visit: Visit) -> bool:
    """Whether the next try may end otherwise."""
    if visit.end is End.ANSWERED:
        return visit.status in _PASSING_STATUSES
    return visit.end in _PASSING_ENDS


def _is_settled(visit: Visit, method: str) -> bool:
    if method == "GET":
        return not _is_passing(visit)
    if judge(visit, network_works=False) is Verdict.ALIVE:
        return not visit.at_home
    return visit.end not in _ODD_ENDS | _PASSING_ENDS


def _page(reply: Reply) -> Page | None:
    if reply.status != 200 or not reply.is_page:
        return None
    return read_page(reply.body, reply.header("content-type"), reply.whole)


def _may_send_elsewhere(reply: Reply) -> bool:
    """Whether it is a page so small that it may hold but a `<meta http-equiv="refresh">`."""
    length = reply.header("content-length")
    small = length.isascii() and length.isdigit() and 0 < int(length[:9]) <= SMALL_PAGE
    return reply.status == 200 and reply.is_page and small


def _next(
    here: Address, reply: Reply, page: Page | None, been: set[Address]
) -> tuple[Address | None, str]:
    """Where an answer sends, if elsewhere. Raises MalformedError or ForeignError."""
    location = reply.header("location")
    # Without `Location`, browsers show the answer as a page.
    if reply.status in _REDIRECTS and location:
        return address.follow(here, location)
    if page and page.refresh:
        with contextlib.suppress(MalformedError, ForeignError):
            there, fragment = address.follow(here, page.refresh)
            # A page that renews itself goes nowhere.
            if there not in been:
                return there, fragment
    return None, ""


def _is_sent_home(start: Address, here: Address) -> bool:
    """Whether a page inside a site sent to the front of the same site: it is probably gone."""
    same_site = start.host.removeprefix("www.") == here.host.removeprefix("www.")
    return same_site and _is_home(here) and not _is_home(start)


def _is_home(where: Address) -> bool:
    return bool(_HOME.fullmatch(where.target))
