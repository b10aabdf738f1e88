"""Models are read as the nango CLI reads them, invalid ones are refused, and they are written back the same."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings

from nango_scaffold.models.accept import accept_model
from nango_scaffold.models.reader import ModelsError, read_models, read_type
from nango_scaffold.models.types import (
    Alias,
    ArrayOf,
    Field,
    Literal,
    Model,
    ObjectOf,
    Primitive,
    Ref,
    Type,
    UnionOf,
)
from nango_scaffold.models.unparse import NotExpressibleError, unparse
from nango_scaffold.models.walk import referenced_models

from ..render.declarations import type_source
from ..render.node_tools import Node, ToolError
from .strategies import nango_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

STRING, NUMBER, ANY = Primitive("string"), Primitive("number"), Primitive("any")


def fields(**data: Any) -> tuple[Field, ...]:
    (model,) = read_models({"X": data})
    assert isinstance(model, Model)
    return model.shape.fields


def union(*members: Type) -> UnionOf:
    return UnionOf(members)


# --- one value ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "type_"),
    [
        ("string", STRING),
        ("varchar", STRING),
        ("Integer", NUMBER),
        ("bool", Primitive("boolean")),
        ("date", Primitive("Date")),
        ("object", ObjectOf((), ANY)),
        ("array", ArrayOf(ANY)),
        ("array[]", ArrayOf(ArrayOf(ANY))),
        ("string[]", ArrayOf(STRING)),
        ("User", Ref("User")),
        ("User[]", ArrayOf(Ref("User"))),
        ("user", Literal("user")),
        ("foo[]", Literal("foo[]")),
        ("unknown", Literal("unknown")),
        ("string[][]", Literal("string[][]")),
        ("2nd", Literal(2)),
        ("2024-01-01", Literal(2024)),
        ("-5x", Literal(-5)),
        ("0x10", Literal(0)),
        ("9" * 5000, Literal(float("inf"))),
        ("9007199254740993", Literal(2**53)),
        ("1.5", Literal(1)),
        ("TRUE", Literal(True)),
        ("null[]", ArrayOf(Literal(None))),
        ("in progress | done", union(Literal("in progress"), Literal("done"))),
        ("string | null", union(STRING, Literal(None))),
        ("1.5 | 2", union(Literal(1), Literal(2))),
        (1.5, Literal(1.5)),
        (True, Literal(True)),
        (None, Literal(None)),
        (2**60 + 1, Literal(float(2**60))),
        (["A", "B"], ArrayOf(union(Literal("A"), Literal("B")))),
        (["A | B", "string"], ArrayOf(union(Literal("A"), Literal("B"), STRING))),
        ([{"id": "string"}], ArrayOf(ObjectOf((Field("id", STRING),)))),
        ([["string"]], ArrayOf(ArrayOf(STRING))),
        ({"__string": "number"}, ObjectOf((), NUMBER)),
        ({"__string?": "any"}, ObjectOf((), union(ANY, Primitive("undefined")))),
        (datetime.date(2024, 1, 1), ObjectOf(())),
    ],
)
def test_a_value_means_what_it_means_to_the_cli(data: Any, type_: Type) -> None:
    assert read_type(data, {"User"}) == type_


def test_one_and_true_are_two_types() -> None:
    assert Literal(1) != Literal(True)
    assert len({Literal(1), Literal(True), Literal(1.0)}) == 2


# --- fields and models --------------------------------------------------------------------------------------


def test_the_question_mark_is_lost_on_plain_yaml_values() -> None:
    assert fields(**{"a?": "true", "b?": True, "c?": None, "d?": 3}) == (
        Field("a", Literal(True), optional=True),
        Field("b", Literal(True)),
        Field("c", Literal(None)),
        Field("d", Literal(3)),
    )


def test_keys_that_are_numbers_come_first_as_in_javascript() -> None:
    (model,) = read_models(
        {"X": {"b": "string", 10: "string", "9": "string", "01": "string", True: "any", None: "any"}}
    )

    assert isinstance(model, Model)
    assert [field.name for field in model.shape.fields] == ["9", "10", "b", "01", "true", "null"]


def test_a_field_twice_keeps_its_place_and_takes_the_last_value() -> None:
    assert fields(**{"a": "string", "b": "any", "a?": "number"}) == (
        Field("a", NUMBER, optional=True),
        Field("b", ANY),
    )


def test_extending_gives_own_fields_and_first_parents_the_word() -> None:
    models = {
        "A": {"x": "string", "y?": "string", "__string": "any"},
        "B": {"x": "number", "z": "number"},
        "C": {"__extends": "A, B", "z": "boolean", "w": "any"},
    }

    declarations = {model.name: model for model in read_models(models)}

    assert declarations["C"] == Model(
        "C",
        ObjectOf(
            (
                Field("x", STRING),
                Field("y", STRING, optional=True),
                Field("z", Primitive("boolean")),
                Field("w", ANY),
            ),
            index=ANY,
        ),
    )


def test_models_come_after_those_they_name_and_circles_are_read() -> None:
    models = {"A": {"b": "B[]"}, "B": {"c": [{"d": "C | null"}], "a?": "A"}, "C": {}}

    assert [model.name for model in read_models(models)] == ["C", "B", "A"]


def test_a_model_without_a_body_is_refused_but_first_taken_for_a_word() -> None:
    with pytest.raises(ModelsError) as refusal:
        read_models({"A": {"b": "B"}, "B": None})

    assert refusal.value.where == "models.B"


@pytest.mark.parametrize(
    ("models", "where"),
    [
        ({"A": "B | C"}, "models.A"),
        ({"my-model": {}}, "models.my-model"),
        ({"A": {"x": {"y": "Array<string>"}}}, "A.x.y"),
        ({"A": {"x": ["string", "[]"]}}, "A.x[1]"),
        ({"A": {"x": "A |"}}, "A.x"),
        ({"A": {"__extends": "Nobody"}}, "A.__extends"),
        ({"A": {"__extends": "A"}}, "A.__extends"),
        ({"A": {"b": "B"}, "B": {"__extends": "A"}}, "B.__extends"),
        ({"A": {"__extends": ["A"]}}, "A.__extends"),
        ({"A": {"x": object()}}, "A.x"),
    ],
)
def test_what_the_cli_refuses_is_refused_with_its_place(models: dict[str, Any], where: str) -> None:
    with pytest.raises(ModelsError) as refusal:
        read_models(models)

    assert refusal.value.where == where
    assert refusal.value.exit_code == 3


def test_no_models_are_no_models() -> None:
    assert read_models(None) == read_models({}) == ()


def test_a_long_row_of_models_is_read() -> None:
    models = {f"M{number}": {"next": f"M{number + 1}"} for number in range(5000)}

    assert [model.name for model in read_models(models)][:2] == ["M4999", "M4998"]


def test_fields_that_nest_beyond_reason_are_refused_and_do_not_crash() -> None:
    data: Any = "string"
    for _ in range(2000):
        data = {"a": [data]}

    with pytest.raises(ModelsError, match="nest deeper"):
        read_models({"X": data})
    assert "nest deeper" in accept_model("X", data)[0].what


def test_models_that_extend_each_other_in_an_endless_row_are_refused() -> None:
    models = {f"M{number}": {"__extends": f"M{number + 1}"} for number in range(5000)}

    with pytest.raises(ModelsError, match="too long a row"):
        read_models({**models, "M5000": {"id": "string"}})


# --- inputs and outputs that name a type --------------------------------------------------------------------


def test_inputs_and_outputs_that_are_no_models_become_aliases() -> None:
    integrations = {
        "my-app": {
            "syncs": {"s": {"input": "string"}, "t-1": {"output": "User", "input": "A | B"}},
            "actions": {
                "do-it": {"input": "User[]", "output": ["string", "User"]},
                "x": {"input": None},
                "y": None,
            },
        },
        "broken": None,
        "old": {"things": {"runs": "every day"}},
    }

    declarations = read_models({"User": {"id": "string"}}, integrations)

    assert declarations[1:] == (
        Alias("Anonymous_myapp_sync_t1_input", union(Literal("A"), Literal("B"))),
        Alias("Anonymous_myapp_action_doit_output", STRING),
        Alias("Anonymous_myapp_action_doit_input", ArrayOf(Ref("User"))),
    )


# --- against the CLI ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def cli() -> Iterator[Node]:
    """The CLI's parser and its writer of schema.ts."""
    node = Node(chain=True)
    yield node
    node.close()


