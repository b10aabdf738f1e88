"""The questions of the wizard, their defaults, and the effect of an answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.wizard.support import converse, facts_of, open_question, world

from nango_scaffold.answers import load_answers
from nango_scaffold.derive import derive
from nango_scaffold.errors import AnswersError
from nango_scaffold.wizard.as_answers import as_answers
from nango_scaffold.wizard.draft import PROVIDER, Draft, Slot, back, prefilled_draft
from nango_scaffold.wizard.overview import remarks
from nango_scaffold.wizard.questions import answered, next_question, question_of, slots_of
from nango_scaffold.wizard.world import plain_answers, spec_of

if TYPE_CHECKING:
    from nango_scaffold.providers import ProviderFacts

GITHUB_SYNC = ("github", "", "sync", "issues")


def keys_asked(draft: Draft, **known: Any) -> list[str]:
    """Each question until the end, with Enter for an answer."""
    keys = []
    surroundings = world(**known)
    while (question := next_question(draft, surroundings)) is not None:
        keys.append(question.slot.key)
        draft = answered(question, "", draft, surroundings)
    return keys


class TestOrder:
    def test_a_sync_of_a_provider_with_scopes(self) -> None:
        draft = converse("github")
        assert keys_asked(draft) == [
            "integration", "kind", "name", "pattern", "path", "fields", "type", "runs", "scopes", "kind"
        ]  # fmt: skip

    def test_no_scopes_where_the_auth_mode_has_none(self) -> None:
        assert "scopes" not in keys_asked(converse("freshdesk"))

    def test_metadata_is_asked_for_when_the_path_needs_it(self) -> None:
        draft = converse(*GITHUB_SYNC, "", "/repos/{owner}/issues", "")
        assert open_question(draft).slot.key == "metadata"
        assert open_question(draft).default == "owner: string"

    def test_the_parameter_for_the_date_is_asked_for_when_runs_are_incremental(self) -> None:
        draft = converse(*GITHUB_SYNC, "", "", "", "incremental")
        assert (open_question(draft).slot.key, open_question(draft).default) == ("filter", "")

    @pytest.mark.parametrize("pattern", ["window", "extended"])
    def test_patterns_that_see_a_part_of_the_records_are_not_asked_whether_they_do(
        self, pattern: str
    ) -> None:
        draft = converse(*GITHUB_SYNC, pattern, "", "")
        assert open_question(draft).slot.key == "runs"

    def test_configured_fields_are_not_asked_for(self) -> None:
        draft = converse("salesforce", "", "sync", "objects", "configuration", "")
        assert open_question(draft).slot.key == "runs"

    def test_an_action_on_synced_records_is_not_asked_for_their_fields(self) -> None:
        draft = converse("freshdesk", "", "sync", "tickets", "", "", "", "", "", "action", "create-ticket")
        assert keys_asked(draft) == ["method", "path", "input", "kind"]

    def test_an_action_alone_is_asked_what_it_gives_back(self) -> None:
        draft = converse("freshdesk", "", "action", "get-ticket", "", "")
        assert (open_question(draft).slot.key, open_question(draft).ask) == ("fields", "Fields of Ticket")

    def test_an_api_of_ones_own_is_given_by_its_base_url(self) -> None:
        draft = converse("https://api.acme.example/v1")
        assert open_question(draft).slot.key == "auth_mode"
        draft = converse("API_KEY", "", "sync", "things", draft=draft)
        assert as_answers(draft) == {
            "provider": "acme",
            "provider_facts": {"base_url": "https://api.acme.example/v1", "auth_mode": "API_KEY"},
            "syncs": [{"name": "things"}],
        }

    @pytest.mark.parametrize(
        ("url", "key"),
        [
            ("https://api.acme.example", "acme"),
            ("https://acme.co.uk/v1/", "acme"),
            ("http://localhost:8080", "localhost"),
            ("https://${connectionConfig.host}/api", "connectionConfig"),
        ],
    )
    def test_an_api_of_ones_own_is_called_after_its_host(self, url: str, key: str) -> None:
        assert open_question(converse(url, "")).default == key

    @pytest.mark.parametrize("url", ["http://", "https://[", "https://a b", "https://api.acme.example?q=1"])
    def test_what_is_no_base_url_is_refused(self, url: str) -> None:
        with pytest.raises(AnswersError, match="is not a base URL"):
            converse(url)

    def test_a_provider_without_base_url_has_it_asked_for(self) -> None:
        def find(provider: str, facts: Any) -> ProviderFacts:
            return replace(facts_of(provider, None), base_url=(facts or {}).get("base_url"))

        known = replace(world(), find=find)
        draft = converse("github", known=known)
        assert open_question(draft, known).slot.key == "base_url"
        draft = converse("https://ghe.example/api", "", "sync", "issues", draft=draft, known=known)
        assert as_answers(draft)["provider_facts"] == {"base_url": "https://ghe.example/api"}
        assert open_question(converse("", draft=draft, known=known), known).help.startswith(
            "what follows https://ghe.example/api"
        )


class TestDefaults:
    def test_enter_gives_what_derivation_gives(self) -> None:
        """Only provider and name are set, and each question offers what is derived from them."""
        draft = converse("hubspot", "", "sync", "contacts")
        spec = derive(load_answers(as_answers(draft)), facts_of("hubspot", None), {})
        assert open_question(converse("", draft=draft)).default == "/contacts"
        fields = open_question(converse("", "", draft=draft))
        assert fields.default.splitlines() == [
            f"{name}: {kind}" for name, kind in spec.models["Contact"].items()
        ]
        assert open_question(converse("", "", "", "", draft=draft)).default == spec.syncs[0].runs

    def test_what_enter_gives_is_not_written_down(self) -> None:
        draft = converse("hubspot", "", "sync", "contacts", "", "", "", "", "", "", "done")
        assert as_answers(draft) == {"provider": "hubspot", "syncs": [{"name": "contacts"}]}

    def test_nor_is_a_default_that_was_typed(self) -> None:
        draft = converse(
            "hubspot", "hubspot", "sync", "contacts", "paginated", "/contacts", "", "full", "every hour"
        )
        assert as_answers(draft) == {"provider": "hubspot", "syncs": [{"name": "contacts"}]}

    @pytest.mark.parametrize(
        ("provider", "name"), [("hubspot", "contacts"), ("github", "issues"), ("zendesk", "tickets")]
    )
    def test_the_first_name_is_what_such_providers_are_asked_for(self, provider: str, name: str) -> None:
        assert open_question(converse(provider, "", "sync")).default == name

    def test_a_name_is_suggested_once(self) -> None:
        draft = converse("hubspot", "", "sync", "", "", "", "", "", "", "", "sync")
        assert open_question(draft).default == "companies"

    def test_actions_are_suggested_on_what_is_synced(self) -> None:
        draft = converse("freshdesk", "", "sync", "tickets", "", "", "", "", "", "action")
        assert open_question(draft).default == "create-ticket"

    def test_a_name_that_the_project_has_is_not_suggested(self) -> None:
        draft = converse("github", known=world(integrations=frozenset({"github"})))
        question = open_question(draft, world(integrations=frozenset({"github"})))
        assert (question.default, question.derived) == ("github-2", False)


class TestReading:
    @pytest.mark.parametrize("typed", ["githu", "GITHUB", "github"])
    def test_a_provider_is_found_by_a_part_of_its_key_or_name(self, typed: str) -> None:
        assert converse(typed).get(PROVIDER) == "github"

    @pytest.mark.parametrize(
        ("typed", "path"),
        [
            ("/users", "/users"),
            ("users", "/users"),
            ("https://api.github.com/users", "/users"),
            ("http://api.github.com/users", "/users"),
            ("api.github.com/users", "/users"),
            ("/repos/{owner}/{repo-name}/x", "/repos/${metadata.owner}/${metadata.repo_name}/x"),
            ("/repos/:owner/x", "/repos/${metadata.owner}/x"),
            ("/repos/${metadata.owner}/x", "/repos/${metadata.owner}/x"),
        ],
    )
    def test_a_path_is_read_as_documentation_has_it(self, typed: str, path: str) -> None:
        draft = converse(*GITHUB_SYNC, "", typed)
        assert as_answers(draft)["syncs"][0]["request"] == {"path": path}

    def test_the_path_of_the_base_url_is_not_repeated(self) -> None:
        """Rule P05."""
        draft = converse("1password-scim", "", "sync", "users", "", "/scim/v2/Users")
        facts = facts_of("1password-scim", None)
        path = as_answers(draft)["syncs"][0]["request"]["path"]
        assert f"{facts.base_path}{path}".count("scim") == 1

    def test_a_query_becomes_parameters(self) -> None:
        draft = converse(*GITHUB_SYNC, "", "https://api.github.com/issues?state=all&sort=updated#list")
        request = as_answers(draft)["syncs"][0]["request"]
        assert request == {"path": "/issues", "params": {"state": "all", "sort": "updated"}}

    def test_parts_of_a_query_are_filled_in_like_those_of_a_path(self) -> None:
        url = "https://api.github.com/orgs/{org}/issues?team={team_id}&by=:user&page=%7Bpage%7D&at=a:b&x=${metadata.x}"
        draft = converse(*GITHUB_SYNC, "", url, "")
        assert open_question(draft).ask == "Metadata of a connection"
        assert open_question(draft).default.split("\n") == [
            f"{name}: string" for name in ("org", "team_id", "user", "page", "x")
        ]
        answers = as_answers(converse("team_id: number", draft=draft))
        assert answers["syncs"][0]["request"] == {
            "path": "/orgs/${metadata.org}/issues",
            "params": {
                "team": "${metadata.team_id}",
                "by": "${metadata.user}",
                "page": "${metadata.page}",
                "at": "a:b",
                "x": "${metadata.x}",
            },
        }
        assert set(answers["models"]["GithubIssuesMetadata"]) == {"org", "team_id", "user", "page", "x"}

    def test_parts_of_an_actions_query_come_from_its_input(self) -> None:
        draft = converse(
            "freshdesk", "", "action", "create-ticket", "", "/tickets?team={team-id}", "subject: string"
        )
        answers = as_answers(draft)
        assert answers["actions"][0]["request"]["params"] == {"team": "${input.team_id}"}
        assert answers["models"]["CreateTicket"] == {"subject": "string", "team_id": "string"}

    def test_parts_of_an_actions_path_come_from_its_input(self) -> None:
        draft = converse(
            "freshdesk", "", "action", "update-ticket", "", "/tickets/{number}", '{"subject": "x"}'
        )
        answers = as_answers(draft)
        assert answers["actions"][0]["request"]["path"] == "/tickets/${input.number}"
        assert answers["models"]["UpdateTicket"] == {"number": "string", "subject": "string"}

    def test_a_name_in_another_case_becomes_one_of_dashes(self) -> None:
        assert converse("github", "", "sync", "Pull Requests").about(1, "name") == "pull-requests"

    def test_how_often_may_be_said_without_every(self) -> None:
        draft = converse(*GITHUB_SYNC, "", "", "", "", "15m")
        assert as_answers(draft)["syncs"][0]["runs"] == "every 15m"

    def test_records_found_in_a_pasted_response_settle_where_they_are(self) -> None:
        draft = converse("freshdesk", "", "sync", "users", "", "", '{"people": [{"uuid": "a", "2fa": true}]}')
        answers = as_answers(draft)
        assert answers["models"] == {"User": {"id": "string", "uuid": "string", "_2fa": "boolean"}}
        assert answers["syncs"][0] == {
            "name": "users",
            "model": "User",
            "request": {"response_path": "people"},
            "mapping": {"_2fa": "2fa", "id": "uuid"},
        }

    def test_scopes_are_read_with_blanks_or_commas(self) -> None:
        draft = converse(*GITHUB_SYNC, "", "", "", "", "", "repo, read:user repo")
        assert as_answers(draft)["syncs"][0]["scopes"] == ["repo", "read:user"]

    def test_a_model_gives_way_to_one_of_the_project(self) -> None:
        known = world(models={"Issue": {"id": "string"}})
        draft = converse(*GITHUB_SYNC, "", "", "id: number\ntitle: string", known=known)
        assert as_answers(draft, known.models)["models"] == {
            "GithubIssue": {"id": "number", "title": "string"}
        }


class TestRefusing:
    @pytest.mark.parametrize(
        ("before", "typed", "message"),
        [
            ((), "githbu", "did you mean github"),
            ((), "", "no answer to take by Enter"),
            (("github",), "my repos", "letters, digits, _ and -"),
            (("github",), "node_modules", "Nango's tools use a folder of that name"),
            (("github", "", "sync"), "???", "cannot be used as a name"),
            (("github", "", "sync"), "Models", "compiles nothing of the whole project"),
            ((*GITHUB_SYNC, "", "", "", "", "", "", "sync"), "issues", "there is a script called issues"),
            ((*GITHUB_SYNC, ""), "https://api.gitlab.com/issues", "does not begin with the provider's base URL"),
            ((*GITHUB_SYNC, ""), "/a/../b", "climbs out of the API"),
            ((*GITHUB_SYNC, ""), "/a b", "cannot be used"),
            ((*GITHUB_SYNC, "", ""), "title: string", "the model Issue has no id"),
            ((*GITHUB_SYNC, "", ""), "id: strng", "there is no model 'strng'"),
            ((*GITHUB_SYNC, "", "", "", ""), "hourly", "not an interval that Nango knows"),
        ],
    )  # fmt: skip
    def test_an_answer_that_cannot_be_used_is_told_at_once(
        self, before: tuple[str, ...], typed: str, message: str
    ) -> None:
        draft = converse(*before)
        with pytest.raises(AnswersError) as error:
            answered(open_question(draft), typed, draft, world())
        assert message in str(error.value)

    def test_an_integration_that_the_project_has(self) -> None:
        known = world(integrations=frozenset({"github"}))
        draft = converse("github", known=known)
        with pytest.raises(AnswersError, match="has an integration github already"):
            answered(open_question(draft, known), "github", draft, known)


class TestGoingBack:
    def test_a_step_back_asks_the_last_question_again_with_the_answer_in_it(self) -> None:
        draft = back(converse(*GITHUB_SYNC, "", "/repos/x/issues"))
        assert (open_question(draft).slot.key, open_question(draft).enter) == ("path", "/repos/x/issues")

    def test_at_the_first_question_there_is_nothing_to_go_back_to(self) -> None:
        assert back(Draft()) == Draft()

    def test_a_script_that_was_begun_is_gone_after_going_back_beyond_it(self) -> None:
        draft = converse("github", "", "sync")
        assert open_question(back(draft)).slot.key == "kind"
        assert back(draft).scripts == ()

    def test_back_and_enter_leaves_everything_as_it_was(self) -> None:
        draft = converse(*GITHUB_SYNC, "window", "/a", "", "every day", "repo", "action", "create-issue")
        other = draft
        for _ in range(9):
            other = back(other)
        while other.answers.keys() != draft.answers.keys():
            other = converse("", draft=other)
        assert other.answers == draft.answers

    def test_what_was_said_of_a_sync_is_not_offered_for_an_action(self) -> None:
        draft = converse("github", "", "sync", "issues")
        draft = converse("action", draft=back(back(draft)))
        assert (open_question(draft).slot.key, open_question(draft).enter) == ("name", "create-user")

    def test_what_the_command_line_said_is_not_taken_back(self) -> None:
        draft = prefilled_draft({"provider": "github"})
        assert open_question(draft).slot.key == "integration"
        assert back(draft) == draft


class TestEditing:
    def change(self, draft: Draft, slot: Slot, text: str) -> Draft:
        question = question_of(slot, draft, world())
        assert question is not None
        return answered(question, text, draft, world())

    def test_defaults_follow_a_changed_name(self) -> None:
        draft = self.change(converse(*GITHUB_SYNC, "", "", "", "", "", "", "done"), Slot(1, "name"), "labels")
        assert as_answers(draft) == {"provider": "github", "syncs": [{"name": "labels"}]}
        spec = spec_of(draft, world())
        assert spec is not None
        assert spec.syncs[0].request.path == ("/labels",)

    def test_defaults_follow_a_changed_provider(self) -> None:
        draft = self.change(converse(*GITHUB_SYNC, "", "", "", "", "", "", "done"), PROVIDER, "hubspot")
        assert as_answers(draft) == {"provider": "hubspot", "syncs": [{"name": "issues"}]}

    def test_a_path_that_needs_metadata_now_has_it_asked_for(self) -> None:
        draft = converse(*GITHUB_SYNC, "", "", "", "", "", "", "done")
        assert next_question(draft, world()) is None
        assert open_question(self.change(draft, Slot(1, "path"), "/{owner}/issues")).slot.key == "metadata"

    def test_answers_that_make_no_sense_any_more_rest_until_they_do(self) -> None:
        draft = converse(*GITHUB_SYNC, "", "", "", "incremental", "since", "", "", "done")
        full = self.change(draft, Slot(1, "type"), "full")
        assert as_answers(full) == {"provider": "github", "syncs": [{"name": "issues"}]}
        changed = self.change(full, Slot(1, "type"), "incremental")
        assert as_answers(changed)["syncs"][0]["request"] == {"incremental": {"param": "since"}}

    def test_every_answer_can_be_changed(self) -> None:
        draft = converse(*GITHUB_SYNC, "", "", "", "", "", "", "done")
        assert [slot.key for slot in slots_of(draft, world())] == [
            "provider", "integration", "name", "pattern", "path", "fields", "type", "runs", "scopes"
        ]  # fmt: skip


class TestGiven:
    def test_what_the_command_line_says_of_a_script_is_not_asked(self) -> None:
        draft = prefilled_draft(
            {"syncs": [{"name": "issues", "runs": "every day", "request": {"docs": "https://x.example"}}]}
        )
        draft = converse("github", "", draft=draft)
        assert keys_asked(draft) == ["pattern", "path", "fields", "type", "scopes", "kind"]
        assert as_answers(draft)["syncs"] == [
            {"name": "issues", "runs": "every day", "request": {"docs": "https://x.example"}}
        ]

    def test_a_pattern_of_the_command_line_is_that_of_the_questions(self) -> None:
        draft = prefilled_draft({"syncs": [{"name": "issues", "pattern": "paginated"}]})
        draft = converse("github", "", "/{owner}/issues", "", "owner: number", draft=draft)
        assert as_answers(draft)["models"] == {"GithubIssuesMetadata": {"owner": "number"}}

    def test_a_name_that_the_command_line_leaves_out_is_asked_for(self) -> None:
        draft = converse("github", "", draft=prefilled_draft({"syncs": [{"runs": "every day"}]}))
        assert open_question(draft).slot == Slot(1, "name")

    def test_models_of_the_command_line_stay(self) -> None:
        data = {
            "provider": "github",
            "models": {"Issue": {"id": "number"}},
            "syncs": [{"name": "issues", "model": "Issue"}],
        }
        assert as_answers(prefilled_draft(data)) == data


@given(st.sampled_from(["", "http://", "https://", "https://["]), st.text(max_size=30))
def test_whatever_is_typed_for_a_provider_is_one_or_is_refused_with_a_remedy(start: str, text: str) -> None:
    remedy = ""
    try:
        draft = converse(start + text)
    except AnswersError as error:
        remedy = error.fix or error.what
    assert remedy or open_question(draft).slot.key in ("integration", "auth_mode", "base_url")


@pytest.mark.parametrize(
    ("provider", "sample", "paginate", "remark"),
    [
        ("freshdesk", '{"tickets": [{"id": 1}], "next": "https://a.example/b"}', {"type": "link", "link_path_in_response_body": "next"}, "paginate link, next ("),
        ("stripe", '{"data": [{"id": 1}], "has_more": true}', None, "the pagination is not known, so a cursor is guessed: the response has has_more"),
        ("github", '[{"id": 1}]', None, "1 field: id"),
        ("hubspot", '{"results": [{"id": "1"}], "paging": {"next": {"after": "x"}}}', None, "records in results; 1 field: id"),
        ("github", '{"id": 1}', None, "1 field: id"),
    ],
)  # fmt: skip
def test_a_pasted_response_tells_how_it_is_paged_where_the_provider_says_nothing(
    provider: str, sample: str, paginate: Any, remark: str
) -> None:
    draft, known = Draft(), world()
    for text in (provider, "", "sync", "things", "", "/things", sample):
        question = open_question(draft)
        draft = answered(question, text, draft, known)
    (sync,) = plain_answers(draft, known)["syncs"]
    assert sync.get("request", {}).get("paginate") == paginate
    assert remarks(question.slot, draft, known)[-1].startswith(remark)
