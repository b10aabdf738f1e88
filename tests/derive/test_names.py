"""Models, raw types and endpoints get conventional names, and no two get the same."""

from __future__ import annotations

from typing import Any

import pytest

from nango_scaffold.answers import load_answers
from nango_scaffold.derive import IntegrationSpec, derive
from nango_scaffold.errors import AnswersError
from nango_scaffold.providers import ProviderFacts

FACTS = ProviderFacts(
    key="github",
    auth_mode="OAUTH2",
    display_name="GitHub",
    base_url="https://api.github.com",
    paginate={"type": "link", "link_rel_in_response_header": "next", "limit_name_in_request": "per_page"},
    source="providers.yaml",
)
RECORD = {"id": "string", "name?": "string", "created_at?": "string", "updated_at?": "string"}


def spec_of(project_models: dict[str, Any] | None = None, **answers: Any) -> IntegrationSpec:
    return derive(load_answers({"provider": "github", **answers}), FACTS, project_models or {})


def refusal_of(project_models: dict[str, Any] | None = None, **answers: Any) -> AnswersError:
    with pytest.raises(AnswersError) as refusal:
        spec_of(project_models, **answers)
    return refusal.value


def test_a_sync_saves_the_singular_of_its_name_in_pascal_case() -> None:
    spec = spec_of(sync_names=["pull-requests", "statuses", "people", "leaves", "data", "news", "series"])
    assert [sync.model for sync in spec.syncs] == [
        *("PullRequest", "Status", "Person", "Leave", "Data", "News", "Series"),
    ]
    assert spec.models["PullRequest"] == RECORD


def test_a_model_of_the_project_with_another_shape_keeps_its_name_and_ours_gets_the_prefix() -> None:
    spec = spec_of(
        {"PullRequest": {"id": "number"}}, sync_names=["pull-requests"], action_names=["create-pull-request"]
    )
    assert spec.syncs[0].model == "GithubPullRequest"
    assert spec.actions[0].output.name == "GithubPullRequest"
    assert "PullRequest" not in spec.models


def test_a_model_of_the_project_with_the_same_shape_is_shared() -> None:
    spec = spec_of({"User": RECORD}, sync_names=["users"])
    assert spec.syncs[0].model == "User"


def test_a_model_of_the_project_that_the_user_names_is_used_as_it_is() -> None:
    spec = spec_of({"User": {"id": "number", "login": "string"}}, syncs=[{"name": "users", "model": "User"}])
    assert spec.syncs[0].model == "User"
    assert "User" not in spec.models
    assert [field.name for field in spec.mappers[0].fields] == ["id", "login"]


def test_a_model_of_the_project_may_refer_to_others_there() -> None:
    project_models = {
        "User": {"id": "string", "team": "Team"},
        "Team": {"id": "string"},
        "Broken": {"x": "Array<y>"},
    }
    spec = spec_of(project_models, syncs=[{"name": "users", "model": "User"}])
    assert [mapper.model for mapper in spec.mappers] == ["User", "Team"]


@pytest.mark.parametrize("name", ["errors", "dates", "metadata", "connections", "maps", "strings", "objects"])
def test_a_name_of_the_sdk_or_of_typescript_gets_the_prefix(name: str) -> None:
    assert spec_of(sync_names=[name]).syncs[0].model.startswith("Github")


@pytest.mark.parametrize("name", ["classes", "defaults", "news-items", "functions2"])
def test_a_word_of_typescript_is_fine_as_a_model(name: str) -> None:
    assert not spec_of(sync_names=[name]).syncs[0].model.startswith("Github")


def test_two_syncs_of_one_resource_save_two_models() -> None:
    spec = spec_of(sync_names=["users", "github-users", "user"])
    assert [sync.model for sync in spec.syncs] == ["User", "GithubUser", "GithubUser2"]
    assert [sync.endpoint.path for sync in spec.syncs] == ["/users", "/users/synced", "/user"]


def test_a_derived_model_gives_way_to_one_that_a_later_sync_names() -> None:
    spec = spec_of(syncs=[{"name": "users"}, {"name": "members", "model": "User"}])
    assert [sync.model for sync in spec.syncs] == ["GithubUser", "User"]


