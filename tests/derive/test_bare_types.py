"""Inputs and outputs of actions that are a list or a plain type: ``input: Item[]``, ``output: string``."""

from __future__ import annotations

from typing import Any

import pytest

from nango_scaffold.answers import load_answers
from nango_scaffold.derive import IntegrationSpec, derive
from nango_scaffold.derive.actions.input_fields import input_fields
from nango_scaffold.errors import AnswersError
from nango_scaffold.models.types import Alias, ArrayOf, Primitive, Ref
from nango_scaffold.providers import ProviderFacts
from nango_scaffold.render.entry import action_entry
from nango_scaffold.spec.actions import ActionSpec
from nango_scaffold.spec.requests import Param, Variable

FACTS = ProviderFacts(
    "github",
    "OAUTH2",
    base_url="https://api.github.com",
    paginate={"type": "link", "link_rel_in_response_header": "next"},
    source="providers.yaml",
)
MODELS: dict[str, Any] = {"Item": {"id": "string", "name": "string"}}


def spec_of(**answers: Any) -> IntegrationSpec:
    return derive(load_answers({"provider": "github", **answers}), FACTS, {})


def refusal_of(**answers: Any) -> AnswersError:
    with pytest.raises(AnswersError) as refusal:
        spec_of(**answers)
    return refusal.value


def action_of(**answers: Any) -> ActionSpec:
    return spec_of(models=MODELS, actions=[answers]).actions[0]


def test_a_list_of_a_model_is_the_whole_body_under_the_name_of_the_cli() -> None:
    action = action_of(name="create-items", input="Item[]", output="none")
    assert action.input == Alias("Anonymous_github_action_createitems_input", ArrayOf(Ref("Item")))
    assert action.request.body == (Param("", (Variable("input", "", ArrayOf(Ref("Item"))),)),)
    assert action_entry(action)["input"] == "Item[]"


@pytest.mark.parametrize("type_", ["string", "number", "boolean", "string[]"])
def test_a_plain_type_is_the_whole_body(type_: str) -> None:
    action = action_of(name="create-note", input=type_, output="none")
    assert [param.name for param in action.request.body] == [""]
    assert action_entry(action)["input"] == type_


def test_a_plain_input_stands_where_the_request_names_it_and_then_not_in_the_body() -> None:
    variable = Variable("input", "", Primitive("string"))
    named = action_of(name="move-item", input="string", output="none", request={"path": "/move/${input}"})
    assert (named.request.path, named.request.body) == (("/move/", variable), ())
    derived = action_of(name="delete-item", input="string")
    assert derived.request.path == ("/items/", variable)
    query = action_of(name="find-item", input="string", request={"path": "/x", "params": {"q": "${input}"}})
    assert query.request.params == (Param("q", (variable,)),)


def test_an_input_nobody_described_has_the_fields_of_a_new_record() -> None:
    spec = spec_of(
        models=MODELS, actions=[{"name": "create-items", "input": "NewItem[]", "output": "Item[]"}]
    )
    assert spec.models["NewItem"] == {"name": "string"}
    assert "models.NewItem" in {guess.answer for guess in spec.guesses}


