"""GraphQL requests: endpoint, body, path of the records, and which other answers they allow."""

from __future__ import annotations

from typing import Any

import pytest

from nango_scaffold.answers import load_answers
from nango_scaffold.derive import IntegrationSpec, derive
from nango_scaffold.errors import AnswersError
from nango_scaffold.models.types import Primitive
from nango_scaffold.providers import ProviderFacts
from nango_scaffold.spec.requests import DataObject, GraphQL, Variable

LINEAR = ProviderFacts(key="linear", auth_mode="OAUTH2", base_url="https://api.linear.app", source="a test")
ACME = ProviderFacts(key="acme", auth_mode="OAUTH2", base_url="https://api.acme.com", source="a test")
PAGED = "query Issues($after: String) { issues(after: $after) { nodes { id } pageInfo { endCursor } } }"
TEXT = Primitive("string")


def spec_of(facts: ProviderFacts = LINEAR, **answers: Any) -> IntegrationSpec:
    return derive(load_answers({"provider": facts.key, **answers}), facts, {})


def sync_with(query: str, facts: ProviderFacts = LINEAR, **request: Any) -> IntegrationSpec:
    graphql = {"query": query, "variables": request.pop("variables", {})}
    sync = {"name": "issues", "request": {"graphql": graphql, **request}}
    return spec_of(facts, syncs=[{**sync, **request.pop("sync", {})}])


def test_a_provider_that_is_known_for_it_has_its_endpoint() -> None:
    spec = sync_with("{ issues { nodes { id } } }")
    request = spec.syncs[0].request
    assert (request.method, request.path) == ("POST", ("/graphql",))
    assert "syncs[0].request.path" not in {guess.answer for guess in spec.guesses}


@pytest.mark.parametrize(
    ("base_url", "path"),
    [("https://api.acme.com", "/graphql"), ("https://api.acme.com/graphql", "/")],
)
def test_any_other_has_the_usual_one_or_that_of_its_base_url(base_url: str, path: str) -> None:
    facts = ProviderFacts(key="acme", auth_mode="OAUTH2", base_url=base_url, source="a test")
    spec = sync_with("{ issues { nodes { id } } }", facts)
    assert spec.syncs[0].request.path == (path,)
    guessed = {guess.answer: guess.why for guess in spec.guesses}.get("syncs[0].request.path")
    assert guessed == ("the usual path of a GraphQL API" if path == "/graphql" else None)


def test_the_query_is_a_constant_beside_its_variables() -> None:
    query = "query OpenIssues($team: ID) { issues(team: $team) { nodes { id } } }"
    request = sync_with(f"{query}\n", variables={"team": "x"}).syncs[0].request
    assert request.graphql == GraphQL("OPEN_ISSUES_QUERY", query)
    assert request.data == DataObject(
        (
            ("query", (Variable("OPEN_ISSUES_QUERY", "", TEXT),)),
            ("variables", DataObject((("team", ("x",)),))),
        )
    )


@pytest.mark.parametrize(
    ("query", "answer", "place"),
    [
        ("{ issues { nodes { id } } }", None, "data.issues.nodes"),
        ("{ found: issues { edges { node { id } } } }", None, "data.found.edges"),
        ("{ viewer { issues { nodes { id } } } }", None, "data.viewer.issues.nodes"),
        ("{ boards { id name owner { id } } }", None, "data.boards"),
        ("{ boards { id items { list { id } } } }", "boards.items", "data.boards.items"),
        ("{ issues { nodes { id } } }", "data.issues.nodes", "data.issues.nodes"),
    ],
)
def test_the_records_are_below_the_data(query: str, answer: str | None, place: str) -> None:
    spec = sync_with(query, **({} if answer is None else {"response_path": answer}))
    assert spec.syncs[0].pagination.response_path == place


def test_pages_are_turned_where_the_query_asks_for_the_cursor() -> None:
    assert sync_with(PAGED).syncs[0].pagination.kind == "graphql"
    assert sync_with("{ issues { nodes { id } } }").syncs[0].pagination.kind == "none"
    paginate = {"type": "graphql", "page_info_path": "issues.pageInfo"}
    keys = sync_with(PAGED, paginate=paginate).syncs[0].pagination.keys
    assert keys["cursor_path_in_response"] == "data.issues.pageInfo.endCursor"


