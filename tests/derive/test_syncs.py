"""The request of a sync, and how it finds changes. Rules Y01-Y04, Y13, S06, S09, P01-P05."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from nango_scaffold.answers import load_answers
from nango_scaffold.derive import IntegrationSpec, derive
from nango_scaffold.errors import AnswersError
from nango_scaffold.providers import ProviderFacts
from nango_scaffold.spec.patterns import Extended
from nango_scaffold.spec.requests import Variable
from nango_scaffold.spec.syncs import SyncSpec

LINK = {"type": "link", "link_rel_in_response_header": "next", "limit_name_in_request": "per_page"}
FACTS = ProviderFacts(
    key="github",
    auth_mode="OAUTH2",
    display_name="GitHub",
    base_url="https://api.github.com/v3",
    paginate=LINK,
    docs="https://docs.github.com",
    source="providers.yaml",
)


def spec_of(facts: ProviderFacts = FACTS, **answers: Any) -> IntegrationSpec:
    return derive(load_answers({"provider": "github", **answers}), facts, {})


def sync_of(facts: ProviderFacts = FACTS, models: dict[str, Any] | None = None, **settings: Any) -> SyncSpec:
    return spec_of(facts, models=models or {}, syncs=[{"name": "users", **settings}]).syncs[0]


def test_a_sync_from_its_name_alone() -> None:
    sync = sync_of()
    assert (sync.runs, sync.sync_type, sync.track_deletes) == ("every hour", "full", True)
    assert sync.description == "Fetches all users from GitHub."
    assert (sync.request.method, sync.request.path, sync.request.retries) == ("GET", ("/users",), 10)
    assert sync.request.docs == "https://docs.github.com"
    assert (sync.pagination.kind, dict(sync.pagination.written)) == ("link", {})


def test_everything_neither_said_nor_known_is_a_guess() -> None:
    spec = spec_of(sync_names=["users"])
    assert [guess.answer for guess in spec.guesses] == [
        "models.User",
        "syncs[0].request.path",
        "syncs[0].request.response_path",
        "syncs[0].request.docs",
        "syncs[0].scopes",
    ]


def test_what_is_said_is_no_guess() -> None:
    request = {"path": "/users", "docs": "https://x.io", "response_path": ""}
    spec = spec_of(
        models={"User": {"id": "string"}}, syncs=[{"name": "users", "scopes": [], "request": request}]
    )
    assert spec.guesses == ()


def test_a_provider_without_scopes_leaves_none_to_guess() -> None:
    spec = spec_of(replace(FACTS, auth_mode="API_KEY"), sync_names=["users"])
    assert "syncs[0].scopes" not in {guess.answer for guess in spec.guesses}


def test_every_is_written_before_an_interval() -> None:
    assert sync_of(runs="15m").runs == "every 15m"


@pytest.mark.parametrize("path", ["/v3/users", "users-are-refused", "https://api.github.com/v3/users"])
def test_the_path_of_the_base_url_is_not_repeated(path: str) -> None:
    if not path.startswith(("/", "http")):
        with pytest.raises(AnswersError):
            sync_of(request={"path": path})
        return
    assert sync_of(request={"path": path}).request.path == ("/users",)


def test_what_the_base_url_ends_in_is_taken_off_a_path_with_a_word_on_it() -> None:
    facts = replace(FACTS, base_url="https://api.bamboohr.com/gateway.php/${connectionConfig.subdomain}/v1")
    spec = spec_of(facts, syncs=[{"name": "users", "request": {"path": "/v1/employees"}}])
    assert spec.syncs[0].request.path == ("/employees",)
    why = next(guess.why for guess in spec.guesses if guess.answer == "syncs[0].request.path")
    assert "the base URL ends in /v1 already" in why
    described = spec_of(facts, syncs=[{"name": "users", "request": {"path": "/employees"}}])
    assert "syncs[0].request.path" not in [guess.answer for guess in described.guesses]


def test_the_base_url_is_taken_off_the_path_of_an_action_and_of_a_further_request() -> None:
    facts = replace(FACTS, base_url="https://api.acme.com/rest/v2")
    spec = spec_of(
        facts,
        syncs=[{"name": "users", "children": {"model": "Task", "path": "/v2/users/${parent.id}/tasks"}}],
        actions=[{"name": "get-user", "request": {"path": "/v2/users/${input.id}"}}],
    )
    assert spec.syncs[0].children.request.path[0] == "/users/"
    assert spec.actions[0].request.path[0] == "/users/"


def test_metadata_that_the_path_reads_becomes_a_model() -> None:
    spec = spec_of(syncs=[{"name": "users", "request": {"path": "/orgs/${metadata.org}/users"}}])
    assert spec.models["GithubUsersMetadata"] == {"org": "string"}
    assert spec.syncs[0].metadata is not None
    variable = spec.syncs[0].request.path[1]
    assert isinstance(variable, Variable)
    assert (variable.root, variable.field, variable.optional) == ("metadata", "org", False)


def test_metadata_of_a_name_that_nobody_describes_is_made_of_what_is_read() -> None:
    request = {"path": "/orgs/${metadata.org}", "params": {"team": "${metadata.team}"}}
    spec = spec_of(syncs=[{"name": "users", "metadata": "Where", "request": request}])
    assert spec.models["Where"] == {"org": "string", "team": "string"}


def test_a_field_that_is_no_identifier_can_be_read() -> None:
    models = {"Where": {"org-name": "string", "class": "string", "@odata.id": "string"}}
    path = "/${metadata.org-name}/${metadata.class}/${metadata.@odata.id}"
    sync = sync_of(models=models, metadata="Where", request={"path": path})
    read = [part.field for part in sync.request.path if isinstance(part, Variable)]
    assert read == ["org-name", "class", "@odata.id"]


def test_a_param_whose_field_may_be_absent_is_left_out_then() -> None:
    sync = sync_of(
        models={"Where": {"a?": "string"}},
        metadata="Where",
        request={"params": {"a": "${metadata.a}", "b": 1}},
    )
    assert [(param.name, param.optional) for param in sync.request.params] == [("a", True), ("b", False)]


def test_a_fraction_is_sent_as_the_text_that_was_written() -> None:
    sync = sync_of(request={"params": {"a": 0.1, "b": 1.0, "c": 1e-7, "d": True, "e": 7}})
    assert [param.value for param in sync.request.params] == [("0.1",), ("1",), ("1e-07",), True, 7]


def test_an_incremental_sync_sends_no_parameter_that_nobody_named() -> None:
    spec = spec_of(syncs=[{"name": "users", "sync_type": "incremental"}])
    assert (spec.syncs[0].sync_type, spec.syncs[0].incremental) == ("incremental", None)
    assert not spec.syncs[0].track_deletes
    assert {guess.answer: guess.value for guess in spec.guesses}["syncs[0].request.incremental"] == "none"


@pytest.mark.parametrize("sync_type", ["incremental", "full"])
def test_none_settles_how_an_api_filters_by_date(sync_type: str) -> None:
    request = {"incremental": "none"}
    spec = spec_of(syncs=[{"name": "users", "sync_type": sync_type, "request": request}])
    assert (spec.syncs[0].sync_type, spec.syncs[0].incremental) == (sync_type, None)
    assert "syncs[0].request.incremental" not in {guess.answer for guess in spec.guesses}


def test_none_may_stand_for_the_request_of_another_model() -> None:
    requests = {"Team": {"incremental": "none"}}
    spec = spec_of(syncs=[{"name": "users", "models": ["User", "Team"], "requests": requests}])
    assert spec.syncs[0].others[0].incremental is None


def test_a_long_run_sends_no_date_by_a_parameter_that_nobody_named() -> None:
    spec = spec_of(syncs=[{"name": "users", "pattern": "extended"}])
    pattern = spec.syncs[0].pattern
    assert isinstance(pattern, Extended)
    assert pattern.since_param == ""
    assert {
        "syncs[0].request.incremental",
        "syncs[0].extended.cursor_param",
        "syncs[0].extended.limit_param",
    } <= {guess.answer for guess in spec.guesses}


def test_the_parameters_of_a_window_are_guesses_until_they_are_named() -> None:
    sync = {"name": "users", "pattern": "window", "window": {"from_param": "start"}}
    guessed = {guess.answer for guess in spec_of(syncs=[sync]).guesses}
    assert "syncs[0].window.to_param" in guessed
    assert "syncs[0].window.from_param" not in guessed


FIELDS = [
    # field said, mapping, path, may be null
    ("updated_at", {}, ("updated_at",), False),
    ("changed", {"changed": "meta.changed_on"}, ("meta", "changed_on"), True),
    ("meta.touched", {}, ("meta", "touched"), False),
]


@pytest.mark.parametrize(("field", "mapping", "path", "nullable"), FIELDS)
def test_an_incremental_sync_stops_at_a_date_of_the_response(
    field: str, mapping: dict[str, str], path: tuple[str, ...], nullable: bool
) -> None:
    sync = sync_of(
        models={"User": {"id": "string", "updated_at": "string", "changed?": "date"}},
        sync_type="incremental",
        mapping=mapping,
        request={"incremental": {"field": field}},
    )
    assert sync.incremental is not None
    assert (sync.incremental.field, sync.incremental.field_may_be_null) == (path, nullable)


IDS = ["string", "number", "A | B", "integer", "any"]


@pytest.mark.parametrize("of", IDS)
def test_an_id_is_a_text_or_a_number(of: str) -> None:
    assert sync_of(models={"User": {"id": of}}).model == "User"


def test_an_optional_id_is_always_read() -> None:
    spec = spec_of(models={"User": {"id?": "string | null"}}, sync_names=["users"])
    (only,) = spec.mappers[0].fields
    assert only.when is None


def test_a_model_of_one_name_may_be_said_as_a_list() -> None:
    assert sync_of(models={"Person": {"id": "string"}}).model == "User"
    assert spec_of(syncs=[{"name": "users", "models": ["Person"]}]).syncs[0].model == "Person"


def test_a_model_of_the_answers_may_hold_one_that_a_sync_makes() -> None:
    models = {"UserList": {"users": "User[]", "next_cursor?": "string"}}
    spec = spec_of(
        models=models, sync_names=["users"], actions=[{"name": "list-users", "output": "UserList"}]
    )
    assert spec.actions[0].listing is not None
    assert spec.actions[0].listing.item_model == "User"


PAGINATION = [
    # the provider's own, said, kind, written
    (LINK, {}, "link", {}),
    (LINK, {"limit": 50}, "link", {"limit": 50}),
    (LINK, {"type": "link"}, "link", {}),
    (
        LINK,
        {"type": "offset", "offset_name_in_request": "page"},
        "offset",
        {"type": "offset", "limit_name_in_request": "per_page", "offset_name_in_request": "page"},
    ),
    (
        None,
        {},
        "cursor",
        {
            "type": "cursor",
            "cursor_path_in_response": "next_cursor",
            "cursor_name_in_request": "cursor",
            "response_path": "users",
        },
    ),
]


@pytest.mark.parametrize(("provider_paginate", "paginate", "kind", "in_script"), PAGINATION)
def test_the_script_states_the_pagination_that_the_provider_lacks(
    provider_paginate: dict[str, Any] | None, paginate: dict[str, Any], kind: str, in_script: dict[str, Any]
) -> None:
    pagination = sync_of(
        replace(FACTS, paginate=provider_paginate), request={"paginate": paginate}
    ).pagination
    assert (pagination.kind, dict(pagination.written)) == (kind, in_script)


def test_facts_of_the_answers_are_stated_in_the_script() -> None:
    facts = replace(FACTS, source="embedded, answers", stated=("paginate",))
    assert dict(sync_of(facts).pagination.written) == LINK


def test_an_empty_response_path_is_written_over_the_providers_own() -> None:
    facts = replace(FACTS, paginate={**LINK, "response_path": "results"})
    assert dict(sync_of(facts, request={"response_path": ""}).pagination.written) == {"response_path": ""}


def test_a_sync_may_post_its_query_with_the_cursor_in_the_body() -> None:
    paginate = {
        "type": "cursor",
        "cursor_path_in_response": "next",
        "cursor_name_in_request": "after",
        "in_body": True,
        "response_path": "hits",
    }
    sync = sync_of(request={"method": "POST", "path": "/search", "paginate": paginate})
    assert (sync.request.method, sync.endpoint.method) == ("POST", "GET")
    assert sync.pagination.written["in_body"] is True