@pytest.mark.parametrize(
    ("answers", "where"),
    [
        ({"name": "list-items", "input": "string"}, "actions[0].input"),
        ({"name": "get-items", "input": "string[]", "request": {"path": "/x"}}, "actions[0].input"),
        ({"name": "get-item", "input": "string", "request": {"path": "/x"}}, "actions[0].input"),
        ({"name": "update-item", "input": "Item[]"}, "actions[0].request.path"),
        (
            {"name": "create-item", "input": "Item[]", "request": {"path": "/${input}"}},
            "actions[0].request.path",
        ),
        (
            {"name": "create-item", "input": "string", "request": {"path": "/${input.a}"}},
            "actions[0].request.path",
        ),
        (
            {"name": "create-item", "input": "string", "request": {"data": ["a"]}},
            "actions[0].request.data[0]",
        ),
        ({"name": "create-item", "input": "string[]", "request": {"body": "a"}}, "actions[0].request.body"),
        (
            {"name": "create-item", "input": "string", "request": {"encoding": "form"}},
            "actions[0].request.encoding",
        ),
        ({"name": "create-item", "input": "string", "dates": {"due": "date"}}, "actions[0].dates.due"),
        (
            {"name": "get-item", "input": "none", "output": "string", "mapping": {"a": "b"}},
            "actions[0].mapping",
        ),
        (
            {"name": "get-item", "output": "string", "request": {"response_type": "binary"}},
            "actions[0].request.response_type",
        ),
        ({"name": "create-items", "input": "Itme[]"}, "actions[0].input"),
        ({"name": "create-items", "input": "Item[][]"}, "actions[0].input"),
        ({"name": "create-items", "input": "any"}, "actions[0].input"),
        ({"name": "create-items", "input": "Array[]"}, "actions[0].input"),
        ({"name": "create-items", "output": "none[]"}, "actions[0].output"),
        ({"name": "create-items", "output": "Item[] | string'; evil()"}, "actions[0].output"),
    ],
)
def test_what_a_list_or_a_plain_type_cannot_be_is_refused_in_its_place(
    answers: dict[str, Any], where: str
) -> None:
    assert refusal_of(models=MODELS, actions=[answers]).where == where


def test_a_list_that_is_returned_stands_in_a_field_and_the_guesses_tell() -> None:
    spec = spec_of(models=MODELS, actions=[{"name": "create-items", "input": "none", "output": "Item[]"}])
    action = spec.actions[0]
    assert action.output
    assert action.listing
    assert (action.output.name, action.listing.field) == ("CreateItemsResponse", "items")
    assert spec.models["CreateItemsResponse"] == {"items": "Item[]"}
    (guess,) = [guess for guess in spec.guesses if guess.answer == "actions[0].output"]
    assert guess.value == "CreateItemsResponse: { items: Item[] }"


def test_a_list_action_that_returns_a_list_has_pages() -> None:
    action = action_of(name="list-items", output="Item[]")
    assert action.listing
    assert action.listing.pagination.kind != "none"
    assert action.output
    assert [field.name for field in action.output.shape.fields] == ["items", "next_cursor"]


@pytest.mark.parametrize(("type_", "field"), [("string", "token"), ("string[]", "tokens")])
def test_a_plain_value_stands_in_a_field_named_after_it(type_: str, field: str) -> None:
    spec = spec_of(
        actions=[
            {
                "name": "get-token",
                "input": "none",
                "output": type_,
                "request": {"path": "/t", "response_path": "a.b"},
            }
        ]
    )
    assert spec.actions[0].returns == "value"
    assert spec.models["GetTokenResponse"] == {field: type_}
    assert spec.raw_types[0].name == spec.actions[0].raw


def test_the_prefix_reaches_the_items_of_a_list() -> None:
    spec = spec_of(
        prefix_models=True,
        models=MODELS,
        actions=[{"name": "create-items", "input": "Item[]", "output": "Item[]"}],
    )
    action = spec.actions[0]
    assert isinstance(action.input, Alias)
    assert action.input.type == ArrayOf(Ref("GithubItem"))
    assert action.listing
    assert action.listing.item_model == "GithubItem"


def test_an_output_that_holds_one_list_is_a_list_whatever_the_verb() -> None:
    spec = spec_of(
        models={"Project": {"id": "string"}, "Projects": {"projects": "Project[]"}},
        actions=[{"name": "fetch-projects", "output": "Projects"}],
    )
    assert spec.actions[0].listing
    assert spec.actions[0].returns == "page"


def test_a_list_action_whose_output_holds_plain_values_reads_them_and_has_no_pages() -> None:
    spec = spec_of(
        models={"Words": {"words": "string[]"}},
        actions=[
            {"name": "list-words", "output": "Words", "request": {"path": "/w", "response_path": "data"}}
        ],
    )
    action = spec.actions[0]
    assert (action.returns, action.listing, action.response_path) == ("value", None, "data")
    assert action.input
    assert [field.name for field in input_fields(action.input)] == ["limit"]
