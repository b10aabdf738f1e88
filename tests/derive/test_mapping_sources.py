"""The sources of a field in ``mapping``: paths through lists, constants, tables, joined strings."""

from __future__ import annotations

from typing import Any

import pytest

from nango_scaffold.answers import load_answers
from nango_scaffold.derive import derive
from nango_scaffold.derive.mapping.field_source import parse_raw_path, path_text
from nango_scaffold.models.types import ObjectOf, Type
from nango_scaffold.models.unparse import unparse
from nango_scaffold.providers import ProviderFacts
from nango_scaffold.spec.values import Assign, Build, Joined, OrElse, Plain, Read, Renamed

FACTS = ProviderFacts("acme", "API_KEY", base_url="https://api.acme.com", source="providers.yaml")
PATHS = ["id", "user.login", "emails[0]", "emails[0].value", "grid[1][2].x.y[0]"]


def mapped(
    of: Any, source: Any, *, name: str = "x", key: str = "x", raw: Any = None
) -> tuple[Assign, dict[str, Type]]:
    data: dict[str, Any] = {
        "provider": "acme",
        "models": {"User": {"id": "string", name: of}},
        "syncs": [{"name": "users", "mapping": {key: source}}],
    }
    data |= {"responses": {"User": raw}} if raw else {}
    spec = derive(load_answers(data), FACTS, {})
    shape = spec.raw_types[0].shape
    assert isinstance(shape, ObjectOf)
    assign = next(field for field in spec.mappers[0].fields if field.name == name.removesuffix("?"))  # type: ignore[union-attr]
    return assign, {field.name: field.type for field in shape.fields if field.name != "id"}


@pytest.mark.parametrize("path", PATHS)
def test_a_path_is_shown_as_it_is_written(path: str) -> None:
    assert path_text(parse_raw_path(path)) == path


def test_a_list_on_the_way_may_be_shorter() -> None:
    assign, raw = mapped("string", "emails[0].value", name="x?")
    assert assign.when is not None
    assert [(step.name, step.after_null) for step in assign.when.steps] == [
        ("emails", False),
        (0, True),
        ("value", True),
    ]
    assert set(raw) == {"emails"}


def test_a_constant_asks_nothing_of_the_api() -> None:
    assign, raw = mapped("a | b", {"const": "a"})
    assert (assign.value, raw) == (Plain("a"), {})


UNKNOWN = [
    # the field, otherwise, what becomes of unknown values, the class of the value
    ("x", "a | b", "b", "", Renamed),
    ("x?", "a | b", None, "absent", Renamed),
    ("x", "a | b | null", None, "null", Renamed),
    ("x", "a | b | null", "b", "", OrElse),
    ("x", "string", None, "kept", Renamed),
    ("x", "string | null", None, "kept or null", Renamed),
]


@pytest.mark.parametrize(("name", "of", "otherwise", "unknown", "kind"), UNKNOWN)
def test_what_becomes_of_a_value_that_the_table_lacks(
    name: str, of: str, otherwise: str | None, unknown: str, kind: type
) -> None:
    source = {"from": "k", "values": {"1": "a"}} | ({"otherwise": otherwise} if otherwise else {})
    value = mapped(of, source, name=name)[0].value
    assert isinstance(value, kind)
    renamed = value.value if isinstance(value, OrElse) else value
    assert isinstance(renamed, Renamed)
    assert renamed.unknown == unknown


@pytest.mark.parametrize(("raw", "key"), [("string", "1"), ("number", 1), ("1 | 2", 1)])
def test_the_keys_of_a_table_are_values_of_the_raw_type(raw: str, key: Any) -> None:
    source = {"from": "k", "values": {"1": "a"}, "otherwise": "b"}
    value = mapped("a | b", source, raw={"k": raw})[0].value
    assert isinstance(value, Renamed)
    assert value.table == ((Plain(key), Plain("a")),)


def test_joined_texts_may_each_be_null() -> None:
    assign, raw = mapped("string", {"join": ["first", "last"]})
    assert isinstance(assign.value, Joined)
    assert (assign.value.between, assign.value.empty) == (" ", "text")
    assert {key: unparse(of) for key, of in raw.items()} == {
        "first": "string | null",
        "last": "string | null",
    }


def test_a_nested_field_is_read_from_a_path_of_its_own_and_its_neighbours_from_theirs() -> None:
    assign, raw = mapped({"ref": "string", "sha": "string"}, "head_ref", name="head", key="head.ref")
    assert isinstance(assign.value, Build)
    reads = [field.value for field in assign.value.fields]
    assert all(isinstance(read, Read) for read in reads)
    assert {key: unparse(of) for key, of in raw.items()} == {"head_ref": "string", "head": {"sha": "string"}}
