"""Endpoints in nango.yaml: short paths that name the resource and not the provider. Rules Y06, Y07, Y08, Y10, Y14."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..errors import AnswersError
from ..naming.words import plural, title, words
from .spec import Endpoint

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..answers import EndpointAnswer
    from .context import Context

_SPELLED = dict(
    zip(
        "0123456789",
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
        strict=True,
    )
)


def derive_endpoint(
    said: EndpointAnswer, method: str, entity: str, paths: Iterable[str], context: Context, where: str
) -> Endpoint:
    """Settle an endpoint and give it away.

    Args:
        said: the endpoint of the answers.
        method: the default method.
        entity: the resource, kebab-case, for the group.
        paths: candidates for the path, best first; the first free one is taken.
        context: the derivation.
        where: the script's place in the answers.

    Raises:
        AnswersError: the answers name an endpoint that another script has.
    """
    method = said.method or method
    owner = context.endpoints.get(f"{method} {said.path}") if said.path else None
    if owner:
        raise AnswersError(
            f"{method} {said.path} is already the endpoint of {owner}",
            where=f"{where}.endpoint",
            fix="give one of them another path or method",
        )
    path = said.path or next(path for path in paths if f"{method} {path}" not in context.endpoints)
    context.endpoints[f"{method} {path}"] = where
    return Endpoint(method, path, said.group or _group(entity))


def resource(entity: str, integration: str) -> str:
    """The entity without the parts that name the provider; the entity itself when nothing else is left."""
    named = {integration.lower(), *(part for part in words(integration) if len(part) >= 4)}
    rest = [word for word in words(entity) if word not in named]
    return "-".join(rest) or entity


def _group(entity: str) -> str:
    text = title(plural(entity))
    spelled = re.sub(r"[0-9]", lambda digit: f" {_SPELLED[digit.group()].title()} ", text)
    return re.sub(r" +", " ", spelled).strip()[:64] or "Records"
