"""Endpoints in nango.yaml: short paths that name the resource and not the provider. Rules Y06, Y07, Y08, Y10, Y14."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING

from ...errors import AnswersError
from ...naming.verbs import read_verb
from ...naming.words import title
from ...spec.requests import Endpoint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...answers import ActionAnswer, Answers, EndpointAnswer
    from ..context import Context

_SPELLED = ("Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
SYNC_METHOD = "GET"
NO_ENDPOINT = Endpoint("", "", "")
"""Of a list whose records are not saved."""


def action_method(action: ActionAnswer) -> str:
    """The method of an action's request: that of the answers, or the default of its verb."""
    return action.request.method or read_verb(action.name).method


def endpoint_method(action: ActionAnswer) -> str:
    """The default method of an action's endpoint: that of its request, or of its verb, as each query is a POST."""
    return read_verb(action.name).method if action.request.graphql else action_method(action)


def claimed_endpoints(answers: Answers) -> dict[str, str]:
    """The endpoints that the answers name, with the place of each: derived ones differ from them.

    Raises:
        AnswersError: one endpoint named twice.
    """
    claimed: dict[str, str] = {}
    for where, endpoint, method in _endpoint_answers(answers):
        if endpoint.path is None:
            continue
        key = f"{endpoint.method or method} {endpoint.path}"
        if key in claimed:
            raise AnswersError(
                f"{key} is already the endpoint of {claimed[key]}",
                where=f"{where}.endpoint",
                fix="give one of them another path or method",
            )
        claimed[key] = where
    return claimed


def _endpoint_answers(answers: Answers) -> Iterator[tuple[str, EndpointAnswer, str]]:
    """The place, the endpoint and the default method of each script and each further request of a sync."""
    for sync in answers.syncs:
        yield sync.where, sync.endpoint, SYNC_METHOD
    # Behind the endpoints of all syncs, so that an error is about the further request, not about the script itself.
    for sync in answers.syncs:
        for model, fetch in sync.requests.items():
            yield f"{sync.where}.requests.{model}", fetch.endpoint, SYNC_METHOD
        if sync.children:
            yield f"{sync.where}.children", sync.children.endpoint, SYNC_METHOD
    for action in answers.actions:
        yield action.where, action.endpoint, endpoint_method(action)


def derive_endpoint(
    answer: EndpointAnswer, method: str, paths: Iterator[str], group: str, context: Context, where: str
) -> Endpoint:
    """The endpoint of a script, entered among those in use.

    Of ``paths``, which have no end, the first free one is taken. ``group`` is the resource in words: ``Pull Requests``.
    """
    method = answer.method or method
    path = answer.path or next(path for path in paths if f"{method} {path}" not in context.endpoints)
    context.endpoints[f"{method} {path}"] = where
    return Endpoint(method, path, answer.group or _group(group))


def sync_endpoint(answer: EndpointAnswer, many: str, context: Context, where: str) -> Endpoint:
    """The endpoint of records that a sync saves; the plain path may be that of another script."""
    paths = numbered(f"/{many}", f"/{many}/synced")
    return derive_endpoint(answer, SYNC_METHOD, paths, title(many), context, where)


def numbered(*paths: str) -> Iterator[str]:
    """The paths, then the last of them with 2, 3, 4 and so on appended."""
    yield from paths
    yield from (f"{paths[-1]}{number}" for number in count(2))


def _group(text: str) -> str:
    """Letters, blanks, _ and -, at most 64: what the CLI accepts as a group."""
    spelled = re.sub(r"[0-9]", lambda digit: f" {_SPELLED[int(digit.group())]} ", text)
    group = re.sub(r" +", " ", spelled).strip()
    # Stripped again: the cut may leave a blank at the end.
    return group[:64].strip() or "Records"
