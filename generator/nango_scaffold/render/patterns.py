"""What the templates of the sync patterns are filled with beyond that of every sync."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ..frozen import frozen
from ..models.types import Primitive
from ..spec.requests import Variable
from ..typescript.printer import (
    Arrow,
    Binary,
    Call,
    Conditional,
    Expression,
    Index,
    ListLiteral,
    Member,
    Name,
    Number,
    ObjectLiteral,
    Property,
    Spread,
    Template,
    Text,
    constant,
    expression_statement,
    layout,
    string_literal,
)
from ..typescript.printer.expressions import parameters
from ..typescript.printer.layout import concat, group
from .inputs import METADATA
from .lists import in_body, require_list
from .statements import at, labelled, proxy_config
from .values import NULL, mapper_name, property_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..spec.patterns import Configuration, Extended, Selection, Window
    from ..spec.requests import Request
    from ..spec.syncs import SyncSpec
    from ..typescript.printer.layout import Doc

_EMPTY = ObjectLiteral((), expanded=False)

_VERSION = re.compile(r"/(v[0-9]+(?:\.[0-9]+)*)/")
_VERSION_ROOT = "version"
_NEXT_BOUNDARY = {
    "month": "Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1)",
    "week": "Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() - ((date.getUTCDay() + 6) % 7) + 7)",
    "day": "Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() + 1)",
}


@frozen
class WindowView:
    """The texts of the window pattern."""

    unit: str
    lookback_years: int
    next_boundary: str
    handed: str
    signature: str


@frozen
class ExtendedView:
    """The texts of the extended pattern."""

    max_hours: str
    limit: int
    method: str
    handed: str
    signature: str
    records: str
    require: str
    next_cursor: str
    remembers: bool


@frozen
class SelectionView:
    """The texts of the selection pattern."""

    model: str
    handed: str
    items_constant: str
    folders_constant: str
    nothing_selected: str
    inside: str
    below: str
    next_id: str
    save_found: str
    save_rest: str
    save_inside: str
    folder_signature: str
    list_signature: str
    item_signature: str
    item_config: str


@frozen
class ConfigurationView:
    """The texts of the configuration pattern."""

    api_version: str
    configurations: str
    handed: str
    signature: str
    fields: str
    log: str


def signature(name: str, takes: Sequence[str], gives: str) -> str:
    """The head of a helper up to its opening brace."""
    head = group(group(parameters(tuple(takes))), f": Promise<{gives}>")
    return at(0, concat(f"async function {name}", head, " {"))


def handed_on(sync: SyncSpec, requests: Sequence[Request]) -> tuple[str, ...]:
    """The parameters that helpers take before their own: the settings too, where a request reads them."""
    takes = ["nango: NangoSync"]
    if sync.metadata and any(request.reads("metadata") for request in requests):
        takes.append(f"metadata: {sync.metadata.name}")
    return tuple(takes)


def _names(takes: Sequence[str]) -> str:
    return ", ".join(parameter.split(":")[0] for parameter in takes)


def moment(date: Expression, form: str) -> Expression:
    """A ``Date`` in the form an API takes. Rule V04."""
    if form == "iso":
        return Call(Member(date, "toISOString"))
    if form == "date":
        return Call(Member(Call(Member(date, "toISOString")), "slice"), (Number("0"), Number("10")))
    milliseconds = Call(Member(date, "getTime"))
    if form == "epoch_milliseconds":
        return milliseconds
    return Call(Member(Name("Math"), "floor"), (Binary(milliseconds, "/", Number("1000")),))


def window_view(sync: SyncSpec, window: Window) -> tuple[WindowView, Doc]:
    """The window pattern's texts, and its request object."""
    takes = handed_on(sync, [sync.request])
    span = (
        Property(window.from_param, moment(Name("from"), window.date_format)),
        Property(window.to_param, moment(Name("to"), window.date_format)),
    )
    config = proxy_config(
        sync.request,
        {"metadata": METADATA},
        pagination=sync.pagination,
        own=span,
        in_body=sync.pagination.in_body,
    )
    view = WindowView(
        unit=window.unit,
        lookback_years=window.lookback_years,
        next_boundary=_NEXT_BOUNDARY[window.unit],
        handed=_names(takes),
        signature=signature("saveWindow", (*takes, "from: Date", "to: Date"), "number"),
    )
    return view, config


def extended_view(sync: SyncSpec, extended: Extended) -> tuple[ExtendedView, Doc]:
    """The extended pattern's texts, and its request object."""
    takes = handed_on(sync, [sync.request])
    cursor, since = Name("cursor"), Name("changedSince")
    asked: list[Property | Spread] = [Property(extended.limit_param, Name("BATCH_SIZE"))]
    own = ["cursor: string | null"]
    if extended.since_param:
        asked.append(_sent_when(since, extended.since_param, since))
        own.append("changedSince: string | null")
    asked.append(_sent_when(cursor, extended.cursor_param, cursor))
    config = proxy_config(sync.request, {"metadata": METADATA}, own=asked, in_body=sync.pagination.in_body)
    view = ExtendedView(
        max_hours=f"{extended.max_hours:g}",
        limit=extended.limit,
        method=sync.request.method.lower(),
        handed=_names((*takes, *own)),
        signature=signature("fetchBatch", (*takes, *own), extended.page),
        records=at(2, constant("records", in_body(extended.record_steps, Name("batch")))),
        require=at(2, require_list(Name("records"), extended.record_steps)),
        next_cursor=at(2, layout(_next_cursor(extended))),
        remembers=bool(extended.since_param),
    )
    return view, config


