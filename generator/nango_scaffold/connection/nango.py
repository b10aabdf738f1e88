"""Requests to a Nango: the connections that work, and one page of an API through its proxy.

What a host answers is bounded in size and time; a redirect is not followed, since the secret key would go with it; and
what it says is not repeated, since it may be the key.
"""

from __future__ import annotations

import http.client
import json
import queue
import threading
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urlencode, urlsplit

from ..errors import ProjectError
from ..frozen import frozen
from ..visible import visible_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .credentials import Credentials

_PATIENCE = 60.0  # seconds for one answer, all of it
_LARGEST = 16 * 1024 * 1024
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_MOST_NAMED = 10


@frozen
class PageRequest:
    """One GET to an API, through Nango's proxy.

    Attributes:
        integration: its key in Nango.
        connection: its id.
        path: at the API, behind the provider's base URL.
        params: the query.
        headers: for the API.
        base_url: of the API, where it is another than the provider's; empty for that.
    """

    integration: str
    connection: str
    path: str
    params: Mapping[str, str]
    headers: Mapping[str, str]
    base_url: str = ""

    def address(self, host: str) -> str:
        """The address that is asked."""
        query = f"?{urlencode(self.params)}" if self.params else ""
        return f"{host}/proxy{quote(self.path, safe=_IN_PATH)}{query}"

    def configuration(self) -> dict[str, str]:
        """The headers that tell the proxy what to do, but for the key."""
        own = {"Connection-Id": self.connection, "Provider-Config-Key": self.integration, "Retries": "0"}
        if self.base_url:
            own["Base-Url-Override"] = self.base_url
        return {**own, **{f"Nango-Proxy-{name}": value for name, value in self.headers.items()}}


_IN_PATH = "/:@!$&'()*+,;=~-._%"


@frozen
class Page:
    """What an API answered: its headers, by lower-case name, and its JSON."""

    headers: Mapping[str, str]
    body: Any


@frozen
class _Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


class Nango:
    """A Nango, asked with one key.

    Args:
        credentials: the key and the host.
        patience: how long one answer may take, in seconds.
    """

    def __init__(self, credentials: Credentials, patience: float = _PATIENCE) -> None:
        self._credentials = credentials
        self._patience = patience

    def connections(self, integration: str) -> list[str]:
        """The ids of an integration's connections whose credentials work: no error of them is about authentication.

        Raises:
            ProjectError: the host cannot be reached, or refuses.
        """
        answer = self._get(f"{self._credentials.host}/connections", {})
        if answer.status == 404:  # a Nango before 0.60
            answer = self._get(f"{self._credentials.host}/connection", {})
        self._refuse_failed_list(answer)
        data = self._json(answer, "Nango")
        connections = data.get("connections") if isinstance(data, dict) else None
        if not isinstance(connections, list):
            what = f"{self._host} is no Nango: it lists no connections"
            raise _failed(what, "set NANGO_HOSTPORT to the address of its API")
        return [
            str(entry["connection_id"])
            for entry in connections
            if isinstance(entry, dict) and entry.get("provider_config_key") == integration and _works(entry)
        ]

    def page(self, request: PageRequest) -> Page:
        """One page of an API.

        Raises:
            ProjectError: the host cannot be reached, the API refuses, or what it answers is no JSON.
        """
        _refuse_unsendable(request)
        answer = self._get(request.address(self._credentials.host), request.configuration())
        if answer.status != 200:
            raise _refusal(answer.status, request)
        return Page(answer.headers, self._json(answer, "the API"))

    @property
    def _host(self) -> str:
        return visible_line(self._credentials.host)

    def _get(self, address: str, headers: Mapping[str, str]) -> _Answer:
        """The answer to one GET, which is given up when it takes too long, however slowly it trickles in."""
        request = urllib.request.Request(
            address,
            headers={
                **headers,
                "Authorization": f"Bearer {self._credentials.key}",
                "Accept": "application/json",
                "Accept-Encoding": "identity",  # a compressed answer is larger than what was read of it
                "User-Agent": "nango-scaffold",
            },
        )
        # The time limit of a socket is one for each piece of an answer; a thread that is not waited for ends with the process.
        answers: queue.SimpleQueue[_Answer | str] = queue.SimpleQueue()
        ask = threading.Thread(target=lambda: answers.put(_answer_to(request, self._patience)), daemon=True)
        ask.start()
        try:
            answer = answers.get(timeout=self._patience)
        except queue.Empty:
            answer = f"it did not answer within {self._patience:.0f} s"
        if isinstance(answer, str):
            fix = "try again, or look at NANGO_HOSTPORT and the network"
            raise _failed(f"{self._host} cannot be asked: {answer}", fix)
        return answer

    def _refuse_failed_list(self, answer: _Answer) -> None:
        key = self._credentials.described
        if answer.status in (401, 403):
            what = f"{self._host} refuses the secret key ({answer.status}): {key}"
            raise _failed(what, "copy the key again from Nango's environment settings")
        if answer.status != 200:
            what = f"{self._host} does not list its connections: it answers {answer.status}"
            raise _failed(what, "look at NANGO_HOSTPORT, or try again later")

    def _json(self, answer: _Answer, who: str) -> Any:
        """The JSON of an answer, which does not repeat the key."""
        if len(answer.body) > _LARGEST:
            fix = "save a part of it to a file, and name that in --sample"
            raise _failed(f"{who} answers more than {_LARGEST // 1024 // 1024} MB", fix)
        data = _parsed(answer.body)
        # In JSON the key may be written with escapes, so that only the data shows it.
        key = self._credentials.key
        if any(key in text for text in (str(answer.headers), str(answer.body), str(data))):
            what = f"{self._host} repeats the secret key in its answer"
            raise _failed(what, "look at NANGO_HOSTPORT: this is no Nango")
        if not isinstance(data, (dict, list)):
            kind = visible_line(answer.headers.get("content-type", "no content type")[:80])
            fix = "look at the path, or describe the response in --sample"
            raise _failed(f"{who} answers no JSON ({kind})", fix)
        return data


