"""One page of a live connection, fetched while the wizard asks: the request is shown, and sent when the user agrees."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ..errors import ProjectError
from .draft import Slot
from .question import Option, Question

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..connection.credentials import Credentials
    from ..project import NangoProject
    from ..providers import ProviderFacts
    from .question import Console
    from .world import FetchPage

_MOST_ITEMS = 50
_SEND = (
    Option("no", "no", "nothing is sent"),
    Option("send", "yes", "this one request, and nothing else"),
)


def page_fetcher(project: NangoProject) -> FetchPage | None:
    """What fetches a page; None where neither the environment nor the project has a secret key."""
    from ..connection.sample_request import project_credentials

    try:
        credentials = project_credentials(project)
    except ProjectError:
        return None

    def fetch(data: Mapping[str, Any], name: str, facts: ProviderFacts, console: Console) -> str:
        return _fetched(data, name, facts, console, credentials)

    return fetch


def _fetched(
    data: Mapping[str, Any], name: str, facts: ProviderFacts, console: Console, credentials: Credentials
) -> str:
    """A page as JSON.

    Raises:
        ScaffoldError: no connection works, or there is no page; or the user does not want the request to be sent.
        Back: the user wants to go back.
    """
    from ..connection.nango import Nango
    from ..connection.sample_request import has_placeholders, page_request, request_lines, request_of

    request = request_of(data, name, facts)
    integration = str(data.get("integration") or data["provider"])
    nango = Nango(credentials)
    connection = _connection(nango.connections(integration), integration, console)
    path = _asked_path(console) if has_placeholders(request) else ""
    one_page = page_request(request, integration, connection, path)
    console.say(*request_lines(one_page, credentials))
    if not _agreed(console):
        raise ProjectError("nothing was fetched", where="", fix="describe the fields instead")
    return json.dumps(_shortened(nango.page(one_page).body), ensure_ascii=False)


def _connection(connections: list[str], integration: str, console: Console) -> str:
    from ..connection.nango import choose

    if len(connections) < 2:
        return choose(connections, "", integration)
    options = tuple(Option(name, name) for name in connections)
    question = Question(
        Slot(0, "connection"),
        "With which connection?",
        "those whose credentials work",
        "choice",
        connections[0],
        options=options,
    )
    return console.ask(question, _no_problem) or connections[0]


def _asked_path(console: Console) -> str:
    question = Question(
        Slot(0, "sample path"), "Path to fetch", "the path of the API with values in place of what differs"
    )
    return console.ask(question, lambda typed: "" if typed.startswith("/") else "a path begins with /")


def _agreed(console: Console) -> bool:
    question = Question(
        Slot(0, "send"), "Send it?", "the secret key is not shown", "choice", "no", options=_SEND
    )
    return console.ask(question, _no_problem) == "send"


def _no_problem(_: str) -> str:
    return ""


def _shortened(value: Any) -> Any:
    """A response with the first items of long lists: enough to see what they are made of."""
    if isinstance(value, list):
        return [_shortened(item) for item in value[:_MOST_ITEMS]]
    if isinstance(value, dict):
        return {key: _shortened(item) for key, item in value.items()}
    return value
