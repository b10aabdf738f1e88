"""A file of the catalogue, derived from an API document: in its format, each fact with its source, and trimmed by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from nango_scaffold.answers.resource_format import resource_problems
from nango_scaffold.infer.document import Document, load
from nango_scaffold.providers import ProviderFacts, known_resources
from nango_scaffold.report.inferred import inferred_text

from .derived_resources import derived_file, main, source_of

FACTS = ProviderFacts("acme", "OAUTH2", base_url="https://api.acme.example/v2", source="x")
TICKET = {
    "type": "object",
    "required": ["id", "title"],
    "properties": {"id": {"type": "integer", "readOnly": True}, "title": {"type": "string"}, "extra": {}},
}


def _json(schema: Any) -> dict[str, Any]:
    return {"content": {"application/json": {"schema": schema}}}


def _parameter(name: str, where: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "in": where, "schema": {"type": "string"}, **more}


def operation(name: str, **more: Any) -> dict[str, Any]:
    pages = {"externalDocs": {"url": f"https://docs.acme.example/{name}"}} if name != "remove" else {}
    return {"operationId": name, "responses": {"200": {"description": "", **_json(TICKET)}}, **pages, **more}


def a_list(name: str) -> dict[str, Any]:
    page = {
        "type": "object",
        "properties": {"items": {"type": "array", "items": TICKET}, "next_cursor": {"type": "string"}},
    }
    return operation(
        name,
        parameters=[_parameter("cursor", "query")],
        responses={"200": {"description": "", **_json(page)}},
    )


TEAM, ID = _parameter("team", "path", required=True), _parameter("ticket", "path", required=True)


BODY = {"required": True, **_json(TICKET)}
DATA = {
    "openapi": "3.1.0",
    "info": {"title": "Acme", "version": "2"},
    "servers": [{"url": "https://api.acme.example/v2"}],
    "paths": {
        "/teams/{team}/tickets": {
            "parameters": [TEAM],
            "get": a_list("tickets"),
            "post": operation("create", requestBody=BODY, parameters=[_parameter("dry", "query")]),
        },
        "/teams/{team}/tickets/{ticket}": {
            "parameters": [TEAM, ID],
            "get": operation("get"),
            "put": operation("update", requestBody=BODY),
            "delete": {"operationId": "remove", "responses": {"204": {"description": ""}}},
        },
        "/labels": {"get": a_list("labels")},
    },
}


def document() -> Document:
    return load(json.dumps(DATA).encode(), "acme.json")


def test_it_is_in_the_format_but_for_what_the_document_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    file = derived_file(document(), FACTS, "acme@1.0.0 acme.json")
    text = inferred_text(file)
    monkeypatch.setattr(known_resources, "resources_text", lambda key: text if key == "acme" else "")
    resources = known_resources.known_resources(FACTS)
    assert [problem.where for problem in resource_problems(resources, "acme")] == ["acme.tickets.delete.docs"]
    assert "tickets.delete: the document names no page of the documentation" in file.notes
    tickets = resources["tickets"]
    assert tickets["model"] == {"id": "number", "title": "string"}
    assert tickets["metadata"] == {"team": "string"}
    assert tickets["list"] == {
        "path": "/teams/${metadata.team}/tickets",
        "docs": "https://docs.acme.example/tickets",
        "response_path": "items",
        "paginate": {
            "type": "cursor",
            "cursor_path_in_response": "next_cursor",
            "cursor_name_in_request": "cursor",
        },
    }
    assert tickets["update"]["path"] == "/teams/${metadata.team}/tickets/${input.id}"
    assert tickets["update"]["method"] == "PUT"
    assert tickets["update"]["input"] == {"id": "string", "title": "string"}
    assert tickets["create"]["input"] == {"title": "string"}
    assert resources["labels"]["list"]["path"] == "/labels"


def test_each_fact_has_the_place_that_it_comes_from() -> None:
    text = inferred_text(derived_file(document(), FACTS, "acme@1.0.0 acme.json"))
    assert yaml.safe_load(text)["provider"]["checked"]["source"] == "acme@1.0.0 acme.json"
    facts = [
        line for line in text.splitlines() if line.strip().startswith(("path:", "model:", "get:", "put:"))
    ]
    assert facts
    assert all("  # " in line for line in facts), facts
    assert "    get:  # GET /teams/{team}/tickets/{ticket}\n" in text


def test_only_what_is_wanted_is_in_it() -> None:
    file = derived_file(document(), FACTS, "acme.json", ["labels"])
    assert list(file.answers) == ["provider", "labels"]


def test_a_package_of_the_registry_is_named_with_its_version(tmp_path: Path) -> None:
    package = tmp_path / "node_modules" / "@acme" / "openapi"
    (package / "dist").mkdir(parents=True)
    (package / "package.json").write_text('{"name": "@acme/openapi", "version": "2.1.0"}')
    assert source_of(package / "dist" / "spec.json") == "@acme/openapi@2.1.0 dist/spec.json"
    assert source_of(tmp_path / "spec.json") == "spec.json"


def test_the_resources_of_a_document_are_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "acme.json"
    path.write_text(json.dumps(DATA))
    assert main(["github", str(path), "--list"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["tickets", "labels"]
    assert main(["github", str(tmp_path / "absent.json")]) == 2
