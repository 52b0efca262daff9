"""The way out: a name is looked up once, and only addresses that may be asked are connected to.

A name that leads to the local network, at first or after a redirect, must not make this computer
talk to a printer, a router or a cloud's settings (CWE-918). The address checked is the one that is
connected to: a name that changes its mind between the two gains nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final

from httpcore2 import (
    SOCKET_OPTION,
    AnyIOBackend,
    AsyncNetworkBackend,
    AsyncNetworkStream,
    NetworkError,
    TimeoutException,
)

# Names that no public directory will ever hold (RFC 6761, 6.2, 6.4 and 6.5).
_NEVER: Final = (".invalid", ".test", ".example")
# These lead to this computer without anyone being asked (RFC 6761, 6.3).
_LOCAL_NAME: Final = ".localhost"
_LOCAL_ADDRESSES: Final = ["127.0.0.1", "::1"]
# The well-known prefix by which an IPv6-only network reaches IPv4 (RFC 6052).
_NAT64: Final = IPv6Network("64:ff9b::/96")
# Old forms of an IPv4 address inside an IPv6 one.
_COMPATIBLE: Final = IPv6Network("::/96")
# Of the addresses of one name, how many are tried.
_TRIES: Final = 3


class LocalAddressError(Exception):
    """Every address of the name belongs to a local network."""


class NoHostError(Exception):
    """No such name."""


class NoNamesError(Exception):
    """The directory of names did not answer."""


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet, whatever form it is written in."""
    return _is_public(ip_address(address.partition("%")[0]))


def _is_public(ip: IPv4Address | IPv6Address) -> bool:
    if isinstance(ip, IPv6Address) and (inside := _inside(ip)):
        return _is_public(inside)
    barred = ip.is_multicast or ip.is_reserved or ip.is_loopback or ip.is_link_local
    return ip.is_global and not barred and not (ip.version == 6 and ip.is_site_local)


def _inside(ip: IPv6Address) -> IPv4Address | None:
    """The IPv4 address to which packets for `ip` end up going."""
    if ip in _NAT64 or (ip in _COMPATIBLE and int(ip) > 1):
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    if ip.teredo:
        return ip.teredo[1]
    return ip.ipv4_mapped or ip.sixtofour


class Names:
    """Looks each name up once a run."""

    def __init__(self) -> None:
        self._known: dict[str, asyncio.Future[list[str] | socket.gaierror]] = {}

    async def addresses(self, host: str) -> list[str]:
        """The IP addresses of a name, best first. Raises NoHostError or NoNamesError."""
        if host not in self._known:
            self._known[host] = _look_up(host)
        # Others may be waiting for the same name.
        found = await asyncio.shield(self._known[host])
        if isinstance(found, list):
            return found
        unknown = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}
        unknown_here = found.errno in unknown or never_exists(host)
        raise (NoHostError if unknown_here else NoNamesError)(host) from found

    def is_private(self, host: str) -> bool:
        """Whether what was found for a name is of a local network."""
        known = self._known.get(host)
        found = known.result() if known and known.done() else None
        return isinstance(found, list) and not any(map(is_public, found))


def never_exists(host: str) -> bool:
    """Whether a name not found is sure to be found nowhere, network or not."""
    return _ends_with(host, *_NEVER)


def _ends_with(host: str, *names: str) -> bool:
    return f".{host.removesuffix('.')}".endswith(names)


def _look_up(host: str) -> asyncio.Future[list[str] | socket.gaierror]:
    """Ask the system, in a thread of its own: it cannot be told to stop, so it must not be waited
    for when the program ends.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[list[str] | socket.gaierror] = loop.create_future()
    if _ends_with(host, _LOCAL_NAME):
        future.set_result(_LOCAL_ADDRESSES)
        return future

    def ask() -> None:
        found: list[str] | socket.gaierror
        try:
            # As bytes: Python would refuse some names that exist, such as « a_b.fr ».
            infos = socket.getaddrinfo(host.encode("ascii"), None, type=socket.SOCK_STREAM)
            found = list(dict.fromkeys(str(info[4][0]) for info in infos))
        except socket.gaierror as error:
            found = error
        except (OSError, UnicodeError):
            found = socket.gaierror(socket.EAI_AGAIN)
        # The run may have ended meanwhile.
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(future.set_result, found)

    threading.Thread(target=ask, daemon=True).start()
    return future


class Guard(AsyncNetworkBackend):
    """Connects to addresses of the open internet; to those of a local one only if allowed."""

    def __init__(self, names: Names, allow_private: bool) -> None:
        self._names = names
        self._allow_private = allow_private
        self._network = AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> AsyncNetworkStream:
        """Connect to `host`. Raises the errors of this module, or those of the library."""
        found = await self._names.addresses(host)
        open_to_us = [a for a in found if self._allow_private or is_public(a)]
        if not open_to_us:
            raise LocalAddressError(host)
        tried = open_to_us[:_TRIES]
        share = timeout / len(tried) if timeout else None
        for address in tried[:-1]:
            with contextlib.suppress(NetworkError, TimeoutException):
                return await self._network.connect_tcp(
                    address, port, share, local_address, socket_options
                )
        return await self._network.connect_tcp(
            tried[-1], port, share, local_address, socket_options
        )
