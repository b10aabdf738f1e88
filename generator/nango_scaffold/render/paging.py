"""How a list action asks for a page, and how it finds the cursor of the next one. Rule A05.

The cursor a caller gets is opaque to it: the API's own cursor, the query of the link to the next page, or an offset.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..frozen import frozen
from ..spec.paths import steps_of
from ..typescript.printer import (
    Binary,
    Call,
    Conditional,
    Expression,
    Index,
    Member,
    Name,
    New,
    Number,
    ObjectLiteral,
    Property,
    Spread,
    Text,
    constant,
    layout,
    returned,
)
from ..typescript.printer import path as chain
from .lists import in_body, missing_list
from .statements import at
from .values import property_of, record_maker

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..spec.actions import ListResult
    from ..spec.requests import Pagination
    from ..typescript.printer.layout import Doc

BODY = ("response", "data")
_EMPTY = ObjectLiteral((), expanded=False)


@frozen
class PageView:
    """The texts of the page handling of a list action.

    Attributes:
        part: the template part for this kind of pagination.
        asked: what is asked for the page,
        in_body: in the request body, and not in the query.
        start: the first offset, for offset pagination.
        cursor_in: the caller's cursor as an expression.
        records: the statement that finds the records.
        where: the place of the records in words, for the message when they are not there.
        next_cursor: the statement that finds the next cursor; empty when there is none.
        result: the statement that returns the page.
    """

    part: str
    asked: tuple[Property | Spread, ...]
    in_body: bool
    start: str
    cursor_in: str
    records: str
    where: str
    next_cursor: str
    result: str


def page_view(listing: ListResult, given: Expression, *, as_text: bool) -> PageView:
    """The page handling of a list action.

    Args:
        listing: what the action gives back.
        given: the expression of the checked input.
        as_text: whether numbers are sent as texts, which a form holds alone.
    """
    pagination = listing.pagination
    steps = steps_of(pagination.response_path)
    cursor = Member(given, "cursor")
    following = _next_cursor(pagination)
    return PageView(
        part="page-offset" if pagination.kind == "offset" else "page",
        asked=_params(listing, given, cursor, as_text and pagination.in_body),
        in_body=pagination.in_body,
        start=str(pagination.keys.get("offset_start_value", 0)),
        cursor_in=at(1, layout(cursor)),
        records=at(1, constant("records", in_body(steps))),
        where=missing_list(steps),
        next_cursor=at(1, constant("nextCursor", following)) if following else "",
        result=at(1, _page(listing, has_cursor=following is not None)),
    )


def _page(listing: ListResult, *, has_cursor: bool) -> Doc:
    """``return { users: records.map(toUser) };``, with the cursor of the next page where there is one."""
    maker = record_maker(listing.item_model, listing.constant)
    items = Property(listing.field, Call(chain("records", "map"), (maker,)))
    if not has_cursor:
        return returned(ObjectLiteral((items,), expanded=False))
    found = Name("nextCursor")
    cursor = ObjectLiteral((Property("next_cursor", Call(Name("String"), (found,))),), expanded=False)
    return returned(ObjectLiteral((items, _when(found, cursor))))


def _params(
    listing: ListResult, given: Expression, cursor: Expression, as_text: bool
) -> tuple[Property | Spread, ...]:
    pagination = listing.pagination
    keys = pagination.keys
    params = [*_limit(listing, given, as_text)]
    if pagination.kind == "cursor":
        sent = Property(str(keys["cursor_name_in_request"]), cursor)
        params.append(_when(cursor, ObjectLiteral((sent,), expanded=False)))
    if pagination.kind == "link":
        query = Call(Member(Name("Object"), "fromEntries"), (_query_of(cursor),))
        params.append(_when(cursor, query))
    if pagination.kind == "offset":
        params.append(Property(str(keys["offset_name_in_request"]), _number(Name("offset"), as_text)))
    return tuple(params)


def _number(value: Expression, as_text: bool) -> Expression:
    return Call(Name("String"), (value,)) if as_text else value


def _limit(listing: ListResult, given: Expression, as_text: bool) -> Iterator[Property | Spread]:
    """How many records a page may have: as the caller says, else as the pagination does, else as the API likes."""
    keys = listing.pagination.keys
    name = str(keys.get("limit_name_in_request", "limit"))
    usual = Number(str(keys["limit"])) if keys.get("limit") and listing.pagination.kind != "none" else None
    if listing.takes_limit:
        limit = Member(given, "limit")
        sent = ObjectLiteral((Property(name, _number(limit, as_text)),), expanded=False)
        asked = Property(name, _number(Binary(limit, "??", usual), as_text)) if usual else None
        yield asked or _when(limit, sent)
    elif usual:
        yield Property(name, Text(usual.text) if as_text else usual)


def _query_of(cursor: Expression) -> Expression:
    return New(Name("URLSearchParams"), (cursor,))


def _when(test: Expression, then: Expression) -> Spread:
    """``...(test ? then : {})``. Resolution C17."""
    return Spread(Conditional(test, then, _EMPTY))


def _next_cursor(pagination: Pagination) -> Expression | None:
    keys = pagination.keys
    if pagination.kind == "cursor":
        return _optional_chain(str(keys["cursor_path_in_response"]))
    if pagination.kind == "link" and "link_path_in_response_body" in keys:
        link = _optional_chain(str(keys["link_path_in_response_body"]))
        return Index(Call(Member(link, "split", optional=True), (Text("?"),)), Number("1"))
    if pagination.kind == "link":
        return _from_header(str(keys["link_rel_in_response_header"]))
    return _next_offset(pagination) if pagination.kind == "offset" else None


def _optional_chain(path: str) -> Expression:
    """``response.data.a?.b``: everything below the body may be missing on the last page."""
    found: Expression = chain(*BODY)
    for index, name in enumerate(steps_of(path)):
        found = property_of(found, name, optional=index > 0)
    return found


def _from_header(rel: str) -> Expression:
    """What follows the question mark of the link with this rel in the Link header."""
    pattern = Name(rf'/<[^>?]*\?([^>]*)>[^,<]*rel="?{re.escape(rel)}"?/')
    header = Binary(Index(chain("response", "headers"), Text("link")), "??", Text(""))
    found = Call(Member(pattern, "exec"), (Call(Name("String"), (header,)),))
    return Index(found, Number("1"), optional=True)


def _next_offset(pagination: Pagination) -> Expression:
    per_page = pagination.keys.get("offset_calculation_method") == "per-page"
    size = chain("records", "length")
    step: Expression = Number("1") if per_page else size
    last: Expression = Binary(size, "===", Number("0"))
    return Conditional(last, Name("undefined"), Binary(Name("offset"), "+", step))