def test_actions_speak_of_the_model_that_the_sync_of_the_resource_saves() -> None:
    spec = spec_of(
        syncs=[{"name": "users", "model": "Person"}], action_names=["get-user", "create-user", "list-users"]
    )
    assert [action.output.name for action in spec.actions] == ["Person", "Person", "ListUsersResponse"]
    assert spec.models["ListUsersResponse"] == {"users": "Person[]", "next_cursor?": "string"}


def test_the_name_of_the_provider_is_left_out_of_resources() -> None:
    spec = spec_of(action_names=["get-github-user"])
    assert (spec.actions[0].output.name, spec.actions[0].endpoint.path) == ("User", "/user")


def test_a_model_described_under_the_syncs_whole_name_is_the_one_it_saves() -> None:
    models = {"GithubUser": {"id": "string"}, "User": {"id": "number"}, "Github": {"id": "string"}}
    spec = spec_of(models=models, sync_names=["github-users", "users", "github"])
    assert [sync.model for sync in spec.syncs] == ["GithubUser", "User", "Github"]


def test_a_resource_called_like_the_provider_is_a_record() -> None:
    spec = spec_of(sync_names=["github"])
    assert (spec.syncs[0].model, spec.syncs[0].endpoint.path) == ("GithubRecord", "/records")


def test_a_part_of_the_providers_name_may_be_the_resource() -> None:
    spec = spec_of(integration="google-calendar", sync_names=["calendars", "google-events"])
    assert [sync.endpoint.path for sync in spec.syncs] == ["/calendars", "/events"]


INTEGRATIONS = [
    ("1password-scim", "OnePasswordScimUserResponse"),
    ("8x8", "EightX8UserResponse"),
    ("My_CRM-2", "MyCrm2UserResponse"),
    ("hubspot", "HubspotUserResponse"),
]


@pytest.mark.parametrize(("integration", "raw"), INTEGRATIONS)
def test_raw_types_start_with_the_integration(integration: str, raw: str) -> None:
    assert spec_of(integration=integration, sync_names=["users"]).syncs[0].raw == raw


def test_raw_types_of_two_models_never_share_a_name() -> None:
    models = {"User": {"id": "string"}, "GithubUser": {"id": "string"}}
    spec = spec_of(models=models, syncs=[{"name": "users"}, {"name": "members", "model": "GithubUser"}])
    assert [sync.raw for sync in spec.syncs] == ["GithubUserResponse", "GithubUserResponse2"]


def test_a_raw_type_is_never_called_like_a_model() -> None:
    models = {"User": {"id": "string"}, "GithubUserResponse": {"id": "string"}}
    spec = spec_of(models=models, sync_names=["users"])
    assert spec.syncs[0].raw == "GithubUserResponse2"


def test_actions_whose_names_differ_in_a_dash_have_bodies_of_their_own() -> None:
    spec = spec_of(action_names=["list-users2", "list-users-2"])
    assert len({action.raw for action in spec.actions}) == 2


ENDPOINTS = [
    # actions, endpoints
    (["get-user"], ["GET /user"]),
    (["list-users"], ["GET /users"]),
    (["create-user", "add-user"], ["POST /users", "POST /users/add"]),
    (["update-user", "archive-user"], ["PATCH /users", "POST /users/archive"]),
    (["list-users", "search-users"], ["GET /users", "GET /users/search"]),
    (["get-user", "fetch-user"], ["GET /user", "GET /users/fetch"]),
    (["get-news", "list-news"], ["GET /news", "GET /news/page"]),
    (["whoami"], ["POST /whoami"]),
    (["user-info"], ["POST /user-info"]),
]


@pytest.mark.parametrize(("names", "expected"), ENDPOINTS)
def test_an_endpoint_names_the_resource_and_stays_short(names: list[str], expected: list[str]) -> None:
    spec = spec_of(action_names=names)
    assert [f"{a.endpoint.method} {a.endpoint.path}" for a in spec.actions] == expected


