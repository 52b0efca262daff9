"""Addresses as a browser reads them: what was typed becomes what is asked of a server.

Source: the URL standard of the WHATWG (https://url.spec.whatwg.org/), for http and https only.
"""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass
from ipaddress import IPv6Address
from typing import Final
from urllib.parse import quote, unquote

import idna

_PORTS: Final = {"http": 80, "https": 443}
# Ends of line and tabs are dropped; halves of a character, as a damaged file holds, are replaced.
_CLEANING: Final = {9: None, 10: None, 13: None} | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_ENDS: Final = "".join(map(chr, range(0x21)))
_PRINTABLE: Final = "".join(map(chr, range(0x21, 0x7F)))
# Characters that a browser leaves as they are; the others become %XX.
_IN_PATH: Final = "".join(set(_PRINTABLE) - set('"#<>?^`{}'))
_IN_QUERY: Final = "".join(set(_PRINTABLE) - set("\"#<>'"))
_NOT_IN_HOST: Final = re.compile(r"[\x00-\x20#/:<>?@\[\\\]^|%\x7f]")
_ENDS_WITH_NUMBER: Final = re.compile(r"(?:.*\.)?(?:\d+|0[xX][0-9a-fA-F]*)")
_HERE: Final = {".", "%2e"}
_UP: Final = {"..", ".%2e", "%2e.", "%2e%2e"}
# Beyond what servers and proxies accept.
_LONGEST: Final = 16_000


class MalformedError(ValueError):
    """No browser can open this address."""


class ForeignError(ValueError):
    """An address of another kind: `mailto:`, `file:`, `intent:`…"""


@dataclass(frozen=True, slots=True)
class Address:
    """What is asked: where to connect, and the path and query to ask for, percent-encoded.

    Names and passwords, and what follows « # », are no part of it. `host` is ASCII and lower case;
    an IPv6 address is there without its brackets.
    """

    scheme: str
    host: str
    port: int
    target: str

    @property
    def netloc(self) -> str:
        """The host, then its port unless it is the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The whole address, as it would be copied from a browser."""
        return f"{self.scheme}://{self.netloc}{self.target}"

    @property
    def path(self) -> str:
        """The target without its query."""
        return self.target.partition("?")[0]

    @property
    def plain(self) -> Address:
        """The same page without encryption, on the usual port when it was on the usual one."""
        port = 80 if self.port == _PORTS["https"] else self.port
        return Address("http", self.host, port, self.target)


def read(text: str) -> tuple[Address, str]:
    """An address in full, and what follows its « # ». Raises MalformedError or ForeignError."""
    text = _clean(text)
    scheme = _SCHEME.match(text)
    if not scheme or len(text) > _LONGEST:
        raise MalformedError(text[:200])
    if scheme[1].lower() not in _PORTS:
        raise ForeignError(scheme[1])
    # A browser takes any number of slashes, leaning either way.
    rest, _, fragment = text[scheme.end() :].partition("#")
    rest, mark, query = rest.partition("?")
    authority, slash, path = rest.replace("\\", "/").lstrip("/").partition("/")
    host, port = _host_and_port(authority.rpartition("@")[2], scheme[1].lower())
    encoded = _without_dots(quote(slash + path, safe=_IN_PATH) or "/")
    if mark:
        encoded += "?" + quote(query, safe=_IN_QUERY)
    return Address(scheme[1].lower(), host, port, encoded), fragment


def follow(base: Address, location: str) -> tuple[Address, str]:
    """Where `location`, found at `base`, leads. Raises MalformedError or ForeignError."""
    location = _clean(location)
    if scheme := _SCHEME.match(location):
        relative = scheme[1].lower() == base.scheme and location[scheme.end() :][:1] not in "/\\"
        if not relative:
            return read(location)
        location = location[scheme.end() :]
    start = location[:2].replace("\\", "/")
    if start == "//":
        return read(f"{base.scheme}:{location}")
    origin = f"{base.scheme}://{base.netloc}"
    if start.startswith("/"):
        return read(origin + location)
    if start.startswith("?"):
        return read(origin + base.path + location)
    if not location or start.startswith("#"):
        return read(base.url + location)
    return read(f"{origin}{base.path.rpartition('/')[0]}/{location}")


def _clean(text: str) -> str:
    return text.strip(_ENDS).translate(_CLEANING)


def _host_and_port(authority: str, scheme: str) -> tuple[str, int]:
    bracket = authority.rfind("]")
    colon = authority.find(":", bracket + 1)
    host, port = (authority, "") if colon < 0 else (authority[:colon], authority[colon + 1 :])
    if port and not (port.isascii() and port.isdigit() and int(port[:6]) < 65536):
        raise MalformedError(f"port {port[:20]}")
    return _host(host), int(port or _PORTS[scheme])


def _host(host: str) -> str:
    if host.startswith("["):
        try:
            if not host.endswith("]") or "%" in host:
                raise ValueError(host)
            return IPv6Address(host[1:-1]).compressed
        except ValueError as error:
            raise MalformedError(host) from error
    try:
        labels = idna.uts46_remap(unquote(host, errors="strict"), False, False).split(".")
        ascii_labels = [label if label.isascii() else _punycode(label) for label in labels]
    except (UnicodeError, idna.IDNAError) as error:
        raise MalformedError(host) from error
    name = ".".join(ascii_labels)
    if not name.strip(".") or _NOT_IN_HOST.search(name) or any(len(x) > 63 for x in ascii_labels):
        raise MalformedError(host)
    if _ENDS_WITH_NUMBER.fullmatch(name.removesuffix(".")):
        try:
            return socket.inet_ntoa(socket.inet_aton(name.removesuffix(".")))
        except OSError as error:
            raise MalformedError(host) from error
    return name


def _punycode(label: str) -> str:
    return "xn--" + label.encode("punycode").decode("ascii")


def _without_dots(path: str) -> str:
    """The path once `.` and `..` have been walked."""
    kept: list[str] = []
    segments = path.split("/")[1:]
    for position, segment in enumerate(segments):
        last = position == len(segments) - 1
        dots = segment.lower()
        if dots in _UP:
            del kept[-1:]
        if dots not in _HERE | _UP:
            kept.append(segment)
        elif last:
            kept.append("")
    return "/" + "/".join(kept)
