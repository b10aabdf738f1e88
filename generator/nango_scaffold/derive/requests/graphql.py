"""GraphQL requests: a query and its variables become the body of a POST, and paths into the response begin at its data."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from ...answers.answers import NOTHING
from ...errors import AnswersError
from ...models.types import Primitive
from ...naming.words import kebab, pascal, snake
from ...spec.requests import DataObject, GraphQL, Variable
from .request_texts import strings_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ...answers import (
        ActionAnswer,
        Answers,
        DeletedAnswer,
        FetchAnswer,
        FurtherRequest,
        LookupAnswer,
        ParentsAnswer,
        RequestAnswer,
        SyncAnswer,
    )
    from ...answers.graphql_query import Query, Selected
    from ...providers import ProviderFacts
    from ...spec.requests import Request

    Ask = Callable[..., RequestAnswer]

_Further = TypeVar("_Further", "FurtherRequest | None", "ParentsAnswer | None", "DeletedAnswer | None")

ENDPOINT = "/graphql"
"""The usual path of a GraphQL API."""
DATA = "data"
"""The property of a response that holds what a query selects."""
_EDGES, _NODE = "edges", "node"
LISTS = ("nodes", _EDGES)
"""What the fields of a connection are called that hold its records."""
_NODE_READ = r"(?:^|\b(?:response|record|parent)\.)node\b"
_PAGE_INFO = "pageInfo"
_ERRORS = "errors"


def with_queries(answers: Answers, facts: ProviderFacts) -> Answers:
    """The answers with each GraphQL request as a POST of a query and its variables.

    Raises:
        AnswersError: another body beside a query, or a setting that a query does not have.
    """

    def posted(request: RequestAnswer, where: str, read_by: object = ()) -> RequestAnswer:
        return _posted(request, where, facts, read_by) if request.graphql else request

    return replace(
        answers,
        syncs=tuple(_sync(sync, posted) for sync in answers.syncs),
        actions=tuple(_action(action, posted) for action in answers.actions),
    )


def _action(action: ActionAnswer, posted: Ask) -> ActionAnswer:
    """An action whose answer is read from the response only where there is something to read."""
    request = posted(action.request, f"{action.where}.request", action.mapping)
    if _reads_nothing(action):
        # A path is refused where there is no output, and makes a record of an output that is a receipt.
        request = replace(request, response_path=None)
    return replace(
        action,
        request=request,
        lookups=_lookups(action, posted),
        read_back=_further(action.read_back, f"{action.where}.read_back", posted),
    )


def _reads_nothing(action: ActionAnswer) -> bool:
    """Whether nothing in the response to a query is the output of an action, as far as the answers do not set it."""
    request = action.request
    if not request.graphql or request.response_path is not None:
        return False
    return not _gives_output(_parsed(request.graphql["query"]), action)


def _lookups(script: SyncAnswer | ActionAnswer, posted: Ask) -> tuple[LookupAnswer, ...]:
    """The look-ups of a script; what a query looks up is below its data."""
    return tuple(
        replace(
            lookup,
            request=posted(lookup.request, f"{script.where}.lookups[{index}]"),
            pick=_below_data(lookup.pick) if lookup.request.graphql else lookup.pick,
        )
        for index, lookup in enumerate(script.lookups)
    )


def _further(answer: _Further, where: str, posted: Ask, read_by: object = ()) -> _Further:
    """A request beside a script's own; ``None`` where there is none."""
    if answer is None:
        return None
    return replace(answer, request=posted(answer.request, where, read_by))


def _fetch(fetch: FetchAnswer, where: str, posted: Ask) -> FetchAnswer:
    """A further list, and the details of its records."""
    detail = _further(fetch.detail, f"{where}.detail", posted)
    request = posted(fetch.request, where, (fetch.mapping, fetch.detail))
    return replace(fetch, request=request, detail=detail)


def _parsed(query: str) -> Query:
    from ...answers.graphql_query import read_query  # few APIs are asked by queries

    return read_query(query)


