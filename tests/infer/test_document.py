"""Documents are loaded within bounds, and a reference opens nothing but a file that the reader hands over."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest
from tests.infer.documents import openapi, responds

from nango_scaffold.commands.inferring import document_of, read_data
from nango_scaffold.errors import AnswersError
from nango_scaffold.infer import document
from nango_scaffold.infer.document import Node, load
from nango_scaffold.infer.operations import entries, read
from nango_scaffold.infer.schema import shape_of
from nango_scaffold.infer.shape import Cut, Object

USER = {"type": "object", "properties": {"id": {"type": "string"}}}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "{}",
        '{"openapi": "4.0.0"}',
        '{"swagger": "1.2"}',
        '{"openapi": [1]}',
        "a: b",
        "{",
        "\0",
    ],
)
def test_what_is_no_document_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(AnswersError) as error:
        load(text.encode(), "x.json")
    assert error.value.fix


def test_yaml_and_json_give_the_same() -> None:
    text = "openapi: 3.1.0\npaths:\n  /users:\n    get:\n      responses:\n        200: {description: ok}\n"
    document = load(text.encode(), "x.yaml")
    assert [entry.path for entry in entries(document)] == ["/users"]
    assert read(document, next(iter(entries(document)))).status == "200"


@pytest.mark.parametrize(
    "reference",
    [
        "http://127.0.0.1:9/x.json",
        "https://acme.example/x.json#/a",
        "//acme.example/x.json",
        "file:///etc/passwd",
        "/etc/passwd",
        "../secret.json",
        "a/../../secret.json",
        "..\\secret.json",
        "%2e%2e/secret.json",
        "#/nowhere",
        "#nowhere",
        "#/components/schemas/Loop",
        "link.json",
    ],
)
def test_a_reference_that_leads_out_or_nowhere_is_cut_off(reference: str, tmp_path: Path) -> None:
    (tmp_path / "secret.json").write_text('{"type": "object", "properties": {"leaked": {"type": "string"}}}')
    folder = tmp_path / "docs"
    folder.mkdir()
    os.symlink(tmp_path / "secret.json", folder / "link.json")
    schemas = {"User": {"$ref": reference}, "Loop": {"$ref": "#/components/schemas/Loop"}}
    (folder / "api.json").write_text(json.dumps(openapi({}, schemas).root.value))
    loaded = document_of(read_data("api.json", str(folder)), "api.json", str(folder))
    assert shape_of(loaded, loaded.root.child("components").child("schemas").child("User"), 3) == Cut(
        "reference", source="#/components/schemas/User"
    )


def test_a_reference_leads_to_a_file_beside_the_document_and_from_there(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "user.yaml").write_text(
        "type: object\nproperties:\n  team: {$ref: './team.json#/Team'}\n"
    )
    (tmp_path / "models" / "team.json").write_text(
        '{"Team": {"type": "object", "properties": {"a/b": {"type": "string"}}}}'
    )
    (tmp_path / "api.json").write_text(
        json.dumps(openapi({}, {"User": {"$ref": "models/user.yaml"}}).root.value)
    )
    loaded = document_of(read_data("api.json", str(tmp_path)), "api.json", str(tmp_path))
    user = shape_of(loaded, loaded.root.child("components").child("schemas").child("User"), 3)
    assert isinstance(user, Object)
    team = user.get("team")
    assert isinstance(team, Object)
    assert [entry.name for entry in team.properties] == ["a/b"]
    assert team.source == "models/team.json#/Team"


@pytest.mark.parametrize(
    "data",
    [
        b'{"openapi": "3.0.0", "a": ' + b"[" * 200_000 + b"]" * 200_000 + b"}",
        b'{"openapi": "3.0.0", "a": [' + b"0," * 5_000_000 + b"0]}",
        b"openapi: 3.0.0\na: &a [x, x]\n" + b"".join(b"b%d: &b%d [*%s, *%s]\n" % (n, n, p, p) for n, p in [(0, b"a"), *((n, b"b%d" % (n - 1)) for n in range(1, 40))]),
        b"openapi: 3.0.0\na: " + b"[" * 5000 + b"]" * 5000,
    ],
    ids=["deep", "millions of values", "aliases of aliases", "deep YAML"],
)  # fmt: skip
def test_too_much_is_refused_in_little_time(data: bytes) -> None:
    started = time.process_time()
    with pytest.raises(AnswersError):
        load(data, "x.json")
    assert time.process_time() - started < 5


def test_a_file_larger_than_the_bound_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "LARGEST", 10)
    with pytest.raises(AnswersError, match="larger"):
        load(b'{"openapi": "3.0.0"}', "x.json")


def test_schemas_that_all_hold_each_other_take_no_longer_than_their_number() -> None:
    names = [f"S{number}" for number in range(60)]
    every = {name: {"$ref": f"#/components/schemas/{name}"} for name in names}
    schemas = {name: {"type": "object", "properties": every} for name in names}
    loaded = openapi({"/s": {"get": responds({"$ref": "#/components/schemas/S0"})}}, schemas)
    started = time.process_time()
    operation = read(loaded, next(iter(entries(loaded))))
    assert operation.response is not None
    assert time.process_time() - started < 5


@pytest.mark.parametrize("key", ["allOf", "oneOf", "anyOf", "items"])
def test_a_schema_within_itself_ends(key: str) -> None:
    of = {"$ref": "#/components/schemas/A"}
    loaded = openapi({}, {"A": {"type": "array", key: of if key == "items" else [of]}})
    assert shape_of(loaded, Node({"$ref": "#/components/schemas/A"}), 5)


def test_an_enum_of_a_hundred_thousand_words_is_a_string() -> None:
    schema = {"type": "string", "enum": [f"w{number}" for number in range(100_000)]}
    loaded = openapi({}, {"A": schema})
    shape = shape_of(loaded, Node({"$ref": "#/components/schemas/A"}), 2)
    assert getattr(shape, "words", None) == ()
