"""The server that the cases about other sites describe, on the loopback interface."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@contextmanager
def serving(routes: dict[str, Any]) -> Iterator[dict[str, str]]:
    """Serve routes (`status`, `headers`, `body`, `location`, `delay`), and give what stands for
    `{{HTTP}}`, `{{PROTOREL}}` and `{{DEAD}}` in the cases.
    """
    closing = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known = routes.get(self.path) or routes.get(self.path.partition("?")[0])
            route = known or {"status": 404}
            if closing.wait(route.get("delay", 0)):
                return
            self.send_response(route["status"])
            headers = dict(route.get("headers") or {})
            if "location" in route:
                headers["Location"] = route["location"]
            body = route.get("body", "").encode()
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body)

        do_HEAD = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    host = f"127.0.0.1:{server.server_address[1]}"
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        dead = f"http://127.0.0.1:{closed.getsockname()[1]}"
    try:
        yield {"{{HTTP}}": f"http://{host}", "{{PROTOREL}}": f"//{host}", "{{DEAD}}": dead}
    finally:
        closing.set()
        server.shutdown()
        server.server_close()