def _sent_when(test: Expression, name: str, value: Expression) -> Spread:
    return Spread(Conditional(test, ObjectLiteral((labelled(name, value),), expanded=False), _EMPTY))


def _next_cursor(extended: Extended) -> Expression:
    """The next cursor as text, or null: from the body, or the id of the last record."""
    if not extended.cursor_steps:
        found: Expression = Index(
            Name("records"), Binary(Member(Name("records"), "length"), "-", Number("1"))
        )
        for step in extended.id_steps:
            found = property_of(found, step, optional=True)
    else:
        found = Name("batch")
        for index, step in enumerate(extended.cursor_steps):
            found = property_of(found, step, optional=index > 0)
    return Conditional(Binary(found, "==", NULL), NULL, Call(Name("String"), (found,)))


def selection_view(sync: SyncSpec, selection: Selection) -> tuple[SelectionView, Doc]:
    """The selection pattern's texts, and the request object that lists a folder."""
    takes = handed_on(sync, [sync.request, selection.item_request])
    roots: dict[str, Expression] = {"metadata": METADATA, "folder": Name("folder"), "item": Name("item")}
    kind = property_of(Name("entry"), selection.kind_field)
    mapper = Name(mapper_name(sync.model))
    inside = Call(Member(_entries(kind, selection.item_kind), "map"), (mapper,))
    slice_ = Call(
        Member(Name("inside"), "slice"), (Name("first"), Binary(Name("first"), "+", Name("BATCH_SIZE")))
    )
    view = SelectionView(
        model=sync.model,
        handed=_names(takes),
        items_constant=at(1, constant("items", _list_of(selection.items))),
        folders_constant=at(1, constant("folders", _list_of(selection.folders))),
        nothing_selected=string_literal(
            f"The metadata selects nothing: name {selection.items} or {selection.folders}"
        ),
        inside=at(1, constant("inside", inside)),
        below=at(1, constant("below", _entries(kind, selection.folder_kind))),
        next_id=at(2, layout(_id_of_next(selection))),
        save_found=at(3, _batch_save(Name("found"), sync.model)),
        save_rest=at(1, _batch_save(Name("found"), sync.model)),
        save_inside=at(2, _batch_save(slice_, sync.model)),
        folder_signature=signature("saveFolder", (*takes, "folder: string", "seen: Set<string>"), "void"),
        list_signature=signature("listFolder", (*takes, "folder: string"), f"{sync.raw}[]"),
        item_signature=signature("fetchItem", (*takes, "item: string"), f"{sync.model}[]"),
        item_config=at(1, proxy_config(selection.item_request, roots)),
    )
    return view, proxy_config(sync.request, roots, pagination=sync.pagination)


def _id_of_next(selection: Selection) -> Expression:
    found: Expression = Name("next")
    for step in selection.id_steps:
        found = property_of(found, step)
    return Call(Name("String"), (found,))


def _list_of(field: str) -> Expression:
    """``metadata?.files ?? []``."""
    return Binary(property_of(METADATA, field, optional=True), "??", ListLiteral(()))


def _entries(kind: Expression, value: str) -> Expression:
    return Call(Member(Name("entries"), "filter"), (Arrow(("entry",), Binary(kind, "===", Text(value))),))


def _batch_save(records: Expression, model: str) -> Doc:
    return expression_statement(Call(Member(Name("await nango"), "batchSave"), (records, Text(model))))


def configuration_view(sync: SyncSpec, configuration: Configuration) -> tuple[ConfigurationView, Doc]:
    """The configuration pattern's texts, and its request object."""
    takes = (*handed_on(sync, [sync.request]), f"configuration: {configuration.item_model}")
    one = Name("configuration")
    model = property_of(one, configuration.model_field)
    roots: dict[str, Expression] = {"metadata": METADATA, "configuration": model, "fields": Name("fields")}
    request, version = _with_version_apart(sync.request)
    roots[_VERSION_ROOT] = Name("API_VERSION")
    listed = property_of(one, configuration.fields_field)
    if configuration.name_field:
        names = Arrow(("field",), property_of(Name("field"), configuration.name_field))
        listed = Call(Member(listed, "map"), (names,))
    said = Template((Name("saved"), " records of ", model))
    view = ConfigurationView(
        api_version=string_literal(version) if version else "",
        configurations=at(1, layout(property_of(METADATA, configuration.configurations))),
        handed=_names(takes[:-1]),
        signature=signature("saveConfigured", takes, "number"),
        fields=at(1, constant("fields", Call(Member(listed, "join"), (Text(","),)))),
        log=at(2, expression_statement(Call(Member(Name("await nango"), "log"), (said,)))),
    )
    return view, proxy_config(request, roots, pagination=sync.pagination)


def _with_version_apart(request: Request) -> tuple[Request, str]:
    """The request with a variable for the API's version in its path, and that version; empty for none. Pattern CB, R4."""
    for index, part in enumerate(request.path):
        rest = request.path[index + 1 :]
        found = _VERSION.search(part if rest else f"{part}/") if isinstance(part, str) else None
        if found is None or not isinstance(part, str):
            continue
        apart = (
            part[: found.start(1)],
            Variable(_VERSION_ROOT, "", Primitive("string")),
            part[found.end(1) :],
        )
        path = (*request.path[:index], *(piece for piece in apart if piece != ""), *rest)
        return replace(request, path=path), found[1]
    return request, ""
