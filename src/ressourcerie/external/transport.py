"""One request, one answer: bounded in time and bytes, over a connection that the guard allows."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from typing import Final

import certifi
from httpcore2 import URL, AsyncConnectionPool, ConnectError, Response, TimeoutException

from ressourcerie.external.address import Address
from ressourcerie.external.guard import Guard, LocalAddressError, Names, NoHostError, NoNamesError
from ressourcerie.external.outcome import End
from ressourcerie.external.page import is_html, unpack

USER_AGENT: Final = f"ressourcerie/{version('ressourcerie')} (verification de liens)"
_HEADERS: Final = (
    ("User-Agent", USER_AGENT),
    ("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"),
    ("Accept-Language", "fr,*;q=0.5"),
    ("Accept-Encoding", "gzip, deflate"),
)
# X509_V_ERR_*: what every browser refuses. An intermediate certificate left out (20, 21) is not
# among them: browsers fetch it. Nor is one « not yet valid » (9): this clock may be late.
_REFUSED_BY_BROWSERS: Final = {
    10,  # expired
    18,  # self-signed
    19,  # self-signed authority
    23,  # revoked
    62,  # another host
    64,  # another IP address
}


class NoAnswerError(Exception):
    """No answer."""

    def __init__(self, end: End) -> None:
        super().__init__(end)
        self.end = end


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: `headers` in lower case, in order; `body` once unpacked, `whole` if not cut."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    whole: bool = True

    def header(self, name: str) -> str:
        """The first value that is not empty, or nothing."""
        return next((value for key, value in self.headers if key == name and value), "")

    @property
    def is_page(self) -> bool:
        """Whether it is HTML."""
        return is_html(self.header("content-type"))


class Transport:
    """Asks, and remembers whether the open internet answered at all.

    Cookies, proxies, passwords, redirects: none is handled here unless asked for.
    """

    def __init__(self, *, allow_private: bool, timeout: float, connections: int) -> None:
        self.names = Names()
        self.network_works = False
        self._timeout = timeout
        self._pool = AsyncConnectionPool(
            ssl_context=_certificates(),
            max_connections=connections,
            max_keepalive_connections=connections,
            keepalive_expiry=5,
            network_backend=Guard(self.names, allow_private),
        )

    async def ask(self, method: str, address: Address, cookies: str, max_page: int) -> Reply:
        """One answer, with at most `max_page` bytes of a page. Raises NoAnswerError."""
        url = URL(
            scheme=address.scheme,
            host=address.host,
            port=address.port,
            target=address.target,
        )
        headers = [("Host", address.netloc), *_HEADERS]
        if cookies:
            headers.append(("Cookie", cookies))
        extensions = {
            # Half the time for each of connecting and TLS: what remains is closed properly.
            "timeout": {"connect": self._timeout / 2},
            "sni_hostname": address.host.rstrip("."),
        }
        head: Reply | None = None
        chunks: list[bytes] = []
        whole = False
        try:
            async with (
                asyncio.timeout(self._timeout),
                self._pool.stream(method, url, headers=headers, extensions=extensions) as response,
            ):
                head = _head(response)
                if head.status == 200 and head.is_page:
                    whole = await _read(response, chunks, max_page)
        except Exception as error:
            # Whatever a server makes a library raise is trouble with one address, not with the
            # run; and a page that stops half-way is there all the same.
            if head is None:
                raise NoAnswerError(_end(error)) from error
        if not self.names.is_private(address.host):
            self.network_works = True
        body, unpacked = unpack(chunks, head.header("content-encoding").lower(), max_page)
        return Reply(head.status, head.headers, body, whole and unpacked)

    async def close(self) -> None:
        """Close every connection."""
        await self._pool.aclose()


def _certificates() -> ssl.SSLContext:
    """The authorities of this computer, and those of Mozilla for a computer that has few."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def _head(response: Response) -> Reply:
    headers = tuple(
        (name.decode("latin-1").lower(), _text(value).strip()) for name, value in response.headers
    )
    return Reply(response.status, headers)


def _text(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")


async def _read(response: Response, chunks: list[bytes], limit: int) -> bool:
    """Add the body to `chunks`, up to some more than `limit` bytes; whether that is all of it."""
    size = 0
    async for chunk in response.aiter_stream():
        chunks.append(chunk)
        size += len(chunk)
        if size > limit:
            return False
    return True


def _end(error: BaseException) -> End:
    """What an error means, whatever it is wrapped in."""
    chain = list(_causes(error))
    for kind, end in (
        (LocalAddressError, End.PRIVATE),
        (NoHostError, End.NO_HOST),
        (NoNamesError, End.NO_NAMES),
        (ConnectionRefusedError, End.REFUSED),
        (TimeoutError, End.TIMEOUT),
        (TimeoutException, End.TIMEOUT),
    ):
        if any(isinstance(cause, kind) for cause in chain):
            return end
    for cause in chain:
        if isinstance(cause, ssl.SSLCertVerificationError):
            refused = cause.verify_code in _REFUSED_BY_BROWSERS
            return End.BAD_CERTIFICATE if refused else End.UNKNOWN_CERTIFICATE
    if any(isinstance(cause, ssl.SSLError) for cause in chain):
        return End.NO_TLS
    unreachable = any(isinstance(cause, ConnectError) for cause in chain)
    return End.UNREACHABLE if unreachable else End.BROKEN


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        if isinstance(error, BaseExceptionGroup):
            for inner in error.exceptions:
                yield from _causes(inner)
        error = error.__cause__ or error.__context__
