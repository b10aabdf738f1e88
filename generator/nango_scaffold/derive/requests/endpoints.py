"""Endpoints in nango.yaml: short paths that name the resource and not the provider. Rules Y06, Y07, Y08, Y10, Y14."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING

from ...errors import AnswersError
from ...naming.verbs import read_verb, without_fetching
from ...naming.words import plural, singular, words
from ...spec.requests import Endpoint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...answers import ActionAnswer, Answers, EndpointAnswer
    from ..context import Context

_SPELLED = ("Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
SYNC_METHOD = "GET"


def action_method(action: ActionAnswer) -> str:
    """The method of an action's request: said, or the usual one of its verb."""
    return action.request.method or read_verb(action.name).method


def claimed_endpoints(answers: Answers) -> dict[str, str]:
    """The endpoints that the answers name, with the place of each: derived ones keep clear of them.

    Raises:
        AnswersError: one endpoint named twice.
    """
    claimed: dict[str, str] = {}
    said = [(sync.where, sync.endpoint, SYNC_METHOD) for sync in answers.syncs]
    for sync in answers.syncs:
        children = {"children": sync.children} if sync.children else {}
        fetches = {f"requests.{model}": fetch for model, fetch in sync.requests.items()} | children
        said += [(f"{sync.where}.{key}", fetch.endpoint, SYNC_METHOD) for key, fetch in fetches.items()]
    said += [(action.where, action.endpoint, action_method(action)) for action in answers.actions]
    for where, endpoint, method in said:
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


def derive_endpoint(
    said: EndpointAnswer, method: str, paths: Iterator[str], group: str, context: Context, where: str
) -> Endpoint:
    """Settle an endpoint and give it away.

    Args:
        said: the endpoint of the answers.
        method: the default method.
        paths: candidates for the path without end, best first; the first free one is taken.
        group: the resource in words, such as ``Pull Requests``.
        context: the derivation.
        where: the script's place in the answers.
    """
    method = said.method or method
    path = said.path or next(path for path in paths if f"{method} {path}" not in context.endpoints)
    context.endpoints[f"{method} {path}"] = where
    return Endpoint(method, path, said.group or _group(group))


def numbered(*paths: str) -> Iterator[str]:
    """The paths, then the last of them with 2, 3, 4 and so on behind it."""
    yield from paths
    yield from (f"{paths[-1]}{number}" for number in count(2))


def resource_name(entity: str, integration: str) -> str:
    """The entity without the words that name the provider.

    A word that is only a part of the provider's name may be all there is to say (the calendars of
    google-calendar); the whole of it says nothing: the githubs of github are records.
    """
    parts = words(integration)
    named = {integration.lower(), *(part for part in parts if len(part) >= 4)}
    rest = [word for word in words(entity) if word not in named]
    if rest:
        return "-".join(rest)
    return "record" if words(singular(entity)) == words(singular(integration)) else entity


def entity_in(name: str, integration: str) -> str:
    """The resource that a kebab-case name is about: singular, without the provider's name."""
    return resource_name(singular(name), integration)


def spelled_plurals(answers: Answers) -> dict[str, str]:
    """The plural of each entity as scripts spell it in their names: ``{"person": "persons"}``.

    What a sync is called stands, whatever its number; of an action's name what is not in the singular does.
    """
    spelled: dict[str, str] = {}
    for sync in answers.syncs:
        name = without_fetching(sync.name)
        spelled.setdefault(
            entity_in(name, answers.integration), synced_resource(sync.name, answers.integration)
        )
    for action in answers.actions:
        verb = read_verb(action.name)
        if verb.known and verb.entity != singular(verb.entity):
            entity = entity_in(verb.entity, answers.integration)
            spelled.setdefault(entity, _several(verb.entity, answers.integration))
    return spelled


def synced_resource(sync: str, integration: str) -> str:
    """The resource of a sync as its name spells it, without the provider's name and a verb that says that it fetches."""
    return _several(without_fetching(sync), integration)


def _several(name: str, integration: str) -> str:
    found = resource_name(name, integration)
    is_spelled = set(words(found)) <= set(words(name))
    return found if is_spelled else plural(found)


def _group(text: str) -> str:
    """Letters, blanks, _ and -, at most 64: what the CLI takes for a group."""
    spelled = re.sub(r"[0-9]", lambda digit: f" {_SPELLED[int(digit.group())]} ", text)
    return re.sub(r" +", " ", spelled).strip()[:64].strip() or "Records"
