"""Scripts from names alone: what the answers omit comes from the catalogue of known resources."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from nango_scaffold.answers import load_answers
from nango_scaffold.answers.resource_format import OPERATIONS, resource_problems
from nango_scaffold.derive import derive
from nango_scaffold.errors import AnswersError
from nango_scaffold.known_resources import with_known_resources
from nango_scaffold.naming.words import singular
from nango_scaffold.providers import ProviderFacts, find
from nango_scaffold.providers.catalogue import entry_text, parse_entry
from nango_scaffold.providers.catalogue_locations import RESOURCES, resources_text
from nango_scaffold.providers.facts import stored_facts
from nango_scaffold.providers.known_resources import known_providers, known_resources

PROVIDERS = known_providers()
LARGEST = 8_192  # bytes of one file: it is read at each run that names a resource of the provider


def bare_facts(provider: str) -> ProviderFacts:
    """The facts that the file of a provider is for, as far as the resources depend on them."""
    about = parse_entry(entry_text(resources_text(provider), "provider") or "")
    return ProviderFacts(
        provider, "OAUTH2", base_url=about["base_url"], docs="https://example.com", source="x"
    )


def derived(data: dict[str, Any], facts: ProviderFacts, foreign: Any = None) -> Any:
    """The spec of answers, with what is known of their resources."""
    answers = load_answers({"provider": facts.key, **data})
    return derive(answers, with_known_resources(facts, answers), foreign or {})


def action_name(operation: str, resource: str) -> str:
    """The name of the action for an operation: ``list-contacts``, ``get-contact``."""
    return f"{operation}-{resource if operation == 'list' else singular(resource)}"


@pytest.mark.parametrize("provider", PROVIDERS)
class TestEachProvider:
    def test_its_file_is_small_and_in_the_format(self, provider: str) -> None:
        assert (RESOURCES / f"{provider}.yaml").stat().st_size <= LARGEST
        resources = known_resources(bare_facts(provider))
        assert resources
        assert list(resource_problems(resources, provider)) == []
        for name, resource in resources.items():
            assert "id" in resource["model"], name
            assert set(resource) & set(OPERATIONS), name

    def test_names_alone_leave_no_guess(self, provider: str) -> None:
        facts = bare_facts(provider)
        resources = known_resources(facts)
        data = {
            "syncs": [
                {"name": f"fetch-{name}"} for name, resource in resources.items() if "list" in resource
            ],
            "actions": [
                {"name": action_name(operation, name)}
                for name, resource in resources.items()
                for operation in OPERATIONS
                # A list of little more than ids is no action.
                if operation in resource and "detail" not in resource[operation]
            ],
        }
        spec = derived(data, facts)
        assert {known.answer for known in spec.known_resources} == {
            script.where for script in load_answers({"provider": provider, **data}).scripts
        }
        # Which scopes an endpoint needs is not always documented.
        assert [guess for guess in spec.guesses if not guess.answer.endswith(".scopes")] == []


def lists_of_changes() -> list[tuple[str, str]]:
    """The provider and the resource of each list that can be limited to what changed."""
    return [
        (provider, name)
        for provider in PROVIDERS
        for name, resource in known_resources(bare_facts(provider)).items()
        if {"incremental", "since"} & set(resource.get("list", {}))
    ]


@pytest.mark.parametrize(("provider", "name"), lists_of_changes())
def test_an_incremental_sync_asks_for_what_changed(provider: str, name: str) -> None:
    sync = {"name": f"fetch-{name}", "sync_type": "incremental"}
    (spec,) = (derived({"syncs": [sync]}, bare_facts(provider)),)
    assert [guess for guess in spec.guesses if not guess.answer.endswith(".scopes")] == []
    request = spec.syncs[0].request
    sent = repr((request.params, request.headers, request.body))
    assert spec.syncs[0].incremental is not None or "lastSyncDate" in sent
    full = derived({"syncs": [{"name": f"fetch-{name}"}]}, bare_facts(provider))
    assert full.syncs[0].incremental is None
    assert "lastSyncDate" not in repr(full.syncs[0].request)


def test_enough_lists_can_be_limited_to_what_changed() -> None:
    assert len({provider for provider, _ in lists_of_changes()}) >= 20
    assert len(lists_of_changes()) >= 38


def hubspot() -> ProviderFacts:
    """The built-in facts of a provider with known resources."""
    return find("hubspot")


def test_a_name_in_any_form_names_the_resource() -> None:
    for name in ("contacts", "contact", "fetch-contacts", "hubspot-contacts"):
        spec = derived({"sync_names": [name]}, hubspot())
        assert spec.syncs[0].pagination.response_path == "results", name
        assert spec.guesses == (), name


def test_what_the_answers_say_stays() -> None:
    sync = {
        "name": "contacts",
        "model": "Person",
        "scopes": ["mine"],
        "request": {
            "params": {"properties": "email"},
            "paginate": {"limit": 7},
            "docs": "https://example.com/a",
        },
    }
    spec = derived({"syncs": [sync]}, hubspot())
    own = spec.syncs[0]
    assert (own.model, own.scopes, own.request.docs) == ("Person", ("mine",), "https://example.com/a")
    assert own.pagination.keys["limit"] == 7
    assert own.pagination.keys["cursor_path_in_response"] == "paging.next.after"
    assert [(param.name, param.value) for param in own.request.params] == [("properties", ("email",))]


def test_a_path_of_its_own_takes_nothing_and_the_known_one_the_rest() -> None:
    other = {"name": "contacts", "request": {"path": "/contacts/v1/lists/all/contacts/all"}}
    assert derived({"syncs": [other]}, hubspot()).known_resources == ()
    same = {"name": "contacts", "request": {"path": "/crm/v3/objects/contacts"}}
    spec = derived({"syncs": [same]}, hubspot())
    assert spec.syncs[0].pagination.response_path == "results"
    assert spec.guesses == ()


@pytest.mark.parametrize(
    "script",
    [
        {"name": "contacts", "pattern": "extended"},
        {"name": "contacts", "request": {"data": {"filter": "all"}}},
        {"name": "contacts", "parents": {"path": "/lists"}},
    ],
)
def test_another_kind_of_request_takes_nothing(script: dict[str, Any]) -> None:
    answers = load_answers({"provider": "hubspot", "syncs": [script]})
    assert with_known_resources(hubspot(), answers) == hubspot()
    resources = known_resources(hubspot())
    assert derive(answers, replace(hubspot(), resources=resources), {}).known_resources == ()


@pytest.mark.parametrize(
    ("scripts", "where"),
    [
        (
            {"actions": [{"name": "create-contact", "output": "Contcat", "input": "Contact"}]},
            "actions[0].output",
        ),
        ({"syncs": [{"name": "contacts", "model": "Contcat"}]}, "syncs[0].model"),
    ],
)
def test_a_misspelt_model_does_not_get_the_fields_of_the_resource(
    scripts: dict[str, Any], where: str
) -> None:
    models = {"Contact": {"id": "string", "name": "string"}}
    with pytest.raises(AnswersError, match="there is no model 'Contcat'") as refusal:
        derived({**scripts, "models": models}, hubspot())
    assert refusal.value.where == where


def test_a_described_model_has_its_own_fields_where_the_api_has_them() -> None:
    model = {"id": "string", "email?": "string", "nickname?": "string"}
    spec = derived({"sync_names": ["contacts"], "models": {"Contact": model}}, hubspot())
    assert spec.models["Contact"] == model
    raw = next(raw for raw in spec.raw_types if raw.name == "HubspotContactResponse")
    assert "properties" in str(raw)
    assert "nickname" in str(raw)


def test_a_model_of_another_integration_keeps_its_name() -> None:
    foreign = {"Contact": {"id": "number"}, "CreateContact": {"name": "string"}}
    data = {"sync_names": ["contacts"], "action_names": ["create-contact", "list-contacts"]}
    spec = derived(data, hubspot(), foreign)
    assert spec.syncs[0].model == "HubspotContact"
    assert spec.actions[0].output.name == "HubspotContact"
    assert spec.actions[0].input.name == "HubspotCreateContact"
    own_spec = derived({"action_names": ["list-contacts"]}, hubspot(), foreign)
    assert own_spec.actions[0].listing.item_model == "HubspotContact"


def test_prefixed_models_are_those_of_the_resource() -> None:
    spec = derived({"sync_names": ["contacts"], "prefix_models": True}, hubspot())
    assert list(spec.models) == ["HubspotContact"]
    assert "email?" in spec.models["HubspotContact"]


def test_an_action_asks_its_caller_for_what_a_sync_reads_from_the_metadata() -> None:
    actions = ["create-pull-request", "list-pull-requests", "get-pull-request"]
    data = {"sync_names": ["pull-requests"], "action_names": actions}
    spec = derived(data, find("github"))
    assert [field.name for field in spec.syncs[0].metadata.shape.fields] == ["owner", "repo"]
    for action in spec.actions:
        assert [field.name for field in action.input.shape.fields][:2] == ["owner", "repo"], action.name


def test_the_second_sync_of_a_resource_stays_a_guess() -> None:
    spec = derived({"sync_names": ["contacts", "fetch-contacts"]}, hubspot())
    assert [known.answer for known in spec.known_resources] == ["syncs[0]"]


def test_only_what_is_named_is_in_the_facts_and_comes_back_whole() -> None:
    answers = load_answers({"provider": "hubspot", "action_names": ["create-deal"]})
    facts = with_known_resources(hubspot(), answers)
    assert list(facts.resources) == ["deals"]
    assert ProviderFacts.from_data(facts.to_data()) == facts
    assert stored_facts(facts.to_data(), "hubspot", None) == facts


def test_what_an_earlier_run_has_written_is_not_looked_up_again() -> None:
    answers = load_answers({"provider": "hubspot", "sync_names": ["contacts", "deals"]})
    assert list(with_known_resources(hubspot(), answers, {"contacts"}).resources) == ["deals"]


def test_paths_relative_to_another_address_are_none_of_ours() -> None:
    facts = replace(hubspot(), base_url="https://api.hubapi.com/v4")
    answers = load_answers({"provider": "hubspot", "sync_names": ["contacts"]})
    assert with_known_resources(facts, answers) == facts


def test_a_provider_without_a_file_has_the_facts_it_had() -> None:
    facts = ProviderFacts("acme", "API_KEY", base_url="https://api.acme.example", source="answers")
    answers = load_answers({"provider": "acme", "sync_names": ["contacts"]})
    assert with_known_resources(facts, answers) is facts


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"list": {"path": "../secrets"}}, "list.path"),
        ({"mapping": {"email": "a ?? b"}}, "mapping.email"),
        ({"list": 1}, "list"),
        ({"model": None}, "model"),
        ({"secret": "x"}, "secret"),
    ],
)
def test_stored_resources_of_another_form_are_refused_by_their_place(change: Any, where: str) -> None:
    answers = load_answers({"provider": "hubspot", "sync_names": ["contacts"]})
    facts = with_known_resources(hubspot(), answers)
    contacts = {**facts.resources["contacts"], **change}
    with pytest.raises(AnswersError) as refusal:
        derive(answers, replace(facts, resources={"contacts": contacts}), {})
    assert refusal.value.where.startswith(f"provider_facts.resources.contacts.{where}")
