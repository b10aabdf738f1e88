"""Models and types at work: inputs that are lists or plain, models in circles, metadata of actions, one response for several models.

A second project has its schema.zod.ts in the folders of its integrations.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from .support import lint, nango
from .support.dryrun import DryRun, dryrun
from .support.fake_api import FakeNango
from .support.project import Version, prepare, read_tree
from .support.scaffolded import job, tree_of
from .support.third_party import Json, Reply, Route

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

pytestmark = pytest.mark.toolchain

ONE_PAGE: dict[str, Any] = {"type": "none"}
BARE: dict[str, Any] = {
    "provider": "github",
    "integration": "bare",
    "models": {
        "Item": {"id": "string", "name?": "string"},
        "Project": {"id": "string"},
        "Projects": {"projects": "Project[]"},
    },
    "actions": [
        {
            "name": "create-items",
            "input": "Item[]",
            "output": "Item[]",
            "request": {"response_path": "created"},
        },
        {"name": "delete-note", "input": "string"},
        {
            "name": "find-item",
            "input": "number",
            "output": "Item",
            "request": {"path": "/item", "params": {"nr": "${input}"}},
        },
        {"name": "update-tags", "input": "string[]", "output": "none", "request": {"path": "/tags"}},
        {
            "name": "get-token",
            "input": "none",
            "output": "string",
            "request": {"path": "/t", "response_path": "a.token"},
        },
        {"name": "list-words", "input": "none", "output": "string[]", "request": {"path": "/words"}},
        {"name": "fetch-projects", "input": "none", "output": "Projects", "request": {"path": "/projects"}},
    ],
}
CIRCLES: dict[str, Any] = {
    "provider": "github",
    "integration": "circles",
    "models": {
        "Comment": {"id": "string", "body?": "string", "replies?": "Comment[]", "author": "Author | null"},
        "Author": {"id": "string", "name": "string", "latest?": "Comment"},
        "Folder": {"id": "string", "parent?": "Folder", "children": "Folder[]"},
    },
    "syncs": [
        {"name": "comments", "request": {"path": "/comments", "paginate": ONE_PAGE, "response_path": ""}},
        {
            "name": "folders",
            "request": {"path": "/folders", "paginate": ONE_PAGE, "response_path": ""},
            "mapping": {"children": "kids"},
        },
    ],
    "actions": [
        {"name": "get-author", "output": "Author"},
        {"name": "create-folder", "input": "Folder", "output": "none", "request": {"path": "/folders"}},
    ],
}
SHARED: dict[str, Any] = {
    "provider": "github",
    "integration": "shared",
    "models": {
        "User": {"id": "string", "name": "string"},
        "Team": {"id": "string", "title": "string"},
        "Tag": {"id": "string"},
    },
    "syncs": [
        {
            "name": "directory",
            "models": ["User", "Team", "Tag"],
            "request": {"path": "/directory", "paginate": ONE_PAGE, "response_path": "users"},
            "requests": {
                "Team": {"from": "User", "response_path": "included.teams", "mapping": {"title": "name"}},
                "Tag": {"from": "User", "response_path": "included.tags"},
            },
        }
    ],
}
SETTINGS: dict[str, Any] = {
    "provider": "github",
    "integration": "settings",
    "models": {"Site": {"site": "string", "team": "number", "lang?": "string"}, "Opt": {"lang?": "string"}},
    "actions": [
        {
            "name": "create-page",
            "metadata": "Site",
            "input": "none",
            "output": "none",
            "request": {
                "path": "/sites/${metadata.site}/pages",
                "params": {"team": "${metadata.team}", "lang": "${metadata.lang}"},
            },
        },
        {
            "name": "list-flags",
            "metadata": "Opt",
            "input": "none",
            "output": "string[]",
            "request": {"path": "/flags", "headers": {"X-Lang": "${metadata.lang}"}},
        },
    ],
}
PREFIXED: dict[str, Any] = {
    "provider": "hubspot",
    "prefix_models": True,
    "models": {"User": {"id": "number", "team?": "Team"}, "Team": {"id": "string"}},
    "syncs": [{"name": "users", "request": {"path": "/users", "paginate": ONE_PAGE, "response_path": ""}}],
    "actions": [
        {"name": "create-users", "input": "User[]", "output": "User[]", "request": {"path": "/users"}}
    ],
}
BESIDE: dict[str, Any] = {**CIRCLES, "integration": "beside", "schema_file": "integration"}
LATER: dict[str, Any] = {**SETTINGS, "integration": "later"}


@pytest.fixture(scope="module")
def project(version: Version, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built([BARE, CIRCLES, SHARED, SETTINGS, PREFIXED], version, tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="module")
def with_schemas(version: Version, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built([BESIDE, LATER], version, tmp_path_factory.mktemp("beside"))


def built(answers: list[dict[str, Any]], version: Version, where: Path) -> Path:
    project = prepare(tree_of([job(data) for data in answers]), version, where)
    result = nango.build(project, version)
    assert result.complete, (result.problems, result.output[-3000:])
    return project


def run(
    project: Path,
    version: Version,
    integration: str,
    script: str,
    routes: list[Route],
    *,
    action_input: Json = None,
    metadata: Mapping[str, Json] | None = None,
    validate: bool = True,
) -> tuple[DryRun, FakeNango]:
    with FakeNango(routes, provider="github", metadata=metadata) as api:
        outcome = dryrun(
            project,
            version,
            script,
            api,
            integration=integration,
            input=action_input,
            compiled=True,
            validate=validate,
        )
    return outcome, api


def output_of(
    project: Path, version: Version, integration: str, script: str, route: Route, action_input: Json = None
) -> Any:
    outcome, api = run(project, version, integration, script, [route], action_input=action_input)
    assert outcome.error is None, outcome.output
    assert len(api.requests) == 1
    return outcome.result, api.requests[0]


def saved_by(project: Path, version: Version, integration: str, script: str, body: Json) -> dict[str, Any]:
    outcome, api = run(project, version, integration, script, [Route("GET", f"/{script}", Reply(body))])
    assert outcome.error is None, outcome.output
    assert len(api.requests) == 1
    return dict(outcome.saved)


class TestBareTypes:
    def test_a_list_is_the_whole_body_and_what_comes_back_stands_in_a_field(
        self, project: Path, version: Version
    ) -> None:
        items: Json = [{"id": "1", "name": "a"}, {"id": "2"}]
        route = Route(
            "POST",
            "/items",
            Reply({"created": [{"id": "1", "name": "a", "x": 1}, {"id": "2", "name": None}]}),
        )
        result, request = output_of(project, version, "bare", "create-items", route, items)
        assert request.body == items
        assert result == {"items": items}

    def test_a_wrong_item_is_refused_before_the_api_is_asked(self, project: Path, version: Version) -> None:
        outcome, api = run(
            project, version, "bare", "create-items", [], action_input=[{"name": "a"}], validate=False
        )
        assert outcome.error is not None
        assert api.requests == []

    def test_a_text_stands_in_the_path_and_a_number_in_the_query(
        self, project: Path, version: Version
    ) -> None:
        gone = Route("DELETE", "/notes/n1", Reply(None, status=204))
        assert output_of(project, version, "bare", "delete-note", gone, "n1")[0] == {"success": True}
        route = Route("GET", "/item", Reply({"id": "7", "name": None}))
        outcome, api = run(project, version, "bare", "find-item", [route], action_input=7, validate=False)
        assert [request.query for request in api.requests] == [{"nr": "7"}], outcome.output

    def test_a_list_of_texts_is_a_body_too(self, project: Path, version: Version) -> None:
        tags: Json = ["a", "b"]
        route = Route("PATCH", "/tags", Reply({}))
        outcome, api = run(
            project, version, "bare", "update-tags", [route], action_input=tags, validate=version != "0.58"
        )
        assert [request.body for request in api.requests] == [tags], outcome.output

    def test_a_plain_value_of_the_response(self, project: Path, version: Version) -> None:
        route = Route("GET", "/t", Reply({"a": {"token": "secret"}}))
        assert output_of(project, version, "bare", "get-token", route)[0] == {"token": "secret"}
        outcome, _ = run(
            project, version, "bare", "get-token", [Route("GET", "/t", Reply({"a": None}))], validate=False
        )
        assert "The response has no string at a.token" in str(outcome.error)

    def test_plain_lists_and_lists_whatever_the_verb(self, project: Path, version: Version) -> None:
        words = Route("GET", "/words", Reply(["a", "b"]))
        assert output_of(project, version, "bare", "list-words", words)[0] == {"words": ["a", "b"]}
        projects = Route("GET", "/projects", Reply([{"id": "1", "x": 2}]))
        assert output_of(project, version, "bare", "fetch-projects", projects)[0] == {
            "projects": [{"id": "1"}]
        }


class TestCircles:
    def test_records_that_hold_records_of_their_own_kind_are_mapped_to_any_depth(
        self, project: Path, version: Version
    ) -> None:
        leaf: dict[str, Json] = {"id": "3", "body": None, "replies": None, "author": None, "x": 1}
        author: dict[str, Json] = {"id": "a", "name": "Ann", "latest": leaf, "x": 1}
        body: Json = [
            {"id": "1", "body": "b", "author": None, "replies": [{**leaf, "id": "2", "author": author}]}
        ]
        inner = {"id": "2", "author": {"id": "a", "name": "Ann", "latest": {"id": "3", "author": None}}}
        (records,) = saved_by(project, version, "circles", "comments", body).values()
        assert records == [{"id": "1", "body": "b", "author": None, "replies": [inner]}]

    def test_lists_of_the_same_model_are_mapped_too(self, project: Path, version: Version) -> None:
        body: Json = [
            {
                "id": "1",
                "parent": {"id": "0", "parent": None, "kids": []},
                "kids": [{"id": "2", "parent": None, "kids": []}],
            }
        ]
        (records,) = saved_by(project, version, "circles", "folders", body).values()
        assert records == [
            {"id": "1", "parent": {"id": "0", "children": []}, "children": [{"id": "2", "children": []}]}
        ]

    def test_an_input_in_a_circle_is_checked_to_its_end(self, project: Path, version: Version) -> None:
        wrong: Json = {"id": "1", "children": [{"id": "2", "children": [{"id": 3, "children": []}]}]}
        outcome, api = run(
            project, version, "circles", "create-folder", [], action_input=wrong, validate=False
        )
        assert outcome.error is not None
        assert api.requests == []


def test_one_response_gives_the_records_of_three_models(project: Path, version: Version) -> None:
    body: Json = {
        "users": [{"id": "1", "name": "Ann"}],
        "included": {"teams": [{"id": "t", "name": "Red"}], "tags": [{"id": "x"}, {"id": "y"}]},
    }
    assert saved_by(project, version, "shared", "directory", body) == {
        "User": [{"id": "1", "name": "Ann"}],
        "Team": [{"id": "t", "title": "Red"}],
        "Tag": [{"id": "x"}, {"id": "y"}],
    }


class TestMetadataOfActions:
    def test_the_request_has_the_settings(self, project: Path, version: Version) -> None:
        route = Route("POST", "/sites/main/pages", Reply({}))
        outcome, api = run(
            project,
            version,
            "settings",
            "create-page",
            [route],
            metadata={"site": "main", "team": 7},
            validate=version != "0.58",
        )
        (request,) = api.requests
        assert request.query == {"team": "7"}, outcome.output

    def test_a_missing_setting_is_named(self, project: Path, version: Version) -> None:
        outcome, api = run(
            project, version, "settings", "create-page", [], metadata={"site": "main"}, validate=False
        )
        assert "The connection's metadata does not set team" in str(outcome.error)
        assert api.requests == []

    def test_settings_that_may_be_absent_may_all_be(self, project: Path, version: Version) -> None:
        route = Route("GET", "/flags", Reply(["a"]))
        outcome, api = run(project, version, "settings", "list-flags", [route])
        assert outcome.result == {"flags": ["a"]}, outcome.output
        assert "x-lang" not in {name.lower() for name in api.requests[0].headers}


def test_prefixed_models_are_saved_under_their_names(project: Path, version: Version) -> None:
    saved = saved_by(project, version, "hubspot", "users", [{"id": 1, "team": {"id": "t"}}])
    assert saved == {"HubspotUser": [{"id": 1, "team": {"id": "t"}}]}


def test_with_the_schemas_beside_them_scripts_run_too(with_schemas: Path, version: Version) -> None:
    body: Json = [{"id": "1", "body": None, "replies": [], "author": None}]
    (records,) = saved_by(with_schemas, version, "beside", "comments", body).values()
    assert records == [{"id": "1", "replies": [], "author": None}]
    outcome, api = run(
        with_schemas,
        version,
        "beside",
        "create-folder",
        [],
        action_input={"id": "1", "children": [1]},
        validate=False,
    )
    assert outcome.error is not None
    assert api.requests == []
    tree = read_tree(with_schemas)
    assert "nango-integrations/later/schema.zod.ts" in tree
    assert "nango-integrations/schema.zod.ts" not in tree


@pytest.mark.parametrize("version", ["0.69"], indirect=True)
def test_no_official_tool_finds_anything_and_the_schema_is_that_of_ts_to_zod(
    project: Path, with_schemas: Path
) -> None:
    for folder in (project, with_schemas):
        assert lint.eslint(folder) == []
        assert lint.prettier(folder) == []
        assert lint.yamllint(folder) == []
    theirs = re.sub(r"import \{ type .*\n", "", lint.ts_to_zod(project))
    for name in ("Comment", "Author", "Folder"):
        theirs = theirs.replace(f": z.ZodSchema<{name}> =", ": z.ZodSchema =")
    assert read_tree(project)["nango-integrations/schema.zod.ts"] == theirs
