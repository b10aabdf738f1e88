"""Parameters and headers that are sent under a condition."""

from __future__ import annotations

import re
from typing import Any

import pytest
from tests.toolchain.support.scaffolded import job, tree_of

from nango_scaffold.answers import load_answers
from nango_scaffold.derive import derive
from nango_scaffold.errors import AnswersError
from nango_scaffold.providers import ProviderFacts

FACTS = ProviderFacts(key="github", auth_mode="API_KEY", base_url="https://api.github.com", source="a test")
MODELS = {
    "Settings": {"team?": "string", "archived": "boolean", "kind": "a | b"},
    "Asked": {"id": "string", "full?": "boolean", "note?": "string"},
    "User": {"id": "string"},
}


def answers_with(param: Any, *, place: str = "params") -> dict[str, Any]:
    sync = {
        "name": "users",
        "sync_type": "incremental",
        "metadata": "Settings",
        "request": {place: {"q": param}},
    }
    return {"provider": "github", "models": MODELS, "syncs": [sync]}


def parameter_line(value: Any, when: str, *, place: str = "params") -> str:
    """The line of the parameter in the sync."""
    answers = answers_with({"value": value, "when": when}, place=place)
    text = tree_of([job(answers)])["nango-integrations/github/syncs/users.ts"]
    match = re.search(rf"    {place}: \{{\n *(.*)\n", text)
    assert match is not None
    return match[1]


@pytest.mark.parametrize(
    ("value", "when", "line"),
    [
        (1, "metadata.archived", "...(metadata.archived ? { q: 1 } : {})"),
        (True, "!metadata.archived", "...(!metadata.archived ? { q: 'true' } : {})"),
        (
            "${metadata.team}",
            "metadata.kind === 'a' || metadata.archived",
            "...((metadata.kind === 'a' || metadata.archived) && metadata.team != null ? { q: metadata.team } : {})",
        ),
        ("x", 'metadata.team ?? "y"', "...((metadata.team ?? 'y') ? { q: 'x' } : {})"),
        ("x", "!lastSyncDate", "...(!nango.lastSyncDate ? { q: 'x' } : {})"),
        ("x", "connection.site === 'eu'", "...(connection.site === 'eu' ? { q: 'x' } : {})"),
    ],
)
def test_it_is_sent_where_the_condition_holds(value: Any, when: str, line: str) -> None:
    assert parameter_line(value, when) == line


def test_a_header_has_one_too() -> None:
    assert (
        parameter_line(5, "metadata.archived", place="headers") == "...(metadata.archived ? { q: '5' } : {})"
    )


def test_an_input_of_all_optional_fields_is_read_where_it_was_checked() -> None:
    request = {"path": "/users", "params": {"q": {"value": 1, "when": "input.full"}}}
    models = MODELS | {"Asked": {"full?": "boolean"}}
    actions = [{"name": "get-user", "input": "Asked", "request": request}]
    tree = tree_of([job({"provider": "github", "models": models, "actions": actions})])
    assert "...(parsed.data.full ? { q: 1 } : {})" in tree["nango-integrations/github/actions/get-user.ts"]


def test_a_field_that_a_condition_reads_goes_nowhere_else() -> None:
    request = {"path": "/users/${input.id}", "params": {"q": {"value": 1, "when": "input.full"}}}
    actions = [{"name": "get-user", "input": "Asked", "request": request}]
    spec = derive(load_answers({"provider": "github", "models": MODELS, "actions": actions}), FACTS, {})
    assert [param.name for param in spec.actions[0].request.params] == ["q", "note"]


def test_metadata_nobody_described_has_the_field_that_is_read() -> None:
    sync = {"name": "users", "request": {"params": {"q": {"value": 1, "when": "metadata.mode === 'x'"}}}}
    metadata = derive(load_answers({"provider": "github", "syncs": [sync]}), FACTS, {}).syncs[0].metadata
    assert metadata is not None
    assert [field.name for field in metadata.shape.fields] == ["mode"]


@pytest.mark.parametrize(
    "param",
    [{"value": 1}, {"when": "true"}, {"value": [1], "when": "true"}, {"value": 1, "when": "true", "else": 2}],
)
def test_a_mapping_that_is_none_is_refused(param: dict[str, Any]) -> None:
    with pytest.raises(AnswersError):
        load_answers(answers_with(param))


@pytest.mark.parametrize(
    "when",
    [
        "",
        "true; nango.log('x')",
        "metadata.archived = true",
        "await metadata",
        "new Date()",
        "nango.getConnection()",
        "process.env",
        "(() => { return 1 })()",
        "true } : {}), x: (1",
        "true /* ",
        "true // x",
        "`${",
        "globalThis",
        "metadata.constructor.constructor('x')()",
        "import('fs')",
        "response.id",
    ],
)
def test_an_expression_that_is_none_or_leaves_its_place_is_refused(when: str) -> None:
    with pytest.raises(AnswersError) as refusal:
        load_answers(answers_with({"value": 1, "when": when}))
    assert refusal.value.where == "syncs[0].request.params.q.when"


@pytest.mark.parametrize("when", ["input.id", "metadata.none", "parent.id", "connection"])
def test_one_that_reads_what_the_script_lacks_is_refused(when: str) -> None:
    with pytest.raises(AnswersError) as refusal:
        derive(load_answers(answers_with({"value": 1, "when": when})), FACTS, {})
    assert refusal.value.where == "syncs[0].request.params.q.when"
