"""What the template of an action is filled with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..frozen import frozen
from ..naming.schemas import schema_name
from ..spec.actions import CONTENT_TYPE
from ..spec.paths import steps_of
from ..typescript.printer import (
    Binary,
    Call,
    Expression,
    Member,
    Name,
    ObjectLiteral,
    doc_comment,
    layout,
    returned,
)
from ..typescript.printer import path as chain
from ..typescript.printer.expressions import parameters
from ..typescript.printer.layout import concat, group
from .action_dates import dates_statement
from .inputs import INPUT, PARSED, is_all_optional
from .paging import PageView, page_view
from .paths import mapper_from_script
from .statements import NANGO, SCHEMAS, at, imports, proxy_config, validation
from .synced import SyncedView, synced_view
from .values import constant_source, mapper_name

if TYPE_CHECKING:
    from ..spec.actions import ActionSpec


@frozen
class ActionView:
    """The texts of one action file; each statement is laid out for the place it has in the template.

    Attributes:
        part: the template of what lies between request and return: ``record``, ``constant``, ``nothing``, ``binary`` or a
            kind of list.
        signature: the head of ``runAction`` up to the opening brace.
        may_be_empty: whether every input field is optional, so that the runner may hand over nothing at all.
        check_input: the check of the input; empty where there is none.
        dates: the statement that turns the dates of the input; empty where there are none.
        request: the request, without what is done with its response.
        result: the statement that returns the output.
        content_type: the field that says of what type bytes are; empty where the output has none.
        page: what a list action does with a page; ``None`` for the others.
        synced: how the records of a sync are read first; ``None`` where they are not.
    """

    name: str
    part: str
    imports: tuple[str, ...]
    comment: tuple[str, ...]
    signature: str
    may_be_empty: bool
    check_input: str
    dates: str
    proxy_config: str
    request: str
    result: str
    content_type: str
    page: PageView | None
    synced: SyncedView | None


def action_view(action: ActionSpec) -> ActionView:
    """Everything the template needs to write an action."""
    optional = action.input is not None and is_all_optional(action.input)
    given = PARSED if optional else INPUT
    is_form = action.request.encoding == "form"
    page = page_view(action.listing, given, as_text=is_form) if action.listing else None
    roots = {"input": given, "dates": Name("dates")}
    config = proxy_config(
        action.request, roots, own=page.asked if page else (), in_body=page.in_body if page else False
    )
    synced = synced_view(action, given) if action.synced else None
    return ActionView(
        name=action.name,
        part=page.part if page else action.returns,
        imports=_imports(action),
        comment=tuple(doc_comment([action.description.strip(), *(synced.sources if synced else ())])),
        signature=_signature(action),
        may_be_empty=optional,
        check_input=_check(action, is_read=bool(page or action.dates) or action.request.reads("input")),
        dates=at(1, dates_statement(action.dates, given)) if action.dates else "",
        proxy_config=at(1, config),
        request=_request(action),
        result=_result(action),
        content_type=_content_type(action),
        page=page,
        synced=synced,
    )


def _check(action: ActionSpec, *, is_read: bool) -> str:
    """The check of the input; its checked copy gets a name only where it is read afterwards."""
    if action.input is None:
        return ""
    if not is_all_optional(action.input):
        return validation(action.input, INPUT, 1)
    given = Binary(INPUT, "??", ObjectLiteral((), expanded=False))
    return validation(action.input, given, 1, into="parsed" if is_read else "")


def _imports(action: ActionSpec) -> tuple[str, ...]:
    mapped = _mapped(action)
    values = {mapper_from_script(mapped): [mapper_name(mapped)]} if mapped else {}
    values[SCHEMAS] = [schema_name(action.input.name)] if action.input else []
    models = [model.name for model in (action.output, action.input) if model]
    models += [action.synced.model] if action.synced else []
    return imports(["NangoAction", "ProxyConfiguration", *models], raw=[action.raw], values=values)


def _mapped(action: ActionSpec) -> str:
    """The model whose mapper is called; empty where none is."""
    if action.listing is not None:
        return action.listing.item_model if action.listing.constant is None else ""
    return action.output.name if action.output and action.returns == "record" else ""


def _request(action: ActionSpec) -> str:
    """``nango.get<GithubUserResponse>(proxyConfig)``. What the API refuses is thrown on as it is. Rule A02."""
    types = (action.raw,) if action.raw else ()
    call = Call(Member(NANGO, action.request.method.lower()), (Name("proxyConfig"),), types)
    return at(1, layout(call))


def _signature(action: ActionSpec) -> str:
    given = (f"input: {action.input.name}",) if action.input else ()
    takes = parameters(("nango: NangoAction", *given))
    head = group(group(takes), f": Promise<{action.output.name if action.output else 'void'}>")
    return at(0, concat("export default async function runAction", head, " {"))


def _result(action: ActionSpec) -> str:
    if action.constant is not None:
        return at(1, returned(constant_source(action.constant)))
    if action.returns != "record" or action.output is None:
        return ""
    record: Expression = chain("response", "data", *steps_of(action.response_path))
    return at(1, returned(Call(Name(mapper_name(action.output.name)), (record,))))


def _content_type(action: ActionSpec) -> str:
    """The type of bytes as a field of the output: left out, or empty where it is required, when the API is silent."""
    fields = action.output.shape.fields if action.output and action.returns == "binary" else ()
    found = next((field for field in fields if field.name == CONTENT_TYPE), None)
    if found is None:
        return ""
    is_said = "typeof type === 'string'"
    if found.optional:
        return f"...({is_said} && {{ {CONTENT_TYPE}: type }})"
    return f"{CONTENT_TYPE}: {is_said} ? type : ''"
