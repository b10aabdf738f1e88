"""What the template of an action is filled with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..derive.paths import steps_of
from ..naming.schemas import schema_name
from ..naming.words import plural, spoken
from .inputs import INPUT, PARSED, is_all_optional
from .layout import concat, group
from .paging import PageView, page_view
from .paths import mapper_from_script
from .statements import SCHEMAS, at, imports, proxy_config, validation
from .typescript import Binary, Call, Expression, Name, ObjectLiteral, doc_comment, returned
from .typescript import path as chain
from .typescript.expressions import parameters
from .values import mapper_name

if TYPE_CHECKING:
    from ..derive.spec import ActionSpec
    from ..models.types import Model

_FAILURES = {
    "create": "could not be created",
    "update": "could not be updated",
    "delete": "could not be deleted",
    "get": "could not be fetched",
    "list": "could not be listed",
    "other": "was refused",
}


@dataclass(frozen=True)
class ActionView:
    """The texts of one action file; each statement is laid out for the place it has in the template.

    Attributes:
        part: the template of what lies between request and return: ``record``, ``done`` or a kind of list.
        signature: the head of ``runAction`` up to the opening brace.
        may_be_empty: whether every input field is optional, so that the runner may hand over nothing at all.
        check_input: the check of the input.
        method: the SDK's function for the request.
        failure: what is said when the API refuses, in a template literal.
        page: what a list action does with a page; ``None`` for the others.
    """

    name: str
    part: str
    imports: tuple[str, ...]
    comment: tuple[str, ...]
    signature: str
    may_be_empty: bool
    check_input: str
    proxy_config: str
    method: str
    body_type: str
    failure: str
    result: str
    page: PageView | None


def action_view(action: ActionSpec) -> ActionView:
    """Everything the template needs to write an action."""
    optional = is_all_optional(action.input)
    given = PARSED if optional else INPUT
    page = page_view(action.listing, given) if action.listing else None
    config = proxy_config(action.request, {"input": given}, params=page.params if page else ())
    return ActionView(
        name=action.name,
        part=page.part if page else action.returns,
        imports=_imports(action),
        comment=tuple(doc_comment([action.description.strip()])),
        signature=_signature(action),
        may_be_empty=optional,
        check_input=_check(
            action.input, optional=optional, is_read=bool(page) or action.request.reads("input")
        ),
        proxy_config=at(1, config),
        method=action.request.method.lower(),
        body_type=action.raw,
        failure=f"The {spoken(plural(action.entity) if page else action.entity)} {_FAILURES[action.kind]}",
        result=_result(action),
        page=page,
    )


def _check(model: Model, *, optional: bool, is_read: bool) -> str:
    """The check of the input; its checked copy gets a name only where it is read afterwards."""
    if not optional:
        return validation(model, INPUT, 1)
    given = Binary(INPUT, "??", ObjectLiteral((), expanded=False))
    return validation(model, given, 1, into="parsed" if is_read else "")


def _imports(action: ActionSpec) -> tuple[str, ...]:
    raw = [action.raw]
    mapped = (
        action.listing.item_model
        if action.listing
        else action.output.name if action.returns == "record" else ""
    )
    values = {mapper_from_script(mapped): [mapper_name(mapped)]} if mapped else {}
    values[SCHEMAS] = [schema_name(action.input.name)]
    return imports(
        ["NangoAction", "ProxyConfiguration", action.output.name, action.input.name], raw=raw, values=values
    )


def _signature(action: ActionSpec) -> str:
    takes = parameters(("nango: NangoAction", f"input: {action.input.name}"))
    head = group(group(takes), f": Promise<{action.output.name}>")
    return at(0, concat("export default async function runAction", head, " {"))


def _result(action: ActionSpec) -> str:
    if action.returns != "record":
        return ""
    record: Expression = chain("response", "data", *steps_of(action.response_path))
    return at(1, returned(Call(Name(mapper_name(action.output.name)), (record,))))
