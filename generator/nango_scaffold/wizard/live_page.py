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
        from ..connection.sample_request import has_placeholders, request_of

        request = request_of(data, name, facts)
        # What a placeholder stands for is known to the user alone.
        asks_path = has_placeholders(request)
        page = _fetched(request, data, console, credentials, asks_path=asks_path).data
        # As a user would paste it: the answer is saved in the draft, and read again with every question.
        return json.dumps({**page, "response": _shortened(page["response"])}, ensure_ascii=False)

    return fetch


def sample_fetcher(project: NangoProject) -> FetchSample | None:
    """What fetches a page of any path; None where neither the environment nor the project has a secret key."""
    credentials = _credentials(project)
    if credentials is None:
        return None

    def fetch(data: Mapping[str, Any], facts: ProviderFacts, console: Console) -> LiveSample:
        from ..connection.sample_request import request_of

        request = request_of(data, _ANY_SYNC, facts)
        return _fetched(request, data, console, credentials, asks_path=True)

    return fetch


def _credentials(project: NangoProject) -> Credentials | None:
    from ..connection.sample_request import project_credentials

    try:
        return project_credentials(project)
    except ProjectError:
        return None


def _fetched(
    request: Request, data: Mapping[str, Any], console: Console, credentials: Credentials, *, asks_path: bool
) -> LiveSample:
    """The page, after the user has chosen a connection that works, seen the one request and agreed to it.

    Raises:
        ScaffoldError: no connection works, the request cannot be sent, or the user does not want it to be.
        Back: the user wants to go back.
    """
    from ..connection.nango import Nango
    from ..connection.sample_request import page_request, recorded, request_lines

    integration = str(data.get("integration") or data["provider"])
    nango = Nango(credentials)
    connection = _connection(nango.connections(integration), integration, console)
    path = _ask_path(console) if asks_path else ""
    one_page = page_request(request, integration, connection, path)
    console.say(*request_lines(one_page, credentials))
    if not _agreed(console):
        raise ProjectError("nothing was fetched", where="", fix="describe the fields instead")
    return LiveSample(f"connection {connection}", recorded(request, one_page, nango.page(one_page)), path)


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
