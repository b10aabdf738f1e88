"""The recorded responses that generated script tests replay, and the results they expect."""

from __future__ import annotations

import json
from typing import Any

import pytest

from nango_scaffold.answers import load_answers
from nango_scaffold.derive import derive
from nango_scaffold.derive.recordings.expressions import evaluated
from nango_scaffold.derive.recordings.javascript import (
    UNDEFINED,
    UNKNOWN,
    UntestableError,
    date_of,
    known,
    moment_as,
    number_of,
    put_at,
    text_of,
    without,
)
from nango_scaffold.derive.recordings.samples import sample
from nango_scaffold.models.types import ArrayOf, Field, Literal, ObjectOf, Primitive, Ref, UnionOf
from nango_scaffold.providers import ProviderFacts
from nango_scaffold.render.integration import render_files
from nango_scaffold.spec.integration import Scenario, ScriptTest

FACTS = ProviderFacts(
    key="acme",
    auth_mode="API_KEY",
    base_url="https://api.acme.io",
    paginate={
        "type": "cursor",
        "cursor_path_in_response": "next",
        "cursor_name_in_request": "after",
        "response_path": "items",
    },
)
MODELS = {
    "User": {"id": "string", "age": "number", "email?": "string"},
    "NewUser": {"name": "string", "email?": "string"},
}


def script_tests_of(**answers: Any) -> dict[str, ScriptTest]:
    """The tests of each script, by its name."""
    spec = derive(load_answers({"provider": "acme", "models": MODELS, "tests": True, **answers}), FACTS, {})
    assert spec.tests is not None
    return {test.name: test for test in spec.tests}


def scenario(test: ScriptTest, name: str) -> Scenario:
    """One test by its name."""
    return next(candidate for candidate in test.scenarios if candidate.name == name)


USERS = {"name": "users", "model": "User", "request": {"path": "/users", "params": {"size": 2}}}


class TestSyncs:
    def test_pages_are_followed_and_every_record_is_expected(self) -> None:
        test = scenario(script_tests_of(syncs=[USERS])["users"], "severalPages")
        expected = test.recording["expected"]
        assert [request["params"] for request in expected["requests"]] == [
            {"size": "2"},
            {"size": "2", "after": "cursor-2"},
        ]
        first, second = (response["data"] for response in test.recording["responses"])
        assert (first["next"], second["next"]) == ("cursor-2", None)
        assert [user["id"] for user in expected["saved"]["User"]] == ["id-1", "id-2", "id-3"]
        assert [sorted(user) for user in expected["saved"]["User"]] == [
            ["age", "email", "id"],
            ["age", "id"],
            ["age", "email", "id"],
        ]
        assert test.is_exact

    def test_an_empty_list_is_asked_for_again_and_one_that_is_not_there_ends_the_run(self) -> None:
        tests = script_tests_of(syncs=[USERS])["users"]
        assert len(scenario(tests, "empty").recording["expected"]["requests"]) == 2
        assert scenario(tests, "empty").error == ""
        assert scenario(tests, "noList").error == "The response has no list at items"

    def test_a_folder_that_is_paged_by_links_ends_the_run_too_where_it_has_no_list(self) -> None:
        request = {
            "path": "/folders/${folder}",
            "response_path": "entries",
            "paginate": {"type": "link", "link_path_in_response_body": "next"},
        }
        docs = {"name": "docs", "model": "User", "pattern": "selection", "request": request}
        answers = load_answers({"provider": "acme", "models": MODELS, "tests": True, "syncs": [docs]})
        spec = derive(answers, FACTS, {})
        (test,) = spec.tests or ()
        assert scenario(test, "noList").error == "The response has no list at entries"
        script = render_files(spec)[0]["nango-integrations/acme/syncs/docs.ts"]
        assert script.index("requireList(nango, page, 'entries');") < script.index("entries.push(...page);")

    def test_a_field_tells_what_changed(self) -> None:
        sync = {
            **USERS,
            "sync_type": "incremental",
            "request": {"path": "/users", "incremental": {"field": "changed"}},
        }
        test = scenario(script_tests_of(syncs=[sync])["users"], "incremental")
        assert [user["id"] for user in test.recording["expected"]["saved"]["User"]] == ["id-1"]
        assert len(test.recording["expected"]["requests"]) == 1

    def test_metadata_fills_the_path_and_is_refused_where_it_does_not_fit(self) -> None:
        models = {**MODELS, "Settings": {"team": "string"}}
        sync = {**USERS, "metadata": "Settings", "request": {"path": "/teams/${metadata.team}/users"}}
        tests = script_tests_of(models=models, syncs=[sync])["users"]
        assert (
            scenario(tests, "firstPage").recording["expected"]["requests"][0]["endpoint"]
            == "/teams/team-1/users"
        )
        assert scenario(tests, "refusedMetadata").recording["metadata"] == {}

    def test_a_computed_field_that_nobody_can_foresee_is_not_compared(self) -> None:
        sync = {**USERS, "mapping": {"age": {"expression": "Math.max(response.a, 3)"}}}
        test = scenario(script_tests_of(syncs=[sync])["users"], "firstPage")
        assert not test.is_exact
        assert [sorted(user) for user in test.recording["expected"]["saved"]["User"]] == [
            ["email", "id"],
            ["id"],
        ]

    def test_a_request_that_nobody_can_foresee_gives_no_test(self) -> None:
        value = {"value": "1", "when": "metadata.team.startsWith('a')"}
        models = {**MODELS, "Settings": {"team": "string"}}
        sync = {**USERS, "metadata": "Settings", "request": {"path": "/users", "params": {"x": value}}}
        assert script_tests_of(models=models, syncs=[sync]) == {}


