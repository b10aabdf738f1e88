"""How scripts make sure that a list is there: what is missing is an error, and never an empty list.

Paging by cursor or by offset, ``nango.paginate`` ends in silence at a page without a list, as it does at one whose list
is empty. A loop that ended at such a page asks for that page again, and looks at the response itself: ``proxyConfig``
still asks for it, since ``nango.paginate`` writes the cursor or the offset into the ``params`` (or ``data``) it is given.
Paging by link, it hands over whatever is there; nango 0.58 alone ends at what has no length, which a loop notices that
got no page at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..frozen import frozen
from ..spec.mappers import UNREAD
from ..typescript.printer import (
    Call,
    Expression,
    Member,
    Name,
    Text,
    constant,
    expression_statement,
    string_literal,
)
from .statements import NANGO, at, nango_call
from .values import property_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..spec.syncs import Fetch, SyncSpec
    from ..typescript.printer.layout import Doc


@frozen
class ListView:
    """The texts that make sure of a list.

    Attributes:
        kind: ``cursor``, ``link`` or ``offset``.
        limit: the records of a full page where the offset is counted; empty where nothing says how many there are.
        page: the check of a page; empty where ``nango.paginate`` hands over lists alone.
        request: asks for what the loop found no page in.
        list: the list in that response, as an expression.
        body: the check of that list.
        check: the check of a variable ``list``.
    """

    kind: str
    limit: str
    page: str
    request: str
    list: str
    body: str
    check: str


def list_view(fetch: Fetch | SyncSpec, depth: int) -> ListView:
    """The checks of a loop over pages; ``depth``: that of its ``for``."""
    steps = fetch.body_steps
    kind = fetch.pagination.kind
    limit = str(fetch.pagination.keys.get("limit", "")) if kind == "offset" else ""
    asks_always = kind == "offset" and not limit
    below = depth if asks_always else depth + 1
    call = nango_call(fetch.request.method.lower(), Name("proxyConfig"), types=(whole_body(fetch),))
    return ListView(
        kind=kind,
        limit=limit,
        page=at(depth + 1, require_list(Name("page"), steps)) if kind == "link" else "",
        request=at(below, constant("response", call)),
        list=at(below, expression_statement(in_body(steps))).removesuffix(";"),
        body=at(below, require_list(in_body(steps), steps)),
        check=at(depth, require_list(Name("list"), steps)),
    )


def whole_body(fetch: Fetch | SyncSpec) -> str:
    """The raw type of a whole body."""
    return fetch.body or (UNREAD if fetch.raw == UNREAD else f"{fetch.raw}[]")


def in_body(steps: Sequence[str], owner: Expression | None = None) -> Expression:
    """``response.data?.items``: nothing on the way to a list need be there."""
    found = owner or Member(Name("response"), "data")
    for step in steps:
        found = property_of(found, step, optional=True)
    return found


def require_list(value: Expression, steps: Sequence[str]) -> Doc:
    """``requireList(nango, response.data?.items, 'items');``."""
    return expression_statement(Call(Name("requireList"), (NANGO, value, Text(place_of(steps)))))


def place_of(steps: Sequence[str]) -> str:
    """The place of a list in a body, in words."""
    return ".".join(steps) or "the top level"


def missing_list(steps: Sequence[str]) -> str:
    """What is said where a body has no list, as a string."""
    return string_literal(f"The response has no list at {place_of(steps)}")
