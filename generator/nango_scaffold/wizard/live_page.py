"""One page of a live connection, fetched while the wizard asks: the request is shown, and sent when the user agrees."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ..errors import ProjectError
from .draft import Slot
from .question import Option, Question, choice, no_problem
from .world import LiveSample

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..connection.credentials import Credentials
    from ..connection.nango import Nango, PageRequest
    from ..project import NangoProject
    from ..providers import ProviderFacts
    from ..spec.requests import Request
    from .question import Console
    from .world import FetchPage, FetchSample

_ANY_SYNC = "records"
"""A name for the sync whose request is derived: nothing of it is sent."""
_MOST_ITEMS = 50
_SEND = (Option("no", "no", "nothing is sent"), Option("send", "yes", "this one request, and nothing else"))


def page_fetcher(project: NangoProject) -> FetchPage | None:
    """What fetches a page of a sync; None where neither the environment nor the project has a secret key."""
    credentials = _credentials(project)
    if credentials is None:
        return None

    def fetch(data: Mapping[str, Any], name: str, facts: ProviderFacts, console: Console) -> str:
        from ..connection.sample_request import has_placeholders, recorded, request_of

        request = request_of(data, name, facts)
        nango, connection = _ask_connection(data, console, credentials)
        # What a placeholder stands for is known to the user alone.
        path = _ask_path(console) if has_placeholders(request) else ""
        one_page = _agreed_request(request, data, connection, path, console, credentials)
        page = recorded(request, one_page, nango.page(one_page))
        # As a user would paste it: the answer is saved in the draft, and read again with every question.
        return json.dumps({**page, "response": _shortened(page["response"])}, ensure_ascii=False)

    return fetch


def sample_fetcher(project: NangoProject) -> FetchSample | None:
    """What fetches a page of any path; None where neither the environment nor the project has a secret key."""
    credentials = _credentials(project)
    if credentials is None:
        return None

    def fetch(data: Mapping[str, Any], facts: ProviderFacts, console: Console) -> LiveSample:
        from ..connection.sample_request import recorded, request_of

        request = request_of(data, _ANY_SYNC, facts)
        nango, connection = _ask_connection(data, console, credentials)
        path = _ask_path(console)
        one_page = _agreed_request(request, data, connection, path, console, credentials)
        page = nango.page(one_page)
        return LiveSample(f"connection {connection}", recorded(request, one_page, page), path)

    return fetch


def _credentials(project: NangoProject) -> Credentials | None:
    from ..connection.sample_request import project_credentials

    try:
        return project_credentials(project)
    except ProjectError:
        return None


def _ask_connection(data: Mapping[str, Any], console: Console, credentials: Credentials) -> tuple[Nango, str]:
    """The connection to use, of those that work.

    Raises:
        ProjectError: none works, or Nango cannot be asked.
        Back: the user wants to go back.
    """
    from ..connection.nango import Nango

    integration = _integration(data)
    nango = Nango(credentials)
    return nango, _connection(nango.connections(integration), integration, console)


def _agreed_request(
    request: Request,
    data: Mapping[str, Any],
    connection: str,
    path: str,
    console: Console,
    credentials: Credentials,
) -> PageRequest:
    """The one request, after the user has seen it and wants it to be sent.

    Raises:
        ScaffoldError: it cannot be sent, or the user does not want it to be.
        Back: the user wants to go back.
    """
    from ..connection.sample_request import page_request, request_lines

    one_page = page_request(request, _integration(data), connection, path)
    console.say(*request_lines(one_page, credentials))
    if not _agreed(console):
        raise ProjectError("nothing was fetched", where="", fix="describe the fields instead")
    return one_page


def _integration(data: Mapping[str, Any]) -> str:
    return str(data.get("integration") or data["provider"])


def _connection(connections: list[str], integration: str, console: Console) -> str:
    from ..connection.nango import choose

    # Of none, it raises and says what to do.
    if len(connections) < 2:
        return choose(connections, "", integration)
    options = tuple(Option(name, name) for name in connections)
    question = choice(
        Slot(0, "connection"), "With which connection?", "those whose credentials work", options
    )
    return console.ask(question, no_problem) or connections[0]


def _ask_path(console: Console) -> str:
    help = "the path of the API with values in place of what differs"
    question = Question(Slot(0, "sample path"), "Path to fetch", help)
    return console.ask(question, lambda typed: "" if typed.startswith("/") else "a path begins with /")


def _agreed(console: Console) -> bool:
    question = choice(Slot(0, "send"), "Send it?", "the secret key is not shown", _SEND)
    return console.ask(question, no_problem) == "send"


def _shortened(value: Any) -> Any:
    """A response with the first items of long lists: enough to see what they are made of."""
    if isinstance(value, list):
        return [_shortened(item) for item in value[:_MOST_ITEMS]]
    if isinstance(value, dict):
        return {key: _shortened(item) for key, item in value.items()}
    return value
