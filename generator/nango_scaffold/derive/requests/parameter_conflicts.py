"""Names that a request would hold twice: those of the answers, and those that the script fills itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...errors import AnswersError
from ...spec.patterns import Extended, Window
from ...spec.requests import DataList, DataObject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ...spec.actions import ListResult
    from ...spec.patterns import Pattern
    from ...spec.requests import Incremental, Pagination, Request

Filled = tuple[str, str]
"""A name of the query or the body, and what the script fills it with."""


def filled_by_sync(
    incremental: Incremental | None, pagination: Pagination, pattern: Pattern | None = None
) -> Iterator[Filled]:
    """The parameters that the loop of a sync fills; those of ``nango.paginate`` replace any of the answers."""
    # The pattern extended turns the pages by its own parameters, whatever the pagination says.
    if pagination.turns_pages and not isinstance(pattern, Extended):
        yield from _filled_by_pages(pagination, takes_limit=False)
    if incremental and incremental.param:
        yield incremental.param, "the date of the last run"
    if isinstance(pattern, Window):
        yield pattern.from_param, "the start of a window"
        yield pattern.to_param, "the end of a window"
    if isinstance(pattern, Extended):
        yield pattern.limit_param, "the size of a batch"
        yield pattern.cursor_param, "the cursor"
        if pattern.since_param:
            yield pattern.since_param, "the date from which records are asked for"


def filled_by_list(listing: ListResult) -> Iterator[Filled]:
    """The parameters that a list action fills to get a page."""
    return _filled_by_pages(listing.pagination, takes_limit=listing.takes_limit)


def _filled_by_pages(pagination: Pagination, *, takes_limit: bool) -> Iterator[Filled]:
    keys = pagination.keys
    if takes_limit or (keys.get("limit") and pagination.kind != "none"):
        yield str(keys.get("limit_name_in_request", "limit")), "the size of a page"
    if pagination.kind in ("cursor", "last_id", "graphql"):
        yield str(keys["cursor_name_in_request"]), "the cursor"
    if pagination.counts:
        yield str(keys["offset_name_in_request"]), "the offset"


def refuse_filled(request: Request, pagination: Pagination, filled: Iterable[Filled], where: str) -> None:
    """Refuse a request that would hold a name twice, and variables of a query where there is none.

    Raises:
        AnswersError: see ``refuse_conflicts``.
    """
    if pagination.inside and not _is_query(request):
        raise AnswersError(
            "the cursor is a variable of a GraphQL query, and the request sends none",
            where=f"{where}.request.paginate.type",
            fix="write the query, such as data: { query: 'query ($after: String) { ... }', variables: {} }",
        )
    refuse_conflicts(request, filled, in_body=pagination.in_body, where=where, inside=pagination.inside)


def _is_query(request: Request) -> bool:
    """Whether a request sends a GraphQL query, with variables or without."""
    entries = dict(request.data.entries) if isinstance(request.data, DataObject) else {}
    variables = entries.get("variables", DataObject(()))
    return "query" in entries and isinstance(variables, DataObject)


def refuse_conflicts(
    request: Request, filled: Iterable[Filled], *, in_body: bool, where: str, inside: str = ""
) -> None:
    """Refuse a request that would hold a name twice.

    Args:
        request: that of the answers.
        filled: the parameters that the script adds.
        in_body: whether it adds them to the body, and not to the query.
        where: the script's place in the answers.
        inside: the property of the body that holds them; empty for the body itself.

    Raises:
        AnswersError: a name that the answers and the script fill, or the script twice; headers of one name; a
            parameter of the script in a body that is one field.
    """
    _refuse_headers(request, where)
    place = f"data.{inside}".rstrip(".") if in_body else "params"
    names = _body_names(request, inside) if in_body else [param.name for param in request.params]
    filled = tuple(filled)
    # A body that is a list, or one field of the input as a whole, has the name ''.
    if in_body and "" in names and filled:
        raise _no_place(filled[0][0], is_list=isinstance(request.data, DataList), where=where)
    seen: dict[str, str] = {}
    for name, purpose in filled:
        if name in names:
            raise AnswersError(
                f"the script fills {name!r} itself, with {purpose}",
                where=f"{where}.request.{place}.{name}",
                fix=f"remove it from {place}",
            )
        if name in seen:
            raise AnswersError(
                f"{name!r} would be filled twice: with {seen[name]}, and with {purpose}",
                where=f"{where}.request",
                fix="give one of them the other name that the API has for it",
            )
        seen[name] = purpose


def _no_place(parameter: str, *, is_list: bool, where: str) -> AnswersError:
    whole = "the body is a list" if is_list else "one field is the whole body"
    return AnswersError(
        f"{whole}, so {parameter!r} has no place in it",
        where=f"{where}.request.{'json' if is_list else 'body'}",
        fix="name the fields of the body in data, or write `paginate: { in_body: false }`",
    )


def _body_names(request: Request, inside: str) -> list[str]:
    if request.data is None:
        return [param.name for param in request.body]
    if isinstance(request.data, DataList):
        return [""]
    part = dict(request.data.entries).get(inside) if inside else request.data
    return [name for name, _ in part.entries] if isinstance(part, DataObject) else []


def _refuse_headers(request: Request, where: str) -> None:
    seen: dict[str, str] = {}
    for header in request.headers:
        known = seen.setdefault(header.name.lower(), header.name)
        if known != header.name:
            raise AnswersError(
                f"{known} and {header.name} are one header",
                where=f"{where}.request.headers.{header.name}",
                fix="remove one of them",
            )
