"""``prefix_models: true``: every model of an integration has its prefix, wherever the answers name it."""

from __future__ import annotations

from typing import Any

import pytest

from nango_scaffold.answers import load_answers
from nango_scaffold.derive import IntegrationSpec, derive
from nango_scaffold.derive.models.registry import prefixed
from nango_scaffold.errors import AnswersError
from nango_scaffold.providers import ProviderFacts

FACTS = ProviderFacts("acme", "API_KEY", base_url="https://api.acme.com", source="providers.yaml")


def spec_of(
    project_models: dict[str, Any] | None = None, written: tuple[str, ...] = (), **more: Any
) -> IntegrationSpec:
    answers = load_answers({"provider": "acme", "prefix_models": True, **more})
    return derive(answers, FACTS, project_models or {}, written=written)


EVERYWHERE: dict[str, Any] = {
    "models": {
        "Named": {"id": "string"},
        "User": {"__extends": "Named", "boss?": "Person | null", "tags": ["Tag", "null"], "User": "string"},
        "Person": {"id": "string", "teams": "Team[]"},
        "Tag": {"text": "string"},
        "Settings": {"site": "string"},
        "NewUser": {"name": "string"},
        "AcmeDone": {"id": "string"},
    },
    "responses": {"User": {"boss": "Person | null"}},
    "syncs": [
        {
            "name": "users",
            "models": ["User", "Group"],
            "metadata": "Settings",
            "request": {"path": "/${metadata.site}/users"},
            "requests": {"Group": {"path": "/groups"}},
            "mapping": {"boss": "lead"},
        },
        {"name": "teams", "children": {"model": "Member", "path": "/teams/${parent.id}/members"}},
    ],
    "actions": [
        {"name": "create-user", "input": "NewUser", "output": "User"},
        {"name": "delete-user"},
        {"name": "list-users"},
        {"name": "close-user", "output": "AcmeDone"},
        {"name": "ping", "input": "none", "output": "none"},
    ],
}


def test_all_models_have_the_prefix_once_and_all_that_name_them_follow() -> None:
    spec = spec_of(**EVERYWHERE)
    assert all(name.startswith("Acme") and not name.startswith("AcmeAcme") for name in spec.models)
    assert spec.models["AcmeUser"] == {
        "__extends": "AcmeNamed",
        "boss?": "AcmePerson | null",
        "tags": ["AcmeTag", "null"],
        "User": "string",
    }
    assert spec.models["AcmePerson"]["teams"] == "AcmeTeam[]"
    users, teams = spec.syncs
    assert (users.model, users.others[0].model, users.metadata and users.metadata.name) == (
        "AcmeUser",
        "AcmeGroup",
        "AcmeSettings",
    )
    assert teams.children
    assert (teams.model, teams.children.model) == ("AcmeTeam", "AcmeMember")
    create, delete, page, close, ping = spec.actions
    assert (create.input and create.input.name, create.output and create.output.name) == (
        "AcmeNewUser",
        "AcmeUser",
    )
    assert delete.output
    assert delete.output.name == "AcmeSuccessResponse"
    assert page.listing
    assert page.listing.item_model == "AcmeUser"
    assert close.output
    assert close.output.name == "AcmeDone"
    assert (ping.input, ping.output) == (None, None)


def test_paths_endpoints_and_texts_stay_as_they_are_without_it() -> None:
    plain = derive(load_answers({"provider": "acme", **EVERYWHERE}), FACTS, {})
    spec = spec_of(**EVERYWHERE)
    for with_prefix, without in zip(
        (*spec.syncs, *spec.actions), (*plain.syncs, *plain.actions), strict=True
    ):
        assert with_prefix.request.path == without.request.path
        assert with_prefix.endpoint == without.endpoint
        assert with_prefix.description == without.description


def test_a_model_of_others_keeps_its_name_until_the_integration_has_one_of_its_own() -> None:
    answers: dict[str, Any] = {"actions": [{"name": "create-contact", "output": "Contact", "input": "none"}]}
    project_models = {"Contact": {"id": "string"}}
    shared, own = (
        spec_of(project_models, **answers).actions[0],
        spec_of(project_models, ("AcmeContact",), **answers).actions[0],
    )
    assert shared.output
    assert shared.output.name == "Contact"
    assert own.output
    assert own.output.name == "AcmeContact"


def test_what_is_wrong_with_a_model_is_told_by_the_name_it_has_in_the_answers() -> None:
    with pytest.raises(AnswersError) as refusal:
        spec_of(models={"User": {"id": "string", "a": "strng"}}, sync_names=["users"])
    assert refusal.value.where == "models.User.a"


def test_a_new_name_that_another_model_has_is_refused() -> None:
    with pytest.raises(AnswersError, match="would be called AcmeUser") as refusal:
        spec_of(models={"User": {"id": "string"}, "AcmeUser": {"id": "number"}}, sync_names=["users"])
    assert refusal.value.where == "models.AcmeUser"


def test_a_name_has_the_prefix_once() -> None:
    assert prefixed("User", "my-crm") == "MyCrmUser"
    assert prefixed("MyCrmUser", "my-crm") == "MyCrmUser"
    assert prefixed("MyCrms", "my-crm") == "MyCrmMyCrms"