def check_against_cli(cli: Node, data: dict[str, Any]) -> None:
    try:
        declared = cli.types(data)
    except ToolError:
        with pytest.raises(ModelsError):
            read_models(data["models"], data["integrations"])
        return
    declarations = read_models(data["models"], data["integrations"])
    assert [
        [model.name, plain(model.shape if isinstance(model, Model) else model.type)] for model in declarations
    ] == declared


def plain(type_: Type) -> list[Any]:
    """A type as ``Node.types`` gives it."""
    if isinstance(type_, ObjectOf):
        members = [[field.name, field.optional, declared_type(field)] for field in type_.fields]
        return ["object", members, None if type_.index is None else plain(type_.index)]
    if isinstance(type_, ArrayOf):
        return ["array", plain(type_.item)]
    if isinstance(type_, UnionOf):
        return ["union", list(map(plain, type_.members))]
    if isinstance(type_, Literal) and isinstance(type_.value, str):
        return ["text", type_.value]
    return ["word", type_source(type_)]


def declared_type(field: Field) -> list[Any]:
    """An optional field also takes undefined, unless the text of its type has the word already."""
    type_ = plain(field.type)
    if not field.optional or "undefined" in str(type_) or "True, " in str(type_):
        return type_
    return ["union", [*(type_[1] if type_[0] == "union" else [type_]), ["word", "undefined"]]]