def test_an_action_is_a_post_and_its_endpoint_that_of_its_verb() -> None:
    query = "query ($id: ID!) { issue(id: $id) { id } }"
    request = {"graphql": {"query": query, "variables": {"id": "${input.id}"}}}
    action = spec_of(actions=[{"name": "get-issue", "request": request}]).actions[0]
    assert (action.request.method, action.endpoint.method) == ("POST", "GET")
    assert action.response_path == "data.issue"
    assert action.request.graphql == GraphQL("GET_ISSUE_QUERY", query)
    assert (action.request.params, action.request.body) == ((), ())


def test_the_record_of_a_mutation_is_the_object_in_its_payload() -> None:
    query = "mutation { issueCreate { success issue { id title } } }"
    action = spec_of(actions=[{"name": "create-issue", "request": {"graphql": {"query": query}}}]).actions[0]
    assert action.response_path == "data.issueCreate.issue"


def test_children_and_further_requests_have_queries_too() -> None:
    comments = "query ($id: ID!) { issue(id: $id) { comments { nodes { id } } } }"
    sync = {
        "name": "issues",
        "models": ["Issue", "Team"],
        "request": {"graphql": {"query": PAGED}},
        "requests": {"Team": {"graphql": {"query": "{ teams { nodes { id } } }"}}},
        "children": {"model": "Note", "graphql": {"query": comments, "variables": {"id": "${parent.id}"}}},
    }
    requests = spec_of(syncs=[sync]).syncs[0].requests
    names = [request.graphql.name for request in requests if request.graphql]
    assert names == ["ISSUES_QUERY", "TEAMS_QUERY", "NOTES_QUERY"]


def test_two_queries_of_one_name_are_refused() -> None:
    sync = {
        "name": "issues",
        "models": ["Issue", "Team"],
        "request": {"graphql": {"query": PAGED}},
        "requests": {"Team": {"graphql": {"query": "query issues { teams { nodes { id } } }"}}},
    }
    with pytest.raises(AnswersError, match="ISSUES_QUERY"):
        spec_of(syncs=[sync])


@pytest.mark.parametrize(
    ("request_", "where"),
    [
        ({"data": {}}, "data"),
        ({"json": {}}, "json"),
        ({"method": "GET"}, "method"),
        ({"paginate": {"type": "offset", "offset_name_in_request": "o"}}, "paginate.type"),
        ({"variables": {"none": 1}}, "graphql.variables.none"),
        ({"variables": {"after": "${metadata.x.y}"}}, "graphql.variables.after"),
        ({"incremental": {"param": "since"}}, "incremental"),
    ],
)
def test_what_does_not_go_with_a_query_is_refused(request_: dict[str, Any], where: str) -> None:
    with pytest.raises(AnswersError) as refusal:
        sync_with(PAGED, **request_)
    assert refusal.value.where == f"syncs[0].request.{where}"


def test_a_pattern_of_its_own_is_refused() -> None:
    with pytest.raises(AnswersError, match="a query has variables"):
        spec_of(syncs=[{"name": "issues", "pattern": "window", "request": {"graphql": {"query": PAGED}}}])


@pytest.mark.parametrize(
    ("selected", "returns", "place"),
    [
        ("success", "record", "data.issueDelete"),
        ("removedAt", "constant", ""),
        ("success issue { id }", "record", "data.issueDelete.issue"),
    ],
)
def test_a_mutation_tells_whether_it_worked_where_it_selects_that(
    selected: str, returns: str, place: str
) -> None:
    query = f"mutation {{ issueDelete {{ {selected} }} }}"
    action = spec_of(actions=[{"name": "delete-issue", "request": {"graphql": {"query": query}}}]).actions[0]
    assert (action.returns, action.response_path) == (returns, place)


WORKSPACE = {"name": "space", "graphql": {"query": "{ viewer { space { id } } }"}, "pick": "viewer.space.id"}
ISSUE_QUERY = "query One($id: ID!) { issue(id: $id) { id title } }"


def one_by(placeholder: str) -> dict[str, Any]:
    return {"graphql": {"query": ISSUE_QUERY, "variables": {"id": placeholder}}}