class TestActions:
    ACTION = {"name": "create-user", "input": "NewUser", "output": "User", "request": {"path": "/users"}}

    def test_success_a_refused_input_and_the_error_of_the_api(self) -> None:
        test = script_tests_of(actions=[self.ACTION])["create-user"]
        success = scenario(test, "success").recording
        assert success["expected"]["requests"][0]["data"] == success["input"]
        assert success["output"]["id"] == success["responses"][0]["data"]["id"]
        assert scenario(test, "refusedInput").recording["input"] == {}
        assert scenario(test, "refusedInput").recording["expected"]["requests"] == []
        assert scenario(test, "apiError").error == "Request failed with status code 500"

    def test_a_check_is_failed_by_an_input_without_what_is_optional(self) -> None:
        check = {"unless": "input.email", "message": "An address is needed"}
        test = script_tests_of(actions=[{**self.ACTION, "checks": [check]}])["create-user"]
        assert scenario(test, "unchecked1").error == "An address is needed"
        assert "email" not in scenario(test, "unchecked1").recording["input"]


def test_without_the_answer_there_are_none() -> None:
    answers = {"provider": "acme", "models": MODELS, "syncs": [USERS]}
    assert derive(load_answers(answers), FACTS, {}).tests is None
    files, project_files = render_files(derive(load_answers(answers), FACTS, {}))
    assert not [path for path in files if "/tests/" in path]
    assert "vitest" not in project_files["package.json"]


def test_the_files_are_those_of_each_script_and_what_they_share() -> None:
    answers = {"provider": "acme", "models": MODELS, "syncs": [USERS], "tests": True}
    files, project_files = render_files(derive(load_answers(answers), FACTS, {}))
    assert sorted(path.rpartition("/")[2] for path in files if "/tests/" in path) == [
        "acme-users.mock.json",
        "acme-users.test.ts",
        "nango-mock.ts",
    ]
    assert json.loads(project_files["package.json"])["scripts"]["test"] == "vitest run"


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("input.a || input.b", "b"),
        ("!input.a && input.n === 2", True),
        ("input.n === '2'", False),
        ("input.missing ?? 'none'", "none"),
        ("input.missing?.deeper == null", True),
        ("input.list.length", 3),
        ("input.n ? 'yes' : 'no'", "yes"),
        ("Boolean(input.list)", True),
        ("input.list.map((item) => item)", UNKNOWN),
        ("other.name", UNKNOWN),
    ],
)
def test_expressions_that_read_compare_and_choose_have_a_value(source: str, value: Any) -> None:
    assert evaluated(source, {"input": {"a": "", "b": "b", "n": 2, "list": [1, 2, 3]}}) == value


def test_values_are_as_javascript_has_them() -> None:
    assert [text_of(value) for value in (True, 2.0, 1.5, None, [1, "a"])] == [
        "true",
        "2",
        "1.5",
        "null",
        "1,a",
    ]
    assert number_of("7") == 7
    with pytest.raises(UntestableError):
        number_of("seven")
    moment = date_of("2024-03-05T09:30:00Z")
    assert moment_as("iso", moment) == "2024-03-05T09:30:00.000Z"
    assert moment_as("epoch_seconds", moment) == 1709631000
    assert moment_as("http", moment) == "Tue, 05 Mar 2024 09:30:00 GMT"
    assert put_at({"a": {"b": 1}}, ("a", "c"), 2) == {"a": {"b": 1, "c": 2}}
    assert without({"a": {"b": 1, "c": 2}}, ("a", "b")) == {"a": {"c": 2}}
    assert known({"a": UNKNOWN, "b": [1, UNDEFINED], "c": UNDEFINED}) == ({"b": [1, None]}, False)


def test_samples_are_of_their_type_and_name() -> None:
    text, nothing = Primitive("string"), Literal(None)
    shape = ObjectOf(
        (
            Field("email", text),
            Field("created_at", text),
            Field("size", UnionOf((nothing, Primitive("number")))),
        )
    )
    assert sample(shape, "", 2, {}) == {
        "email": "grace@example.com",
        "created_at": "2024-03-03T09:30:00.000Z",
        "size": 2,
    }
    assert sample(shape, "", 2, {}, sparse=True)["size"] is None
    circle = ObjectOf((Field("children", ArrayOf(Ref("Node"))),))
    assert "children" in sample(circle, "", 1, {"Node": circle})
    endless = ObjectOf((Field("next", Ref("Node")),))
    with pytest.raises(UntestableError):
        sample(endless, "", 1, {"Node": endless})