@pytest.mark.toolchain
@given(nango_yaml())
def test_any_models_are_read_as_the_cli_reads_them(cli: Node, data: dict[str, Any]) -> None:
    check_against_cli(cli, data)


@pytest.mark.nightly
@pytest.mark.toolchain
@settings(max_examples=10_000)
@given(nango_yaml())
def test_thousands_of_models_are_read_as_the_cli_reads_them(cli: Node, data: dict[str, Any]) -> None:
    check_against_cli(cli, data)


# --- writing types back -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("type_", "data"),
    [
        (STRING, "string"),
        (Primitive("Date"), "date"),
        (ObjectOf((), ANY), "object"),
        (ArrayOf(ObjectOf((), ANY)), "object[]"),
        (ArrayOf(Ref("User")), "User[]"),
        (union(STRING, Literal(None)), "string | null"),
        (union(ArrayOf(STRING), Literal(3)), "string[] | 3"),
        (ArrayOf(union(Literal("a"), Literal("b"))), ["a", "b"]),
        (ArrayOf(ArrayOf(STRING)), ["string[]"]),
        (Literal(1.5), 1.5),
        (
            ObjectOf((Field("a", Literal(True), optional=True), Field("b", STRING)), ANY),
            {"a?": "true", "b": "string", "__string": "any"},
        ),
    ],
)
def test_a_type_is_written_as_data_that_reads_back(type_: Type, data: Any) -> None:
    assert unparse(type_) == data


@pytest.mark.parametrize(
    "type_",
    [
        union(STRING, ObjectOf(())),
        Literal("2nd"),
        Literal("string"),
        Literal("a | b"),
        union(Literal(1.5), STRING),
        Ref("string"),
        ObjectOf((Field("a", Literal(1.5), optional=True),)),
        ObjectOf((Field("a?", STRING),)),
    ],
)
def test_a_type_without_a_form_is_refused(type_: Type) -> None:
    with pytest.raises(NotExpressibleError):
        unparse(type_)


@given(nango_yaml())
def test_what_was_read_and_written_reads_the_same(data: dict[str, Any]) -> None:
    try:
        declarations = read_models(data["models"])
    except ModelsError:
        return
    for model in declarations:
        assert isinstance(model, Model)
        try:
            text = unparse(model.shape)
        except NotExpressibleError:
            continue
        assert read_type(text, referenced_models(model.shape)) == model.shape


# --- judging models -----------------------------------------------------------------------------------------


ENUM = "string, as nango.yaml cannot write the value {0}; string | {0} where the type is meant"


