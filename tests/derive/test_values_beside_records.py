"""What a mapping reads beside the record: the status of a response, and the body that holds a list."""

from __future__ import annotations

from typing import Any

import pytest

from nango_scaffold.answers import load_answers
from nango_scaffold.derive import IntegrationSpec, derive
from nango_scaffold.errors import AnswersError
from nango_scaffold.models.types import Field, ObjectOf, Primitive
from nango_scaffold.providers import ProviderFacts
from nango_scaffold.render.integration import render_files

FACTS = ProviderFacts(key="github", auth_mode="API_KEY", base_url="https://api.github.com", source="a test")
MODELS = {
    "Sent": {"status": "number"},
    "Item": {"id": "string", "ok": "boolean", "code?": "string"},
    "Coded": {"id": "string", "status?": "string"},
    "Row": {"id": "string", "sheet": "string", "size?": "number"},
    "Box": {"id": "string", "rows": "Row[]"},
}


def spec_of(**entries: Any) -> IntegrationSpec:
    return derive(load_answers({"provider": "github", "models": MODELS, **entries}), FACTS, {})


def action(mapping: Any, output: str = "Item", **answer: Any) -> dict[str, Any]:
    named = {"name": "create-item", "input": "none", "output": output, "mapping": mapping, **answer}
    return {"actions": [{"request": {"path": "/items", "method": "POST"}, **named}]}


def sync(mapping: Any, **answer: Any) -> dict[str, Any]:
    request = {"path": "/rows", "response_path": "data.rows", "paginate": {"type": "none"}}
    return {"syncs": [{"name": "rows", "model": "Row", "request": request, "mapping": mapping, **answer}]}


def files_of(spec: IntegrationSpec) -> dict[str, str]:
    files, _ = render_files(spec)
    return {path.removeprefix("nango-integrations/github/"): text for path, text in files.items()}


def refusal_of(**entries: Any) -> AnswersError:
    with pytest.raises(AnswersError) as refusal:
        spec_of(**entries)
    return refusal.value


SHEET = {"sheet": {"expression": "body.data.title"}}


class TestStatus:
    def test_alone_it_is_written_out_in_the_action(self) -> None:
        files = files_of(spec_of(**action({"status": {"expression": "status"}}, output="Sent")))
        assert "const { status } = response;\n    return { status };" in files["actions/create-item.ts"]
        assert "mappers/to-sent.ts" not in files

    def test_with_fields_of_the_response_the_mapper_takes_it(self) -> None:
        mapping = {"ok": {"expression": "status === 201"}, "code": {"expression": "String(status)"}}
        files = files_of(spec_of(**action(mapping)))
        assert "toItem(response.data, response.status)" in files["actions/create-item.ts"]
        mapper = files["mappers/to-item.ts"]
        assert "toItem(response: GithubItemResponse, status: number): Item" in mapper
        assert "ok: status === 201," in mapper

    def test_a_variable_of_the_mapper_has_another_name(self) -> None:
        mapping = {"status": {"expression": "status > 1 ? response.state : undefined"}}
        mapper = files_of(spec_of(**action(mapping, output="Coded")))["mappers/to-coded.ts"]
        assert "const status2 = status > 1 ? response.state : undefined;" in mapper

    @pytest.mark.parametrize(
        ("answer", "what"),
        [
            (
                {
                    "name": "list-items",
                    "output": "Item[]",
                    "request": {"path": "/items", "paginate": {"type": "none"}},
                },
                "no record of the one",
            ),
            ({"read_back": {"path": "/items/${response.id}"}}, "no record of the one"),
        ],
    )
    def test_where_there_is_no_one_response(self, answer: dict[str, Any], what: str) -> None:
        refusal = refusal_of(**action({"ok": {"expression": "status === 201"}}, **answer))
        assert what in refusal.what
        assert refusal.where == "actions[0].mapping.ok.expression"

    def test_a_sync_has_none(self) -> None:
        assert (
            "the name status is not known here"
            in refusal_of(**sync({"sheet": {"expression": "String(status)"}})).what
        )

    def test_a_model_that_another_script_reads_has_none(self) -> None:
        entries = action({"ok": {"expression": "status === 201"}})
        entries["actions"].append({"name": "get-item", "output": "Item"})
        refusal = refusal_of(**entries)
        assert "takes the status of another response" in refusal.what
        assert refusal.where == "actions[0].mapping"


class TestBody:
    @pytest.mark.parametrize(
        "paginate", [{"type": "none"}, {"type": "link", "link_path_in_response_body": "next"}]
    )
    def test_each_record_gets_what_stands_beside_the_list(self, paginate: dict[str, str]) -> None:
        request = {"path": "/rows", "response_path": "data.rows", "paginate": paginate}
        spec = spec_of(**sync({**SHEET, "size": {"expression": "body.meta?.size"}}, request=request))
        files = files_of(spec)
        assert "toRow(record, response.data)" in files["syncs/rows.ts"]
        assert "toRow(response: GithubRowResponse, body: GithubRowsBody): Row" in files["mappers/to-row.ts"]
        (body,) = (raw.shape for raw in spec.raw_types if raw.name == "GithubRowsBody")
        assert isinstance(body, ObjectOf)
        (data,) = (field.type for field in body.fields if field.name == "data")
        assert isinstance(data, ObjectOf)
        assert Field("title", Primitive("string")) in data.fields

    def test_beside_the_entry_of_a_list_that_is_walked(self) -> None:
        mapping = {"sheet": {"expression": "`${parent.name} ${body.data.title}`"}}
        request = {"path": "/b/${parent.id}/rows", "response_path": "data.rows", "paginate": {"type": "none"}}
        files = files_of(spec_of(**sync(mapping, parents={"path": "/boxes"}, request=request)))
        assert "toRow(record, parent, response.data)" in files["syncs/rows.ts"]

    @pytest.mark.parametrize(
        ("answer", "what"),
        [
            ({"pattern": "window"}, "do not come from a list alone"),
            ({"webhook_subscriptions": ["changed"]}, "do not come from a list alone"),
            (
                {"request": {"path": "/rows", "response_path": ""}},
                "the body is the list of the records itself",
            ),
        ],
    )
    def test_where_nothing_stands_beside_records(self, answer: dict[str, Any], what: str) -> None:
        refusal = refusal_of(**sync(SHEET, **answer))
        assert what in refusal.what
        assert refusal.where == "syncs[0].mapping.sheet.expression"
        assert refusal.fix

    def test_a_model_that_another_one_holds_has_none(self) -> None:
        entries = sync(SHEET)
        entries["syncs"].append({"name": "boxes", "model": "Box"})
        assert "takes the body of another response" in refusal_of(**entries).what

    def test_children_have_none(self) -> None:
        entries = {
            "syncs": [{"name": "boxes", "model": "Item", "children": {"model": "Row", "mapping": SHEET}}]
        }
        assert "the name body is not known here" in refusal_of(**entries).what

    def test_a_field_called_body_or_status_stays_one(self) -> None:
        models = {"Note": {"id": "string", "body": "string", "status?": "string"}}
        mapping = {"status": {"from": "state", "values": {"o": "open"}}, "body": "text"}
        entries = {"models": models, "syncs": [{"name": "notes", "model": "Note", "mapping": mapping}]}
        mapper = files_of(derive(load_answers({"provider": "github", **entries}), FACTS, {}))[
            "mappers/to-note.ts"
        ]
        assert "const status = " in mapper
        assert "toNote(response: GithubNoteResponse): Note" in mapper
