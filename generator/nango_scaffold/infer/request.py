"""The request of a script, from an operation: path, query, headers, documentation, scopes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from .fields import listed
from .names import enum_type, identifier
from .shape import List, Map, Object, Scalar, Shape, Union

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .inference import Draft
    from .operations import Operation, Parameter

_PARAMETER = re.compile(r"\{[+/;&.#]?([^{}]+)\}")
_SET_BY_NANGO = frozenset(("authorization", "accept", "content-type", "user-agent", "host", "content-length"))
_MOST_OPTIONAL = 20
_NOT_IN_PATH = re.compile(r"[?#].*|[\s\\]")


def api_path(operation: Operation, draft: Draft, root: str) -> tuple[str, dict[str, Any]]:
    """The path below the provider's base URL, and the fields of ``root`` (metadata or input) that its placeholders read."""
    types = {entry.name: plain_type(entry.shape) for entry in operation.in_location("path")}
    fields: dict[str, Any] = {}

    def placeholder(match: re.Match[str]) -> str:
        # Some documents have the modifiers of RFC 6570: {+path}, {ids*}, {name:3}, {x,y}.
        name = match[1].partition(",")[0].removesuffix("*").partition(":")[0]
        field = identifier(name)
        fields[field] = types.get(name) or "string"
        return f"${{{root}.{field}}}"

    path = _NOT_IN_PATH.sub("", _below_base(operation, draft))
    return _PARAMETER.sub(placeholder, path), fields


def _below_base(operation: Operation, draft: Draft) -> str:
    """The path that follows the provider's base URL: some of what the document's server has may be part of that."""
    base_path = draft.context.facts.base_path if draft.context.facts else _path_of(operation.server)
    # Twice: of three slashes in a row two are left at first.
    path = f"/{_path_of(operation.server)}/{operation.path}".replace("//", "/").replace("//", "/")
    if base_path and f"{path}/".startswith(f"{base_path}/"):
        path = path[len(base_path) :]
    elif base_path:
        path = operation.path
    return path if path.startswith("/") else f"/{path}"


def _path_of(server: str) -> str:
    """The path of an address, with or without a scheme; ``api.acme.example/v1`` has one too."""
    # Swagger 2.0 has host and base path without a scheme, OpenAPI 3 may have the path alone.
    _, scheme, rest = server.rpartition("://")
    try:
        is_path = server.startswith("/") and not scheme
        address = urlsplit(f"https://host{server}" if is_path else f"https://{rest}")
    except ValueError:
        return ""
    return address.path.rstrip("/")


def plain_type(shape: Shape) -> str:
    """The type of a value that stands in a path, a query or a header; empty for one that cannot."""
    if isinstance(shape, Scalar):
        is_enum = shape.words and shape.kind != "boolean"
        return (enum_type(shape.words) if is_enum else "") or shape.plain_kind
    if isinstance(shape, Union):
        return next(filter(None, map(plain_type, shape.members)), "")
    # A list of single values can be sent as one, with commas.
    if isinstance(shape, List):
        return "string" if plain_type(shape.item) else ""
    return "" if isinstance(shape, (Object, Map)) else "string"


def ask_with_parameters(
    operation: Operation, draft: Draft, root: str, fields: dict[str, Any], *, without: Iterable[str] = ()
) -> None:
    """Set the query and the headers of the request, and add the fields that they read.

    Args:
        operation: the operation.
        draft: of the script.
        root: what the placeholders read: ``metadata`` or ``input``.
        fields: those of that model; the parameters' own are added.
        without: parameters that are not asked for, as those of the pages.
    """
    names = set(without)
    for location, key in (("query", "params"), ("header", "headers")):
        others = (entry for entry in operation.in_location(location) if entry.name not in names)
        sent = list(filter(is_sent, others))
        values = {entry.name: _value(entry, root, fields) for entry in _worth_asking(sent, draft, fields)}
        values = {name: value for name, value in values.items() if value is not None}
        draft.ask(key, values, f"{location} parameters of the document")


def is_sent(parameter: Parameter) -> bool:
    """Whether it is the script that sends a parameter, and not Nango."""
    has_name = bool(re.fullmatch(r"[^\s\x00-\x1f\x7f]{1,200}", parameter.name))
    return has_name and (parameter.location != "header" or parameter.name.lower() not in _SET_BY_NANGO)


def _worth_asking(parameters: list[Parameter], draft: Draft, fields: dict[str, Any]) -> list[Parameter]:
    """The required parameters, and the optional ones where callers can set them anyway."""
    required = [entry for entry in parameters if entry.required]
    optional = [entry for entry in parameters if not entry.required]
    # A sync that needs nothing of a user is not made to wait for metadata by what nobody has to set.
    is_settable = draft.kind == "action" or bool(fields or required)
    single = _single(optional) if is_settable else []
    if len(single) < len(optional):
        draft.note(f"optional parameters that are not sent: {listed(_names(optional, without=single))}")
    return [*required, *single]


def _single(parameters: Iterable[Parameter]) -> list[Parameter]:
    """Those that can be sent as one value, as many as a model holds well."""
    return [entry for entry in parameters if plain_type(entry.shape)][:_MOST_OPTIONAL]


def _names(parameters: Iterable[Parameter], without: Iterable[Parameter]) -> list[str]:
    others = {entry.name for entry in without}
    return [entry.name for entry in parameters if entry.name not in others]


def _value(parameter: Parameter, root: str, fields: dict[str, Any]) -> Any:
    """What a parameter is sent as: a constant, or a placeholder whose field is added."""
    shape = parameter.shape
    if parameter.required and isinstance(shape, Scalar) and len(shape.words) == 1:
        return shape.words[0]
    # A parameter of the query may have the name of one in the path.
    field = identifier(parameter.name)
    while field in fields or f"{field}?" in fields:
        field = f"{field}_{parameter.location}"
    fields[field if parameter.required else f"{field}?"] = plain_type(shape) or "string"
    return f"${{{root}.{field}}}"


def describe_request(operation: Operation, draft: Draft) -> None:
    """Set the documentation and the scopes."""
    if operation.docs.startswith(("http://", "https://")) and " " not in operation.docs:
        draft.ask("docs", operation.docs, "externalDocs of the operation")
    scopes = [scope for scope in operation.scopes if 0 < len(scope) <= 300 and scope.isprintable()]
    if scopes and (draft.context.facts is None or draft.context.facts.has_scopes):
        draft.set("scopes", scopes, "security of the operation")