def test_each_request_beside_a_scripts_own_may_be_a_query() -> None:
    request = {"graphql": {"query": PAGED}}
    walls = "query Walls { walls { edges { node { id } } } }"
    sync = {
        "name": "issues",
        "lookups": [WORKSPACE],
        "parents": {"graphql": {"query": walls}, "headers": {"X-Space": "${lookup.space}"}},
        "request": {"path": "/walls/${parent.id}/issues", "paginate": {"type": "none"}, "response_path": ""},
        "detail": one_by("${record.id}"),
    }
    action = {
        "name": "create-issue",
        "lookups": [WORKSPACE],
        "request": {"path": "/spaces/${lookup.space}/issues"},
        "read_back": one_by("${response.id}"),
    }
    spec = spec_of(syncs=[sync], actions=[action, {"name": "list-issues", "request": request}])
    (issues,) = spec.syncs
    names = [sent.graphql.name for sent in issues.requests if sent.graphql]
    assert names == ["SPACE_QUERY", "WALLS_QUERY", "ONE_QUERY"]
    assert {(sent.method, sent.path) for sent in issues.requests if sent.graphql} == {("POST", ("/graphql",))}
    assert issues.lookups[0].pick == ("data", "viewer", "space", "id")
    assert issues.parents is not None
    assert (issues.parents.model, issues.parents.pagination.item_steps) == ("Wall", ("node",))
    assert issues.detail is not None
    assert issues.detail.steps == ("data", "issue")
    read_back = spec.actions[0].read_back
    assert read_back is not None
    assert read_back.request.graphql == GraphQL("ONE_QUERY", ISSUE_QUERY)
    assert spec.actions[0].response_path == "data.issue"


def test_a_lookup_by_a_query_may_come_before_any_pattern() -> None:
    sync = {
        "name": "visits",
        "pattern": "window",
        "lookups": [WORKSPACE],
        "request": {"path": "/spaces/${lookup.space}/visits", "paginate": CURSOR, "response_path": "items"},
    }
    assert spec_of(syncs=[sync]).syncs[0].lookups[0].request.graphql is not None


CURSOR = {"type": "cursor", "cursor_path_in_response": "next", "cursor_name_in_request": "after"}


@pytest.mark.parametrize(
    ("part", "request_", "where"),
    [
        ("lookups", [{**WORKSPACE, "data": {}}], "lookups[0].data"),
        ("lookups", [{**WORKSPACE, "method": "GET"}], "lookups[0].method"),
        (
            "detail",
            {"graphql": {"query": ISSUE_QUERY, "variables": {"nr": "${record.id}"}}},
            "detail.graphql.variables.nr",
        ),
        ("detail", {"graphql": {"query": ISSUE_QUERY}}, "detail.path"),
        ("detail", {**one_by("${record.id}"), "graphql": {"query": "{ a } { b }"}}, "detail.graphql.query"),
        ("detail", {"params": {"id": "${record.id}"}}, "detail.path"),
        ("parents", {"graphql": {"query": ISSUE_QUERY}, "paginate": CURSOR}, "parents.paginate.type"),
    ],
)
def test_what_does_not_go_with_those_queries_is_refused(part: str, request_: Any, where: str) -> None:
    sync = {
        "name": "issues",
        "request": {"path": "/x", "paginate": {"type": "none"}},
        part: request_,
    }
    with pytest.raises(AnswersError) as refusal:
        spec_of(syncs=[sync])
    assert where in str(refusal.value)


def test_two_queries_of_one_name_are_refused_in_an_action_too() -> None:
    other = {"graphql": {"query": "query One { issues { id } }"}, "params": {"id": "${response.id}"}}
    action = {"name": "create-issue", "request": {"graphql": {"query": ISSUE_QUERY}}, "read_back": other}
    with pytest.raises(AnswersError, match="ONE_QUERY"):
        spec_of(actions=[action])


EDGES = "{ issues { edges { cursor node { id title } } } }"