def _gives_output(query: Query, action: ActionAnswer) -> bool:
    """Whether the output can be what a query selects: of a mutation, a record, or whether it worked."""
    if action.read_back is not None:
        return False
    if action.output is not None or query.kind == "query":
        return action.output != NOTHING
    # The payload of a mutation may hold nothing but errors.
    names = {field.name for field in _place_of(query)[-1].fields}
    return not names.isdisjoint(("id", "success"))


def _sync(sync: SyncAnswer, posted: Ask) -> SyncAnswer:
    if sync.request.graphql and not sync.is_paginated:
        raise AnswersError(
            f"the pattern {sync.pattern} fills parameters, and a query has variables",
            where=f"{sync.where}.request.graphql",
            fix="use the pattern paginated, with ${lastSyncDate} in the variables where the API filters by date",
        )
    where = sync.where
    # What the others read is looked at as well: an edge that they read is not taken for a wrapper of its node.
    return replace(
        sync,
        lookups=_lookups(sync, posted),
        parents=_further(sync.parents, f"{where}.parents", posted, sync.request),
        request=posted(sync.request, f"{where}.request", (sync.mapping, sync.detail)),
        detail=_further(sync.detail, f"{where}.detail", posted),
        requests={
            name: _fetch(fetch, f"{where}.requests.{name}", posted) for name, fetch in sync.requests.items()
        },
        children=sync.children and _fetch(sync.children, f"{where}.children", posted),
        deleted=_further(sync.deleted, f"{where}.deleted", posted, sync.deleted and sync.deleted.id_path),
    )


def _posted(request: RequestAnswer, where: str, facts: ProviderFacts, read_by: object) -> RequestAnswer:
    _refuse_beside_query(request, where)
    answer = dict(request.graphql or {})
    query = _parsed(answer["query"])
    variables = dict(answer.get("variables") or {})
    _refuse_undeclared(variables, query, where)
    default_type = "graphql" if _is_paged(query.fields) else "none"
    paginate = dict(request.paginate or {"type": default_type})
    if "page_info_path" in paginate:
        paginate["page_info_path"] = _below_data(paginate["page_info_path"])
    response_path = _below_data(_response_path(request, query))
    return replace(
        request,
        method="POST",
        # Where it is unknown it stays unset, so that the usual path is reported as a guess.
        path=request.path or graphql_path(request, facts) or None,
        json={"query": answer["query"].strip(), "variables": variables},
        paginate=paginate,
        response_path=response_path,
        record_path=_record_path(request, query, response_path, read_by),
        errors_path=_errors_path(request, query),
    )


def _record_path(request: RequestAnswer, query: Query, response_path: str, read_by: object) -> str | None:
    """Where the record is in an item of the list: as the answers have it, else the node of an edge that is not read itself."""
    if request.record_path is not None:
        return request.record_path
    fields = query.fields
    # The first step is `data`, which is no field of the query.
    for name in response_path.split(".")[1:]:
        fields = next((field.fields for field in fields if field.name == name), ())
    is_edges = response_path.endswith(f".{_EDGES}")
    if not is_edges or all(field.name != _NODE for field in fields):
        return None
    # Paths like node.id are those of answers that take the edge itself for the record.
    reads_node = any(re.search(_NODE_READ, text) for text in strings_in(read_by))
    return None if reads_node else _NODE


def _errors_path(request: RequestAnswer, query: Query) -> str | None:
    """Where the payload of a mutation lists errors: as the answers have it, else what it selects by a name like userErrors."""
    if request.errors_path is not None:
        return _below_data(request.errors_path)
    if query.kind != "mutation":
        return None
    payload = query.fields[0]
    errors = next((field.name for field in payload.fields if _is_of_errors(field)), "")
    return f"{DATA}.{payload.name}.{errors}" if errors else None


def _is_of_errors(field: Selected) -> bool:
    return field.name.lower().endswith(_ERRORS)


def _may_be_records(field: Selected) -> bool:
    return bool(field.fields) and field.name != _PAGE_INFO and not _is_of_errors(field)


def _refuse_undeclared(variables: Mapping[str, Any], query: Query, where: str) -> None:
    for name in variables:
        if name not in query.variables:
            raise AnswersError(
                f"the query declares no variable ${name}",
                where=f"{where}.graphql.variables.{name}",
                fix="" if query.variables else "accepted: none, as it declares none",
                accepted=query.variables,
            )


