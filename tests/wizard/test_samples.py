"""From a JSON sample to the fields of a model."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nango_scaffold.answers import load_answers
from nango_scaffold.derive import derive
from nango_scaffold.errors import AnswersError
from nango_scaffold.models.accept import accept_model
from nango_scaffold.providers import find
from nango_scaffold.wizard.fields import describe


def fields_of(sample: Any) -> Any:
    return describe(json.dumps(sample)).fields


@pytest.mark.parametrize(
    ("sample", "fields"),
    [
        ({"id": 1, "name": "a", "on": True, "share": 0.5}, {"id": "number", "name": "string", "on": "boolean", "share": "number"}),
        ({"id": 1, "name": None}, {"id": "number"}),
        ([{"id": 1, "a": 1}, {"id": 2}], {"id": "number", "a?": "number"}),
        ([{"id": 1, "a": None}, {"id": 2, "a": "x"}], {"id": "number", "a?": "string"}),
        ([{"id": 1}, {"id": "x"}], {"id": "string | number"}),
        ({"id": 1, "a": {"b": {"c": "x"}}}, {"id": "number", "a": {"b": {"c": "string"}}}),
        ([{"id": 1, "a": {"b": 1}}, {"id": 1, "a": {"c": 2}}], {"id": "number", "a": {"b?": "number", "c?": "number"}}),
        ([{"id": 1, "a": {"b": 1}}, {"id": 1, "a": "b"}], {"id": "number"}),
        ({"id": 1, "a": {}, "b": []}, {"id": "number"}),
        ({"id": 1, "a": ["x", "y"]}, {"id": "number", "a": "string[]"}),
        ({"id": 1, "a": ["x", 1]}, {"id": "number", "a": ["string", "number"]}),
        ({"id": 1, "a": ["x", None]}, {"id": "number", "a": ["string", "null"]}),
        ({"id": 1, "a": [[1], [2]]}, {"id": "number", "a": ["number[]"]}),
        ({"id": 1, "a": [{"b": 1}, {"b": None}]}, {"id": "number", "a": [{"b?": "number"}]}),
        ({"id": 1, "a": [{"b": 1}, None]}, {"id": "number"}),
        ({"id": 1, "at": "2024-05-01T10:00:00Z", "kind": "open"}, {"id": "number", "at": "string", "kind": "string"}),
        ({"id": 1, "first-name": "x", "größe": 1, "@odata.type": "t"}, {"id": "number", "first-name": "string", "größe": "number", "@odata.type": "string"}),
    ],
)  # fmt: skip
def test_a_sample_shows_the_types_of_its_fields(sample: Any, fields: Any) -> None:
    assert fields_of(sample) == fields


def test_a_key_that_cannot_be_a_name_gets_another_one_and_a_mapping() -> None:
    described = describe('{"id": 1, "2fa": true, "head": {"3d": 1}}')
    assert described.fields == {"id": "number", "_2fa": "boolean", "head": {"_3d": "number"}}
    assert described.mapping == {"_2fa": "2fa", "head._3d": "head.3d"}


@pytest.mark.parametrize(
    "key", ["constructor", "__proto__", "__string", "__extends", 'a"b', "a\nb", "", " ", "who?"]
)
def test_a_key_that_no_field_can_have_is_left_out_and_said(key: str) -> None:
    described = describe(json.dumps({"id": 1, key: "x"}))
    assert described.fields == {"id": "number"}
    assert described.notes == (f"left out: {key!r}, which cannot be a field's name",)


@pytest.mark.parametrize(
    ("sample", "path", "is_list"),
    [
        ({"results": [{"id": 1}], "paging": {"next": {"after": "x"}}}, "results", True),
        ({"data": {"users": [{"id": 1}]}, "ok": True}, "data.users", True),
        ({"ticket": {"id": 1}}, "ticket", False),
        ({"id": 1, "labels": [{"id": 2}]}, "", False),
        ([{"id": 1}], "", True),
    ],
)
def test_the_records_are_found_in_a_whole_response(sample: Any, path: str, is_list: bool) -> None:
    described = describe(json.dumps(sample))
    assert (described.response_path, described.is_list) == (path, is_list)
    assert described.fields["id"] == "number"


@pytest.mark.parametrize("key", ["uuid", "Id", "_id", "gid", "key", "contact_id", "contactId"])
def test_what_tells_records_apart_is_taken_for_the_id(key: str) -> None:
    described = describe(json.dumps({"name": "x", key: "a1"}), needs_id=True)
    assert described.fields == {"id": "string", "name": "string", key: "string"}
    assert described.mapping == {"id": key}
    assert f"id is filled from {key}" in described.notes


def test_which_of_two_keys_tells_records_apart_is_not_guessed() -> None:
    described = describe('{"user_id": 1, "team_id": 2}', needs_id=True)
    assert "id" not in described.fields


@pytest.mark.parametrize("text", ["[]", "{}", "[1, 2]", "[{}]", '{"id": 1', '{"id": 1,}', '[{"id": 1}, 2]'])
def test_json_without_a_record_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(AnswersError) as error:
        describe(text)
    assert error.value.fix


def test_broken_json_is_told_with_line_and_column() -> None:
    with pytest.raises(AnswersError) as error:
        describe('{\n  "id": 1,\n  "name" "x"\n}')
    assert error.value.where == "line 3, column 10"


def test_json_nested_without_end_is_refused() -> None:
    with pytest.raises(AnswersError):
        describe('{"a":' * 5000 + "1" + "}" * 5000)


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=6), inner, max_size=4)
    ),
    max_leaves=15,
)
RECORDS = st.lists(st.dictionaries(st.text(max_size=6), JSON, max_size=5), min_size=1, max_size=3)


@settings(max_examples=100)
@given(RECORDS)
@example([{"[": {"00": None}}])
def test_the_fields_of_any_records_derive(records: list[dict[str, Any]]) -> None:
    """Any response gives a model that Nango reads correctly, and for which a mapper can be derived."""
    sample = [{**record, "id": number} for number, record in enumerate(records)]
    described = describe(json.dumps(sample))
    assert not accept_model("Thing", described.fields)
    answers = {
        "provider": "github",
        "models": {"Thing": described.fields},
        "syncs": [{"name": "things", "model": "Thing", "mapping": dict(described.mapping)}],
    }
    assert derive(load_answers(answers), find("github"), {}).models["Thing"] == described.fields


@pytest.mark.parametrize(
    ("sample", "names", "path", "others"),
    [
        ({"total": 2, "order": [{"by": "x"}], "entries": [{"id": 1}]}, ("folders",), "entries", "order"),
        ({"data": [{"id": 1}], "included": [{"id": 2}]}, (), "data", "included"),
        ({"data": [{"x": 1}], "userProfiles": [{"id": 2}]}, ("user-profiles",), "userProfiles", "data"),
        ({"issue": [{"id": 1}], "labels": [{"id": 2}]}, ("issues",), "issue", "labels"),
        ({"warnings": [{"a": 1}], "data": {"results": [{"id": 1}]}}, (), "data.results", "warnings"),
        ({"links": [{"a": 1}], "page": {"cells": [{"id": 1}]}}, (), "links", "page.cells"),
    ],
)
def test_of_several_lists_the_likely_one_is_taken_and_the_others_are_named(
    sample: Any, names: tuple[str, ...], path: str, others: str
) -> None:
    described = describe(json.dumps(sample), names=names)
    assert (described.response_path, described.is_list) == (path, True)
    assert described.notes[0] == f"the records are taken from {path}; other lists: {others}"


def test_a_record_with_several_lists_is_said_to_be_read_as_one() -> None:
    described = describe(json.dumps({"name": "x", "lines": [{"id": 1}], "taxes": [{"id": 2}]}))
    assert (described.response_path, described.is_list) == ("", False)
    assert described.notes == (
        "read as one record, as none of its lists is likely to hold the records: lines, taxes",
    )
