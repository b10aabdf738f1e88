"""Nango's API as a dry run calls it, played on loopback, with a third-party API behind its proxy."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit

from .third_party import Json, Reply, Request, Route

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import TracebackType

SECRET_KEY: Final = "8f3c3d0e-0c3f-4f0e-9f0a-6d5b6f0f1a2b"

_REQUEST_LIMIT: Final = 500
_BODY_LIMIT: Final = 8 * 1024 * 1024
_RECORDS_PER_PAGE: Final = 100


class UnexpectedRequestError(AssertionError):
    """A script asked for something that no route and no part of Nango's API answers."""


class FakeNango:
    """A server for one dry run or several; use it as a context manager.

    What it was asked is kept: `requests` for the third party, `calls` for Nango's own API. A request that
    nothing answers fails the `with` block at its end; one above the limit is refused, so no loop is endless.

    Args:
        routes: the third party's table; the first row that fits answers.
        provider: the provider key, which decides what `nango.paginate` takes from providers.yaml.
        metadata: the connection's metadata at the start; afterwards `metadata` holds what scripts made of it.
        connection_config: what the provider's templated base URL would need.
        records: what earlier syncs saved, by model: the answer of `GET /records`.
        environment_variables: by name, as set in Nango's dashboard.
        actions: what `nango.triggerAction` gives, by the action's name, from its input.
    """

    def __init__(
        self,
        routes: Sequence[Route] = (),
        *,
        provider: str,
        metadata: Mapping[str, Json] | None = None,
        connection_config: Mapping[str, Json] | None = None,
        records: Mapping[str, Sequence[Json]] | None = None,
        environment_variables: Mapping[str, str] | None = None,
        actions: Mapping[str, Callable[[Json], Json]] | None = None,
    ) -> None:
        self.routes = tuple(routes)
        self.provider = provider
        self.metadata: Json = None if metadata is None else dict(metadata)
        self.connection_config = dict(connection_config or {})
        self.records = {model: list(rows) for model, rows in (records or {}).items()}
        self.environment_variables = dict(environment_variables or {})
        self.actions = dict(actions or {})
        self.requests: list[Request] = []
        self.calls: list[Request] = []
        self.metadata_writes: list[Json] = []
        self.unexpected: list[Request] = []
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})

    @property
    def url(self) -> str:
        """The address for NANGO_HOSTPORT."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> FakeNango:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=5)
        if kind is None and self.unexpected:
            lines = (
                f"  {request.method} {request.path} {dict(request.query)}" for request in self.unexpected
            )
            raise UnexpectedRequestError("nothing answers:\n" + "\n".join(lines))

    def answer(self, request: Request) -> Reply:
        """Answer one request, at the address below the host."""
        with self._lock:
            if len(self.requests) + len(self.calls) >= _REQUEST_LIMIT:
                return Reply({"error": f"more than {_REQUEST_LIMIT} requests"}, status=508)
            if request.headers.get("authorization") != f"Bearer {SECRET_KEY}":
                return Reply({"error": {"code": "unauthorized"}}, status=401)
            if request.path.startswith("/proxy/"):
                return self._third_party(request)
            self.calls.append(request)
            return self._nango(request)

    def _third_party(self, proxied: Request) -> Reply:
        path = proxied.path.removeprefix("/proxy")
        request = Request(proxied.method, path, proxied.query, proxied.headers, proxied.body)
        self.requests.append(request)
        route = next((route for route in self.routes if route.fits(request)), None)
        return route.reply(request) if route else self._nothing(request)

    def _nango(self, request: Request) -> Reply:
        place, _, rest = request.path.strip("/").partition("/")
        handlers: Mapping[tuple[str, str], Callable[[Request, str], Reply]] = {
            ("GET", "connection"): self._connection,
            ("GET", "connections"): self._connection,
            ("POST", "connection"): self._set_metadata,
            ("POST", "connections"): self._set_metadata,
            ("PATCH", "connection"): self._update_metadata,
            ("PATCH", "connections"): self._update_metadata,
            ("GET", "integrations"): self._integration,
            ("GET", "config"): self._integration,
            ("GET", "environment-variables"): self._environment_variables,
            ("GET", "records"): self._records,
            ("POST", "action"): self._action,
        }
        handler = handlers.get((request.method, place))
        return handler(request, rest) if handler else self._nothing(request)

    def _connection(self, request: Request, rest: str) -> Reply:
        return Reply(
            {
                "id": 1,
                "connection_id": rest,
                "provider_config_key": request.query.get("provider_config_key", ""),
                "provider": self.provider,
                "connection_config": self.connection_config,
                "credentials": {"type": "OAUTH2", "access_token": "token", "raw": {}},
                "metadata": self.metadata,
                "tags": {},
                "errors": [],
                "end_user": None,
                "created_at": "2026-01-01T00:00:00.000Z",
                "updated_at": "2026-01-01T00:00:00.000Z",
                "last_fetched_at": "2026-01-01T00:00:00.000Z",
            }
        )

    def _set_metadata(self, request: Request, rest: str) -> Reply:
        if rest != "metadata":
            return self._nothing(request)
        self.metadata = dict(request.body["metadata"])
        self.metadata_writes.append(request.body["metadata"])
        return Reply(request.body, status=201)

    def _update_metadata(self, request: Request, rest: str) -> Reply:
        if rest != "metadata":
            return self._nothing(request)
        self.metadata = {**(self.metadata or {}), **request.body["metadata"]}
        self.metadata_writes.append(request.body["metadata"])
        return Reply(request.body)

    def _integration(self, _request: Request, rest: str) -> Reply:
        entry = {"unique_key": rest, "provider": self.provider, "display_name": rest, "logo": ""}
        # The newer CLI reads `data` of /integrations, the older one `config` of /config.
        return Reply({"data": entry, "config": entry})

    def _environment_variables(self, _request: Request, _rest: str) -> Reply:
        return Reply([{"name": name, "value": value} for name, value in self.environment_variables.items()])

    def _records(self, request: Request, _rest: str) -> Reply:
        rows = [
            row for row in self.records.get(request.query.get("model", ""), []) if _is_wanted(row, request)
        ]
        size = int(request.query.get("limit", _RECORDS_PER_PAGE))
        start = int(request.query.get("cursor") or 0)
        following = str(start + size) if start + size < len(rows) else None
        return Reply({"records": rows[start : start + size], "next_cursor": following})

    def _action(self, request: Request, rest: str) -> Reply:
        action = self.actions.get(request.body.get("action_name"))
        if rest != "trigger" or action is None:
            return self._nothing(request)
        return Reply(action(request.body.get("input")))

    def _nothing(self, request: Request) -> Reply:
        self.unexpected.append(request)
        return Reply({"error": f"nothing answers {request.method} {request.path}"}, status=404)


def _is_wanted(row: Json, request: Request) -> bool:
    """Whether a record is that of `ids`, and the last thing that happened to it is among `filter`, say `added,updated`."""
    if request.query.get("ids", row.get("id")) != row.get("id"):
        return False
    actions = request.query.get("filter")
    happened = row.get("_nango_metadata", {}).get("last_action", "ADDED").lower()
    return actions is None or happened in actions.lower().split(",")


def _handler(nango: FakeNango) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = 30

        def _serve(self) -> None:
            length = min(int(self.headers.get("content-length") or 0), _BODY_LIMIT)
            raw = self.rfile.read(length)
            reply = nango.answer(_request(self, raw))
            content = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode("utf-8")
            if reply.status == 204:
                content = b""
            self.send_response(reply.status)
            headers = {
                "Content-Type": "application/json",
                **reply.headers,
                "Content-Length": str(len(content)),
            }
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _serve  # noqa: N815 - the names http.server calls

        def log_message(self, *_args: Any) -> None:
            """Log nothing: the requests are in `requests` and `calls`."""

    return Handler


def _request(handler: BaseHTTPRequestHandler, raw: bytes) -> Request:
    parts = urlsplit(handler.path)
    headers = {name.lower(): value for name, value in handler.headers.items()}
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    return Request(handler.command, unquote(parts.path), query, headers, _body(raw))


def _body(raw: bytes) -> Json:
    if not raw:
        return None
    text = raw.decode("utf-8", errors="replace")
    try:
        return json.loads(text)
    except ValueError:
        return text