@pytest.mark.parametrize(
    ("key", "value", "fix"),
    [
        ("a", "'open' | 'closed'", "open"),
        ("a", "Array<string>", "string[]"),
        ("a", "Record<string, any>", "object, or a mapping with __string"),
        ("a", "string[][]", "a YAML list in a list"),
        ("a", "(A | B)[]", "a YAML list of the item's types"),
        ("a", "{ b: string }", "fields on lines of their own below the key"),
        ("a", "A & B", "__extends: A, B in a model of its own"),
        ("a", "void", "any, or leave the field out"),
        ("a", "unknown", "any"),
        ("a", "string | unknown", "any"),
        ("a", "strng", "string; string where the word itself is the value"),
        ("a", "Usr", "User; string where the word itself is the value"),
        ("a", "Usr | null", "User; string where the word itself is the value"),
        ("a", ["Usr", "User"], "User; string where the word itself is the value"),
        ("a", "user", "User; string where the word itself is the value"),
        ("a", "Usr[]", "User"),
        ("a", "enum | text | date", ENUM.format("date")),
        ("a", "text | number", ENUM.format("number")),
        ("a?", "auto | Boolean | null", ENUM.format("Boolean")),
        ("a", ["text", "date"], ENUM.format("date")),
        ("a", {"b": ["text", "object"]}, ENUM.format("object")),
        ("a", "Nothing", "a model's name, or string"),
        ("a", "datetime", "date, or string for a date sent as JSON"),
        ("a", "2nd | 3rd", "a value that starts with a letter, or string"),
        ("a", "1.5 | x", "a value that starts with a letter, or string"),
        ("a", "A | ", "a type such as string; no | at either end"),
        ("a", "constructor", "string"),
        ("a", "a\\b", "a value without backslashes and line breaks"),
        ("a", [], "any[]"),
        ("a", [{"b": "void"}], "any, or leave the field out"),
        ("a", {"b": {"c": "unknown"}}, "any"),
        ("a", float("nan"), "number"),
        ("a", datetime.date(2024, 1, 1), "date, or string"),
        ("a", object(), "a type such as string"),
        ("a?", True, "the text 'true', in quotes"),
        ("a?", None, "the text 'null', in quotes"),
        ("a?", 3, "the text '3', in quotes"),
        ("a?", 1.5, "number"),
        ("2nd", "string", "_2nd, mapped to '2nd'"),
        ("__proto__", "string", "another field name"),
        ('a"b', "string", "a name without quotes, backslashes or line breaks"),
        ("", "string", "a name without quotes, backslashes or line breaks"),
        ("__extends", "Usr", "User"),
        ("__extends", ["User"], "__extends: A, B"),
    ],
)
def test_each_trap_is_named_with_the_form_to_use(key: str, value: Any, fix: str) -> None:
    problems = accept_model("X", {"id": "string", key: value}, known={"User"})

    assert problems
    assert problems[0].fix == fix
    assert problems[0].where.startswith(f"X.{key.removesuffix('?')}")
    assert problems[0].what


@pytest.mark.parametrize(
    "value",
    [
        "string", "User", "User[]", "open | closed", "Open | Closed | null", "in progress | done", "issue", "1 | 2", 42,
        1.5, True, None, "string | undefined", ["A", "B"], [{"b": "string"}], {"b?": "date"}, {"__string": "any"}, "object",
        "string | number", "date | null", "date | number[] | User", "a | string | number", "a | any", "a | undefined", "a | 3",
        "Unknown", "Unknown | null", "user_name", "x", "X_1 | null", ["Open", "Closed"],
    ],
)  # fmt: skip
def test_what_the_model_language_has_is_accepted(value: Any) -> None:
    assert accept_model("X", {"id": "string", "a": value, "a-b?": "string"}, known={"User"}) == []


@pytest.mark.parametrize(
    ("model", "word"),
    [("Storage", "storage"), ("Photo", "photo"), ("TrackingCode", "tracking_code"), ("Photo", "photos")],
)
def test_a_value_that_reads_like_its_own_model_is_a_value(model: str, word: str) -> None:
    known = {model: {}, "User": {}}
    assert accept_model(model, {"id": "string", "kind": word, "inner": {"kind?": word}}, known=known) == []


def test_a_union_at_the_top_is_no_model() -> None:
    (problem,) = accept_model("Status", "open | closed")

    assert (problem.where, problem.fix) == ("Status", "a mapping; a union goes into a field of it")


def test_a_field_with_and_without_question_mark_stands_twice() -> None:
    (problem,) = accept_model("X", {"a": "string", "a?": "string"})

    assert problem.where == "X.a"


def test_fields_beside_other_keys_must_be_of_their_type() -> None:
    (problem,) = accept_model("X", {"id": "string", "__string": "number"})

    assert (problem.where, problem.fix) == ("X.id", "__string: any")


def test_models_in_a_circle_are_found_through_the_others() -> None:
    others = {"B": {"c": {"of": "C"}}, "C": {"__extends": "A"}}

    (problem,) = accept_model("A", {"b": "B"}, known=others)

    assert "A -> B -> C -> A" in problem.what
    assert accept_model("A", {"b": "B"}, known={"B": {"b": "B"}}) == []


@pytest.mark.parametrize(
    "fields",
    [{"b?": "B"}, {"b": "B[]"}, {"b": "B | null"}, {"b": ["B"]}, {"b": {"of?": "B"}}, {"__string": "B"}],
)
def test_models_that_hold_each_other_are_accepted_where_a_record_can_end(fields: dict[str, Any]) -> None:
    assert accept_model("A", fields, known={"B": {"a": "A"}}) == []
    assert accept_model("B", fields) == []


@pytest.mark.parametrize("name", ["user", "2Model", "My-Model", "", "A B", "Größe"])
def test_a_bad_name_is_one_problem(name: str) -> None:
    (problem,) = accept_model(name, {"id": "string"})

    assert problem.where == name
