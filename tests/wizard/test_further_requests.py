"""Questions that depend on the path, the provider or a pasted sample: look-ups, parents, queries, details."""

from __future__ import annotations

from typing import Any

import pytest
from tests.wizard.support import converse, facts_of, open_question, world

from nango_scaffold.answers import load_answers
from nango_scaffold.derive import derive
from nango_scaffold.errors import AnswersError
from nango_scaffold.wizard.as_answers import as_answers
from nango_scaffold.wizard.draft import PROVIDER, Draft, Slot
from nango_scaffold.wizard.overview import overview
from nango_scaffold.wizard.questions import answered, next_question, question_of

GITHUB_SYNC = ("github", "", "sync", "issues", "")
QUERY = "query ($team: ID!, $after: String) { issues(team: $team, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }"


def finished(draft: Draft) -> dict[str, Any]:
    """The answers after Enter at every question that is left; they derive."""
    known = world()
    while (question := next_question(draft, known)) is not None:
        draft = answered(question, "", draft, known)
    answers = as_answers(draft)
    derive(load_answers(answers), facts_of(answers["provider"], None), {})
    return answers


def sync_of(draft: Draft) -> dict[str, Any]:
    sync: dict[str, Any] = finished(draft)["syncs"][0]
    return sync


def refusal_of(draft: Draft, typed: str) -> str:
    with pytest.raises(AnswersError) as error:
        answered(open_question(draft), typed, draft, world())
    return str(error.value)


class TestLookups:
    @pytest.mark.parametrize("typed", ["/orgs/${lookup.org}/issues", "/orgs/{lookup.org}/issues"])
    def test_a_path_that_reads_one_is_followed_by_its_questions(self, typed: str) -> None:
        draft = converse(*GITHUB_SYNC, typed)
        assert open_question(draft).ask == "Path that gives org"
        draft = converse("/user/orgs?per_page=1", draft=draft)
        assert open_question(draft).ask == "Where is org in that response?"
        sync = sync_of(converse("0.login", draft=draft))
        assert sync["request"] == {"path": "/orgs/${lookup.org}/issues"}
        assert sync["lookups"] == [
            {"name": "org", "path": "/user/orgs", "params": {"per_page": "1"}, "pick": "0.login"}
        ]

    def test_one_on_another_host(self) -> None:
        draft = converse(*GITHUB_SYNC, "/x/{lookup.cloud}", "https://auth.example.com/resources", "id")
        (lookup,) = sync_of(draft)["lookups"]
        assert (lookup["base_url"], lookup["path"]) == ("https://auth.example.com", "/resources")

    def test_one_that_another_needs_comes_first(self) -> None:
        draft = converse(*GITHUB_SYNC, "/x/{lookup.board}", "/t/{lookup.team}/boards")
        assert open_question(draft).slot == Slot(1, "lookup team")
        draft = converse("/teams", "0.id", "0.id", draft=draft)
        assert [lookup["name"] for lookup in sync_of(draft)["lookups"]] == ["team", "board"]

    def test_what_its_path_takes_from_the_metadata_is_asked_for(self) -> None:
        draft = converse(*GITHUB_SYNC, "/x/{lookup.org}", "/orgs/{owner}", "id", "")
        assert (open_question(draft).slot.key, open_question(draft).default) == ("metadata", "owner: string")

    def test_of_an_action_its_path_is_filled_from_the_input(self) -> None:
        draft = converse(
            "github", "", "action", "create-issue", "", "/x/{lookup.org}", "/users/{email}", "id"
        )
        (action,) = finished(draft)["actions"]
        assert action["lookups"] == [{"name": "org", "path": "/users/${input.email}", "pick": "id"}]

    def test_one_is_no_longer_asked_for_when_the_path_needs_it_no_more(self) -> None:
        draft = converse(*GITHUB_SYNC, "/x/{lookup.org}", "/orgs", "id", "")
        question = question_of(Slot(1, "path"), draft, world())
        assert question is not None
        assert "lookups" not in sync_of(answered(question, "/issues", draft, world()))

    @pytest.mark.parametrize(("typed", "why"), [("a b", "cannot be used"), ("[x]", "accepted")])
    def test_an_answer_that_cannot_be_used(self, typed: str, why: str) -> None:
        draft = converse(*GITHUB_SYNC, "/x/{lookup.org}", *(["/orgs"] if typed == "[x]" else []))
        assert why in refusal_of(draft, typed)

    def test_what_stands_in_for_an_answer_is_never_written_down(self) -> None:
        draft = converse(*GITHUB_SYNC, "/x/{lookup.org}/{parent.id}")
        assert as_answers(draft)["syncs"] == [
            {"name": "issues", "request": {"path": "/x/${lookup.org}/${parent.id}"}}
        ]


class TestParents:
    def test_a_path_that_reads_one_is_followed_by_the_list(self) -> None:
        draft = converse(*GITHUB_SYNC, "/boards/{parent.id}/cards")
        assert (open_question(draft).ask, open_question(draft).default) == (
            "Path of the list to walk",
            "/boards",
        )
        draft = converse("", "boards", draft=draft)
        assert sync_of(draft)["parents"] == {"path": "/boards", "response_path": "boards"}

    def test_where_the_list_is_may_be_left_to_the_provider(self) -> None:
        draft = converse(*GITHUB_SYNC, "/cards?board={parent.id}", "/boards?all=1", "")
        sync = sync_of(draft)
        assert sync["parents"] == {"path": "/boards", "params": {"all": "1"}}
        assert sync["request"] == {"path": "/cards", "params": {"board": "${parent.id}"}}


