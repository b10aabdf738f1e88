"""A Nango on loopback, as far as a page of a connection needs one."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

CONNECTIONS: list[dict[str, Any]] = [
    {"connection_id": "good", "provider_config_key": "github", "errors": []},
    {"connection_id": "slow", "provider_config_key": "github", "errors": [{"type": "sync"}]},
    {"connection_id": "expired", "provider_config_key": "github", "errors": [{"type": "auth"}]},
    {"connection_id": "other", "provider_config_key": "hubspot", "errors": []},
]
KEY = "5d9e1b4c-secret-key"


class FakeNango(ThreadingHTTPServer):
    """Answers what its routes have, and keeps what it was asked.

    Attributes:
        asked: path with query, and headers in lower case, of each request.
        routes: by path: a status and a body, headers too, or what handles the request itself.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.routes: dict[str, Any] = {"/connections": (200, {"connections": CONNECTIONS})}

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    @property
    def paths(self) -> list[str]:
        """What was asked."""
        return [path for path, _ in self.asked]


class _Handler(BaseHTTPRequestHandler):
    server: FakeNango

    def do_GET(self) -> None:
        self.server.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        route = self.server.routes.get(urlsplit(self.path).path, (404, {"error": "not found"}))
        if isinstance(route, Callable):  # type: ignore[arg-type]
            route(self)
            return
        status, body, *headers = route
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **(headers[0] if headers else {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def fake_nango() -> Iterator[FakeNango]:
    """One that runs."""
    server = FakeNango()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)