def _response_path(request: RequestAnswer, query: Query) -> str:
    """Where the records are: as the answers have it, else where the query selects them."""
    if request.response_path is not None:
        return request.response_path
    return ".".join(field.name for field in _place_of(query))


def graphql_path(request: RequestAnswer, facts: ProviderFacts) -> str:
    """The path of a GraphQL API: that of the facts, ``/`` where the base URL ends with it; empty where it is unknown."""
    base_url = (request.base_url or facts.base_url or "").rstrip("/")
    if "graphql" in base_url.rpartition("/")[2]:
        return "/"
    # The facts know nothing of another host.
    return facts.graphql_endpoint if request.base_url is None else ""


def _refuse_beside_query(request: RequestAnswer, where: str) -> None:
    others: dict[str, Any] = {
        "data": request.data,
        "json": request.json,
        "body": request.body,
        "encoding": request.encoding,
        "response_type": request.response_type,
        "method": request.method if request.method != "POST" else None,
        "incremental": request.incremental and request.incremental.param,
    }
    for name, other in others.items():
        if other is not None:
            by_date = "; write ${lastSyncDate} in the variables" if name == "incremental" else ""
            raise AnswersError(
                f"a GraphQL request is a POST of its query and variables, and {name} says otherwise",
                where=f"{where}.{name}",
                fix=f"remove it{by_date}",
            )
    kind = (request.paginate or {}).get("type", "graphql")
    if kind not in ("graphql", "none"):
        raise AnswersError(
            f"a query has its cursor among its variables, where the pagination {kind} does not put it",
            where=f"{where}.paginate.type",
            accepted=("graphql", "none"),
        )


def _below_data(path: str) -> str:
    return path if path == DATA or path.startswith(f"{DATA}.") else f"{DATA}.{path}".rstrip(".")


def _place_of(query: Query) -> list[Selected]:
    """The fields on the way to the records: the first one, and the list or the record in it."""
    place = [query.fields[0]]
    while place[-1].name not in LISTS and (inner := _next_place(place[-1].fields)):
        place.append(inner)
    return place


def _next_place(fields: tuple[Selected, ...]) -> Selected | None:
    """What of a field's own fields holds the records; ``None`` where the field is the record, or its list."""
    for field in fields:
        if field.name in LISTS:
            return field
    # An object without an id, with one other in it, is round that one.
    objects = [field for field in fields if _may_be_records(field)]
    if len(objects) != 1 or any(field.name == "id" for field in fields):
        return None
    return objects[0]


def _is_paged(fields: tuple[Selected, ...]) -> bool:
    """Whether a query asks for the cursor of the next page."""
    return any(field.name == _PAGE_INFO or _is_paged(field.fields) for field in fields)


def refuse_ambiguous_queries(requests: Iterable[Request], where: str) -> None:
    """Refuse two queries of one name in one script.

    Raises:
        AnswersError: naming it.
    """
    queries: dict[str, GraphQL] = {}
    for request in requests:
        query = request.graphql
        if query and queries.setdefault(query.name, query) != query:
            raise AnswersError(
                f"two queries of this script would be the constant {query.name}",
                where=where,
                fix="give one of them another name, such as query OpenIssues { ... }",
            )


def with_query(request: Request, answer: RequestAnswer, default_name: str) -> Request:
    """The request with its query in a constant of the script; ``default_name`` is for a query without a name."""
    if not answer.graphql or not isinstance(request.data, DataObject):
        return request
    text = answer.graphql["query"].strip()
    query = _parsed(text)
    operation = kebab(query.name or pascal(default_name))
    name = f"{snake(operation)}_{query.kind}".upper()
    entries = dict(request.data.entries)
    # The query is long: the body names the constant. It has no variables where none are set.
    entries["query"] = (Variable(name, "", Primitive("string")),)
    if entries["variables"] == DataObject(()):
        del entries["variables"]
    return replace(request, data=DataObject(tuple(entries.items())), graphql=GraphQL(name, text))