class TestQueries:
    def test_an_api_that_is_graphql_is_asked_for_a_query_and_for_no_path(self) -> None:
        draft = converse("linear", "", "sync", "issues")
        assert open_question(draft).ask == "GraphQL query"
        draft = converse(QUERY, draft=draft)
        assert open_question(draft).help.endswith("the query has team")
        sync = sync_of(converse("team: ${metadata.team}", draft=draft))
        assert sync["request"] == {"graphql": {"query": QUERY, "variables": {"team": "${metadata.team}"}}}

    def test_so_is_a_path_that_says_it_is(self) -> None:
        draft = converse(*GITHUB_SYNC, "/graphql", "{ issues { nodes { id } } }")
        assert sync_of(draft)["request"] == {
            "path": "/graphql",
            "graphql": {"query": "{ issues { nodes { id } } }"},
        }

    def test_the_variables_of_an_action_are_fields_of_its_input(self) -> None:
        mutation = (
            "mutation ($input: X!, $team: ID) { issueCreate(input: $input, team: $team) { issue { id } } }"
        )
        draft = converse("linear", "", "action", "create-issue", mutation)
        assert open_question(draft).default == "input: ...input\nteam: ${input.team}"
        (action,) = finished(draft)["actions"]
        assert action["request"]["graphql"]["variables"] == {
            "input": {"...": "input"},
            "team": "${input.team}",
        }

    @pytest.mark.parametrize(("typed", "why"), [("users", "not a query"), ("{ a }\n{ b }", "not a query")])
    def test_what_is_no_query_is_told(self, typed: str, why: str) -> None:
        assert why in refusal_of(converse("linear", "", "sync", "issues"), typed)

    @pytest.mark.parametrize("typed", ["team", "team: ${input.x}", "other: 1"])
    def test_what_is_no_variable_is_told(self, typed: str) -> None:
        assert refusal_of(converse("linear", "", "sync", "issues", QUERY), typed)

    def test_another_provider_has_paths_again(self) -> None:
        draft = converse("linear", "", "sync", "issues", "{ issues { nodes { id } } }")
        question = question_of(PROVIDER, draft, world())
        assert question is not None
        draft = answered(question, "github", draft, world())
        assert open_question(draft).slot.key == "pattern"
        assert "graphql" not in sync_of(draft).get("request", {})


class TestChanges:
    def test_a_path_with_the_date_of_the_last_run_makes_the_sync_incremental(self) -> None:
        draft = converse(*GITHUB_SYNC, "/issues?since=${lastSyncDate:date}", "")
        assert open_question(draft).slot.key == "runs"
        sync = sync_of(draft)
        assert sync["sync_type"] == "incremental"
        assert sync["request"]["params"] == {"since": "${lastSyncDate:date}"}

    def test_the_parameter_may_say_in_which_format_the_date_goes_out(self) -> None:
        draft = converse(*GITHUB_SYNC, "/issues?state=all", "", "incremental", "since=${lastSyncDate:http}")
        sync = sync_of(draft)
        assert sync["request"]["params"] == {"state": "all", "since": "${lastSyncDate:http}"}
        assert "incremental" not in sync["request"]

    def test_a_value_without_the_date_is_told(self) -> None:
        draft = converse(*GITHUB_SYNC, "", "", "incremental")
        assert "where the date goes" in refusal_of(draft, "since=now")


class TestDetails:
    def test_a_list_of_ids_is_followed_by_the_request_for_one_record(self) -> None:
        draft = converse(*GITHUB_SYNC, "/issues?state=all", '{"results": [{"id": 1}, {"id": 2}]}')
        assert (open_question(draft).ask, open_question(draft).default) == (
            "Path of one record",
            "/issues/${record.id}",
        )
        draft = converse("", '{"issue": {"id": 1, "title": "t"}}', draft=draft)
        answers = finished(draft)
        assert answers["models"] == {"Issue": {"id": "number", "title": "string"}}
        assert answers["syncs"][0]["detail"] == {"path": "/issues/${record.id}", "response_path": "issue"}
        assert answers["syncs"][0]["request"]["response_path"] == "results"

    def test_ids_under_another_name(self) -> None:
        draft = converse(*GITHUB_SYNC, "/issues", '[{"uuid": "a"}]')
        assert open_question(draft).default == "/issues/${record.uuid}"

    def test_ids_may_be_enough(self) -> None:
        sync = sync_of(converse(*GITHUB_SYNC, "/issues", '[{"id": 1}]', "-"))
        assert "detail" not in sync

    @pytest.mark.parametrize("fields", ["id: string", '[{"id": 1, "a": 2}]', '{"id": 1}'])
    def test_nothing_is_asked_where_the_sample_is_more_or_no_list(self, fields: str) -> None:
        draft = converse(*GITHUB_SYNC, "/issues", fields)
        assert open_question(draft).slot.key == "type"


def test_the_whole_shows_every_request() -> None:
    draft = converse(
        *GITHUB_SYNC, "/o/{lookup.org}/{parent.id}/x", "/orgs", "0.id", "/lists", "", '[{"id": 1}]', "/x/{id}"
    )
    lines = [line for _, part in overview(draft, world()) for line in part]
    assert lines[1:5] == [
        "org: GET /orgs",
        "for each of GET /lists",
        "GET /o/${lookup.org}/${parent.id}/x",
        "for each record GET /x/${record.id}",
    ]
