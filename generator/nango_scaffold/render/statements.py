"""The statements that generated scripts are made of, laid out to stand at a given depth."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any

from ..naming.schemas import schema_name
from ..spec.mappers import UNREAD
from ..typescript.printer import (
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
from .request_bodies import body_source
from .texts import text_field
from .values import param_source, template_source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ..models.types import Model
    from ..spec.requests import Pagination, Request, Retry
    from ..typescript.printer.layout import Doc

NANGO = Name("nango")
MODELS = "../../models"
TYPES = "../types"
SCHEMAS = "../../schema.zod.js"
INDENT = 4
ENDPOINT = "endpoint"
_NOTES_PAGE = (line_comment("nango.paginate notes here which page it asks for."),)
_IN_BRACKETS = f"['{ENDPOINT}']"


def at(depth: int, doc: Doc) -> str:
    """A statement as text, for a place ``depth`` levels deep; its first line is not indented."""
    return source(doc, start_indent=depth * INDENT)


def imports(
    types: Sequence[str], *, raw: Iterable[str] = (), values: Mapping[str, Sequence[str]] | None = None
) -> tuple[str, ...]:
    """The import lines of a script: models, raw types, then values by their file. Rules T03-T06."""
    lines = [import_statement(tuple(dict.fromkeys(types)), MODELS, types_only=True)]
    if named := tuple(dict.fromkeys(name for name in raw if name not in ("", UNREAD))):
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
    own: Sequence[Property | Spread] = (),
    in_body: bool = False,
) -> Doc:
    """The typed request object, with the documentation right above its endpoint. Rules P01-P04, C07.

    Args:
        request: what is asked.
        roots: what stands for ``input`` and ``metadata``.
        pagination: given for ``nango.paginate``: the settings the script states itself.
        own: what the script asks for itself, such as a page or a date.
        in_body: whether that goes into the body, and not into the query.
    """
    query = [*(param_source(param, roots) for param in request.params), *(() if in_body else own)]
    data = own if in_body else ()
    headers = [text_field(param, roots) for param in request.headers]
    entries: list[Property] = _base_url(request.base_url)
    if pagination is not None and request.method != "GET":
        entries.append(Property("method", Text(request.method)))
    docs = (line_comment(request.docs),)
    entries.append(Property(ENDPOINT, template_source(request.path, roots), comments=docs))
    noted = _page_is_noted_in(pagination)
    entries += [*_part("params", query, noted), *_part("headers", headers, noted)]
    if request.body or request.data is not None or data:
        entries.append(Property("data", body_source(request, roots, data)))
    else:
        entries += _part("data", (), noted)
    if request.binary:
        entries.append(Property("responseType", Text("arraybuffer")))
    entries += _paginate(pagination)
    entries += [Property("retries", Number(str(request.retries))), *_retry(request.retry)]
    told_apart = tuple(replace(entry, value=_told_apart(entry.value)) for entry in entries)
    return constant("proxyConfig", ObjectLiteral(told_apart), type_name="ProxyConfiguration")


def _page_is_noted_in(pagination: Pagination | None) -> str:
    """The part of the request that ``nango.paginate`` writes a cursor or an offset into; empty for none.

    It does so only where the request has that part, and then the same request asks for the page it ended at.
    """
    if pagination is None or pagination.kind not in ("cursor", "offset"):
        return ""
    return "data" if pagination.in_body else "params"


def _part(name: str, items: Sequence[Property | Spread], noted: str) -> Iterator[Property]:
    """A part of the request; an empty one only where the page is noted in it."""
    if items:
        yield Property(name, ObjectLiteral(tuple(items)))
    elif name == noted:
        yield Property(name, ObjectLiteral(()), comments=_NOTES_PAGE)


def _paginate(pagination: Pagination | None) -> Iterator[Property]:
    """What the script states of its pagination; a cursor is followed by the function ``onPage`` of the script."""
    if pagination is None:
        return
    settings = [Property(name, data_source(value)) for name, value in pagination.written.items()]
    if pagination.kind == "cursor":
        settings.append(Property("on_page", Name("onPage")))
    if settings:
        yield Property("paginate", ObjectLiteral(tuple(settings)))


def _told_apart(node: Any) -> Any:
    """What stands in a request object, with ``['endpoint']`` for a key ``endpoint`` of its own.

    Nango's lint plugin takes each such key below a ProxyConfiguration for that of the request, and wants documentation
    above it; it does not look at a key in brackets.
    """
    if isinstance(node, tuple):
        return tuple(_told_apart(item) for item in node)
    if not is_dataclass(node) or isinstance(node, type):
        return node
    changes = {item.name: _told_apart(getattr(node, item.name)) for item in fields(node)}
    if isinstance(node, Shorthand) and node.name == ENDPOINT:
        return Property(ENDPOINT, Name(ENDPOINT), key=_IN_BRACKETS)
    if isinstance(node, Property) and node.name == ENDPOINT:
        changes["key"] = _IN_BRACKETS
    return replace(node, **changes)


def _base_url(stated: str) -> list[Property]:
    """The base URL, where Nango's own entry of the provider does not have it."""
    why = (line_comment("Nango's own entry of this provider has another base URL, or none."),)
    return [Property("baseUrlOverride", Text(stated), comments=why)] if stated else []


def _retry(stated: Retry | None) -> Iterator[Property]:
    """When a refused request is tried again, where Nango's own entry of the provider does not say it."""
    if stated is None:
        return
    headers = [
        Property(name, Text(header))
        for name, header in (("at", stated.at), ("after", stated.after))
        if header
    ]
    if headers:
        yield Property("retryHeader", ObjectLiteral(tuple(headers), expanded=False))
    if stated.codes:
        yield Property("retryOn", ListLiteral(tuple(Number(str(code)) for code in stated.codes)))


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
