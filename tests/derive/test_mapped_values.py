"""Computed values of ``mapping``: where they are read, the raw type they imply, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from nango_scaffold.answers import load_answers
from nango_scaffold.derive import IntegrationSpec, derive
from nango_scaffold.errors import AnswersError
from nango_scaffold.models.types import ObjectOf, is_nullable, without_null
from nango_scaffold.models.unparse import unparse
from nango_scaffold.providers import ProviderFacts
from nango_scaffold.spec.mappers import Mapper
from nango_scaffold.spec.values import (
    Assign,
    Build,
    Compared,
    Convert,
    Dated,
    Each,
    Expression,
    FirstItem,
    Local,
    OrElse,
    Part,
    Plain,
    Read,
)

FACTS = ProviderFacts("acme", "API_KEY", base_url="https://api.acme.com", source="providers.yaml")


def spec_of(fields: dict[str, Any], mapping: dict[str, Any], **more: Any) -> IntegrationSpec:
    data: dict[str, Any] = {
        "provider": "acme",
        "models": {"User": {"id": "string", **fields}, **more.pop("models", {})},
        "syncs": [{"name": "users", "mapping": mapping, **more.pop("sync", {})}],
        **more,
    }
    return derive(load_answers(data), FACTS, {})


def mapper_of(fields: dict[str, Any], mapping: dict[str, Any], **more: Any) -> Mapper:
    mapper = next(mapper for mapper in spec_of(fields, mapping, **more).mappers if mapper.model == "User")
    assert isinstance(mapper, Mapper)
    return mapper


def assign_of(of: Any, value: Any, *, name: str = "x", **more: Any) -> tuple[Assign, tuple[Local, ...]]:
    mapper = mapper_of({name: of}, {"x": value}, **more)
    return next(assign for assign in mapper.fields if assign.name == "x"), mapper.locals


def raw_of(of: Any, value: Any, *, name: str = "x", **more: Any) -> dict[str, Any]:
    shape = spec_of({name: of}, {"x": value}, **more).raw_types[0].shape
    assert isinstance(shape, ObjectOf)
    return {field.name: unparse(field.type) for field in shape.fields if field.name != "id"}


def refusal(of: Any, value: Any, *, name: str = "x", **more: Any) -> AnswersError:
    with pytest.raises(AnswersError) as error:
        spec_of({name: of}, {"x": value}, **more)
    return error.value


def steps(read: Read | None) -> str:
    assert read is not None
    return read.variable + "".join(f"{'?' * step.after_null}.{step.name}" for step in read.steps)


class TestComparisons:
    def test_a_value_is_compared_and_may_be_null(self) -> None:
        assign, _ = assign_of("boolean", {"from": "a.b", "is": "on"})
        assert isinstance(assign.value, Compared)
        assert (steps(assign.value.of), assign.value.values) == ("response.a?.b", (Plain("on"),))
        assert raw_of("boolean", {"from": "a", "is": "on"}) == {"a": "string | null"}

    def test_several_values_may_be_of_several_types(self) -> None:
        assert raw_of("boolean", {"from": "a", "is": [1, "one"]}) == {"a": "number | string | null"}

    def test_a_boolean_is_compared_as_one(self) -> None:
        assert raw_of("boolean", {"from": "a", "is": False}) == {"a": "boolean | null"}

    def test_a_field_that_is_no_boolean_is_refused(self) -> None:
        error = refusal("string", {"from": "a", "is": "on"})
        assert "does not hold these" in str(error)
        assert error.where == "syncs[0].mapping.x.is"

    def test_a_value_that_never_comes_is_refused(self) -> None:
        error = refusal(
            "boolean", {"from": "a", "is": "on"}, responses={"User": {"id": "string", "a": "x | y"}}
        )
        assert "never holds 'on'" in str(error)


class TestItems:
    VALUE = {"from": "emails", "where": {"primary": True, "kind": "work"}, "pick": "value"}

    def test_an_item_is_looked_for_in_a_variable(self) -> None:
        assign, (local,) = assign_of("string", self.VALUE, name="x?")
        assert isinstance(local.value, FirstItem)
        assert [(steps(read), value.value) for read, value in local.value.tests] == [
            ("item.primary", True),
            ("item.kind", "work"),
        ]
        assert (local.variable, steps(assign.when)) == ("email", "email?.value")

    def test_the_raw_type_is_a_list_of_objects(self) -> None:
        shape = spec_of({"x?": "string"}, {"x": self.VALUE}).raw_types[0].shape
        assert isinstance(shape, ObjectOf)
        emails = next(field.type for field in shape.fields if field.name == "emails")
        assert is_nullable(emails)
        assert unparse(without_null(emails)) == [
            {"primary": "boolean", "kind": "string", "value": "string | null"}
        ]

    def test_two_fields_of_one_item_share_a_variable(self) -> None:
        values = {name: {**self.VALUE, "pick": name} for name in ("value", "label")}
        mapper = mapper_of({"value?": "string", "label?": "string"}, values)
        assert [local.variable for local in mapper.locals] == ["email"]

    def test_another_item_of_the_same_list_has_another_variable(self) -> None:
        other = {**self.VALUE, "where": {"primary": False}}
        mapper = mapper_of({"a?": "string", "b?": "string"}, {"a": self.VALUE, "b": other})
        assert [local.variable for local in mapper.locals] == ["email", "email2"]

    def test_a_required_field_needs_a_default(self) -> None:
        error = refusal("string", self.VALUE)
        assert "may be null, but the field is required" in str(error)
        assign, _ = assign_of("string", {**self.VALUE, "otherwise": "none"})
        assert isinstance(assign.value, OrElse)
        assert assign.value.otherwise == Plain("none")

    def test_a_whole_item_becomes_an_object_of_the_model(self) -> None:
        value = {"from": "homes", "where": {"main": True}}
        assign, _ = assign_of("Home", value, name="x?", models={"Home": {"street": "string"}})
        assert isinstance(assign.value, Build)
        assert steps(assign.when) == "home"

    def test_a_picked_date_is_converted(self) -> None:
        assign, _ = assign_of("date", self.VALUE, name="x?")
        assert isinstance(assign.value, Convert)

    def test_a_value_that_is_no_list_is_refused(self) -> None:
        raw = {"User": {"id": "string", "emails": "string"}}
        assert "no list at 'emails'" in str(refusal("string", self.VALUE, name="x?", responses=raw))


class TestParts:
    @pytest.mark.parametrize(
        ("of", "name", "more", "empty"),
        [
            ("string", "x", {}, Plain("")),
            ("string | null", "x", {}, Plain(None)),
            ("string", "x", {"otherwise": "?"}, Plain("?")),
            ("string", "x?", {"otherwise": "?"}, Plain("?")),
        ],
    )
    def test_what_an_empty_part_becomes(self, of: str, name: str, more: dict[str, str], empty: Plain) -> None:
        assign, no_locals = assign_of(of, {"from": "a", "part": "rest", **more}, name=name)
        assert isinstance(assign.value, Part)
        assert (assign.value.which, assign.value.separator, assign.value.empty) == ("rest", " ", empty)
        assert no_locals == ()

    def test_an_optional_part_is_left_out_where_it_is_empty(self) -> None:
        assign, (local,) = assign_of("string", {"from": "a", "part": "last", "at": "/"}, name="x?")
        assert isinstance(local.value, Part)
        assert (local.value.separator, local.value.empty) == ("/", None)
        assert assign == Assign("x", Read("x", ()), when=Read("x", ()))

    def test_only_a_string_has_parts(self) -> None:
        assert refusal("number", {"from": "a", "part": "first"}).where == "syncs[0].mapping.x.part"
        raw = {"User": {"id": "string", "a": "number"}}
        assert "only a string has parts" in str(
            refusal("string", {"from": "a", "part": "first"}, responses=raw)
        )


class TestDates:
    @pytest.mark.parametrize(
        ("form", "raw", "in_seconds"),
        [
            ("iso", "string", False),
            ("epoch_seconds", "number", True),
            ("epoch_milliseconds", "number", False),
            ("any", "string | number", False),
        ],
    )
    @pytest.mark.parametrize(("of", "as_text"), [("string", True), ("date", False)])
    def test_a_date_becomes_text_or_a_date(
        self, form: str, raw: str, in_seconds: bool, of: str, as_text: bool
    ) -> None:
        value = {"from": "a", "date": form}
        assign, _ = assign_of(of, value)
        assert isinstance(assign.value, Dated)
        assert (assign.value.as_text, assign.value.in_seconds) == (as_text, in_seconds)
        assert raw_of(of, value) == {"a": raw}

    def test_a_number_that_comes_as_text_is_read_as_one(self) -> None:
        raw = {"User": {"id": "string", "a": "string"}}
        assign, _ = assign_of("string", {"from": "a", "date": "epoch_seconds"}, responses=raw)
        assert isinstance(assign.value, Dated)
        assert assign.value.is_quoted

    def test_no_date_stays_none(self) -> None:
        assign, _ = assign_of("string | null", {"from": "a", "date": "iso"})
        assert isinstance(assign.value, OrElse)
        assign, _ = assign_of("string", {"from": "a", "date": "iso"}, name="x?")
        assert steps(assign.when) == "response.a"

    def test_a_field_that_holds_no_date_is_refused(self) -> None:
        assert refusal("number", {"from": "a", "date": "iso"}).where == "syncs[0].mapping.x.date"


class TestDefaults:
    def test_the_default_stands_where_the_api_sends_nothing(self) -> None:
        assign, _ = assign_of("open | closed", {"from": "state", "otherwise": "open"})
        assert assign.when is None
        assert isinstance(assign.value, OrElse)
        assert assign.value.otherwise == Plain("open")
        assert raw_of("open | closed", {"from": "state", "otherwise": "open"}) == {
            "state": "open | closed | null"
        }

    def test_a_default_of_another_type_is_refused(self) -> None:
        error = refusal("number", {"from": "a", "otherwise": "none"})
        assert (error.where, "not a value of the field" in str(error)) == (
            "syncs[0].mapping.x.otherwise",
            True,
        )


class TestInnerMappings:
    LINE = {"Line": {"id": "string", "price": "number", "note?": "string"}}

    def test_the_items_of_a_list_are_mapped_in_place(self) -> None:
        value = {"from": "line_items", "each": {"price": "unit.price"}}
        assign, _ = assign_of("Line[]", value, models=self.LINE)
        assert isinstance(assign.value, Each)
        assert isinstance(assign.value.item, Build)
        price = assign.value.item.fields[1]
        assert isinstance(price.value, Read)
        assert steps(price.value) == "x.unit.price"
        assert mapper_of({"x": "Line[]"}, {"x": value}, models=self.LINE).uses == ()

    def test_the_raw_type_holds_what_the_items_are_read_from(self) -> None:
        value = {"from": "line_items", "each": {"price": "unit.price"}}
        raw = spec_of({"x": "Line[]"}, {"x": value}, models=self.LINE).raw_types
        assert [raw_type.owner for raw_type in raw if raw_type.role == "record"] == ["User"]

    def test_variables_of_an_item_are_those_of_its_function(self) -> None:
        value = {
            "from": "line_items",
            "each": {
                "note": {"from": "text", "part": "first"},
                "price": {"from": "p", "where": {"a": 1}, "pick": "b", "otherwise": 0},
            },
        }
        assign, outside = assign_of("Line[]", value, models=self.LINE)
        assert isinstance(assign.value, Each)
        assert outside == ()
        assert {local.variable for local in assign.value.locals} == {"note", "p"}

    def test_an_object_may_be_absent_as_a_whole(self) -> None:
        value = {"from": "best", "each": {"price": "p"}}
        assign, _ = assign_of("Line", value, name="x?", models=self.LINE)
        assert steps(assign.when) == "response.best"
        assert isinstance(assign.value, Build)

    def test_lists_in_lists_are_mapped_too(self) -> None:
        models = {"Order": {"lines": "Line[]"}, **self.LINE}
        value = {"from": "orders", "each": {"lines": {"from": "items", "each": {"price": "p"}}}}
        assign, _ = assign_of("Order[]", value, models=models)
        assert isinstance(assign.value, Each)
        assert isinstance(assign.value.item, Build)
        assert isinstance(assign.value.item.fields[0].value, Each)

    def test_a_field_that_the_inner_model_lacks_is_named_with_its_place(self) -> None:
        error = refusal("Line[]", {"from": "a", "each": {"cost": "c"}}, models=self.LINE)
        assert "the model Line has no field 'cost'" in str(error)
        assert error.where == "syncs[0].mapping.x.each"

    @pytest.mark.parametrize("of", ["string", "string[]", "object"])
    def test_what_has_no_fields_is_refused(self, of: str) -> None:
        error = refusal(of, {"from": "a", "each": {"b": "c"}})
        assert "has no fields that could be mapped" in str(error)
        assert error.where == "syncs[0].mapping.x.each"


class TestExpressions:
    def test_a_required_field_is_the_expression(self) -> None:
        assign, no_locals = assign_of("string", {"expression": "response.a+'!'"})
        assert isinstance(assign.value, Expression)
        assert (assign.value.source, no_locals) == ("response.a + '!'", ())

    @pytest.mark.parametrize(
        ("of", "name", "text", "is_local"),
        [
            ("string", "x?", "response.a?.b", True),
            ("string | null", "x", "response.a?.b", True),
            ("string | null", "x", "response.a?.b ?? null", False),
            ("boolean", "x?", "response.a === 'b'", False),
            ("string", "x?", "response.a ? 'b' : `c`", False),
            ("date", "x", "response.a", True),
        ],
    )
    def test_what_may_be_absent_is_computed_in_a_variable(
        self, of: str, name: str, text: str, is_local: bool
    ) -> None:
        _, local = assign_of(of, {"expression": text}, name=name)
        assert bool(local) == is_local

    @pytest.mark.parametrize(
        ("text", "raw"),
        [
            ("response.a.trim()", {"a": "string"}),
            ("response.a?.trim() ?? ''", {"a": "string | null"}),
            ("response.a ?? 'b'", {"a": "string | null"}),
            ("String(response.a * 2)", {"a": "number"}),
            ("`${response.a.b} ${response.a.c}`", {"a": {"b": "string", "c": "string"}}),
            ("response.a", {"a": "string"}),
            ("response.a ? response.b : response.c.trim()", {"a": "any", "b": "string", "c": "string"}),
            ("response.a === 1 ? 'x' : 'y'", {"a": "number"}),
            ("JSON.stringify(response.a)", {"a": "any"}),
        ],
    )
    def test_raw_types_follow_from_how_values_are_used(self, text: str, raw: dict[str, Any]) -> None:
        assert raw_of("string", {"expression": text}) == raw

    def test_what_the_model_says_goes_before(self) -> None:
        mapping = {"x": {"expression": "response.size.trim()"}, "size": "size"}
        shape = spec_of({"x": "string", "size": "number"}, mapping).raw_types[0].shape
        assert isinstance(shape, ObjectOf)
        assert next(unparse(field.type) for field in shape.fields if field.name == "size") == "number"

    def test_items_are_typed_by_the_functions_that_are_called_with_them(self) -> None:
        text = "response.lines.filter(({ ok }) => ok).map((line) => line.price * 2)"
        assert raw_of("number[]", {"expression": text})["lines"] == [{"ok": "any", "price": "number"}]

    def test_the_parent_is_read_in_children_alone(self) -> None:
        with pytest.raises(AnswersError, match="the name parent is not known here"):
            spec_of({"x": "string"}, {"x": {"expression": "parent.id"}})

    CHILDREN = {"children": {"model": "Post", "mapping": {"owner": {"expression": "parent.id"}}}}

    def test_a_mapper_takes_the_parent_that_an_expression_reads(self) -> None:
        spec = spec_of({}, {}, sync=self.CHILDREN, models={"Post": {"id": "string", "owner": "string"}})
        children = spec.syncs[0].children
        assert children is not None
        assert children.takes_parent
        assert next(mapper for mapper in spec.mappers if mapper.model == "Post").parent == "User"  # type: ignore[union-attr]

    def test_another_script_that_has_no_parent_is_refused(self) -> None:
        with pytest.raises(AnswersError, match="without its parent, which an expression reads"):
            spec_of(
                {},
                {},
                sync=self.CHILDREN,
                models={"Post": {"id": "string", "owner": "string"}},
                actions=[{"name": "get-post", "output": "Post"}],
            )


class TestChecks:
    def action(self, checks: list[dict[str, str]], **more: Any) -> IntegrationSpec:
        data = {"provider": "acme", "actions": [{"name": "create-user", "checks": checks, **more}]}
        return derive(load_answers({**data, "models": {"CreateUser": {"email?": "string"}}}), FACTS, {})

    def test_a_check_reads_the_input(self) -> None:
        checks = self.action([{"unless": "input.email", "message": "no"}]).actions[0].checks
        assert [(check.unless, check.message, set(check.roots)) for check in checks] == [
            ("input.email", "no", {"input"})
        ]

    def test_a_field_that_the_input_lacks_is_refused(self) -> None:
        with pytest.raises(AnswersError, match="has no field 'phone'") as refusal:
            self.action([{"unless": "input.email || input.phone", "message": "no"}])
        assert refusal.value.where == "actions[0].checks[0].unless"

    def test_metadata_that_a_check_reads_is_described(self) -> None:
        check = {"unless": "metadata.region === 'eu'", "message": "no"}
        with pytest.raises(AnswersError, match="the action has no metadata"):
            self.action([check])
        spec = self.action([check], metadata="Settings")
        metadata = spec.actions[0].metadata
        assert metadata is not None
        assert [field.name for field in metadata.shape.fields] == ["region"]

    def test_an_action_without_input_cannot_check_it(self) -> None:
        with pytest.raises(AnswersError, match="the action has no input"):
            self.action([{"unless": "input.email", "message": "no"}], input="none", request={"data": []})


class TestWhatAnExpressionGives:
    @pytest.mark.parametrize(
        ("of", "name", "text", "why"),
        [
            ("number", "x", "response.a.trim()", "gives a string, and the field x does not hold that"),
            ("string", "x", "response.a > 1", "gives true or false, and the field x does not hold that"),
            ("string[]", "x", "`${response.a}`", "gives a string"),
            ("string", "x", "response.a?.trim()", "may give nothing, and the field x is required"),
            ("string", "x", "response.a ? 'b' : null", "may give nothing, and the field x is required"),
            ("a | b", "x", "response.a ? 'a' : 'c'", "may give another value than those"),
            ("a | b", "x?", "response.a.toLowerCase()", "may give another value than those"),
        ],
    )
    def test_a_value_that_the_field_cannot_hold_is_refused(
        self, of: str, name: str, text: str, why: str
    ) -> None:
        error = refusal(of, {"expression": text}, name=name)
        assert why in str(error)
        assert error.where == "syncs[0].mapping.x.expression"

    @pytest.mark.parametrize(
        ("of", "name", "text"),
        [
            ("any", "x", "response.a?.trim()"),
            ("string", "x?", "response.a?.trim()"),
            ("string | null", "x", "response.a ? 'b' : null"),
            ("a | b", "x", "response.a ? 'a' : 'b'"),
            ("a | b", "x", "response.a ?? 'b'"),
            ("date", "x", "response.a * 1000"),
            ("object", "x", "{ a: response.a }"),
        ],
    )
    def test_one_that_it_can_hold_is_accepted(self, of: str, name: str, text: str) -> None:
        assert assign_of(of, {"expression": text}, name=name)[0].name == "x"

    def test_a_table_that_passes_nothing_on_to_a_required_field_is_refused(self) -> None:
        value = {"from": "a", "where": {"b": 1}, "pick": "c", "values": {"x": "y"}}
        error = refusal("string", value)
        assert "may be null, but the field is required" in str(error)
        assert error.where == "syncs[0].mapping.x.otherwise"
