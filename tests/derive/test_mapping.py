"""How each field of a model is mapped from the API's record, and the raw type this implies. Rules M01-M03."""

from __future__ import annotations

from typing import Any

import pytest

from nango_scaffold.answers import load_answers
from nango_scaffold.derive import IntegrationSpec, derive
from nango_scaffold.errors import AnswersError
from nango_scaffold.models.types import ObjectOf, Type
from nango_scaffold.models.unparse import unparse
from nango_scaffold.providers import ProviderFacts
from nango_scaffold.spec.paths import steps_of
from nango_scaffold.spec.values import Assign, Build, Convert, Each, Mapped, OrElse, Read

FACTS = ProviderFacts(
    key="github", auth_mode="API_KEY", base_url="https://api.github.com", source="providers.yaml"
)


def spec_of(
    user: dict[str, Any], *, mapping: dict[str, str] | None = None, **answers: Any
) -> IntegrationSpec:
    data = {
        "provider": "github",
        "models": {**answers.pop("models", {}), "User": {"id": "string", **user}},
        **answers,
    }
    data["syncs"] = [{"name": "users", "mapping": mapping or {}}]
    return derive(load_answers(data), FACTS, {})


def refusal_of(user: dict[str, Any], **answers: Any) -> AnswersError:
    with pytest.raises(AnswersError) as refusal:
        spec_of(user, **answers)
    return refusal.value


def raw_of(spec: IntegrationSpec, name: str = "GithubUserResponse") -> dict[str, Type]:
    shape = next(raw.shape for raw in spec.raw_types if raw.name == name)
    assert isinstance(shape, ObjectOf)
    return {field.name: field.type for field in shape.fields}


def assigned(spec: IntegrationSpec, name: str) -> Assign:
    return next(field for field in spec.mappers[0].fields if field.name == name)


RAW = [
    # the model's field, the raw type
    ("string", "string"),
    ("string | null", "string | null"),
    ("date", "string"),
    ("date | null", "string | null"),
    ("open | closed", "open | closed"),
    ("string[]", "string[]"),
    ("object", "object"),
    ("any", "any"),
    ({"a": "date", "b": {"c": "number"}}, {"a": "string", "b": {"c": "number"}}),
    ({"a?": "string"}, {"a": "string | null"}),
    ([{"a": "date"}], [{"a": "string"}]),
]


@pytest.mark.parametrize(("of", "raw"), RAW)
def test_the_raw_type_of_a_required_field(of: Any, raw: Any) -> None:
    assert unparse(raw_of(spec_of({"x": of}))["x"]) == raw


def test_an_optional_field_stands_for_null_in_the_api_and_is_left_out_then() -> None:
    spec = spec_of({"x?": "string"})
    assert unparse(raw_of(spec)["x"]) == "string | null"
    assert assigned(spec, "x").when is not None


VALUES = [
    # the model's field, what the raw type is said to be, how the value is made
    ("string", None, Read),
    ("date", None, Convert),
    ("string", "number", Convert),
    ("number", "string", Convert),
    ("string", "boolean", Convert),
    ("date", "number", Convert),
    ("date | null", None, OrElse),
    ("string | null", None, Read),
    ({"a": "string"}, None, Build),
    ("date[]", None, Each),
    ("string[]", None, Read),
    ("Team", None, Mapped),
    ("Team[]", None, Each),
    ("Team | null", None, OrElse),
    ("Team | string", None, Read),
    ("object", None, Read),
    ("any", "string | null", Read),
]


@pytest.mark.parametrize(("of", "source", "kind"), VALUES)
def test_how_a_value_is_made(of: Any, source: Any, kind: type) -> None:
    responses = {} if source is None else {"User": {"x": source}}
    spec = spec_of({"x": of}, models={"Team": {"id": "string"}}, responses=responses)
    assert isinstance(assigned(spec, "x").value, kind)


def test_a_model_in_a_model_has_a_raw_type_and_a_mapper_of_its_own() -> None:
    spec = spec_of({"team": "Team"}, models={"Team": {"id": "string"}})
    assert [mapper.model for mapper in spec.mappers] == ["User", "Team"]
    assert spec.mappers[0].uses == ("Team",)
    names = ["GithubUserResponse", "GithubTeamResponse", "GithubUsersBody"]
    assert [raw.name for raw in spec.raw_types] == names


def test_a_path_goes_through_objects_that_may_be_null_only_for_optional_fields() -> None:
    spec = spec_of(
        {"login": "string", "team?": "string"}, mapping={"login": "user.login", "team": "org.team.name"}
    )
    raw = raw_of(spec)
    assert unparse(raw["user"]) == {"login": "string"}
    read = assigned(spec, "team").when
    assert read is not None
    assert [(step.name, step.after_null) for step in read.steps] == [
        ("org", False),
        ("team", True),
        ("name", True),
    ]


def test_two_fields_may_be_read_through_one_object() -> None:
    spec = spec_of({"a": "string", "b?": "string"}, mapping={"a": "user.a", "b": "user.b"})
    assert unparse(raw_of(spec)["user"]) == {"a": "string", "b": "string | null"}


def test_two_fields_may_be_read_from_one_place() -> None:
    spec = spec_of({"number": "number", "label": "string"}, mapping={"label": "number"})
    assert isinstance(assigned(spec, "label").value, Convert)


