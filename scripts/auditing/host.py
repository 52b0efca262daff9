"""A host for a built site, as a real one is set: gzip, cache headers, its own page when lost."""

from __future__ import annotations

import functools
import gzip
import hashlib
import http.server
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Any

# Text travels compressed; pictures, fonts and PDFs are compressed already.
_TEXT = re.compile(r"(text/|application/(javascript|json|xml|atom\+xml)|image/svg)")
# An address that changes with its content may be kept for ever.
_FINGERPRINT = re.compile(r"-[0-9a-f]{8,}\.\w+$")
_DAY = 86_400
# What a host should say with every page: see README, « Mettre en ligne ».
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "frame-ancestors 'self'",
}


def cache_rule(path: str, kind: str) -> str:
    """How long a browser may keep a file without asking again."""
    if kind.startswith("text/html"):
        return "no-cache"
    if _FINGERPRINT.search(path):
        return f"public, max-age={365 * _DAY}, immutable"
    return f"public, max-age={_DAY if path.startswith('/assets/') else 600}"


@functools.lru_cache(maxsize=256)
def packed(body: bytes) -> bytes:
    """Compressed once for all."""
    return gzip.compress(body, 9, mtime=0)


class _Handler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            if not self.path.split("?")[0].endswith("/"):
                self._answer(HTTPStatus.MOVED_PERMANENTLY, {"Location": f"{self.path}/"}, b"")
                return
            path /= "index.html"
        if not path.is_file():
            self._send(HTTPStatus.NOT_FOUND, Path(self.directory) / "404.html")
            return
        self._send(HTTPStatus.OK, path)

    do_HEAD = do_GET  # noqa: N815 # the name http.server looks for

    def _send(self, status: HTTPStatus, path: Path) -> None:
        kind = self.guess_type(str(path))
        if kind.startswith("text/"):
            kind += "; charset=utf-8"
        body = path.read_bytes()
        headers = {"Content-Type": kind, "Cache-Control": cache_rule(self.path, kind)} | HEADERS
        headers["ETag"] = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if _TEXT.match(kind) and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = packed(body)
            headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        if status == HTTPStatus.OK and self.headers.get("If-None-Match") == headers["ETag"]:
            status, body = HTTPStatus.NOT_MODIFIED, b""
        self._answer(status, headers, body)

    def _answer(self, status: HTTPStatus, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that leaves before the end is no fault of ours."""


@contextmanager
def hosted(site: Path) -> Iterator[str]:
    """The address of the site in `site`, served until the end of the block."""
    with _Server(("127.0.0.1", 0), partial(_Handler, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
