"""GraphQL requests: a query and its variables become the body of a POST, and paths into the response begin at its data."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ...answers.answers import NOTHING
from ...answers.graphql_query import read_query
from ...errors import AnswersError
from ...models.types import Primitive
from ...naming.words import kebab, pascal, snake
from ...spec.requests import DataObject, GraphQL, Variable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ...answers import ActionAnswer, Answers, RequestAnswer, SyncAnswer
    from ...answers.graphql_query import Query, Selected
    from ...providers import ProviderFacts
    from ...spec.requests import Request

    Ask = Callable[[RequestAnswer, str], RequestAnswer]

ENDPOINT = "/graphql"
"""The usual path of a GraphQL API."""
DATA = "data"
"""The property of a response that holds what a query selects."""
_LISTS = ("nodes", "edges")
_PAGE_INFO = "pageInfo"


def with_queries(answers: Answers, facts: ProviderFacts) -> Answers:
    """The answers with each GraphQL request as a POST of a query and its variables.

    Raises:
        AnswersError: another body beside a query, or a setting that a query does not have.
    """

    def posted(request: RequestAnswer, where: str) -> RequestAnswer:
        return _posted(request, where, facts) if request.graphql else request

    return replace(
        answers,
        syncs=tuple(_sync(sync, posted) for sync in answers.syncs),
        actions=tuple(_action(action, posted) for action in answers.actions),
    )


def _action(action: ActionAnswer, posted: Ask) -> ActionAnswer:
    """An action whose answer is read from the response only where there is something to read."""
    request = posted(action.request, f"{action.where}.request")
    graphql, is_set = action.request.graphql, action.request.response_path is not None
    if graphql and not is_set and not _gives_output(read_query(graphql["query"]), action):
        request = replace(request, response_path=None)
    return replace(action, request=request)


def _gives_output(query: Query, action: ActionAnswer) -> bool:
    """Whether the output can be what a query selects: of a mutation, a record, or whether it worked."""
    if action.read_back is not None:
        return False
    if action.output is not None or query.kind == "query":
        return action.output != NOTHING
    names = {field.name for field in _place_of(query)[-1].fields}
    return not names.isdisjoint(("id", "success"))


def _sync(sync: SyncAnswer, posted: Ask) -> SyncAnswer:
    has_query = any(request.graphql for request in sync.every_request)
    if has_query and sync.pattern not in (None, "paginated"):
        raise AnswersError(
            f"the pattern {sync.pattern} fills parameters, and a query has variables",
            where=f"{sync.where}.request.graphql",
            fix="use the pattern paginated, with ${lastSyncDate} in the variables where the API filters by date",
        )
    children, deleted = sync.children, sync.deleted
    return replace(
        sync,
        request=posted(sync.request, f"{sync.where}.request"),
        requests={
            name: replace(fetch, request=posted(fetch.request, f"{sync.where}.requests.{name}"))
            for name, fetch in sync.requests.items()
        },
        children=children and replace(children, request=posted(children.request, f"{sync.where}.children")),
        deleted=deleted and replace(deleted, request=posted(deleted.request, f"{sync.where}.deleted")),
    )


def _posted(request: RequestAnswer, where: str, facts: ProviderFacts) -> RequestAnswer:
    _refuse_beside_query(request, where)
    answer = dict(request.graphql or {})
    query, variables = read_query(answer["query"]), dict(answer.get("variables") or {})
    _refuse_undeclared(variables, query, where)
    paginate = dict(request.paginate or {"type": "graphql" if _is_paged(query.fields) else "none"})
    if "page_info_path" in paginate:
        paginate["page_info_path"] = _below_data(paginate["page_info_path"])
    return replace(
        request,
        method="POST",
        path=request.path or graphql_path(request, facts) or None,
        json={"query": answer["query"].strip(), "variables": variables},
        paginate=paginate,
        response_path=_below_data(_response_path(request, query)),
    )


def _refuse_undeclared(variables: Mapping[str, Any], query: Query, where: str) -> None:
    for name in variables:
        if name not in query.variables:
            raise AnswersError(
                f"the query declares no variable ${name}",
                where=f"{where}.graphql.variables.{name}",
                fix=f"accepted: {', '.join(query.variables) or 'none, as it declares none'}",
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
            fix="accepted: graphql, none",
        )


def _below_data(path: str) -> str:
    return path if path == DATA or path.startswith(f"{DATA}.") else f"{DATA}.{path}".rstrip(".")


def _place_of(query: Query) -> list[Selected]:
    """The fields on the way to the records: the first one, and the list or the record in it."""
    place = [query.fields[0]]
    while place[-1].name not in _LISTS and (inner := _next_place(place[-1].fields)):
        place.append(inner)
    return place


def _next_place(fields: tuple[Selected, ...]) -> Selected | None:
    """What of a field's own fields holds the records; ``None`` where the field is the record, or its list."""
    lists = [field for field in fields if field.name in _LISTS]
    objects = [field for field in fields if field.fields and field.name != _PAGE_INFO]
    if lists:
        return lists[0]
    is_record = any(field.name == "id" for field in fields)
    return objects[0] if len(objects) == 1 and not is_record else None


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
    """The request with its query in a constant of the script.

    Args:
        request: the derived one.
        answer: that of the answers.
        default_name: what an operation without a name is called, in words.
    """
    if not answer.graphql or not isinstance(request.data, DataObject):
        return request
    text = answer.graphql["query"].strip()
    query = read_query(text)
    name = f"{snake(kebab(query.name or pascal(default_name)))}_{query.kind}".upper()
    constant = (Variable(name, "", Primitive("string")),)
    entries = tuple(
        (key, constant if key == "query" else value)
        for key, value in request.data.entries
        if value != DataObject(())
    )
    return replace(request, data=DataObject(entries), graphql=GraphQL(name, text))
