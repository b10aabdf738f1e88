"""One page of an API as a sample: the request that the sync will send, shown, then sent once through Nango's proxy."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from ..errors import AnswersError, ProjectError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Mapping

    from ..connection.credentials import Credentials
    from ..connection.nango import PageRequest
    from ..project import NangoProject
    from ..spec.requests import Param, Request, Template

_WHERE = "--sample-from"
_SCRIPTS = ("syncs", "sync_names", "actions", "action_names")
_LARGEST_ENV = 64 * 1024


def page_for(
    data: Mapping[str, Any], name: str, options: argparse.Namespace, project: NangoProject
) -> tuple[str, dict[str, Any]]:
    """The page of a sync that a connection gives.

    Args:
        data: the answers of its integration.
        name: of the sync.
        options: of the command.
        project: the project, whose ``.env`` may hold the secret key.

    Returns:
        What the sample is called, and what a recorder would have kept: method, endpoint, headers and response.

    Raises:
        AnswersError: the request cannot be worked out from the answers.
        ProjectError: there is no key, no connection that works, or no page; or nobody wants it to be sent.
    """
    from ..connection.nango import Nango, choose

    request = _request_of(data, name, options, project)
    credentials = _credentials(options, project)
    nango = Nango(credentials)
    integration = str(data.get("integration") or data.get("provider"))
    connection = choose(nango.connections(integration), options.sample_from, integration)
    page_request = _page_request(request, integration, connection, options.sample_path)
    _show(page_request, credentials)
    if _asks(options) and not _agreed():
        raise ProjectError("nothing was fetched", where=_WHERE, fix="answer y, or use --yes")
    page = nango.page(page_request)
    endpoint = "" if _has_variable(request.path) else page_request.path
    sample = {
        "method": "GET",
        "endpoint": endpoint,
        "headers": dict(page.headers),
        "response": page.body,
    }
    return f"connection {connection}", sample


def _request_of(
    data: Mapping[str, Any], name: str, options: argparse.Namespace, project: NangoProject
) -> Request:
    """The request of the sync, as it is derived from the answers alone."""
    from ..answers import load_answers
    from ..derive import derive
    from .facts import facts_for

    answers = load_answers(_alone(data, name))
    catalogue = Path(options.providers) if options.providers else None
    (sync,) = derive(answers, facts_for(answers, project, catalogue), {}).syncs
    if sync.request.method != "GET":
        raise AnswersError(
            f"{name} is fetched with {sync.request.method}",
            where=_WHERE,
            fix="only a GET is sent: describe the response in --sample",
        )
    return sync.request


def _alone(data: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The answers with one sync, and nothing that is to be inferred."""
    syncs = data.get("syncs") or ()
    sync = next((sync for sync in syncs if sync.get("name") == name), {"name": name})
    others = {key: value for key, value in data.items() if key not in _SCRIPTS}
    return {**others, "syncs": [{key: value for key, value in sync.items() if key != "infer"}]}


def _credentials(options: argparse.Namespace, project: NangoProject) -> Credentials:
    import os

    from ..connection.credentials import credentials

    paths = dict.fromkeys(os.path.join(folder, ".env") for folder in (project.location, project.root))
    texts = [(os.path.relpath(path, project.root), _text(path)) for path in paths]
    return credentials(os.environ, texts, options.environment)


def _text(path: str) -> str:
    """The text of a ``.env`` file; empty where there is none that can be read."""
    from ..regular_file import read_regular

    try:
        return read_regular(path, limit=_LARGEST_ENV).decode("utf-8", errors="replace")
    except OSError:
        return ""


def _page_request(request: Request, integration: str, connection: str, sample_path: str) -> PageRequest:
    from ..connection.nango import PageRequest

    path, query = _path(request, sample_path)
    return PageRequest(
        integration,
        connection,
        path,
        {**_constants(request.params), **query},
        _constants(request.headers),
        request.base_url or _constant(request.other_base_url) or "",
    )


def _path(request: Request, sample_path: str) -> tuple[str, dict[str, str]]:
    """The path to fetch, and the query that stands behind it."""
    path = sample_path or _constant(request.path)
    if path is None:
        raise AnswersError(
            "the path of the sync has placeholders",
            where=_WHERE,
            fix="write the path with values in their place: --sample-path /repos/octocat/hello-world/pulls",
        )
    parts = urlsplit(path) if path.startswith("/") and not path.startswith("//") else None
    if parts is None:
        raise AnswersError(
            f"{path!r} is no path of an API",
            where="--sample-path",
            fix="write what follows the base URL: /v1/users",
        )
    return parts.path, dict(parse_qsl(parts.query, keep_blank_values=True))


def _constants(params: Iterable[Param]) -> dict[str, str]:
    """The values that are the same for every connection and run."""
    values = {param.name: _value(param) for param in params if param.when is None}
    return {name: value for name, value in values.items() if value is not None}


def _value(param: Param) -> str | None:
    if isinstance(param.value, tuple):
        return _constant(param.value)
    return str(param.value).lower() if isinstance(param.value, bool) else str(param.value)


def _constant(template: Template) -> str | None:
    """A text without variables; None for one that has some."""
    return None if _has_variable(template) else "".join(part for part in template if isinstance(part, str))


def _has_variable(template: Template) -> bool:
    return any(not isinstance(part, str) for part in template)


def _show(request: PageRequest, credentials: Credentials) -> None:
    """Show the one request, on standard error."""
    from ..output import write
    from ..visible import visible_line

    lines = [
        f"GET {request.address(credentials.host)}",
        *(f"    {name}: {value}" for name, value in request.configuration().items()),
        f"    Authorization: Bearer <{credentials.described}>",
    ]
    write("".join(f"{visible_line(line)}\n" for line in lines), sys.stderr)


def _asks(options: argparse.Namespace) -> bool:
    """Whether somebody is there to be asked."""
    from ..output import is_terminal

    return not options.yes and not options.json and is_terminal(sys.stdin) and is_terminal(sys.stderr)


def _agreed() -> bool:
    from ..output import flush, write

    write("Send it? [y/N] ", sys.stderr)
    flush(sys.stderr)
    return sys.stdin.readline().strip().lower() in ("y", "yes")