def _parsed(body: bytes) -> Any:
    """The data of a JSON text; None for what is none."""
    try:
        return json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer like others: to follow it would send the key to wherever it leads."""

    def redirect_request(self, *args: Any, **others: Any) -> None:
        """See ``urllib``."""


def _answer_to(request: urllib.request.Request, patience: float) -> _Answer | str:
    """The answer to a request, or why there is none."""
    handlers: list[urllib.request.BaseHandler] = [_NoRedirect()]
    # The proxy of the environment's http_proxy would look for a loopback address on its own machine.
    if urlsplit(request.full_url).hostname in _LOOPBACK:
        handlers.append(urllib.request.ProxyHandler({}))
    try:
        with urllib.request.build_opener(*handlers).open(request, timeout=patience) as response:
            return _answer(response)
    except urllib.error.HTTPError as error:
        with error:
            return _Answer(error.code, {}, b"")  # its text is shown to nobody
    except urllib.error.URLError as error:
        return _reason(error.reason)
    except (OSError, ValueError, http.client.HTTPException) as error:
        return _reason(error)


def _answer(response: http.client.HTTPResponse) -> _Answer:
    headers = {name.lower(): value for name, value in response.headers.items()}
    # One byte more than is taken shows that there is more.
    return _Answer(response.status, headers, response.read(_LARGEST + 1))


def _reason(error: object) -> str:
    """Why a host cannot be asked, in the words of the system."""
    if isinstance(error, TimeoutError):
        return "it did not answer in time"
    if isinstance(error, http.client.HTTPException):
        return "what it answers is no HTTP"
    return getattr(error, "strerror", None) or type(error).__name__


def _refuse_unsendable(request: PageRequest) -> None:
    """Refuse what would lead to another page of Nango itself, or break the header it stands in."""
    # Servers resolve `..` in a path, be it encoded or with backslashes, and `/proxy/../connection` is no request to the API.
    if {".", ".."}.intersection(unquote(request.path).replace("\\", "/").split("/")):
        raise _failed(f"{visible_line(request.path)} leads out of the API", "write a path without `..`")
    for name, value in request.configuration().items():
        if not (value.isascii() and value.isprintable()):
            what = f"the header {visible_line(name)} holds characters that no header can"
            raise _failed(what, "write ASCII")


def _works(connection: Mapping[str, Any]) -> bool:
    """Whether the credentials of a connection work."""
    errors = (error for error in connection.get("errors") or [] if isinstance(error, dict))
    is_refused = any(error.get("type") == "auth" for error in errors)
    return bool(connection.get("connection_id")) and not is_refused


def _refusal(status: int, request: PageRequest) -> ProjectError:
    """What an API's refusal means, and what to do."""
    path, connection = visible_line(request.path), visible_line(request.connection)
    reconnect = f"authorize {connection} again in Nango, or name another connection"
    known = {
        401: ("the API refuses the credentials of the connection", reconnect),
        403: ("the API does not allow it", "look at the scopes that the connection has"),
        404: (f"the API has no {path}", "set request.path, or --sample-path where it has placeholders"),
        424: ("Nango cannot use the credentials of the connection", reconnect),
        429: ("the API is asked too often", "try again later"),
    }
    if 300 <= status < 400:
        what, fix = "the API redirects, which is not followed", "set request.path to where it leads"
    elif status >= 500:
        what, fix = "the API or Nango failed", "try again later"
    else:
        what, fix = known.get(status, ("the API refuses the request", "look at its parameters and headers"))
    return _failed(f"{what}: GET {path} is answered with {status}", fix)


def choose(connections: list[str], connection: str, integration: str) -> str:
    """The connection to use: that of the id, else the only one.

    Raises:
        ProjectError: it does not work, or there are none, or several.
    """
    if connection in connections:
        return connection
    if not connection and len(connections) == 1:
        return connections[0]
    names = ", ".join(visible_line(each) for each in connections[:_MOST_NAMED])
    if not connections:
        what, fix = f"no connection of {integration} works", "connect an account in Nango"
    elif connection:
        what = f"{visible_line(connection)} is no connection of {integration} that works"
        fix = f"these work: {names}"
    else:
        what, fix = f"several connections of {integration} work", f"name one: {names}"
    raise _failed(what, fix)


def _failed(what: str, fix: str) -> ProjectError:
    return ProjectError(what, where="--sample-from", fix=fix)
