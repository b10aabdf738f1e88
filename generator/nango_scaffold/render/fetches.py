"""What the template of one loop of a sync is filled with: a request, and what is done with its records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..frozen import frozen
from ..naming.words import kebab, pascal, plural, spoken
from ..spec.values import PARENT
from ..typescript.printer import (
    Arrow,
    Binary,
    Call,
    Conditional,
    Expression,
    Member,
    Name,
    New,
    Not,
    ObjectLiteral,
    Property,
    Spread,
    Text,
    constant,
    doc_comment,
    expression_statement,
)
from ..typescript.printer import path as chain
from .deletions import DELETED, deletion_save, keep_and_deleted
from .lists import ListView, in_body, list_view, require_list, whole_body
from .patterns import signature
from .statements import NANGO, at, nango_call, proxy_config
from .values import NULL, mapper_name, property_of, record_maker

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..spec.syncs import Deletion, Fetch, SyncSpec
    from ..typescript.printer.layout import Doc

PAGE = Name("page")
SINCE = "since"
CHANGED = "changed"
PARENTS = "parents"


@frozen
class FetchView:
    """The texts of one loop.

    Attributes:
        comment: lines of the comment above its function; none where it stands in ``fetchData``.
        signature: the head of that function.
        proxy_config: the request object.
        page_type: the type of one raw record, or of the body where there are no pages.
        paged: the checks of a list that comes in pages; ``None`` for one response without pages.
        require: the check of the list in that response.
        method: the SDK's function for a request without pages.
        records: finds the records in a body, where there are no pages.
        changed: finds what is newer than the last run, where the loop ends at the first record that is not.
        lists_deleted: whether its records are those that the API has deleted.
        marks: whether some of its records may be marked as deleted.
        statements: what is done with a page, each laid out for its place.
        next_level: the request made for each record; empty for none.
    """

    comment: tuple[str, ...]
    signature: str
    proxy_config: str
    page_type: str
    paged: ListView | None
    require: str
    method: str
    records: str
    changed: str
    lists_deleted: bool
    statements: tuple[str, ...]
    marks: bool = False
    next_level: str = ""


def fetch_view(
    fetch: Fetch | SyncSpec,
    roots: Mapping[str, Expression],
    *,
    deletion: Deletion | None = None,
    children: str = "",
    name: str = "",
    takes: Sequence[str] = (),
    about: str = "",
) -> FetchView:
    """Everything the template needs for a loop that saves records.

    Args:
        fetch: the loop.
        roots: what stands for ``metadata`` and ``parent`` in its request.
        deletion: how deleted records are marked, where they are among those read.
        children: the call that asks for the children of ``parent``.
        name: of its function; empty where it stands in ``fetchData``.
        takes: the function's parameters.
        about: what the function does.
    """
    depth = 2 if fetch.is_paged else 1
    stops = bool(fetch.incremental and fetch.incremental.field)
    mark = deletion.mark if deletion else None
    records = CHANGED if stops else "page"
    statements: list[Doc] = []
    if mark is not None:
        kept, marked = keep_and_deleted(Name(records), mark)
        statements += [constant("kept", kept), constant(DELETED, marked)]
        records = "kept"
    made: Expression = Call(Member(Name(records), "map"), (_turn(fetch),))
    if children:
        # A constant is not as narrow as the field that holds it, unless the list says what it is of.
        statements.append(constant(PARENTS, made, type_name=f"{fetch.model}[]" if fetch.constant else ""))
        made = Name(PARENTS)
    statements.append(expression_statement(nango_call("batchSave", made, Text(fetch.model))))
    if mark is not None and deletion is not None:
        statements.append(expression_statement(deletion_save(Name(DELETED), deletion, fetch.model)))
    return FetchView(
        comment=tuple(doc_comment([about])) if name else (),
        signature=signature(name, takes, "void") if name else "",
        proxy_config=at(1, _config(fetch, roots)),
        **_reading(fetch),
        changed=at(depth, constant(CHANGED, changed(fetch))) if stops else "",
        lists_deleted=False,
        statements=tuple(at(depth, statement) for statement in statements),
        marks=mark is not None,
        next_level=children,
    )


def listing_view(
    deletion: Deletion, listing: Fetch, roots: Mapping[str, Expression], name: str, takes: Sequence[str]
) -> FetchView:
    """Everything the template needs for a loop that reads what was deleted."""
    depth = 2 if listing.is_paged else 1
    gone = deletion_save(PAGE, deletion, listing.model)
    return FetchView(
        comment=tuple(
            doc_comment([f"Deletes the {records_of(listing.model)} that the API lists as deleted."])
        ),
        signature=signature(name, takes, "void"),
        proxy_config=at(1, _config(listing, roots)),
        **_reading(listing),
        changed="",
        lists_deleted=True,
        statements=(at(depth, expression_statement(gone)),),
    )


def _reading(fetch: Fetch | SyncSpec) -> dict[str, Any]:
    """How the list is had: in pages, or out of one response."""
    return {
        "page_type": fetch.raw if fetch.is_paged else whole_body(fetch),
        "paged": list_view(fetch, 1) if fetch.is_paged else None,
        "require": at(1, require_list(PAGE, fetch.body_steps)),
        "method": fetch.request.method.lower(),
        "records": at(1, constant("page", in_body(fetch.body_steps))),
    }


def records_of(model: str) -> str:
    """The records of a model in words: ``pull requests``."""
    return spoken(plural(kebab(model)))


def function_name(verb: str, model: str) -> str:
    """The function for the records of a model: ``savePullRequests``."""
    return f"{verb}{pascal(plural(kebab(model)))}"


def _turn(fetch: Fetch | SyncSpec) -> Expression:
    turn = record_maker(fetch.model, fetch.constant)
    if getattr(fetch, "takes_parent", False):
        turn = Arrow(("record",), Call(Name(mapper_name(fetch.model)), (Name("record"), Name(PARENT))))
    return turn


def _config(fetch: Fetch | SyncSpec, roots: Mapping[str, Expression]) -> Doc:
    since = fetch.incremental.param if fetch.incremental else ""
    pagination = fetch.pagination if fetch.is_paged else None
    own = [_since(since)] if since else []
    return proxy_config(
        fetch.request, roots, pagination=pagination, own=own, in_body=fetch.pagination.in_body
    )


def _since(param: str) -> Spread:
    """``...(nango.lastSyncDate ? { since: nango.lastSyncDate.toISOString() } : {})``: the first run asks for all."""
    last = Member(NANGO, "lastSyncDate")
    sent = Property(param, Call(Member(last, "toISOString")))
    return Spread(
        Conditional(last, ObjectLiteral((sent,), expanded=False), ObjectLiteral((), expanded=False))
    )


def changed(fetch: Fetch | SyncSpec) -> Expression:
    """``page.filter((record) => !since || new Date(record.updated_at) >= since)``. Rule S06."""
    assert fetch.incremental is not None  # only asked for loops that stop
    field = chain("record", *fetch.incremental.field)
    fresh: Expression = Binary(New(Name("Date"), (field,)), ">=", Name(SINCE))
    if fetch.incremental.field_may_be_null:
        fresh = Binary(Binary(_safe_chain(fetch.incremental.field), "==", NULL), "||", fresh)
    return Call(
        Member(PAGE, "filter"),
        (Arrow(("record",), Binary(Not(Name(SINCE)), "||", fresh)),),
    )


def _safe_chain(steps: tuple[str, ...]) -> Expression:
    """``record.dates?.due_on``: null where anything on the way is."""
    found: Expression = Name("record")
    for index, step in enumerate(steps):
        found = property_of(found, step, optional=index > 0)
    return found
