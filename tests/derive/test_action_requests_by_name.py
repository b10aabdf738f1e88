"""The request derived from an action's name when nothing else is set: a default, and always a guess."""

from __future__ import annotations

from typing import Any

import pytest

from nango_scaffold.answers import load_answers
from nango_scaffold.derive import IntegrationSpec, derive
from nango_scaffold.providers import ProviderFacts
from nango_scaffold.spec.requests import Template, Variable

FACTS = ProviderFacts("acme", "API_KEY", base_url="https://api.acme.com", source="providers.yaml")


def spec_of(**answers: Any) -> IntegrationSpec:
    return derive(load_answers({"provider": "acme", **answers}), FACTS, {})


def text_of(template: Template) -> str:
    return "".join(f"${{{part.field}}}" if isinstance(part, Variable) else part for part in template)


REQUESTS = [
    # name, method, path, query, body, output
    ("archive-contact", "POST", "/contacts/${id}/archive", "", "", "Contact"),
    ("unarchive-contact", "POST", "/contacts/${id}/unarchive", "", "", "Contact"),
    ("cancel-order", "POST", "/orders/${id}/cancel", "", "", "Order"),
    ("assign-task", "POST", "/tasks/${id}/assign", "", "assignee_id", "Task"),
    ("assign-task-to-user", "POST", "/tasks/${id}/assign", "", "user_id", "Task"),
    ("get-contact-by-email", "GET", "/contacts", "email", "", "Contact"),
    ("find-contact-by-phone", "GET", "/contacts", "phone", "", "Contact"),
    ("get-contact-by-id", "GET", "/contacts/${id}", "", "", "Contact"),
    ("update-contact-by-email", "PATCH", "/contacts/${email}", "", "name", "Contact"),
    ("search-contacts", "GET", "/contacts", "query", "", "SearchContactsResponse"),
    ("list-orders-by-customer", "GET", "/orders", "customer", "", "ListOrdersByCustomerResponse"),
    (
        "list-comments-for-issue",
        "GET",
        "/issues/${issue_id}/comments",
        "",
        "",
        "ListCommentsForIssueResponse",
    ),
    ("add-user-to-team", "POST", "/teams/${team_id}/users", "", "user_id", "SuccessResponse"),
    ("remove-user-from-team", "DELETE", "/teams/${team_id}/users/${user_id}", "", "", "SuccessResponse"),
    ("add-comment-to-issue", "POST", "/issues/${issue_id}/comments", "", "name", "Comment"),
    ("upload-file", "POST", "/files", "", "name content", "File"),
]


@pytest.mark.parametrize(("name", "method", "path", "query", "body", "output"), REQUESTS)
def test_a_verb_and_what_stands_behind_the_entity_make_a_request(
    name: str, method: str, path: str, query: str, body: str, output: str
) -> None:
    spec = spec_of(action_names=[name])
    action = spec.actions[0]
    assert (action.request.method, text_of(action.request.path)) == (method, path)
    assert [param.name for param in action.request.params] == query.split()
    assert [param.name for param in action.request.body] == body.split()
    assert action.output
    assert action.output.name == output
    guessed = {guess.answer: guess.value for guess in spec.guesses}
    assert "actions[0].request.path" in guessed
    if query:
        assert guessed["actions[0].request.params"] == f"{query}: ${{input.{query}}}"


def test_no_two_of_them_share_an_endpoint() -> None:
    spec = spec_of(action_names=[name for name, *_ in REQUESTS])
    endpoints = [f"{action.endpoint.method} {action.endpoint.path}" for action in spec.actions]
    assert len(set(endpoints)) == len(endpoints)


def test_a_parameter_that_the_answers_name_is_no_guess() -> None:
    request = {"path": "/contacts", "params": {"q": "${input.email}"}}
    spec = spec_of(actions=[{"name": "get-contact-by-email", "request": request}])
    assert [param.name for param in spec.actions[0].request.params] == ["q"]
    assert "actions[0].request.params" not in [guess.answer for guess in spec.guesses]


def test_a_path_of_the_answers_says_by_what_the_record_is_told() -> None:
    request = {"path": "/teams/${input.team}/members/${input.member}"}
    spec = spec_of(actions=[{"name": "remove-user-from-team", "request": request}])
    assert spec.models["RemoveUserFromTeam"] == {"team": "string", "member": "string"}


def test_the_texts_read_like_sentences() -> None:
    names = ["get-contact-by-email", "add-user-to-team", "list-orders-by-customer"]
    assert [action.description for action in spec_of(action_names=names).actions] == [
        "Gets a contact by email in acme.",
        "Adds a user to a team in acme.",
        "Lists orders by customer in acme, one page at a time.",
    ]


@pytest.mark.parametrize(
    ("facts", "endpoint"),
    [
        (
            ProviderFacts("linear", "OAUTH2", display_name="Linear", base_url="https://api.linear.app"),
            "/graphql",
        ),
        (ProviderFacts("monday", "OAUTH2", display_name="Monday", base_url="https://api.monday.com"), "/v2"),
        (ProviderFacts("x", "OAUTH2", alias_of="linear", base_url="https://api.linear.app"), "/graphql"),
    ],
)
def test_a_path_of_an_api_that_is_graphql_alone_is_said_not_to_be_there(
    facts: ProviderFacts, endpoint: str
) -> None:
    answers: dict[str, Any] = {
        "provider": facts.key,
        "sync_names": ["issues"],
        "action_names": ["create-issue"],
    }
    why = {guess.answer: guess.why for guess in derive(load_answers(answers), facts, {}).guesses}
    for script in ("syncs[0]", "actions[0]"):
        assert "is GraphQL" in why[f"{script}.request.path"]
        assert f"`path: {endpoint}`" in why[f"{script}.request.path"]
    sync = {"name": "issues", "request": {"method": "POST", "path": endpoint, "data": {"query": "{ a }"}}}
    guesses = derive(load_answers({"provider": facts.key, "syncs": [sync]}), facts, {}).guesses
    assert not any("GraphQL" in guess.why for guess in guesses)


def test_an_api_that_has_rest_as_well_is_none_of_them() -> None:
    facts = ProviderFacts("github", "OAUTH2", base_url="https://api.github.com")
    assert facts.graphql_endpoint == ""