def test_a_path_may_lead_into_an_object_of_the_model() -> None:
    spec = spec_of({"user": {"a": "string"}, "login": "string"}, mapping={"login": "user.login"})
    assert unparse(raw_of(spec)["user"]) == {"a": "string", "login": "string"}


def test_a_path_may_not_lead_through_a_text_or_another_model() -> None:
    for of in ("string", "Team", "string[]"):
        refusal = refusal_of(
            {"user": of, "login": "string"},
            mapping={"login": "user.login"},
            models={"Team": {"id": "string"}},
        )
        assert refusal.where == "syncs[0].mapping"


PATHS = [
    ("", ()),
    ("id", ("id",)),
    ("user.login", ("user", "login")),
    ("@odata.nextLink", ("@odata.nextLink",)),
    ("value.@odata.etag", ("value", "@odata.etag")),
    ("@microsoft.graph.downloadUrl", ("@microsoft.graph.downloadUrl",)),
]


@pytest.mark.parametrize(("path", "steps"), PATHS)
def test_a_path_has_steps_and_an_odata_name_is_one(path: str, steps: tuple[str, ...]) -> None:
    assert steps_of(path) == steps


def test_a_name_that_responses_has_as_it_stands_is_one_property() -> None:
    spec = spec_of({"x": "string"}, mapping={"x": "a.b"}, responses={"User": {"a.b": "string"}})
    assert isinstance(assigned(spec, "x").value, Read)
    assert assigned(spec, "x").value.steps[0].name == "a.b"  # type: ignore[union-attr]


def test_responses_replace_fields_and_add_others() -> None:
    spec = spec_of({"x": "string", "y": "string"}, responses={"User": {"x": "number", "extra?": "string[]"}})
    assert {name: unparse(of) for name, of in raw_of(spec).items()} == {
        "id": "string",
        "x": "number",
        "y": "string",
        "extra": "string[]",
    }


def test_a_model_in_responses_is_its_raw_type_where_it_is_mapped_and_written_out_elsewhere() -> None:
    models = {"Team": {"id": "string"}, "Other": {"a": "string"}}
    spec = spec_of({"team": "Team"}, models=models, responses={"User": {"team": "Team", "other": "Other"}})
    raw = raw_of(spec)
    assert isinstance(assigned(spec, "team").value, Mapped)
    assert unparse(raw["other"]) == {"a": "string"}


def test_a_model_behind_any_key_is_written_out_as_types_ts_knows_no_models() -> None:
    spec = spec_of({"teams": {"__string": "Team"}}, models={"Team": {"id": "string"}})
    assert unparse(raw_of(spec)["teams"]) == {"__string": {"id": "string"}}


def test_a_model_of_any_keys_hands_the_rest_on() -> None:
    assert spec_of({"__string": "any"}).mappers[0].keeps_the_rest


def test_fields_of_an_extended_model_are_mapped() -> None:
    spec = spec_of({"__extends": "Base", "x": "string"}, models={"Base": {"created": "date"}})
    assert isinstance(assigned(spec, "created").value, Convert)


LISTS = [
    # the field, the variable of one item
    ("labels", "label"),
    ("classes", "item"),
    ("responses", "item"),
    ("to_users", "item"),
    ("evals", "item"),
    ("data", "data"),
    ("a-b", "aB"),
]


@pytest.mark.parametrize(("name", "variable"), LISTS)
def test_an_item_of_a_list_has_a_name_that_nothing_else_has(name: str, variable: str) -> None:
    value = assigned(spec_of({name: "date[]"}), name).value
    assert isinstance(value, Each)
    assert value.variable == variable


def test_scripts_that_share_a_model_share_its_mapping() -> None:
    data = {
        "provider": "github",
        "syncs": [{"name": "users", "mapping": {"name": "full_name"}}],
        "actions": [{"name": "get-user", "mapping": {"id": "node_id"}}],
    }
    spec = derive(load_answers(data), FACTS, {})
    (mapper,) = spec.mappers
    assert [field.value.steps[0].name for field in mapper.fields[:2]] == ["node_id", "full_name"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("first", "second", "raw"),
    [
        ("open | closed", "string", "open | closed"),
        ("string", "open | closed", "open | closed"),
        ("open | closed | merged", "closed | merged | lost", "closed | merged"),
        ("1 | 2", "number", "1 | 2"),
        ("string", "number", "string"),
        ("any", "string", "string"),
    ],
)
def test_two_fields_may_be_read_from_one_path(first: str, second: str, raw: str) -> None:
    spec = spec_of({"status": first, "label": second}, mapping={"status": "state", "label": "state"})
    assert unparse(raw_of(spec)["state"]) == raw
    for name in ("status", "label"):
        value = assigned(spec, name).value
        read = value.of if isinstance(value, Convert) else value
        assert isinstance(read, Read)
        assert read.steps[0].name == "state"


def test_one_of_two_fields_of_a_path_may_be_null_only_where_both_may() -> None:
    mapping = {"status": "state", "label": "state"}
    spec = spec_of({"status?": "open | closed", "label": "string"}, mapping=mapping)
    assert unparse(raw_of(spec)["state"]) == "open | closed"
    both = spec_of({"status?": "open | closed", "label?": "string"}, mapping=mapping)
    assert unparse(raw_of(both)["state"]) == "open | closed | null"


def test_a_mapping_that_cannot_be_is_shown_where_it_stands() -> None:
    error = refusal_of({"x": "string", "y": {"a": "string"}}, mapping={"x": "z", "y": "z"})
    assert error.where.startswith("syncs[0].mapping")
