"""The fake API answers by its table, records its requests, and never hangs."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from typing import Any

import pytest

from .support.fake_api import SECRET_KEY, FakeNango, UnexpectedRequestError
from .support.third_party import (
    BASE_URL,
    Reply,
    Request,
    Route,
    cursor,
    link_body,
    link_header,
    offset,
    query_has,
)

PAGES = [["a", "b"], ["c", "d"], ["e"]]


def get(path: str, **query: str) -> Request:
    return Request("GET", path, query)


def ask(
    server: FakeNango, method: str, path: str, body: Any = None, key: str = SECRET_KEY
) -> tuple[int, Any]:
    """Ask the server over HTTP as the CLI would, and return status and JSON."""
    data = None if body is None else json.dumps(body).encode()
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    request = urllib.request.Request(server.url + path, data, headers, method=method)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=5) as response:
            return response.status, json.loads(response.read())
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.loads(error.read())


def test_link_header_leads_through_all_pages_and_keeps_the_query() -> None:
    route = link_header("/items", PAGES)
    replies = [route.reply(get("/items", sort="name", page=str(page))) for page in (1, 2, 3)]

    assert [reply.body for reply in replies] == PAGES
    assert replies[0].headers == {"Link": f'<{BASE_URL}/items?sort=name&page=2>; rel="next"'}
    assert replies[2].headers == {}
    assert route.reply(get("/items", page="4")).status == 400


def test_link_body_ends_with_null() -> None:
    route = link_body("/items", PAGES, records_at="data.items", link_at="data.next", absolute=False)

    assert route.reply(get("/items")).body == {"data": {"items": ["a", "b"], "next": "/items?page=2"}}
    assert route.reply(get("/items", page="3")).body == {"data": {"items": ["e"], "next": None}}


def test_cursor_is_read_from_the_query_or_from_the_body() -> None:
    in_query = cursor("/items", PAGES)
    in_body = cursor("/items", PAGES, method="POST")

    following = in_query.reply(get("/items")).body["next_cursor"]
    assert in_query.reply(get("/items", cursor=following)).body["items"] == ["c", "d"]
    assert in_body.reply(Request("POST", "/items", body={"cursor": following})).body["items"] == ["c", "d"]
    assert in_query.reply(get("/items", cursor="made up")).status == 400


def test_offset_counts_records_or_pages_and_ends_with_an_empty_page() -> None:
    by_record = offset("/items", PAGES)
    by_page = offset("/items", PAGES, offset_param="page", start=1, by="per-page")

    assert by_record.reply(get("/items", offset="2")).body == ["c", "d"]
    assert by_record.reply(get("/items", offset="5")).body == []
    assert by_record.reply(get("/items", offset="3")).status == 400
    assert [by_page.reply(get("/items", page=str(page))).body for page in (1, 2, 3, 4)] == [*PAGES, []]


@pytest.mark.parametrize("style", [link_header, link_body, cursor, offset])
@pytest.mark.parametrize("pages", [[], [[]]], ids=["no page", "an empty page"])
def test_an_empty_collection_has_one_empty_page(style: Any, pages: list[list[str]]) -> None:
    reply = style("/items", pages).reply(get("/items"))

    assert reply.status == 200
    assert (reply.body if isinstance(reply.body, list) else reply.body["items"]) == []
    assert reply.headers == {}


def test_the_first_row_that_fits_answers() -> None:
    routes = [
        Route("GET", "/users", Reply("filtered"), query_has(active="true")),
        Route("GET", "/users", Reply("all")),
        Route("GET", re.compile(r"/users/\d+"), lambda request: Reply(request.path)),
    ]
    with FakeNango(routes, provider="github") as server:
        assert ask(server, "GET", "/proxy/users?active=true&page=1") == (200, "filtered")
        assert ask(server, "GET", "/proxy/users") == (200, "all")
        assert ask(server, "GET", "/proxy/users/17") == (200, "/users/17")

    assert [request.path for request in server.requests] == ["/users", "/users", "/users/17"]
    assert server.requests[0].query == {"active": "true", "page": "1"}
    assert server.calls == []


def test_a_request_that_nothing_answers_fails_the_block() -> None:
    with (
        pytest.raises(UnexpectedRequestError, match="DELETE /users/1"),
        FakeNango([Route("GET", "/users/1", Reply({}))], provider="github") as server,
    ):
        assert ask(server, "DELETE", "/proxy/users/1")[0] == 404


def test_an_endless_script_is_refused_in_the_end() -> None:
    with FakeNango([Route("GET", "/users", Reply([]))], provider="github") as server:
        statuses = [ask(server, "GET", "/proxy/users")[0] for _ in range(501)]

    assert statuses[499:] == [200, 508]


def test_metadata_is_set_updated_and_remembered() -> None:
    with FakeNango(provider="github", metadata={"a": 1, "b": 2}) as server:
        ask(server, "PATCH", "/connections/metadata", {"metadata": {"b": 3}})
        assert ask(server, "GET", "/connections/conn")[1]["metadata"] == {"a": 1, "b": 3}
        ask(server, "POST", "/connection/metadata", {"metadata": {"c": 4}})
        assert ask(server, "GET", "/connection/conn")[1]["metadata"] == {"c": 4}

    assert server.metadata_writes == [{"b": 3}, {"c": 4}]


def test_records_variables_and_actions_come_from_the_arguments() -> None:
    server = FakeNango(
        provider="github",
        records={"User": [{"id": 1}, {"id": 2}, {"id": 3}]},
        environment_variables={"KEY": "secret"},
        actions={"double": lambda value: value * 2},
    )
    with server:
        first = ask(server, "GET", "/records/?model=User&limit=2")[1]
        assert first == {"records": [{"id": 1}, {"id": 2}], "next_cursor": "2"}
        rest = ask(server, "GET", "/records/?model=User&limit=2&cursor=2")[1]
        assert rest == {"records": [{"id": 3}], "next_cursor": None}
        assert ask(server, "GET", "/environment-variables")[1] == [{"name": "KEY", "value": "secret"}]
        assert ask(server, "POST", "/action/trigger", {"action_name": "double", "input": 21}) == (200, 42)


def test_a_wrong_key_is_refused() -> None:
    with FakeNango(provider="github") as server:
        assert ask(server, "GET", "/connections/conn", key="another")[0] == 401
