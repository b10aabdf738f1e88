"""Requests as a script sends them: every text filled in from the values that a test runs the script with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from ...models.types import Primitive, members_of
from ...spec.requests import (
    LAST_SYNC_DATE,
    Computed,
    DataList,
    DataObject,
    DataSpread,
    OptionalText,
    Variable,
)
from .javascript import (
    UNDEFINED,
    UNKNOWN,
    UntestableError,
    date_of,
    is_nothing,
    moment_as,
    number_of,
    text_of,
    value_at,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import TypeAlias

    from ...spec.requests import Data, Param, Part, Request, Template

    Roots: TypeAlias = Mapping[str, Any]
    """The values that requests are filled from, by their root: ``metadata``, ``input``, ``parent`` and so on."""


def sent_request(
    request: Request,
    roots: Roots,
    own: Mapping[str, Any] | None = None,
    *,
    in_body: bool = False,
    inside: str = "",
) -> dict[str, Any]:
    """A request as a test sees it; parameters and headers are texts there.

    Args:
        request: what is sent.
        roots: the values that it is filled from.
        own: what the script asks for itself.
        in_body: whether that goes in the body, not in the query.
        inside: the property of the body that holds it; empty for the body itself.

    Raises:
        UntestableError: the values do not tell what is sent.
    """
    own = own or {}
    query, added = ({}, own) if in_body else (own, {})
    sent: dict[str, Any] = {"method": request.method, "endpoint": filled(request.path, roots)}
    base_url = filled(request.other_base_url, roots) if request.other_base_url else request.base_url
    if base_url:
        sent["baseUrlOverride"] = base_url
    params = {**_texts(request.params, roots), **{name: text_of(value) for name, value in query.items()}}
    headers = _texts(request.headers, roots)
    data = _without_empty(_body(request, roots, added, inside))
    parts = {"params": params, "headers": headers}
    sent.update({name: part for name, part in parts.items() if part})
    if data is not UNDEFINED:
        sent["data"] = data
    return {**sent, "retries": request.retries}


def _without_empty(data: Any) -> Any:
    """A body without objects that hold nothing; undefined where nothing is left. Tests do not look at them."""
    if not isinstance(data, dict):
        return data
    fields = {name: _without_empty(value) for name, value in data.items()}
    left = {name: value for name, value in fields.items() if value is not UNDEFINED}
    return left or UNDEFINED


def filled(template: Template, roots: Roots) -> Any:
    """A text with its variables filled in; one variable alone keeps its type."""
    if len(template) == 1 and not isinstance(template[0], str | OptionalText):
        return _variable(template[0], roots)
    return "".join(_piece(part, roots) for part in template)


def is_sent(template: Data, roots: Roots) -> bool:
    """Whether everything that a text needs is there."""
    parts = template if isinstance(template, tuple) else ()
    stretches = [part for part in parts if isinstance(part, OptionalText)]
    # A text of nothing else would be empty without all of them.
    if stretches and len(stretches) == len(parts):
        return any(_all_there(part.parts, roots) for part in stretches)
    return _all_there(parts, roots)


def _all_there(parts: Iterable[Part], roots: Roots) -> bool:
    optional = (part for part in parts if not isinstance(part, str | OptionalText) and part.optional)
    return not any(is_nothing(_raw(variable, roots)) for variable in optional)


def _raw(variable: Variable | Computed, roots: Roots) -> Any:
    if isinstance(variable, Computed):
        return _evaluated(variable.expression, roots)
    if variable.root not in roots:
        raise UntestableError(f"the value of {variable.root}")
    return value_at(roots[variable.root], variable.steps)


def _variable(variable: Variable | Computed, roots: Roots) -> Any:
    value = _raw(variable, roots)
    if isinstance(variable, Computed):
        return value
    if value is UNKNOWN:
        raise UntestableError(f"the value of {variable.root}.{variable.field}")
    if variable.format == "number":
        return number_of(value)
    if variable.format == "text":
        return text_of(value)
    if variable.format:
        return moment_as(variable.format, date_of(value))
    # What a Date becomes in a request depends on where it is put.
    if variable.root == LAST_SYNC_DATE or Primitive("Date") in members_of(variable.type):
        raise UntestableError("a date that has no format")
    return value


def _piece(part: Part, roots: Roots) -> str:
    if isinstance(part, OptionalText):
        return text_of(filled(part.parts, roots)) if _all_there(part.parts, roots) else ""
    return part if isinstance(part, str) else text_of(_variable(part, roots))


def _texts(params: Iterable[Param], roots: Roots) -> dict[str, str]:
    """Parameters or headers; without those that need what is absent."""
    return {
        param.name: text_of(_value(param.value, roots)) for param in params if _is_param_sent(param, roots)
    }


def _is_param_sent(param: Param, roots: Roots) -> bool:
    if not is_sent(param.value, roots):
        return False
    return param.when is None or holds(param.when.expression, roots)


def holds(condition: str, variables: Mapping[str, Any]) -> bool:
    """Whether an expression of the answers is true.

    Raises:
        UntestableError: only TypeScript can tell.
    """
    from .expressions import is_truthy  # brings the parser, which most requests do without

    return is_truthy(_evaluated(condition, variables))


def _evaluated(expression: str, variables: Mapping[str, Any]) -> Any:
    from .expressions import evaluated

    value = evaluated(expression, variables)
    if value is UNKNOWN:
        raise UntestableError(f"the value of {expression}")
    return value


def _value(value: Any, roots: Roots) -> Any:
    return filled(value, roots) if isinstance(value, tuple) else value


def _body(request: Request, roots: Roots, own: Mapping[str, Any], inside: str) -> Any:
    if request.data is not None:
        return _with_own(_data(request.data, roots, request), own, inside)
    if not request.body and not own:
        return UNDEFINED
    if request.encoding == "form":
        return _form({**_texts(request.body, roots), **{name: text_of(value) for name, value in own.items()}})
    # A field without a name is the whole body.
    if request.body and request.body[0].name == "":
        value = request.body[0].value
        return filled(value, roots) if isinstance(value, tuple) else str(value)
    fields = {param.name: _value(param.value, roots) for param in request.body}
    return {**fields, **own}


def _with_own(data: Any, own: Mapping[str, Any], inside: str) -> Any:
    if not own:
        return data
    if not inside:
        return {**data, **own}
    return {**data, inside: {**data.get(inside, {}), **own}}


def _form(fields: Mapping[str, str]) -> str:
    """The fields as ``URLSearchParams`` encodes them: unlike Python it leaves ``*`` as it is, and encodes ``~``."""
    return urlencode(fields, safe="*").replace("~", "%7E")


def _data(data: Data | DataSpread, roots: Roots, request: Request) -> Any:
    if isinstance(data, DataObject):
        return _object(data, roots, request)
    if isinstance(data, DataList):
        return [_data(item, roots, request) for item in data.items]
    if not isinstance(data, tuple):
        return data
    if request.graphql and _reads(data, request.graphql.name):
        # prettier takes the blanks from the ends of the lines in the script's constant.
        return "\n".join(line.rstrip() for line in request.graphql.query.split("\n"))
    return filled(data, roots)


def _reads(template: Template, root: str) -> bool:
    """Whether a text begins with the value of a root."""
    first = template[0] if template else ""
    return isinstance(first, Variable) and first.root == root


def _object(data: DataObject, roots: Roots, request: Request) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name, value in data.entries:
        if isinstance(value, DataSpread):
            spread = _raw(value.of, roots)
            if not is_nothing(spread):
                fields.update(spread)
        elif is_sent(value, roots):
            fields[name] = _data(value, roots, request)
    return fields