def test_a_list_action_beside_a_sync_is_the_page_of_it() -> None:
    spec = spec_of(sync_names=["users"], action_names=["list-users"])
    assert (spec.syncs[0].endpoint.path, spec.actions[0].endpoint.path) == ("/users", "/users/page")


def test_a_derived_endpoint_gives_way_to_one_that_is_said() -> None:
    spec = spec_of(syncs=[{"name": "users"}, {"name": "members", "endpoint": {"path": "/users"}}])
    assert [sync.endpoint.path for sync in spec.syncs] == ["/users/synced", "/users"]


def test_one_path_may_serve_two_methods() -> None:
    spec = spec_of(
        syncs=[{"name": "users", "endpoint": {"path": "/people"}}],
        actions=[{"name": "create-user", "endpoint": {"path": "/people"}}],
    )
    assert [spec.syncs[0].endpoint.path, spec.actions[0].endpoint.path] == ["/people", "/people"]


def test_scripts_of_one_resource_have_one_group_and_it_has_no_digits() -> None:
    spec = spec_of(sync_names=["oauth2-apps"], action_names=["get-oauth2-app", "list-oauth2-apps"])
    groups = {script.endpoint.group for script in (*spec.syncs, *spec.actions)}
    assert groups == {"Oauth Two Apps"}


def test_two_models_that_would_share_a_mapper_file_are_refused() -> None:
    refusal = refusal_of(
        models={"UserA": {"id": "string"}, "User_a": {"id": "string"}},
        syncs=[{"name": "users", "model": "UserA"}, {"name": "members", "model": "User_a"}],
    )
    assert "to-user-a.ts" in refusal.what


def test_models_in_a_circle_have_mappers_that_call_each_other() -> None:
    project_models = {"User": {"id": "string", "team?": "Team"}, "Team": {"id": "string", "lead?": "User"}}
    spec = spec_of(project_models, syncs=[{"name": "users", "model": "User"}])
    assert {mapper.model: mapper.uses for mapper in spec.mappers} == {"User": ("Team",), "Team": ("User",)}


@pytest.mark.parametrize(
    ("name", "model"),
    [
        ("persons", "Person"),
        ("people", "Person"),
        ("analyses", "Analysis"),
        ("criteria", "Criterion"),
        ("news", "News"),
        ("series", "Series"),
        ("statuses", "Status"),
        ("feet", "Foot"),
        ("data", "Data"),
        ("faqs", "Faq"),
        ("staff", "Staff"),
        ("inventory", "Inventory"),
    ],
)
def test_what_a_sync_is_called_stands_and_only_its_model_is_singular(name: str, model: str) -> None:
    sync = spec_of(sync_names=[name]).syncs[0]
    assert (sync.model, sync.request.path, sync.endpoint.path) == (model, (f"/{name}",), f"/{name}")
    assert sync.endpoint.group == name.capitalize()
    assert sync.description == f"Fetches all {name} from GitHub."


@pytest.mark.parametrize("name", ["get-users", "fetch-users", "sync-users", "list-users", "retrieve-users"])
def test_a_verb_is_no_part_of_what_a_sync_fetches(name: str) -> None:
    spec = spec_of(sync_names=[name], action_names=["create-user"])
    sync = spec.syncs[0]
    assert (sync.name, sync.model, sync.request.path) == (name, "User", ("/users",))
    assert (sync.endpoint.path, sync.description) == ("/users", "Fetches all users from GitHub.")
    assert spec.actions[0].output
    assert spec.actions[0].output.name == "User"


def test_actions_spell_a_resource_as_its_sync_does() -> None:
    spec = spec_of(sync_names=["persons"], action_names=["create-person", "list-persons", "get-person"])
    paths = [action.request.path[0] for action in spec.actions]
    assert paths == ["/persons", "/persons", "/persons/"]
    assert spec.actions[1].description.startswith("Lists persons in GitHub")
    assert spec.actions[1].listing
    assert spec.actions[1].listing.field == "persons"


def test_a_list_is_spelled_as_its_action_is_called() -> None:
    spec = spec_of(action_names=["list-persons", "create-person"])
    assert [action.request.path for action in spec.actions] == [("/persons",), ("/persons",)]
