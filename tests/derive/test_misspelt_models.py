"""A model without a description: created if its name is new, refused if it is nearly another's."""

from __future__ import annotations

from typing import Any

import pytest

from nango_scaffold.answers import load_answers
from nango_scaffold.derive import IntegrationSpec, derive
from nango_scaffold.errors import AnswersError
from nango_scaffold.providers import ProviderFacts

FACTS = ProviderFacts("acme", "API_KEY", base_url="https://api.acme.com", source="providers.yaml")
CONTACT = {"Contact": {"id": "string", "name": "string"}}


def spec_of(
    project_models: dict[str, Any] | None = None, written: tuple[str, ...] = (), **answers: Any
) -> IntegrationSpec:
    return derive(load_answers({"provider": "acme", **answers}), FACTS, project_models or {}, written=written)


@pytest.mark.parametrize(
    ("where", "answers"),
    [
        ("actions[0].output", {"actions": [{"name": "create-contact", "output": "Contcat"}]}),
        ("actions[0].input", {"actions": [{"name": "create-contact", "input": "Contcat"}]}),
        ("syncs[0].model", {"syncs": [{"name": "contacts", "model": "Contcat"}]}),
        ("syncs[0].models[1]", {"syncs": [{"name": "contacts", "models": ["Contact", "Contcat"]}]}),
        ("syncs[0].children.model", {"syncs": [{"name": "people", "children": {"model": "Contcat"}}]}),
        ("syncs[0].metadata", {"syncs": [{"name": "people", "metadata": "Contcat"}]}),
    ],
)
def test_a_misspelt_name_is_refused_wherever_a_script_names_a_model(
    where: str, answers: dict[str, Any]
) -> None:
    with pytest.raises(AnswersError, match="there is no model 'Contcat'") as refusal:
        spec_of(models=CONTACT, **answers)
    assert refusal.value.where == where
    assert "did you mean Contact?" in refusal.value.fix


def test_a_model_of_nango_yaml_and_one_that_a_sync_gives_may_be_meant() -> None:
    action = {"name": "create-contact", "output": "Contcat"}
    with pytest.raises(AnswersError, match="Contcat"):
        spec_of(project_models=CONTACT, actions=[action])
    with pytest.raises(AnswersError, match="Contcat"):
        spec_of(sync_names=["contacts"], actions=[action])


def test_a_name_that_nothing_is_close_to_is_made() -> None:
    assert "Contcat" in spec_of(actions=[{"name": "create-contact", "output": "Contcat"}]).models


def test_forms_of_a_name_and_the_words_of_a_script_are_no_misspellings() -> None:
    spec = spec_of(
        models=CONTACT,
        actions=[
            {"name": "list-contacts", "output": "Contacts"},
            {"name": "create-contact", "input": "CreateContact", "output": "Contact"},
            {"name": "sign-contract", "output": "Contract"},
        ],
    )
    assert {"Contacts", "CreateContact", "Contract"} <= set(spec.models)


def test_what_was_written_is_not_refused_for_what_others_have_added_since() -> None:
    answers: dict[str, Any] = {"actions": [{"name": "create-person", "output": "Contcat"}]}
    assert "Contcat" in spec_of(project_models=CONTACT, written=("Contcat",), **answers).models
