"""A web of straw: sites on the loopback interface, that answer what a test says."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from ressourcerie.diagnostics import Diagnostic, Place
from ressourcerie.external import Occurrence, Options, check_external

CERTIFICATES = Path(__file__).parent / "certificates"
TODAY = date(2026, 11, 21)
# As by default, but at the pace of a test.
QUICK = Options(
    allow_private=True,
    timeout=3,
    per_address=6,
    total_seconds=20,
    rate=10_000,
    per_host=8,
    backoff=0.01,
    now=TODAY,
)
HTML = {"Content-Type": "text/html; charset=utf-8"}


@dataclass(frozen=True)
class Answer:
    """What a site says; with `raw`, the very bytes it sends, then those of `stream` to a GET."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    delay: float = 0
    raw: bytes | None = None
    stream: Callable[[Callable[[bytes], Any]], Any] = lambda send: None


@dataclass(frozen=True)
class Asked:
    """A request a site received."""

    method: str
    path: str
    headers: dict[str, str]
    at: float


Route = Answer | list[Answer] | Callable[[Asked], Answer]


def page(text: str, **headers: str) -> Answer:
    """A page of HTML."""
    return Answer(headers=HTML | headers, body=text.encode())


def to(location: str, status: int = 302, **headers: str) -> Answer:
    """A redirect."""
    return Answer(status, {"Location": location, **headers})


class Site:
    """A site: its `routes` by path (`"HEAD /path"` for one method), what it was `asked`."""

    def __init__(self, routes: dict[str, Route], host: str, certificate: str) -> None:
        self.routes = routes
        self.asked: list[Asked] = []
        self.at_once = self.most_at_once = 0
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer((host, 0), _handler(self))
        self._server.daemon_threads = True
        self.scheme = "http"
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(CERTIFICATES / f"{certificate}.pem")
            context.sni_callback = self._sni
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
            self.scheme = "https"
        self.names: list[str | None] = []
        self.port = self._server.server_port
        self.host = host
        self.stopped = threading.Event()
        # Without a short poll, each site of each test would take half a second to stop.
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def url(self, path: str = "/", host: str = "") -> str:
        return f"{self.scheme}://{host or self.host}:{self.port}{path}"

    def paths(self, method: str = "") -> list[str]:
        """The paths asked, in order."""
        return [a.path for a in self.asked if method in {"", a.method}]

    def close(self) -> None:
        self.stopped.set()
        self._server.shutdown()
        self._server.server_close()

    @contextmanager
    def busy(self) -> Iterator[None]:
        """Count the requests that go on together."""
        with self._lock:
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            yield
        finally:
            with self._lock:
                self.at_once -= 1

    def _sni(self, _socket: object, name: str | None, _context: object) -> None:
        self.names.append(name)

    def answer(self, asked: Asked) -> Answer:
        with self._lock:
            self.asked.append(asked)
            route = self.routes.get(f"{asked.method} {asked.path}") or self.routes.get(asked.path)
            if isinstance(route, list):
                return route.pop(0) if len(route) > 1 else route[0]
        if callable(route):
            return route(asked)
        return route or Answer(404)


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            try:
                self._speak()
            except OSError:
                self.close_connection = True

        do_HEAD = do_GET  # noqa: N815

        def _speak(self) -> None:
            headers = {k.lower(): v for k, v in self.headers.items()}
            # Not while it is written: who has read all of it may ask again before we know.
            with site.busy():
                answer = site.answer(Asked(self.command, self.path, headers, time.monotonic()))
                site.stopped.wait(answer.delay)
            if answer.raw is not None:
                self.close_connection = True
                self.wfile.write(answer.raw)
                if self.command == "GET":
                    answer.stream(self._send)
                return
            self.send_response(answer.status)
            length = {} if answer.status in {204, 304} else {"Content-Length": len(answer.body)}
            for name, value in (length | answer.headers).items():
                self.send_header(name, str(value))
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(answer.body)

        def _send(self, data: bytes) -> None:
            if site.stopped.is_set():
                raise OSError("stopped")
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            pass

    return Handler


@contextmanager
def site(
    routes: dict[str, Route], host: str = "127.0.0.1", certificate: str = ""
) -> Iterator[Site]:
    """A site that lives as long as the test needs it."""
    made = Site(routes, host, certificate)
    try:
        yield made
    finally:
        made.close()


@contextmanager
def raw_port(speak: Callable[[socket.socket], None]) -> Iterator[str]:
    """An address whose server does as it likes with each connection."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection, suppress(OSError):
                    speak(connection)

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)


def dead_port() -> str:
    """An address at which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"http://127.0.0.1:{server.getsockname()[1]}/"


@dataclass(frozen=True)
class Checker:
    """Checks addresses, with a cache of its own."""

    cache: Path

    def __call__(self, *urls: str, options: Options = QUICK, typed: str = "") -> list[Diagnostic]:
        """What is said of addresses, each on its own line of one file."""
        links = [
            Occurrence(url, typed or url, Place("page.md", line, 1))
            for line, url in enumerate(urls, start=1)
        ]
        return check_external(links, options, self.cache)

    def codes(self, *urls: str, options: Options = QUICK, typed: str = "") -> dict[str, str]:
        """The rule broken by each address that breaks one."""
        return {d.link or "": d.code for d in self(*urls, options=options, typed=typed)}
