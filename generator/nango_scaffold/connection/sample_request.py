"""The one request that fetches a page of a sync: what the sync itself will send, but for what differs between connections."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from ..answers import load_answers
from ..derive import derive
from ..errors import AnswersError
from ..known_resources import with_known_resources
from ..regular_file import read_regular
from ..visible import visible_line
from .credentials import Credentials, credentials
from .nango import Page, PageRequest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..project import NangoProject
    from ..providers import ProviderFacts
    from ..spec.requests import Param, Request, Template

_WHERE = "--sample-from"
_SCRIPTS = ("syncs", "sync_names", "actions", "action_names")
_LARGEST_ENV = 64 * 1024


def request_of(data: Mapping[str, Any], name: str, facts: ProviderFacts) -> Request:
    """The request of a sync, as it is derived from the answers.

    Raises:
        AnswersError: it cannot be derived, or is no GET.
    """
    answers = load_answers(_alone(data, name))
    # Only the one sync: the others' answers may still lack what the sample is to tell.
    (sync,) = derive(answers, with_known_resources(facts, answers), {}).syncs
    if sync.request.method != "GET":
        fix = "only a GET is sent: describe the response in --sample"
        raise AnswersError(f"{name} is fetched with {sync.request.method}", where=_WHERE, fix=fix)
    return sync.request


def _alone(data: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The answers with one sync, and nothing that is to be inferred."""
    syncs = data.get("syncs") or ()
    sync = next((sync for sync in syncs if sync.get("name") == name), {"name": name})
    others = {key: value for key, value in data.items() if key not in _SCRIPTS}
    return {**others, "syncs": [{key: value for key, value in sync.items() if key != "infer"}]}


def project_credentials(project: NangoProject, nango_environment: str = "") -> Credentials:
    """The secret key and the host, from the environment or a ``.env`` of the project.

    Raises:
        ProjectError: see `credentials`.
    """
    paths = dict.fromkeys(os.path.join(folder, ".env") for folder in (project.location, project.root))
    texts = [(os.path.relpath(path, project.root), _text(path)) for path in paths]
    return credentials(os.environ, texts, nango_environment)


def _text(path: str) -> str:
    """The text of a ``.env`` file; empty where there is none that can be read."""
    try:
        return read_regular(path, limit=_LARGEST_ENV).decode("utf-8", errors="replace")
    except OSError:
        return ""


def page_request(request: Request, integration: str, connection: str, sample_path: str = "") -> PageRequest:
    """The GET for one page.

    Args:
        request: of the sync.
        integration: its key in Nango.
        connection: the id of the connection.
        sample_path: the path to fetch; empty for that of the sync.

    Raises:
        AnswersError: the path has placeholders, or is none.
    """
    path, query = _path(request, sample_path)
    params, headers = {**_constants(request.params), **query}, _constants(request.headers)
    base_url = request.base_url or _constant(request.other_base_url) or ""
    return PageRequest(integration, connection, path, params, headers, base_url)


def _path(request: Request, sample_path: str) -> tuple[str, dict[str, str]]:
    """The path to fetch, and the query that stands behind it."""
    path = sample_path or _constant(request.path)
    if path is None:
        fix = "write the path with values in their place: --sample-path /repos/octocat/hello-world/pulls"
        raise AnswersError("the path of the sync has placeholders", where=_WHERE, fix=fix)
    parts = urlsplit(path) if path.startswith("/") and not path.startswith("//") else None
    if parts is None:
        fix = "write what follows the base URL: /v1/users"
        raise AnswersError(f"{path!r} is no path of an API", where="--sample-path", fix=fix)
    return parts.path, dict(parse_qsl(parts.query, keep_blank_values=True))


def _constants(params: Iterable[Param]) -> dict[str, str]:
    """The values that are the same for every connection and run."""
    # A parameter with a condition is left out: what it reads is not known here.
    values = {param.name: _value(param) for param in params if param.when is None}
    return {name: value for name, value in values.items() if value is not None}


def _value(param: Param) -> str | None:
    if isinstance(param.value, tuple):
        return _constant(param.value)
    text = str(param.value)
    return text.lower() if isinstance(param.value, bool) else text


def _constant(template: Template) -> str | None:
    """A text without variables; None for one that has some."""
    return None if _has_variable(template) else "".join(part for part in template if isinstance(part, str))


def _has_variable(template: Template) -> bool:
    return any(not isinstance(part, str) for part in template)


def recorded(request: Request, page_request: PageRequest, page: Page) -> dict[str, Any]:
    """What a recorder would have kept of a page: method, endpoint, headers and response."""
    endpoint = "" if has_placeholders(request) else page_request.path
    return {"method": "GET", "endpoint": endpoint, "headers": dict(page.headers), "response": page.body}


def has_placeholders(request: Request) -> bool:
    """Whether the path differs between connections."""
    return _has_variable(request.path)


def request_lines(request: PageRequest, credentials: Credentials) -> list[str]:
    """The request as it is shown before it is sent: all of it but the key."""
    lines = (
        f"GET {request.address(credentials.host)}",
        *(f"    {name}: {value}" for name, value in request.configuration().items()),
        f"    Authorization: Bearer <{credentials.described}>",
    )
    return [visible_line(line) for line in lines]
