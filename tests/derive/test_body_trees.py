"""Request bodies as trees: constants, texts with placeholders, values of any type, and objects spread into them."""

from __future__ import annotations

from typing import Any

import pytest

from nango_scaffold.answers import load_answers
from nango_scaffold.derive import derive
from nango_scaffold.errors import AnswersError
from nango_scaffold.models.types import ArrayOf, Primitive, Ref
from nango_scaffold.providers import ProviderFacts
from nango_scaffold.spec.requests import DataList, DataObject, DataSpread, Param, Request, Variable

FACTS = ProviderFacts(key="acme", auth_mode="API_KEY", base_url="https://api.acme.com", source="a test")
MODELS = {
    "Item": {"sku": "string"},
    "CreateDeal": {
        "name": "string",
        "start": "string",
        "note?": "string",
        "items": "Item[]",
        "address?": {"city": "string"},
    },
    "Deal": {"id": "string"},
}


def request_of(json: Any, **action: Any) -> Request:
    request = {"path": "/deals", "json": json, **action.pop("request", {})}
    answers = {"provider": "acme", "models": MODELS, "actions": [{"name": "create-deal", "request": request}]}
    answers["actions"][0].update(action)  # type: ignore[attr-defined]
    return derive(load_answers(answers), FACTS, {}).actions[0].request


def entries(json: Any) -> dict[str, Any]:
    data = request_of(json).data
    assert isinstance(data, DataObject)
    return dict(data.entries)


def refusal(json: Any, where: str = "actions[0].request.json", **action: Any) -> AnswersError:
    with pytest.raises(AnswersError) as error:
        request_of(json, **action)
    assert error.value.where == where
    return error.value


def test_constants_and_envelopes_stay_as_they_are() -> None:
    assert entries({"data": {"kind": "deal", "open": True, "limit": 1.5, "none": None, "tags": ["a"]}}) == {
        "data": DataObject(
            (
                ("kind", ("deal",)),
                ("open", True),
                ("limit", 1.5),
                ("none", None),
                ("tags", DataList((("a",),))),
            )
        )
    }


def test_a_text_that_is_one_placeholder_keeps_a_value_of_any_type() -> None:
    assert entries({"items": "${input.items}", "all": "${input}"}) == {
        "items": (Variable("input", "items", ArrayOf(Ref("Item"))),),
        "all": (Variable("input", "", Ref("CreateDeal")),),
    }


def test_a_list_beside_text_is_refused() -> None:
    assert "not a single value" in refusal({"t": "items ${input.items}"}, "actions[0].request.json.t").what


def test_nothing_else_of_the_input_goes_into_the_body() -> None:
    request = request_of({"title": "${input.name}"})
    assert (request.body, request.params) == ((), ())


def test_the_tree_of_a_list() -> None:
    assert request_of([{"op": "replace", "value": "${input.name}"}]).data == DataList(
        (DataObject((("op", ("replace",)), ("value", (Variable("input", "name", Primitive("string")),)))),)
    )


def test_dates_are_converted_in_it() -> None:
    request = request_of({"deep": ["${input.start}", {"at": "${input.start:http}"}]}, dates={"start": "date"})
    first, second = request.variables
    assert (first.root, second.root, second.format) == ("dates", "input", "http")


@pytest.mark.parametrize("name", ["input", "${input}"])
def test_the_input_is_spread(name: str) -> None:
    assert entries({"...": name, "kind": "deal"})["..."] == DataSpread(
        Variable("input", "", Ref("CreateDeal"))
    )


def test_an_object_of_the_input_is_spread() -> None:
    (spread,) = entries({"...": "input.address"}).values()
    assert (spread.of.field, spread.of.optional) == ("address", True)


@pytest.mark.parametrize("name", ["input.name", "input.items", "output", "input.address:text"])
def test_what_is_no_object_is_not_spread(name: str) -> None:
    refusal({"...": name}, "actions[0].request.json....")


def test_a_field_that_the_spread_would_replace_is_refused() -> None:
    error = refusal({"name": "a", "...": "input"}, "actions[0].request.json....")
    assert error.fix == "write `...` before name"
    assert list(entries({"...": "input", "name": "a", "note": "b"})) == ["...", "name", "note"]
    assert list(entries({"note": "b", "city": "a", "...": "input.address"})) == ["note", "city", "..."]


@pytest.mark.parametrize("other", [{"data": ["name"]}, {"body": "items"}])
def test_another_body_beside_it_is_refused(other: dict[str, Any]) -> None:
    refusal({"a": 1}, f"actions[0].request.{next(iter(other))}", request=other)


def test_a_get_has_no_body_and_a_delete_may_have_one() -> None:
    refusal({"a": 1}, request={"method": "GET"})
    assert request_of({"a": 1}, request={"method": "DELETE"}).data is not None


def test_an_input_nobody_described_has_the_fields_of_the_tree() -> None:
    request = {"path": "/notes/${input.id}", "json": {"data": {"text": "${input.text}"}}}
    answers = {"provider": "acme", "actions": [{"name": "create-note", "request": request}]}
    action = derive(load_answers(answers), FACTS, {}).actions[0]
    assert action.input is not None
    assert [field.name for field in action.input.shape.fields] == ["id", "text"]


class TestForms:
    def test_a_tree_without_branches_is_one(self) -> None:
        request = request_of({"amount": 5, "name": "${input.name}"}, request={"encoding": "form"})
        assert request.data is None
        assert request.body == (
            Param("amount", 5),
            Param("name", (Variable("input", "name", Primitive("string")),)),
        )

    @pytest.mark.parametrize("json", [{"a": {"b": 1}}, {"a": [1]}, {"...": "input"}, [1], {}])
    def test_any_other_is_refused(self, json: Any) -> None:
        assert refusal(json, request={"encoding": "form"}).what == "a form holds single values"


class TestSyncs:
    def test_json_is_data(self) -> None:
        def body(name: str) -> Request:
            sync = {"name": "deals", "request": {name: {"a": ["x"]}}}
            return derive(load_answers({"provider": "acme", "syncs": [sync]}), FACTS, {}).syncs[0].request

        assert body("json") == body("data")
        assert body("json").method == "POST"

    def test_both_are_refused(self) -> None:
        sync = {"name": "deals", "request": {"data": {}, "json": {}}}
        with pytest.raises(AnswersError, match="already"):
            derive(load_answers({"provider": "acme", "syncs": [sync]}), FACTS, {})

    def test_a_list_has_no_place_for_a_cursor(self) -> None:
        paginate = {"type": "cursor", "cursor_path_in_response": "n", "cursor_name_in_request": "c"}
        sync = {
            "name": "deals",
            "sync_type": "incremental",
            "request": {"json": [1], "paginate": paginate, "incremental": {"param": "since"}},
        }
        with pytest.raises(AnswersError, match="the body is a list"):
            derive(load_answers({"provider": "acme", "syncs": [sync]}), FACTS, {})
