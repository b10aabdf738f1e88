"""What an operation of an API document becomes: a sync or an action, its request, its models."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.infer.documents import openapi, responds, swagger, takes

from nango_scaffold.answers import load_answers
from nango_scaffold.errors import AnswersError
from nango_scaffold.infer.document import Document
from nango_scaffold.infer.fields import Selection
from nango_scaffold.infer.inference import Context
from nango_scaffold.infer.whole import InferredAnswers, script_of, whole_answers
from nango_scaffold.operations import Job, scaffold
from nango_scaffold.providers import find

FACTS = {"base_url": "https://api.acme.example/v2", "auth_mode": "API_KEY"}
STRING, INTEGER = {"type": "string"}, {"type": "integer"}


def object_of(*required: str, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(required)}


def inferred(document: Document, *identifiers: str, **selection: Any) -> InferredAnswers:
    """The answers for some operations, which are accepted, and for which files can be rendered."""
    facts = find("acme", generic=FACTS)
    context = Context("acme", facts, Selection(**selection))
    scripts = [script_of(document, identifier, context) for identifier in identifiers]
    whole = whole_answers({"provider": "acme", "provider_facts": FACTS}, scripts)
    answers = load_answers(json.loads(json.dumps(whole.answers)))
    assert scaffold([Job(answers, facts)], lambda paths: dict.fromkeys(paths)).plan.changes
    return whole


def model_of(
    schema: dict[str, Any], schemas: dict[str, Any] | None = None, version: str = "3.0.3", **selection: Any
) -> Any:
    """The fields of the model for a list of records of a schema, without the id."""
    record = object_of("id", "x", id=STRING, x=schema)
    document = openapi({"/users": {"get": responds({"type": "array", "items": record})}}, schemas, version)
    models = inferred(document, "GET /users", **selection).answers["models"]
    return {key: type_ for key, type_ in models["AcmeUser"].items() if key != "id"}


@pytest.mark.parametrize(
    ("schema", "version"),
    [
        ({"type": "string", "nullable": True}, "3.0.3"),
        ({"type": ["string", "null"]}, "3.1.0"),
        ({"anyOf": [STRING, {"type": "null"}]}, "3.1.0"),
        ({"type": "string", "x-nullable": True}, "3.0.3"),
        ({"oneOf": [STRING, {"enum": [None]}]}, "3.0.3"),
    ],
)
def test_null_in_every_dialect_makes_a_field_optional(schema: dict[str, Any], version: str) -> None:
    assert model_of(schema, version=version) == {"x?": "string"}


@pytest.mark.parametrize(
    ("schema", "type_"),
    [
        ({"type": "string", "enum": ["open", "closed"]}, "open | closed"),
        ({"const": "open"}, "open"),
        ({"type": "string", "enum": ["day", "date"]}, "string"),
        ({"type": "string", "enum": ["1st", "2nd"]}, "string"),
        ({"type": "string", "enum": ["a|b", "c"]}, "string"),
        ({"type": "string", "enum": [f"w{number}" for number in range(99)]}, "string"),
        ({"type": "integer", "enum": [1, 2]}, "1 | 2"),
        ({"type": "array", "items": {"type": "string", "enum": ["only"]}}, "string[]"),
        ({"type": "array", "items": {"type": "string", "enum": ["a", "b"]}}, ["a", "b"]),
        ({"type": "array", "items": {"type": "array", "items": INTEGER}}, ["number[]"]),
        ({"type": ["string", "integer"]}, "string | number"),
        ({"type": "object", "additionalProperties": STRING}, {"__string": "string"}),
        ({"allOf": [object_of(a=STRING), object_of("b", b=INTEGER)]}, {"a?": "string", "b": "number"}),
        ({"anyOf": [STRING, object_of(a=STRING)]}, "string"),
        ({"anyOf": [object_of(a=STRING), {"type": "string", "enum": [""]}]}, {"a?": "string"}),
        ({"oneOf": [object_of("a", "k", a=STRING, k={"enum": ["a"]}), object_of("k", k={"enum": ["b"]})]}, {"a?": "string", "k": "a | b"}),
    ],
)  # fmt: skip
def test_a_schema_becomes_the_type_that_nango_yaml_can_say(schema: dict[str, Any], type_: Any) -> None:
    assert model_of(schema) == {"x": type_}


@pytest.mark.parametrize(
    "schema",
    [
        {},
        {"type": "object"},
        {"type": "array"},
        {"type": "array", "items": {}},
        {"type": "object", "additionalProperties": True},
    ],
)
def test_what_has_no_type_is_left_out_and_noted(schema: dict[str, Any]) -> None:
    record = object_of(id=STRING, x=schema)
    whole = inferred(openapi({"/users": {"get": responds({"type": "array", "items": record})}}), "GET /users")
    assert whole.answers["models"] == {"AcmeUser": {"id": "string"}}
    assert any("left out" in note and "x" in note for note in whole.notes)


def test_members_of_a_union_are_models_where_they_have_names() -> None:
    schemas = {"Cat": object_of("id", id=STRING), "Dog": object_of("age", age=INTEGER)}
    refs = [{"$ref": f"#/components/schemas/{name}"} for name in schemas]
    record = object_of("id", "pet", id=STRING, pet={"oneOf": refs, "discriminator": {"propertyName": "kind"}})
    document = openapi({"/users": {"get": responds({"type": "array", "items": record})}}, schemas)
    models = inferred(document, "GET /users").answers["models"]
    assert models["AcmeUser"]["pet"] == "AcmeCat | AcmeDog"
    assert models["AcmeDog"] == {"age": "number"}


def test_records_that_hold_their_like_name_their_own_model() -> None:
    comment = {"$ref": "#/components/schemas/Comment"}
    schemas = {
        "Comment": object_of(
            "id", "replies", id=STRING, replies={"type": "array", "items": comment}, parent=comment
        )
    }
    document = openapi({"/comments": {"get": responds({"type": "array", "items": comment})}}, schemas)
    models = inferred(document, "GET /comments").answers["models"]
    assert models == {"AcmeComment": {"id": "string", "replies": "AcmeComment[]", "parent?": "AcmeComment"}}


def test_models_are_lean_and_what_is_left_out_is_listed() -> None:
    deep = object_of(a=object_of(b=object_of(c=STRING)), name=STRING)
    whole_model = model_of(deep, depth=4)
    assert whole_model == {"x": {"name?": "string", "a?": {"b?": {"c?": "string"}}}} or whole_model["x"][
        "a?"
    ] == {"b?": {"c?": "string"}}
    assert model_of(deep) == {"x": {"name?": "string"}}
    assert model_of(object_of(**{f"f{n}": STRING for n in range(9)}), most=3) == {
        "x": {"f0?": "string", "f1?": "string"}
    }
    assert model_of(deep, paths=("x.a.b",)) == {"x": {"a?": {"b?": {"c?": "string"}}}}


PAGED = responds(
    object_of(data={"type": "array", "items": object_of("id", id=INTEGER)}, has_more={"type": "boolean"}),
    parameters=[
        {"name": "org-id", "in": "path", "required": True, "schema": STRING},
        {"name": "state", "in": "query", "schema": {"type": "string", "enum": ["open", "all"]}},
        {"name": "X-Version", "in": "header", "required": True, "schema": {"type": "string", "enum": ["7"]}},
        {"name": "X-Tenant", "in": "header", "required": True, "schema": STRING},
        {"name": "Authorization", "in": "header", "required": True, "schema": STRING},
    ],
    externalDocs={"url": "https://docs.acme.example/issues"},
    operationId="issues/list",
)


def test_a_list_becomes_a_sync_whose_parameters_come_from_metadata() -> None:
    whole = inferred(openapi({"/orgs/{org-id}/issues": {"get": PAGED}}), "issues/list")
    (sync,) = whole.answers["syncs"]
    assert sync["name"] == "issues"
    assert sync["request"]["path"] == "/orgs/${metadata.org_id}/issues"
    assert sync["request"]["response_path"] == "data"
    assert sync["request"]["docs"] == "https://docs.acme.example/issues"
    assert sync["request"]["params"] == {"state": "${metadata.state}"}
    assert sync["request"]["headers"] == {"X-Version": "7", "X-Tenant": "${metadata.X_Tenant}"}
    assert whole.answers["models"]["AcmeIssuesMetadata"] == {
        "org_id": "string", "state?": "open | all", "X_Tenant": "string",
    }  # fmt: skip
    assert whole.sources["syncs[0].request.docs"] == "externalDocs of the operation"


def test_what_identifies_a_record_is_found_by_its_name() -> None:
    def id_of(*names: str) -> Any:
        record = object_of(*names, **dict.fromkeys(names, STRING))
        document = openapi({"/teams": {"get": responds({"type": "array", "items": record})}})
        return inferred(document, "GET /teams").answers["syncs"][0].get("mapping", {}).get("id")

    assert id_of("name", "id") is None
    assert id_of("name", "gid") == "gid"
    assert id_of("org_id", "team_id") == "team_id"
    assert id_of("user_id", "role_id") == {"join": ["user_id", "role_id"], "with": ":"}
    assert id_of("name", "url") == "name"


def test_an_action_takes_parameters_and_body_and_sends_what_is_writable() -> None:
    issue = object_of(
        "id",
        "title",
        id={"type": "integer", "readOnly": True},
        title=STRING,
        secret={"type": "string", "writeOnly": True},
    )
    operation = takes(
        issue, operationId="issues/create", parameters=[{"name": "title", "in": "query", "schema": STRING}]
    )
    operation["responses"] = {"201": {"content": {"application/json": {"schema": issue}}}}
    whole = inferred(openapi({"/issues": {"post": operation}}), "issues/create")
    (action,) = whole.answers["actions"]
    models = whole.answers["models"]
    assert (action["name"], action["request"]["method"]) == ("create-issue", "POST")
    assert models[action["input"]] == {"title?": "string", "body_title": "string", "secret?": "string"}
    assert action["request"]["data"] == {"title": "body_title", "secret": "secret"}
    assert action["request"]["params"] == {"title": "${input.title}"}
    assert models[action["output"]] == {"id": "number", "title": "string"}


def test_a_form_has_brackets_for_what_is_inside_objects() -> None:
    body = object_of(
        "name",
        name=STRING,
        address=object_of(city=STRING, lines={"type": "array", "items": STRING}),
        tags={"type": "array", "items": STRING},
    )
    whole = inferred(
        openapi({"/customers": {"post": takes(body, "application/x-www-form-urlencoded")}}), "POST /customers"
    )
    (action,) = whole.answers["actions"]
    assert action["request"]["encoding"] == "form"
    assert action["request"]["json"] == {"name": "${input.name}", "address[city]": "${input.address.city}"}
    assert action["output"] == "none"
    assert any("tags" in note for note in whole.notes)


@pytest.mark.parametrize("media_type", ["multipart/form-data", "application/octet-stream", "image/png"])
def test_a_body_that_no_action_sends_is_refused(media_type: str) -> None:
    document = openapi({"/files": {"post": takes({"type": "string"}, media_type)}})
    with pytest.raises(AnswersError, match=media_type):
        inferred(document, "POST /files")


def test_swagger_says_the_same_in_other_places() -> None:
    users = {
        "get": {
            "responses": {"200": {"schema": {"type": "array", "items": {"$ref": "#/definitions/User"}}}},
            "parameters": [{"name": "team", "in": "query", "required": True, "type": "string"}],
        },
        "post": {
            "consumes": ["application/json"],
            "parameters": [
                {"name": "user", "in": "body", "required": True, "schema": {"$ref": "#/definitions/User"}}
            ],
            "responses": {"201": {"schema": {"$ref": "#/definitions/User"}}},
        },
        "put": {
            "consumes": ["application/x-www-form-urlencoded"],
            "parameters": [{"name": "name", "in": "formData", "required": True, "type": "string"}],
            "responses": {"204": {"description": "done"}},
        },
    }
    document = swagger(
        {"/users": users}, {"User": object_of("id", id=STRING, name={"type": "string", "x-nullable": True})}
    )
    whole = inferred(document, "GET /users", "POST /users", "PUT /users")
    assert whole.answers["models"]["AcmeUser"] == {"id": "string", "name?": "string"}
    assert whole.answers["models"]["AcmeUsersMetadata"] == {"team": "string"}
    create, update = whole.answers["actions"]
    assert whole.answers["models"][create["input"]] == {"id": "string", "name?": "string"}
    assert update["request"]["encoding"] == "form"


def test_two_scripts_share_a_model_only_where_it_is_the_same() -> None:
    schemas = {"User": object_of("key", key=STRING, name=STRING)}
    user = {"$ref": "#/components/schemas/User"}
    paths = {
        "/users": {"get": responds({"type": "array", "items": user})},
        "/users/{key}": {"get": responds(user)},
    }
    whole = inferred(openapi(paths, schemas), "GET /users", "GET /users/{key}")
    assert whole.answers["models"]["AcmeUser"] == {"id": "string", "key": "string", "name?": "string"}
    assert whole.answers["models"][whole.answers["actions"][0]["output"]] == {
        "key": "string",
        "name?": "string",
    }


def test_an_operation_that_is_not_there_is_refused_with_those_that_are_near() -> None:
    with pytest.raises(AnswersError) as error:
        inferred(openapi({"/issues": {"get": PAGED}}), "issues/lst")
    assert "issues/list" in error.value.fix


def test_a_name_that_no_script_can_have_gets_a_verb() -> None:
    models = responds({"type": "array", "items": object_of("id", id=STRING)})
    whole = inferred(openapi({"/models": {"get": models}}), "GET /models")
    assert whole.answers["syncs"][0]["name"] == "fetch-models"


@pytest.mark.parametrize("record", [object_of(gid=STRING), object_of(title=STRING)])
def test_an_action_gives_back_what_is_in_the_envelope(record: dict[str, Any]) -> None:
    whole = inferred(openapi({"/tasks/{id}": {"get": responds(object_of(data=record))}}), "GET /tasks/{id}")
    (action,) = whole.answers["actions"]
    assert action["request"]["response_path"] == "data"
    assert set(whole.answers["models"][action["output"]]) == {f"{name}?" for name in record["properties"]}


@pytest.mark.parametrize(
    ("schema", "output"),
    [
        ({"type": "array", "items": STRING}, "string[]"),
        (
            {"type": "array", "items": object_of("a", a=STRING, b={"type": "string", "nullable": True})},
            "AcmePostSearchItem[]",
        ),
        (INTEGER, "number"),
        ({"type": "object"}, "none"),
    ],
)
def test_an_output_that_is_no_object_is_named_by_its_type(schema: dict[str, Any], output: str) -> None:
    document = openapi({"/search": {"post": responds(schema)}})
    whole = inferred(document, "POST /search")
    assert whole.answers["actions"][0]["output"] == output
    assert "any" not in json.dumps(whole.answers.get("models", {}))


def test_an_optional_parameter_that_is_no_single_value_is_not_sent() -> None:
    query = {"in": "query", "schema": object_of(gt=INTEGER)}
    operation = responds(
        object_of(id=STRING),
        parameters=[{"name": "created", **query}, {"name": "lang", "in": "query", "schema": STRING}],
    )
    whole = inferred(openapi({"/me": {"get": operation}}), "GET /me")
    assert whole.answers["actions"][0]["request"]["params"] == {"lang": "${input.lang}"}
    assert whole.notes == ("get-me: optional parameters that are not sent: created",)
