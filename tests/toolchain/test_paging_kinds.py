"""Paging that `nango.paginate` cannot do: the id of the last record, flags, totals, the cursor of a GraphQL query.

Each kind reads no record, one page, one that is exactly full, and three pages, with no request too many; in every pattern.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from .support import lint, nango
from .support.dryrun import dryrun
from .support.fake_api import FakeNango
from .support.project import prepare
from .support.scaffolded import job, tree_of
from .support.third_party import Json, Reply, Request, Route

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from .support.dryrun import DryRun
    from .support.project import Version

pytestmark = pytest.mark.toolchain

SIZE = 2
NEXT = "/next/"
FACTS = {"base_url": "https://api.acme.com", "auth_mode": "API_KEY"}
LIMIT = {"limit": SIZE, "limit_name_in_request": "limit"}
LAST_ID = {"type": "last_id", "cursor_name_in_request": "starting_after", "more_path": "has_more", **LIMIT}
CURSOR = {"type": "cursor", "cursor_path_in_response": "next", "cursor_name_in_request": "cursor"}
OFFSET = {"type": "offset", "offset_name_in_request": "offset"}
TOKEN = {"type": "cursor", "cursor_path_in_response": "next_page.offset", "cursor_name_in_request": "offset"}
TOTAL = {"type": "total", "offset_name_in_request": "start", "total_path": "meta.total"}
BY_PAGE = {"type": "total", "offset_name_in_request": "page", "total_path": "meta.total", **LIMIT}
QUERY = "query ($after: String, $first: Int) { users(after: $after, first: $first) { nodes { id } pageInfo { x } } }"
GRAPHQL = {"type": "graphql", "limit": SIZE, "limit_name_in_request": "first"}
EDGES = """query Edges($after: String, $first: Int) {
  users(after: $after, first: $first) { edges { node { id } } pageInfo { hasNextPage endCursor } }
}"""

Answer = "Callable[[list[Json], Request], Json | Reply]"
Kind = tuple[dict[str, Any], Answer, "Callable[[int], Mapping[str, Any]]"]
"""The request of the answers, how the API answers it, and what is sent for a page, from 0."""


def page_of(records: list[Json], start: int) -> list[Json]:
    return records[start : start + SIZE]


def place_of(records: list[Json], id_: Any) -> int:
    return [str(record["id"]) for record in records].index(str(id_)) + 1 if id_ is not None else 0


def page_parameters(request: Request) -> Mapping[str, Any]:
    return request.query if request.method == "GET" else request.body


def behind_last_id(records: list[Json], request: Request) -> Json:
    start = place_of(records, page_parameters(request).get("starting_after"))
    return {"data": page_of(records, start), "has_more": start + SIZE < len(records)}


def behind_message(records: list[Json], request: Request) -> Json:
    return page_of(records, place_of(records, page_parameters(request).get("after")))


def by_cursor(records: list[Json], request: Request) -> Json:
    # A cursor on every page, the last one too: only the flag ends the list.
    start = int(page_parameters(request).get("cursor", "c0")[1:])
    is_last = start + SIZE >= len(records)
    return {
        "items": page_of(records, start),
        "next": f"c{start + SIZE}",
        "more": not is_last,
        "last": is_last,
    }


def by_offset(records: list[Json], request: Request) -> Json:
    start = int(page_parameters(request)["offset"])
    return {"items": page_of(records, start), "more": start + SIZE < len(records)}


def by_total(records: list[Json], request: Request) -> Json:
    return {
        "items": page_of(records, int(page_parameters(request)["start"])),
        "meta": {"total": len(records)},
    }


def by_page(records: list[Json], request: Request) -> Json:
    page = int(page_parameters(request)["page"])
    total = {"total": len(records), "total_pages": -(-len(records) // SIZE)}
    return {"items": page_of(records, (page - 1) * SIZE), "meta": total}


def by_variables(records: list[Json], request: Request) -> Json:
    start = int(request.body["variables"].get("after", "e0")[1:])
    info = {"hasNextPage": start + SIZE < len(records), "endCursor": f"e{start + SIZE}"}
    return {"data": {"users": {"nodes": page_of(records, start), "pageInfo": info}}}


def by_edges(records: list[Json], request: Request) -> Json:
    users = by_variables(records, request)["data"]["users"]
    edges = [{"node": record} for record in users["nodes"]]
    # One that may not be read has no node.
    return {"data": {"users": {"edges": [{"node": None}, *edges], "pageInfo": users["pageInfo"]}}}


def by_total_in_header(records: list[Json], request: Request) -> Reply:
    page = page_of(records, int(page_parameters(request)["start"]))
    return Reply(page, headers={"X-Total-Count": str(len(records))})


def by_pages_in_header(records: list[Json], request: Request) -> Reply:
    page = int(page_parameters(request)["page"])
    pages = str(-(-len(records) // SIZE))
    return Reply(page_of(records, (page - 1) * SIZE), headers={"X-WP-TotalPages": pages})


def by_page_in_header(records: list[Json], request: Request) -> Reply:
    page = int(page_parameters(request).get("page", "1"))
    following = str(page + 1) if page * SIZE < len(records) else ""
    return Reply(page_of(records, (page - 1) * SIZE), headers={"X-Next-Page": following})


def by_page_and_flag(records: list[Json], request: Request) -> Json:
    start = (int(page_parameters(request)["page"]) - 1) * SIZE
    return {"items": page_of(records, start), "more": start + SIZE < len(records)}


def by_next_number(records: list[Json], request: Request) -> Json:
    page = int(page_parameters(request).get("page", "1"))
    return {
        "items": page_of(records, (page - 1) * SIZE),
        "next_page": page + 1 if page * SIZE < len(records) else None,
    }


def by_offset_token(records: list[Json], request: Request) -> Json:
    start = int(page_parameters(request).get("offset", "t0")[1:])
    following = {"offset": f"t{start + SIZE}"} if start + SIZE < len(records) else None
    return {"data": page_of(records, start), "next_page": following}


def by_wrapped_records(records: list[Json], request: Request) -> Json:
    page = by_offset_token(records, request)
    return {"list": [{"customer": record} for record in page["data"]], "next_page": page["next_page"]}


def by_page_without_errors(records: list[Json], request: Request) -> Json:
    return {**by_offset_token(records, request), "error": ""}


def by_path(records: list[Json], request: Request) -> Json:
    # The link leads to another path than that of the list.
    page = int(request.path.rpartition(NEXT)[2]) if NEXT in request.path else 1
    following = f"https://api.acme.com/linked{NEXT}{page + 1}" if page * SIZE < len(records) else None
    return {"items": page_of(records, (page - 1) * SIZE), "links": {"next": following}}


def last(page: int) -> str:
    return str(page * SIZE)


KINDS: Mapping[str, Kind] = {
    "Charge": (
        {"paginate": LAST_ID, "response_path": "data"},
        behind_last_id,
        lambda page: {"limit": "2", **({"starting_after": last(page)} if page else {})},
    ),
    "Message": (
        {"paginate": {"type": "last_id", "cursor_name_in_request": "after"}, "response_path": ""},
        behind_message,
        lambda page: {"after": last(page)} if page else {},
    ),
    "Posted": (
        {"paginate": LAST_ID, "response_path": "data", "data": {"filter": "all"}},
        behind_last_id,
        lambda page: {"filter": "all", "limit": 2, **({"starting_after": last(page)} if page else {})},
    ),
    "Flagged": (
        {"paginate": {**CURSOR, "more_path": "more"}, "response_path": "items"},
        by_cursor,
        lambda page: {"cursor": f"c{page * SIZE}"} if page else {},
    ),
    "Closed": (
        {"paginate": {**CURSOR, "last_path": "last"}, "response_path": "items", "params": {"view": "full"}},
        by_cursor,
        lambda page: {"view": "full", **({"cursor": f"c{page * SIZE}"} if page else {})},
    ),
    "Skipped": (
        {"paginate": {**OFFSET, "more_path": "more"}, "response_path": "items"},
        by_offset,
        lambda page: {"offset": str(page * SIZE)},
    ),
    "Counted": (
        {"paginate": TOTAL, "response_path": "items"},
        by_total,
        lambda page: {"start": str(page * SIZE)},
    ),
    "Numbered": (
        {"paginate": {**BY_PAGE, "offset_start_value": 1}, "response_path": "items"},
        by_page,
        lambda page: {"limit": "2", "page": str(page + 1)},
    ),
    "Leafed": (
        {"paginate": {**BY_PAGE, "total_path": "meta.total_pages"}, "response_path": "items"},
        by_page,
        lambda page: {"limit": "2", "page": str(page + 1)},
    ),
    "Node": (
        {
            "paginate": GRAPHQL,
            "response_path": "data.users.nodes",
            "data": {"query": QUERY, "variables": {"team": "x"}},
        },
        by_variables,
        lambda page: {
            "query": QUERY,
            "variables": {"team": "x", "first": 2, **({"after": f"e{page * SIZE}"} if page else {})},
        },
    ),
    "Headed": (
        {
            "paginate": {"type": "total", "offset_name_in_request": "start", "total_header": "X-Total-Count"},
            "response_path": "",
        },
        by_total_in_header,
        lambda page: {"start": str(page * SIZE)},
    ),
    "Weblog": (
        {
            "paginate": {
                "type": "total",
                "offset_name_in_request": "page",
                "total_header": "X-WP-TotalPages",
            },
            "response_path": "",
        },
        by_pages_in_header,
        lambda page: {"page": str(page + 1)},
    ),
    "Stepped": (
        {
            "paginate": {
                "type": "cursor",
                "cursor_in_response_header": "X-Next-Page",
                "cursor_name_in_request": "page",
            },
            "response_path": "",
        },
        by_page_in_header,
        lambda page: {"page": str(page + 1)} if page else {},
    ),
    "Leaved": (
        {
            "paginate": {
                "type": "offset",
                "offset_name_in_request": "page",
                "offset_start_value": 1,
                "offset_calculation_method": "per-page",
                "more_path": "more",
            },
            "response_path": "items",
        },
        by_page_and_flag,
        lambda page: {"page": str(page + 1)},
    ),
    "Following": (
        {
            "paginate": {
                "type": "cursor",
                "cursor_path_in_response": "next_page",
                "cursor_name_in_request": "page",
            },
            "response_path": "items",
        },
        by_next_number,
        lambda page: {"page": str(page + 1)} if page else {},
    ),
    "Token": (
        {"paginate": TOKEN, "response_path": "data"},
        by_offset_token,
        lambda page: {"offset": f"t{page * SIZE}"} if page else {},
    ),
    "Wrapped": (
        {"paginate": TOKEN, "response_path": "list", "record_path": "customer"},
        by_wrapped_records,
        lambda page: {"offset": f"t{page * SIZE}"} if page else {},
    ),
    "Checked": (
        {"paginate": TOKEN, "response_path": "data", "errors_path": "error"},
        by_page_without_errors,
        lambda page: {"offset": f"t{page * SIZE}"} if page else {},
    ),
    "Linked": (
        {"paginate": {"type": "link", "link_path_in_response_body": "links.next"}, "response_path": "items"},
        by_path,
        lambda _page: {},
    ),
    "Edged": (
        {"path": "/edged", "graphql": {"query": EDGES}, "paginate": GRAPHQL},
        by_edges,
        lambda page: {
            "query": EDGES,
            "variables": {"first": 2, **({"after": f"e{page * SIZE}"} if page else {})},
        },
    ),
}
BY_EMPTY_PAGE = {"Message"}
"""The kinds whose last page nothing tells: one more is asked for."""
BY_NANGO = {"0.69": {"Following", "Token"}, "0.58": {"Following", "Token", "Linked"}}
"""The kinds that `nango.paginate` can do: it does not show an empty page, which is asked for again."""


def paths(name: str) -> str:
    return f"/{name.lower()}"


def sync_of_every_kind() -> dict[str, Any]:
    """One sync that reads a list of each kind."""
    first, *others = KINDS
    requests = {name: {"path": paths(name), **KINDS[name][0]} for name in KINDS}
    return {
        "name": "everything",
        "models": list(KINDS),
        "request": requests[first],
        "requests": {name: requests[name] for name in others},
    }


def nested(parents: str, own: str, children: str) -> dict[str, Any]:
    """A sync that walks a list of one kind, for a list of another kind, whose records have details and children of a third."""
    name = f"{parents}-{own}-{children}".lower()
    return {
        "name": name,
        "model": f"{own}Of{parents}",
        "parents": {**KINDS[parents][0], "path": f"/{name}", "from_parent": {"parent": "id"}},
        "request": {**KINDS[own][0], "path": f"/{name}/${{parent.id}}"},
        "detail": {"path": f"/{name}/${{record.id}}/detail", "response_path": "detail"},
        "children": {
            "model": f"{children}Of{own}",
            **KINDS[children][0],
            "path": f"/{name}/${{parent.parent}}/${{parent.id}}",
            "from_parent": {"parent": "id"},
        },
    }


NESTED = (
    ("Charge", "Leafed", "Edged"),
    ("Edged", "Flagged", "Headed"),
    ("Stepped", "Leaved", "Message"),
    ("Headed", "Token", "Closed"),
    ("Wrapped", "Node", "Checked"),
    ("Token", "Edged", "Skipped"),
)
"""Every kind that differs in code is walked, has details, or is asked for each record."""


def action(name: str) -> dict[str, Any]:
    request, _, _ = KINDS[name]
    return {
        "name": f"list-{name.lower()}s",
        "output": f"{name}Page",
        "request": {"path": paths(name), **request},
    }


LISTED = (
    *("Charge", "Flagged", "Skipped", "Counted", "Numbered", "Leafed"),
    *("Headed", "Stepped", "Wrapped", "Edged"),
)
PATTERNS: list[dict[str, Any]] = [
    {
        "name": "visits",
        "pattern": "window",
        "window": {"unit": "day", "date_format": "date"},
        "request": {"path": "/visits", "paginate": LAST_ID, "response_path": "data"},
    },
    {
        "name": "files",
        "pattern": "selection",
        "selection": {"item_path": "/files/${item}", "kind_field": "kind"},
        "request": {"path": "/folders/${folder}", "paginate": TOTAL, "response_path": "items"},
    },
    {
        "name": "entries",
        "pattern": "extended",
        "request": {"path": "/entries", "paginate": LAST_ID, "response_path": "data"},
    },
    {
        "name": "sheets",
        "pattern": "extended",
        "request": {
            "path": "/sheets",
            "paginate": BY_PAGE | {"offset_start_value": 1},
            "response_path": "items",
        },
    },
    {
        "name": "nodes",
        "pattern": "extended",
        "request": {"path": "/nodes", "method": "POST", **KINDS["Node"][0]},
    },
    {
        "name": "objects",
        "pattern": "configuration",
        "configuration": {"introspection": False},
        "request": {
            "path": "/${configuration}",
            "params": {"fields": "${fields}"},
            "paginate": {**OFFSET, "more_path": "more"},
            "response_path": "items",
        },
    },
    {
        "name": "tickets",
        "sync_type": "incremental",
        "request": {
            "path": "/tickets",
            "paginate": {**CURSOR, "more_path": "more"},
            "response_path": "items",
            "incremental": {"field": "updated_at"},
        },
        "children": {
            "model": "Comment",
            "path": "/tickets/${parent.id}/comments",
            "paginate": LAST_ID,
            "response_path": "data",
        },
        "deleted": {
            "path": "/tickets/gone",
            "paginate": {**TOTAL, "offset_name_in_request": "start"},
            "response_path": "items",
        },
    },
]
ANSWERS: dict[str, Any] = {
    "provider": "acme",
    "integration": "kinds",
    "provider_facts": FACTS,
    "models": {
        **{name: {"id": "string"} for name in (*KINDS, "Visit", "Entry", "Sheet", "Comment")},
        **{f"{name}Page": {f"{name.lower()}s": f"{name}[]", "next_cursor?": "string"} for name in LISTED},
        "File": {"id": "string", "kind": "string"},
        "Ticket": {"id": "string", "updated_at": "string"},
    },
    "syncs": [
        sync_of_every_kind(),
        *(nested(*kinds) for kinds in NESTED),
        *({**sync, **({"model": "Branch"} if sync["name"] == "nodes" else {})} for sync in PATTERNS),
    ],
    "actions": [action(name) for name in LISTED],
}
ANSWERS["models"]["Branch"] = {"id": "string"}
for parents_, own_, children_ in NESTED:
    ANSWERS["models"][f"{own_}Of{parents_}"] = {"id": "string", "parent": "string", "text": "string"}
    ANSWERS["models"][f"{children_}Of{own_}"] = {"id": "string", "parent": "string"}


GOES_ON: dict[str, Any] = {
    "provider": "acme",
    "integration": "goes-on",
    "provider_facts": FACTS,
    "models": {
        **{name: {"id": "string"} for name in ("Event", "Drive", "Board", "Star", "Moon")},
        **{name: {"id": "string"} for name in ("Order", "Buyer", "Row", "Cell")},
        "Place": {"token?": "string", "at?": "number"},
        "Card": {"id": "string", "board_id": "string"},
    },
    "syncs": [
        {
            "name": "events",
            "metadata": "Place",
            "save_metadata": {"token": "sync.token", "at": {"expression": "response.sync?.at ?? 1"}},
            "request": {
                "path": "/events",
                "params": {"token": "${metadata.token}"},
                "paginate": CURSOR,
                "response_path": "items",
            },
            "deleted": {"when": "response.status === 'cancelled' || response.flags?.gone"},
        },
        {
            "name": "drives",
            "save_metadata": {"delta": {"expression": "response.delta?.split('=')[1]"}},
            "request": {
                "path": "/drives",
                "params": {"delta": "${metadata.delta}"},
                "paginate": {"type": "link", "link_path_in_response_body": "next"},
                "response_path": "value",
            },
        },
        {
            "name": "boards",
            "track_deletes": False,
            "save_metadata": {"version": "version"},
            "request": {"path": "/boards", "paginate": {"type": "none"}, "response_path": "boards"},
        },
        {
            "name": "cards",
            "parents": {
                "path": "/walls",
                "paginate": LAST_ID,
                "response_path": "data",
                "from_parent": {"board_id": "id"},
            },
            "request": {"path": "/walls/${parent.id}/cards", "paginate": TOTAL, "response_path": "items"},
        },
        {
            "name": "skies",
            "models": ["Star", "Moon"],
            "request": {
                "path": "/skies",
                "paginate": {**CURSOR, "more_path": "more"},
                "response_path": "items",
            },
            "requests": {"Moon": {"from": "Star", "response_path": "moons"}},
        },
        {
            "name": "orders",
            "models": ["Order", "Buyer"],
            "request": {"path": "/orders", "paginate": TOKEN, "response_path": "data"},
            "requests": {"Buyer": {"from": "Order", "response_path": "included.buyers"}},
        },
        {
            "name": "rows",
            "models": ["Row", "Cell"],
            "request": {"path": "/rows", "paginate": OFFSET, "response_path": "rows"},
            "requests": {"Cell": {"from": "Row", "response_path": "cells"}},
        },
    ],
}


@pytest.fixture(scope="module")
def project(version: Version, tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = prepare(tree_of([job(ANSWERS), job(GOES_ON)]), version, tmp_path_factory.mktemp("kinds"))
    built = nango.build(project, version)
    assert built.complete, (built.problems, built.output[-3000:])
    return project


def records_of(count: int) -> list[Json]:
    return [{"id": str(number), "kind": "file", "updated_at": "2026-01-01"} for number in range(1, count + 1)]


def route(path: str, answer: Answer, count: int) -> Route:
    method = "POST" if answer in (by_variables, by_edges) or path == "/posted" else "GET"

    def reply(request: Request) -> Reply:
        body = answer(records_of(count), request)
        return body if isinstance(body, Reply) else Reply(body)

    return Route(method, re.compile(f"{path}({NEXT}[0-9]+)?"), reply)


def run(project: Path, version: Version, script: str, server: FakeNango, **options: Any) -> DryRun:
    outcome = dryrun(project, version, script, server, integration="kinds", compiled=True, **options)
    assert outcome.error is None, outcome.output
    return outcome


def parameters_of(server: FakeNango, path: str) -> list[Mapping[str, Any]]:
    return [
        page_parameters(request) for request in server.requests if request.path.partition(NEXT)[0] == path
    ]


@pytest.mark.parametrize("version", ["0.69"], indirect=True)
def test_no_official_tool_finds_anything(project: Path) -> None:
    assert lint.eslint(project) == []
    assert lint.prettier(project) == []
    assert lint.yamllint(project) == []


@pytest.mark.parametrize("count", [0, 1, 2, 5])
def test_each_kind_reads_every_page_and_asks_for_no_more(project: Path, version: Version, count: int) -> None:
    routes = [route(paths(name), answer, count) for name, (_, answer, _) in KINDS.items()]
    with FakeNango(routes, provider="unauthenticated") as server:
        outcome = run(project, version, "everything", server)
    pages = max(1, -(-count // SIZE))
    for name, (_, _, page_sent) in KINDS.items():
        ids = [record["id"] for record in outcome.saved.get(name, [])]
        assert (name, ids) == (name, [record["id"] for record in records_of(count)])
        more = 1 if name in BY_EMPTY_PAGE and count else 0
        expected = pages_sent(page_sent, pages, count, more)
        assert (name, parameters_of(server, paths(name))) == (
            name,
            expected * 2 if name in BY_NANGO[version] and not count else expected,
        )


def pages_sent(
    page_sent: Callable[[int], Mapping[str, Any]], pages: int, count: int, more: int
) -> list[Mapping[str, Any]]:
    """What is sent for some pages, and for the empty one behind the last record."""
    parameters = [page_sent(page) for page in range(pages)]
    return [*parameters, {"after": str(count)}] if more else parameters


@pytest.mark.parametrize("version", ["0.69"], indirect=True)
@pytest.mark.parametrize("kinds", NESTED, ids="-".join)
def test_each_kind_is_walked_has_details_and_is_asked_for_each_record(
    project: Path, version: Version, kinds: tuple[str, str, str]
) -> None:
    name = "-".join(kinds).lower()
    (_, walked, walks), (_, listed, lists), (_, nested, nests) = (KINDS[kind] for kind in kinds)
    ids = ("1", "2", "3")
    routes = [route(f"/{name}", walked, 3), *(route(f"/{name}/{id_}", listed, 3) for id_ in ids)]
    routes += [Route("GET", f"/{name}/{id_}/detail", Reply({"detail": {"text": f"t{id_}"}})) for id_ in ids]
    routes += [route(f"/{name}/{outer}/{inner}", nested, 3) for outer in ids for inner in ids]
    with FakeNango(routes, provider="unauthenticated") as server:
        outcome = run(project, version, name, server)
    parents, own, children = kinds
    assert outcome.saved[f"{own}Of{parents}"] == [
        {"id": inner, "parent": outer, "text": f"t{inner}"} for outer in ids for inner in ids
    ]
    assert [child["parent"] for child in outcome.saved[f"{children}Of{own}"]] == [
        id_ for id_ in ids * 3 for _ in ids
    ]
    for path, page_sent, kind in (
        (f"/{name}", walks, parents),
        (f"/{name}/2", lists, own),
        (f"/{name}/1/3", nests, children),
    ):
        assert (path, parameters_of(server, path)) == (
            path,
            pages_sent(page_sent, 2, 3, 1 if kind in BY_EMPTY_PAGE else 0),
        )


@pytest.mark.parametrize("version", ["0.69"], indirect=True)
@pytest.mark.parametrize("name", LISTED)
def test_a_list_action_gives_a_page_and_the_way_to_the_next(
    project: Path, version: Version, name: str
) -> None:
    _, answer, page_sent = KINDS[name]
    action_input: dict[str, Json] = {}
    ids: list[str] = []
    with FakeNango([route(paths(name), answer, 5)], provider="unauthenticated") as server:
        for _ in range(4):
            outcome = run(project, version, f"list-{name.lower()}s", server, input=action_input)
            ids += [record["id"] for record in outcome.result[f"{name.lower()}s"]]
            action_input = (
                {"cursor": outcome.result["next_cursor"]} if "next_cursor" in outcome.result else {}
            )
            if not action_input:
                break
    assert ids == ["1", "2", "3", "4", "5"]
    assert parameters_of(server, paths(name)) == [page_sent(page) for page in range(3)]


BROKEN: Sequence[tuple[str, Json, str]] = [
    ("/charge", {"data": [{"id": "1"}], "has_more": True}, "leads back to a page that was there before"),
    ("/flagged", {"items": [{"id": "1"}], "next": "c2", "more": True}, "leads back to a page"),
    ("/skipped", {"items": [{"id": "1"}], "more": True}, "leads back to a page"),
    ("/counted", {"items": [{"id": "1"}], "meta": {"total": 9}}, "leads back to a page"),
    ("/counted", {"items": [{"id": "1"}]}, "no total at meta.total"),
    ("/charge", {"error": "overloaded"}, "no list at data"),
    ("/node", {"errors": [{"message": "no"}]}, "no list at data.users.nodes"),
    ("/headed", [{"id": "1"}], "no total at the header X-Total-Count"),
    ("/edged", {"data": {"users": {"edges": None}}}, "no list at data.users.edges"),
    ("/edged", {"errors": [{"message": "no"}], "data": {"users": None}}, "answered the query with errors"),
    ("/checked", {"error": "not_authed", "data": []}, "answered with errors at error"),
    ("/wrapped", {"list": {"customer": {}}}, "no list at list"),
    ("/stepped", Reply([{"id": "1"}], headers={"X-Next-Page": "1"}), "leads back to a page"),
]


@pytest.mark.parametrize("version", ["0.69"], indirect=True)
@pytest.mark.parametrize(("path", "body", "message"), BROKEN)
def test_a_list_without_end_or_total_is_an_error(
    project: Path, version: Version, path: str, body: Json, message: str
) -> None:
    routes = [route(paths(name), answer, 0) for name, (_, answer, _) in KINDS.items() if paths(name) != path]
    method = "POST" if path in ("/node", "/edged") else "GET"
    answer = body if isinstance(body, Reply) else Reply(body)
    with FakeNango([Route(method, path, answer), *routes], provider="unauthenticated") as server:
        outcome = dryrun(project, version, "everything", server, integration="kinds", compiled=True)
    assert outcome.error is not None, outcome.output
    assert message in outcome.error["payload"]["message"]
    assert len(parameters_of(server, path)) <= 2


@pytest.mark.parametrize("version", ["0.69"], indirect=True)
class TestPatterns:
    def test_a_window(self, project: Path, version: Version) -> None:
        span = {"fromDate": "2026-02-01T00:00:00Z", "toDate": "2026-02-02T00:00:00Z", "useMetadata": True}
        with FakeNango(
            [route("/visits", behind_last_id, 3)], provider="unauthenticated", metadata=span
        ) as server:
            outcome = run(project, version, "visits", server)
        assert len(outcome.saved["Visit"]) == 3
        days = {"from": "2026-02-01", "to": "2026-02-02", "limit": "2"}
        assert parameters_of(server, "/visits") == [days, {**days, "starting_after": "2"}]

    def test_a_selection(self, project: Path, version: Version) -> None:
        metadata = {"folders": ["a"], "files": []}
        with FakeNango(
            [route("/folders/a", by_total, 3)], provider="unauthenticated", metadata=metadata
        ) as server:
            outcome = run(project, version, "files", server)
        assert [file["id"] for file in outcome.saved["File"]] == ["1", "2", "3"]
        assert parameters_of(server, "/folders/a") == [{"start": "0"}, {"start": "2"}]

    def test_a_configuration(self, project: Path, version: Version) -> None:
        field = {"id": "1", "name": "title", "type": "text"}
        metadata = {"configurations": [{"model": "notes", "fields": [field]}]}
        with FakeNango(
            [route("/notes", by_offset, 4)], provider="unauthenticated", metadata=metadata
        ) as server:
            outcome = run(project, version, "objects", server)
        (saved,) = outcome.saved.values()
        assert [record["id"] for record in saved] == ["1", "2", "3", "4"]
        assert [query["offset"] for query in parameters_of(server, "/notes")] == ["0", "2"]

    @pytest.mark.parametrize(
        ("sync", "model", "answer", "pages"),
        [
            ("entries", "Entry", behind_last_id, [KINDS["Charge"][2](page) for page in range(3)]),
            ("sheets", "Sheet", by_page, [KINDS["Numbered"][2](page) for page in range(3)]),
            ("nodes", "Branch", by_variables, [KINDS["Node"][2](page) for page in range(3)]),
        ],
    )
    def test_a_long_pass(
        self,
        project: Path,
        version: Version,
        sync: str,
        model: str,
        answer: Callable[[list[Json], Request], Json],
        pages: list[Mapping[str, Any]],
    ) -> None:
        with FakeNango([route(f"/{sync}", answer, 5)], provider="unauthenticated") as server:
            outcome = run(project, version, sync, server)
        assert [record["id"] for record in outcome.saved[model]] == ["1", "2", "3", "4", "5"]
        assert parameters_of(server, f"/{sync}") == pages
        assert server.metadata["lastProcessedId"] is None

    def test_children_and_deleted_records(self, project: Path, version: Version) -> None:
        comments = route("/tickets/1/comments", behind_last_id, 3)
        routes = [route("/tickets", by_cursor, 1), comments, route("/tickets/gone", by_total, 3)]
        with FakeNango(routes, provider="unauthenticated") as server:
            outcome = run(project, version, "tickets", server, last_sync_date="2025-12-31")
        assert [comment["id"] for comment in outcome.saved["Comment"]] == ["1", "2", "3"]
        assert [ticket["id"] for ticket in outcome.deleted["Ticket"]] == ["1", "2", "3"]
        assert [query.get("starting_after") for query in parameters_of(server, "/tickets/1/comments")] == [
            None,
            "2",
        ]
        assert [query["start"] for query in parameters_of(server, "/tickets/gone")] == ["0", "2"]

    def test_a_list_ends_at_the_first_record_older_than_the_last_run(
        self, project: Path, version: Version
    ) -> None:
        routes = [route("/tickets", by_cursor, 5), route("/tickets/gone", by_total, 0)]
        with FakeNango(routes, provider="unauthenticated") as server:
            outcome = run(project, version, "tickets", server, last_sync_date="2026-06-01")
        assert outcome.saved.get("Ticket", []) == []
        assert len(parameters_of(server, "/tickets")) == 1


def go_on(project: Path, version: Version, script: str, server: FakeNango, **options: Any) -> DryRun:
    outcome = dryrun(project, version, script, server, integration="goes-on", compiled=True, **options)
    assert outcome.error is None, outcome.output
    return outcome


class TestWhereARunGoesOn:
    def events(self, request: Request) -> Reply:
        if "token" in request.query and "cursor" not in request.query:
            return Reply({"items": [], "sync": {"token": "t2", "at": 7}})
        if "cursor" not in request.query:
            gone = {"id": "2", "status": "cancelled"}
            return Reply({"items": [{"id": "1", "status": "ok"}, gone], "next": "p2"})
        if request.query["cursor"] == "p2":  # a page may be empty, and name the next one
            return Reply({"items": [], "next": "p3"})
        return Reply(
            {"items": [{"id": "3", "status": "ok", "flags": {"gone": True}}], "sync": {"token": "t1"}}
        )

    def test_a_token_of_the_last_page_is_saved_and_sent_by_the_next_run(
        self, project: Path, version: Version
    ) -> None:
        with FakeNango([Route("GET", "/events", self.events)], provider="unauthenticated") as server:
            first = go_on(project, version, "events", server)
            assert [event["id"] for event in first.saved["Event"]] == ["1"]
            assert [event["id"] for event in first.deleted["Event"]] == ["2", "3"]
            assert server.metadata == {"token": "t1", "at": 1}
            go_on(project, version, "events", server, last_sync_date="2026-01-01")
            assert server.metadata == {"token": "t2", "at": 7}
        assert parameters_of(server, "/events") == [{}, {"cursor": "p2"}, {"cursor": "p3"}, {"token": "t1"}]

    @pytest.mark.parametrize("version", ["0.69"], indirect=True)
    def test_a_run_that_fails_saves_nothing(self, project: Path, version: Version) -> None:
        def fails(request: Request) -> Reply:
            return Reply({"error": "x"}) if "cursor" in request.query else Reply({"items": [], "next": "p2"})

        with FakeNango([Route("GET", "/events", fails)], provider="unauthenticated") as server:
            outcome = dryrun(project, version, "events", server, integration="goes-on", compiled=True)
        assert outcome.error is not None
        assert server.metadata_writes == []

    @pytest.mark.parametrize("version", ["0.69"], indirect=True)
    def test_links_are_followed_to_the_one_that_the_next_run_begins_with(
        self, project: Path, version: Version
    ) -> None:
        def drives(request: Request) -> Reply:
            page = int(request.query.get("page", "1"))
            ahead = (
                {"next": f"https://api.acme.com/drives?page={page + 1}"}
                if page < 3
                else {"delta": "/drives?d=77"}
            )
            return Reply({"value": [{"id": str(page)}], **ahead})

        with FakeNango([Route("GET", "/drives", drives)], provider="unauthenticated") as server:
            outcome = go_on(project, version, "drives", server)
        assert [drive["id"] for drive in outcome.saved["Drive"]] == ["1", "2", "3"]
        assert parameters_of(server, "/drives") == [{}, {"page": "2"}, {"page": "3"}]
        assert server.metadata == {"delta": "77"}

    @pytest.mark.parametrize("version", ["0.69"], indirect=True)
    def test_a_single_response_may_tell_it_too(self, project: Path, version: Version) -> None:
        body = {"boards": [{"id": "1"}], "version": "v9"}
        with FakeNango([Route("GET", "/boards", Reply(body))], provider="unauthenticated") as server:
            go_on(project, version, "boards", server)
        assert server.metadata == {"version": "v9"}

    @pytest.mark.parametrize("version", ["0.69"], indirect=True)
    def test_a_walked_list_and_what_is_beside_the_records_of_a_page(
        self, project: Path, version: Version
    ) -> None:
        walls = [route(f"/walls/{wall}/cards", by_total, 3) for wall in ("1", "2", "3")]
        with FakeNango([route("/walls", behind_last_id, 3), *walls], provider="unauthenticated") as server:
            outcome = go_on(project, version, "cards", server)
        assert [card["board_id"] for card in outcome.saved["Card"]] == ["1"] * 3 + ["2"] * 3 + ["3"] * 3
        assert len(parameters_of(server, "/walls")) == 2

        def skies(records: list[Json], request: Request) -> Json:
            return {**by_cursor(records, request), "moons": [{"id": request.query.get("cursor", "m")}]}

        with FakeNango([route("/skies", skies, 3)], provider="unauthenticated") as server:
            outcome = go_on(project, version, "skies", server)
        assert [star["id"] for star in outcome.saved["Star"]] == ["1", "2", "3"]
        assert [moon["id"] for moon in outcome.saved["Moon"]] == ["m", "c2"]

    @pytest.mark.parametrize("version", ["0.69"], indirect=True)
    def test_the_pages_that_nango_would_turn_may_hold_other_records_too(
        self, project: Path, version: Version
    ) -> None:
        def orders(records: list[Json], request: Request) -> Json:
            buyers = [{"id": request.query.get("offset", "t0")}]
            return {**by_offset_token(records, request), "included": {"buyers": buyers}}

        with FakeNango([route("/orders", orders, 3)], provider="unauthenticated") as server:
            outcome = go_on(project, version, "orders", server)
        assert [order["id"] for order in outcome.saved["Order"]] == ["1", "2", "3"]
        assert [buyer["id"] for buyer in outcome.saved["Buyer"]] == ["t0", "t2"]
        assert parameters_of(server, "/orders") == [{}, {"offset": "t2"}]

        def rows(records: list[Json], request: Request) -> Json:
            start = int(request.query["offset"])
            return {"rows": page_of(records, start), "cells": [{"id": f"c{start}"}]}

        with FakeNango([route("/rows", rows, 3)], provider="unauthenticated") as server:
            outcome = go_on(project, version, "rows", server)
        assert [row["id"] for row in outcome.saved["Row"]] == ["1", "2", "3"]
        assert [cell["id"] for cell in outcome.saved["Cell"]] == ["c0", "c2", "c3"]
        assert [query["offset"] for query in parameters_of(server, "/rows")] == ["0", "2", "3"]
