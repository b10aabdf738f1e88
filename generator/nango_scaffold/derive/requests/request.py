"""The request of a script: path, query, headers, documentation, scopes, retries."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import unquote

from ...errors import AnswersError
from ...providers import repetition_of, strip_base_path
from ...spec.requests import Param, pieces_of
from .placeholders import parse_lifted, parse_template, refuse_absent, without_expressions
from .variables import parse_condition

if TYPE_CHECKING:
    from ...answers import RequestAnswer
    from ...answers.answers import ParamValue
    from ...providers import ProviderFacts
    from ...spec.requests import Request, Template
    from ..context import Context
    from .roots import Roots

SYNC_RETRIES = 10
ACTION_RETRIES = 3
_FILLED_BY_NANGO = "${connectionConfig."
_NOT_IN_PATH = re.compile(r"[\s?#\\]")
_NO_DOCS = "https://nango.dev/docs/integrations/overview"


def derive_path(
    path_answer: str | None,
    default: str,
    roots: Roots,
    context: Context,
    answer: str,
    *,
    base_url: str | None = None,
) -> Template:
    """A path after the base URL, as a template; a default is noted as a guess.

    Args:
        path_answer: the path of the answers.
        default: the path where that is unset.
        roots: what ``${...}`` may name.
        context: the derivation.
        answer: the answer that holds the path, such as ``syncs[0].request.path``.
        base_url: that of a request to another host, which the path is relative to.

    Raises:
        AnswersError: a path on another host, outside the API, or with a variable that cannot stand there.
    """
    if path_answer is None:
        context.guess(answer, default, _why_guessed(default, context))
    facts = context.facts
    base_url = base_url or facts.base_url
    # First of all: what stands in an expression (a slash, a question mark, two dots) is not of the path.
    text, roots = without_expressions(path_answer or default, roots)
    path = strip_base_path(text, facts.base_path, base_url, where=answer)
    if repeated := repetition_of(path_answer or "", base_url):
        context.guess(
            answer,
            path,
            f"the base URL ends in {repeated} already; a whole URL would keep a second one",
        )
    template = parse_lifted(path, roots, answer)
    _refuse_outside_path(template, answer)
    _refuse_dots(template, answer)
    refuse_absent(template, "a path", answer, or_shorter=True)
    return template


def derive_base_url(base_url: str | None, roots: Roots, where: str) -> Template:
    """The base URL of a request to another host, as a template; empty for none.

    ``${connectionConfig.x}``, which Nango fills in itself, stays as it is.

    Raises:
        AnswersError: one with a variable that cannot stand there.
    """
    # Quoted, so that it is parsed as text and not as a placeholder of the script.
    quoted = "${'${'}" + _FILLED_BY_NANGO[2:]
    text = (base_url or "").rstrip("/").replace(_FILLED_BY_NANGO, quoted)
    template = parse_template(text, roots, where)
    _refuse_outside_path(template, where)
    _refuse_dots(template, where)
    refuse_absent(template, "a base URL", where, or_shorter=True)
    return template


def _refuse_outside_path(path: Template, where: str) -> None:
    """Refuse what is no path beside its expressions, in which anything may stand."""
    pieces = (piece for part in path for piece in pieces_of(part))
    if any(isinstance(piece, str) and _NOT_IN_PATH.search(piece) for piece in pieces):
        raise AnswersError(
            "a path has no blanks, backslashes, ? or # beside its expressions",
            where=where,
            fix="write the query under params",
        )


def _refuse_dots(path: Template, where: str) -> None:
    """Refuse a path that climbs out of the API; URL parsers take ``%2e%2e`` for two dots as well."""
    pieces = (piece for part in path for piece in pieces_of(part))
    text = "".join(piece if isinstance(piece, str) else "${...}" for piece in pieces)
    if any(unquote(part) in {".", ".."} for part in text.split("/")):
        raise AnswersError(
            f"{text!r} climbs out of the API with dots", where=where, fix="write the path without . and .."
        )


def _why_guessed(default: str, context: Context) -> str:
    if default == "/graphql":
        return "the usual path of a GraphQL API"
    endpoint = context.facts.graphql_endpoint
    if not endpoint:
        return "made from the name"
    return (
        f"made from the name, and not there: the API of {context.provider_name} is GraphQL, which takes a POST of a "
        f"query to `path: {endpoint}` for everything"
    )


def derive_params(values: Mapping[str, ParamValue], roots: Roots, where: str) -> tuple[Param, ...]:
    """Query parameters or headers from the answers; strings may hold ``${...}``.

    Raises:
        AnswersError: a string or a condition that names no field.
    """
    return tuple(_param(name, value, roots, f"{where}.{name}") for name, value in values.items())


def _param(name: str, value: ParamValue, roots: Roots, where: str) -> Param:
    if not isinstance(value, Mapping):
        return Param(name, _param_value(value, roots, where))
    template = _param_value(value["value"], roots, f"{where}.value")
    return Param(name, template, parse_condition(str(value["when"]), roots, f"{where}.when"))


def _param_value(value: str | int | float | bool, roots: Roots, where: str) -> Template | int | float | bool:
    # A float becomes the string it is sent as: Python and JavaScript write it in different forms.
    text = f"{value:.15g}" if isinstance(value, float) else value
    return parse_template(text, roots, where) if isinstance(text, str) else text


def derive_docs(request: RequestAnswer, context: Context, where: str) -> str:
    """The documentation page of the endpoint. Rule P04."""
    if request.docs is not None:
        return request.docs
    docs = context.facts.docs or _NO_DOCS
    context.guess(f"{where}.request.docs", docs, "the provider's documentation, not the endpoint's own page")
    return docs


def derive_scopes(scopes: tuple[str, ...] | None, context: Context, where: str) -> tuple[str, ...]:
    """The scopes of a script. Rule Y04: an empty list is right only where the provider has none."""
    if scopes is not None:
        return scopes
    if context.facts.has_scopes:
        context.guess(
            f"{where}.scopes", "[]", f"{context.facts.key} has scopes, and which are needed is not known"
        )
    return ()


def with_answer_facts(request: Request, facts: ProviderFacts) -> Request:
    """The request with what the answers state of the provider."""
    if not facts.stated:
        return request
    from .provider_overrides import with_provider_overrides  # few answers do

    return with_provider_overrides(request, facts)