@pytest.mark.parametrize(
    ("request_", "mapping", "steps"),
    [
        ({}, {}, ("node",)),
        ({"response_path": "issues.edges"}, {"title": "title"}, ("node",)),
        ({"response_path": "data.issues.edges"}, {}, ("node",)),
        ({}, {"id": "node.id"}, ()),
        ({}, {"id": {"expression": "response.node.id"}}, ()),
        ({}, {"id": "node_id"}, ("node",)),
        ({"record_path": ""}, {}, ()),
        ({"record_path": "node.issue"}, {}, ("node", "issue")),
    ],
)
def test_the_record_is_the_node_of_an_edge_unless_the_edge_is_read(
    request_: dict[str, Any], mapping: dict[str, Any], steps: tuple[str, ...]
) -> None:
    model = {"id": "string", "title?": "string"}
    sync = {"name": "issues", "mapping": mapping, "request": {"graphql": {"query": EDGES}, **request_}}
    spec = spec_of(models={"Issue": model}, syncs=[sync])
    assert spec.syncs[0].pagination.item_steps == steps


def test_any_list_may_hold_its_records_one_level_down_and_then_the_script_turns_the_pages() -> None:
    request = {"path": "/issues", "paginate": CURSOR, "response_path": "list", "record_path": "issue"}
    pagination = spec_of(syncs=[{"name": "issues", "request": request}]).syncs[0].pagination
    assert pagination.item_steps == ("issue",)
    assert pagination.turns_pages


def test_one_record_is_within_no_item() -> None:
    request = {"path": "/issues/${input.id}", "record_path": "issue"}
    with pytest.raises(AnswersError) as refusal:
        spec_of(actions=[{"name": "get-issue", "request": request}])
    assert refusal.value.where == "actions[0].request.record_path"


PAYLOAD = "mutation { issueCreate { issue { id } userErrors { message } } }"


@pytest.mark.parametrize(
    ("query", "answer", "steps"),
    [
        (PAYLOAD, None, ("data", "issueCreate", "userErrors")),
        (PAYLOAD.replace("userErrors", "errors"), None, ("data", "issueCreate", "errors")),
        (PAYLOAD.replace(" userErrors { message }", ""), None, ()),
        (PAYLOAD.replace("userErrors", "errors"), "issueCreate.errors", ("data", "issueCreate", "errors")),
        (PAYLOAD, "data.issueCreate.userErrors", ("data", "issueCreate", "userErrors")),
        (PAYLOAD.replace("mutation", "query"), None, ()),
    ],
)
def test_the_errors_of_a_payload_are_where_the_answers_or_the_mutation_name_them(
    query: str, answer: str | None, steps: tuple[str, ...]
) -> None:
    request = {"graphql": {"query": query}, **({} if answer is None else {"errors_path": answer})}
    action = spec_of(actions=[{"name": "create-issue", "request": request}]).actions[0]
    assert action.request.errors_steps == steps
    if "issue {" in query:
        assert action.response_path == "data.issueCreate.issue"


def test_bytes_list_no_errors() -> None:
    request = {"path": "/files/${input.id}", "response_type": "binary", "errors_path": "error"}
    with pytest.raises(AnswersError) as refusal:
        spec_of(actions=[{"name": "download-file", "request": request}])
    assert refusal.value.where == "actions[0].request.errors_path"


def test_a_sync_looks_for_errors_in_each_page_itself() -> None:
    request = {"path": "/issues", "paginate": CURSOR, "response_path": "items", "errors_path": "error"}
    (sync,) = spec_of(syncs=[{"name": "issues", "request": request}]).syncs
    assert (sync.request.errors_steps, sync.pagination.turns_pages) == (("error",), True)


def test_an_action_without_output_reads_nothing() -> None:
    query = "mutation { issueDelete { success } }"
    request = {"graphql": {"query": query}}
    action = spec_of(actions=[{"name": "delete-issue", "output": "none", "request": request}]).actions[0]
    assert (action.returns, action.response_path) == ("nothing", "")


def test_the_constant_of_a_script_that_begins_with_a_digit_is_a_name() -> None:
    spec = derive(
        load_answers(
            {
                "provider": "linear",
                "syncs": [{"name": "2fa-codes", "request": {"graphql": {"query": "{ codes { id } }"}}}],
            }
        ),
        LINEAR,
        {},
    )
    query = spec.syncs[0].request.graphql
    assert query is not None
    assert query.name.isidentifier()
