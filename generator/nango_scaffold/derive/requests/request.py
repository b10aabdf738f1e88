"""The request of a script: path, query, headers, documentation, scopes, retries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import unquote

from ...errors import AnswersError
from ...providers import repetition_of, strip_base_path
from ...spec.requests import Param, Template, Variable
from .placeholders import parse_template

if TYPE_CHECKING:
    from ...answers import RequestAnswer
    from ...models.types import Model, Primitive
    from ..context import Context

Roots = Mapping[str, "Model | Primitive | None"]

SYNC_RETRIES = 10
ACTION_RETRIES = 3
_NO_DOCS = "https://nango.dev/docs/integrations/overview"


def derive_path(said: str | None, default: str, roots: Roots, context: Context, answer: str) -> Template:
    """A path after the base URL, as a template; the guess is noted when the answers have none.

    Args:
        said: the path of the answers.
        default: the path to take when they have none.
        roots: what ``${...}`` may name.
        context: the derivation.
        answer: the answer that holds the path, such as ``syncs[0].request.path``.

    Raises:
        AnswersError: a path on another host, outside the API, or with a variable that cannot stand there.
    """
    if said is None:
        context.guess(answer, default, _why_guessed(context))
    facts = context.facts
    path = strip_base_path(said or default, facts.base_path, facts.base_url, where=answer)
    if repeated := repetition_of(said or "", facts.base_url):
        context.guess(
            answer,
            path,
            f"the base URL ends in {repeated} already; a whole URL would keep a second one",
        )
    # A browser's reading of %2e%2e is two dots as well.
    if any(unquote(part) in {".", ".."} for part in path.split("/")):
        raise AnswersError(
            f"{path!r} climbs out of the API with dots", where=answer, fix="write the path without . and .."
        )
    template = parse_template(path, roots, answer)
    for part in template:
        if isinstance(part, Variable) and part.optional:
            raise AnswersError(
                f"${{{part.root}.{part.field}}} may be absent, and a path needs it",
                where=answer,
                fix=f"make the field {part.field} required",
            )
    return template


def _why_guessed(context: Context) -> str:
    endpoint = context.facts.graphql_endpoint
    if not endpoint:
        return "made from the name"
    return (
        f"made from the name, and not there: the API of {context.provider_name} is GraphQL, which takes a POST of a "
        f"query to `path: {endpoint}` for everything"
    )


def derive_params(
    said: Mapping[str, str | int | float | bool], roots: Roots, where: str
) -> tuple[Param, ...]:
    """Query parameters or headers from the answers; texts may hold ``${...}``.

    A fraction becomes the text it would be sent as: it has only one form then, in every language.

    Raises:
        AnswersError: a text that names no field.
    """
    params = []
    for name, given in said.items():
        value = f"{given:.15g}" if isinstance(given, float) else given
        params.append(
            Param(name, parse_template(value, roots, f"{where}.{name}") if isinstance(value, str) else value)
        )
    return tuple(params)


def derive_docs(said: RequestAnswer, context: Context, where: str) -> str:
    """The documentation page of the endpoint. Rule P04."""
    if said.docs is not None:
        return said.docs
    docs = context.facts.docs or _NO_DOCS
    context.guess(f"{where}.request.docs", docs, "the provider's documentation, not the endpoint's own page")
    return docs


def derive_scopes(said: tuple[str, ...] | None, context: Context, where: str) -> tuple[str, ...]:
    """The scopes of a script. Rule Y04: an empty list is right only where the provider has none."""
    if said is not None:
        return said
    if context.facts.has_scopes:
        context.guess(
            f"{where}.scopes", "[]", f"{context.facts.key} has scopes, and which are needed is not known"
        )
    return ()
