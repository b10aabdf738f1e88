"""A look-up that two scripts share: a helper file while both exist, part of the script when one is left."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.lifecycle.support import Project

FOLDER = "nango-integrations/github"
HELPER = f"{FOLDER}/helpers/look-up-cloud.ts"
FIRST, SECOND = f"{FOLDER}/syncs/users.ts", f"{FOLDER}/syncs/teams.ts"
MANIFEST = f"{FOLDER}/.nango-scaffold.json"
CLOUD = {"name": "cloud", "path": "/clouds", "pick": "0.id"}


def sync(name: str) -> dict[str, Any]:
    return {"name": name, "lookups": [CLOUD], "request": {"path": f"/${{lookup.cloud}}/{name}"}}


ONE_SYNC = {"provider": "github", "syncs": [sync("users")]}
BOTH = {"provider": "github", "syncs": [sync("users"), sync("teams")]}


@pytest.fixture
def one_sync(project: Project) -> Project:
    assert project.new(ONE_SYNC).code == 0
    return project


def add_second(project: Project) -> Any:
    file = project.path.with_name("teams.yml")
    file.write_text(json.dumps({"syncs": [sync("teams")]}))
    return project.run("add sync github teams", "--answers", str(file))


class TestTheSecondUserArrives:
    def test_the_look_up_moves_into_a_file_and_the_first_script_changes(self, one_sync: Project) -> None:
        assert "async function lookUpCloud(" in one_sync.read(FIRST)
        assert not one_sync.has(HELPER)
        assert add_second(one_sync).code == 0
        assert "export async function lookUpCloud(" in one_sync.read(HELPER)
        for script in (FIRST, SECOND):
            assert "import { lookUpCloud } from '../helpers/look-up-cloud.js';" in one_sync.read(script)
            assert "async function lookUpCloud(" not in one_sync.read(script)

    def test_it_is_the_same_as_having_said_both_at_first(
        self, one_sync: Project, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        add_second(one_sync)
        other = Project(tmp_path_factory.mktemp("other") / "project")
        other.path.mkdir()
        other.new(BOTH)
        assert {path: text for path, text in one_sync.tree().items() if path.endswith(".ts")} == {
            path: text for path, text in other.tree().items() if path.endswith(".ts")
        }
        assert "Nothing to do" in one_sync.new(json.loads(one_sync.read(MANIFEST))["answers"]).out

    def test_an_edit_of_the_first_script_elsewhere_stays(self, one_sync: Project) -> None:
        one_sync.edit(FIRST, "// Looked up first", "// Ours. Looked up first")
        assert add_second(one_sync).code == 0
        assert "// Ours. Looked up first" in one_sync.read(FIRST)
        assert "'../helpers/look-up-cloud.js'" in one_sync.read(FIRST)

    def test_an_edited_look_up_is_no_loss(self, one_sync: Project) -> None:
        one_sync.edit(FIRST, "No cloud was found", "No cloud at all was found")
        result = add_second(one_sync)
        assert "No cloud at all was found" in one_sync.read(FIRST)
        assert result.code == 1  # a conflict, marked in the file


class TestTheSecondUserGoes:
    def test_the_file_goes_and_the_look_up_is_part_of_the_script_again(self, one_sync: Project) -> None:
        before = one_sync.read(FIRST)
        add_second(one_sync)
        assert one_sync.run("remove github teams").code == 0
        assert not one_sync.has(HELPER)
        assert not one_sync.has(f"{FOLDER}/helpers")
        assert one_sync.read(FIRST) == before

    def test_all_of_it_goes_with_the_integration(self, project: Project) -> None:
        project.new(BOTH)
        assert project.run("remove github").code == 0
        assert not project.has(FOLDER)


class TestTheFileIsThere:
    def test_a_dry_run_names_it(self, project: Project) -> None:
        assert "look-up-cloud.ts" in project.new(BOTH, "--dry-run").out
        assert not project.has(HELPER)

    def test_an_edited_one_is_kept_and_one_of_somebody_else_is_never_replaced(self, project: Project) -> None:
        project.new(BOTH)
        project.edit(HELPER, "No cloud was found", "No cloud at all was found")
        assert project.run("update github").code == 0
        assert "No cloud at all was found" in project.read(HELPER)

    def test_a_file_of_that_name_that_the_tool_did_not_write_stays(self, one_sync: Project) -> None:
        one_sync.write(HELPER, "export const ours = 1;\n")
        add_second(one_sync)
        assert one_sync.read(HELPER) == "export const ours = 1;\n"
