"""Fields as people type them, one per line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nango_scaffold.errors import AnswersError
from nango_scaffold.models.accept import accept_model
from nango_scaffold.wizard.fields import as_lines, describe, is_sample, is_whole_sample


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("id: string\nemail?: string", {"id": "string", "email?": "string"}),
        ("id: string\r\n\r\nemail?: string\r\n", {"id": "string", "email?": "string"}),
        ("id:string", {"id": "string"}),
        ("  id: number,\n  tags: string[];", {"id": "number", "tags": "string[]"}),
        ("status: open | closed", {"status": "open | closed"}),
        ("status?: 'open' | \"closed\" | null;", {"status?": "open | closed | null"}),
        ("head:\n    ref: string\n    sha?: string", {"head": {"ref": "string", "sha?": "string"}}),
        ("head:\n\tref: string", {"head": {"ref": "string"}}),
        (
            "labels:\n    - name: string\n      color: string",
            {"labels": [{"name": "string", "color": "string"}]},
        ),
        ("{ id: string, email?: string }", {"id": "string", "email?": "string"}),
        ("# the key\nid: string  # of the record", {"id": "string"}),
        ("@odata.type: string\nfirst name?: string", {"@odata.type": "string", "first name?": "string"}),
        ("größe: number\n名前?: string", {"größe": "number", "名前?": "string"}),
    ],
)
def test_fields_are_read_as_nango_yaml_has_them(text: str, fields: dict[str, object]) -> None:
    described = describe(text)
    assert described.fields == fields
    assert (described.mapping, described.response_path) == ({}, "")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id: string\nemail", "line 2: 'email' has no type"),
        ("id: string\nemail:", "line 2: 'email' has no type"),
        ("id: string\n\nid: number", "line 3: it cannot be read: the key 'id' stands twice"),
        ("id: string\nid?: number", "id: the field 'id' stands twice, with and without ?"),
        ("id: strng", "id: there is no model 'strng'"),
        ("owner: User", "owner: there is no model 'User'"),
        ("tags: Array<string>", "accepted: string[]"),
        ("constructor: string", "constructor: 'constructor' has a meaning of its own"),
        ("2fa: boolean", "2fa: a field's name cannot start with a digit"),
        ("# nothing", "there is no field in it"),
        ("- id: string", "there is no field in it"),
    ],
)
def test_what_cannot_be_a_field_is_told_with_its_place(text: str, message: str) -> None:
    with pytest.raises(AnswersError) as error:
        describe(text)
    assert message in str(error.value)


def test_a_field_may_name_a_model_that_is_known() -> None:
    assert describe("owner: User", ["User"]).fields == {"owner": "User"}


@pytest.mark.parametrize(
    ("text", "is_json", "whole"),
    [
        ('{"id": 1}', True, True),
        ('[{"id": 1}', True, False),
        ('{\n  "id": 1,', True, False),
        ("[]", True, True),
        ("{ id: string }", False, False),
        ("id: string", False, False),
    ],
)
def test_json_is_told_from_lines(text: str, is_json: bool, whole: bool) -> None:
    assert (is_sample(text), is_whole_sample(text)) == (is_json, whole)


TYPES = st.sampled_from(
    ["string", "number", "boolean", "any", "string[]", "open | closed", "string | null", "date"]
)
NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,8}\??", fullmatch=True)
FIELDS = st.recursive(
    st.dictionaries(NAMES, TYPES, min_size=1, max_size=5),
    lambda inner: st.dictionaries(
        NAMES, st.one_of(TYPES, inner, st.lists(inner, min_size=1, max_size=1)), min_size=1
    ),
    max_leaves=12,
)


@settings(max_examples=60)
@given(FIELDS)
def test_fields_shown_to_a_person_are_read_back_as_they_are(fields: dict[str, object]) -> None:
    if accept_model("Model", fields):
        return
    assert describe(as_lines(fields)).fields == fields


@given(st.text(max_size=80))
def test_any_text_is_fields_or_an_error_with_a_remedy(text: str) -> None:
    problem = ""
    try:
        described = describe(text)
    except AnswersError as error:
        problem = error.fix
    assert problem or not accept_model("Model", described.fields)
