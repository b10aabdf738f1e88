"""GraphQL requests: where they go, what they send, where the records are, what goes with them."""

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
    with pytest.raises(AnswersError) as refused:
        sync_with(PAGED, **request_)
    assert refused.value.where == f"syncs[0].request.{where}"


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
