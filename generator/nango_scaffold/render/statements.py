"""The statements that generated scripts are made of, laid out to stand at a given depth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..naming.schemas import schema_name
from .request_bodies import body_source
from .texts import text_field
from .typescript import (
    Await,
    Call,
    Expression,
    ListLiteral,
    Member,
    Name,
    Number,
    ObjectLiteral,
    Property,
    Shorthand,
    Spread,
    Text,
    constant,
    expression_statement,
    import_statement,
    line_comment,
    source,
)
from .values import param_source, template_source

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ..derive.spec import Pagination, Request
    from ..models.types import Model
    from .layout import Doc

NANGO = Name("nango")
MODELS = "../../models"
TYPES = "../types"
SCHEMAS = "../../schema.zod.js"
INDENT = 4


def at(depth: int, doc: Doc) -> str:
    """A statement as text, for a place ``depth`` levels deep; its first line is not indented."""
    return source(doc, start_indent=depth * INDENT)


def imports(
    types: Sequence[str], *, raw: Iterable[str] = (), values: Mapping[str, Sequence[str]] | None = None
) -> tuple[str, ...]:
    """The import lines of a script: models, raw types, then values by their file. Rules T03-T06."""
    lines = [import_statement(tuple(dict.fromkeys(types)), MODELS, types_only=True)]
    if named := tuple(dict.fromkeys(raw)):
        lines.append(import_statement(named, TYPES, types_only=True))
    lines += [import_statement(names, path) for path, names in (values or {}).items() if names]
    return tuple(lines)


def nango_call(method: str, *arguments: Expression, types: tuple[str, ...] = ()) -> Expression:
    """``await nango.method<types>(arguments)``."""
    return Await(Call(Member(NANGO, method), arguments, types))


def validation(model: Model, value: Expression, depth: int, *, into: str = "") -> str:
    """The check of a value against the zod schema of its model. Rules V01, V03."""
    options = (Property("zodSchema", Name(schema_name(model.name))), labelled("input", value))
    call = nango_call("zodValidateInput", ObjectLiteral(options, expanded=False))
    return at(depth, constant(into, call) if into else expression_statement(call))


def labelled(name: str, value: Expression) -> Property | Shorthand:
    """``name: value``, or ``name`` alone where the value is called the same."""
    return Shorthand(name) if value == Name(name) else Property(name, value)


def proxy_config(
    request: Request,
    roots: Mapping[str, Expression],
    *,
    pagination: Pagination | None = None,
    params: Sequence[Property | Spread] = (),
    data: Sequence[Property | Spread] = (),
) -> Doc:
    """The typed request object, with the documentation right above its endpoint. Rules P01-P04, C07.

    Args:
        request: what is asked.
        roots: what stands for ``input`` and ``metadata``.
        pagination: given for ``nango.paginate``: the settings the script states itself.
        params: query parameters beside those of the request.
        data: what goes into the body beside the fields of the request.
    """
    query = [*(param_source(param, roots) for param in request.params), *params]
    headers = [text_field(param, roots) for param in request.headers]
    entries: list[Property | Shorthand | Spread] = []
    if pagination is not None and request.method != "GET":
        entries.append(Property("method", Text(request.method)))
    docs = (line_comment(request.docs),)
    entries.append(Property("endpoint", template_source(request.path, roots), comments=docs))
    entries += [
        Property(name, ObjectLiteral(tuple(items)))
        for name, items in (("params", query), ("headers", headers))
        if items
    ]
    if request.body or data:
        entries.append(Property("data", body_source(request, roots, data)))
    if request.binary:
        entries.append(Property("responseType", Text("arraybuffer")))
    if pagination is not None and pagination.written:
        entries.append(Property("paginate", data_source(pagination.written)))
    entries.append(Property("retries", Number(str(request.retries))))
    return constant("proxyConfig", ObjectLiteral(tuple(entries)), type_name="ProxyConfiguration")


def data_source(value: Any) -> Expression:
    """Plain data as a literal."""
    if isinstance(value, bool):
        return Name("true" if value else "false")
    if isinstance(value, (int, float)):
        return Number(repr(value))
    if isinstance(value, str):
        return Text(value)
    if isinstance(value, (list, tuple)):
        return ListLiteral(tuple(data_source(item) for item in value))
    return ObjectLiteral(tuple(Property(name, data_source(item)) for name, item in value.items()))
