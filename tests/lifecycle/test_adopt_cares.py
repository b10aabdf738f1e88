"""An adopted integration: new scripts are added, and the user's own code stays."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.lifecycle.support import SCHEMA, YAML, Project, changed, prepared

REPOSITORY = Path(__file__).resolve().parents[2]
HAND = REPOSITORY / "tests/toolchain/fixtures/hand"
OWN = "nango-integrations/github"
ANSWERS = f"{OWN}/.nango-scaffold-answers.yml"
MANIFEST = f"{OWN}/.nango-scaffold.json"
TYPES = f"{OWN}/types.ts"
GET = {"name": "get-pull-request", "output": "PullRequest", "request": {"path": "/pulls/${input.id}"}}


@pytest.fixture
def adopted(project: Project) -> Project:
    """The hand-written integration, adopted."""
    return prepared(project, _adopt)


def _adopt(project: Project) -> None:
    shutil.copytree(HAND, project.path, dirs_exist_ok=True)
    assert project.run("adopt", "github").code == 0


def with_more(project: Project, *actions: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The adopted answers with more actions in them."""
    file = project.path.with_name("adopted.yml")
    shutil.copy(project.path / ANSWERS, file)
    preview = project.run("adopt", "github", "--output", "-", "--json")
    answers = dict(preview.data["answers"])
    return {**answers, **more, "actions": [*answers["actions"], *actions]}


def test_the_same_answers_change_nothing(adopted: Project) -> None:
    before = adopted.tree()
    result = adopted.run("new", "--answers", str(adopted.path / ANSWERS))
    assert (result.code, "Nothing to do" in result.out) == (0, True)
    assert adopted.tree() == before


def test_a_new_action_comes_with_all_it_imports(adopted: Project) -> None:
    before = adopted.tree()
    result = adopted.new(with_more(adopted, GET))
    assert result.code == 0, result.out + result.err
    action = f"{OWN}/actions/get-pull-request.ts"
    assert changed(before, adopted.tree()) == {action, YAML, SCHEMA, ANSWERS, MANIFEST, TYPES}
    types = adopted.read(TYPES)
    assert types.startswith(before[TYPES].decode()), "the user's own come first, untouched"  # type: ignore[union-attr]
    assert "\nexport interface GithubPullRequestResponse {" in types


def test_the_first_write_folds_the_answers_into_the_manifest(adopted: Project) -> None:
    answers = with_more(adopted, GET)
    adopted.new(answers)
    assert not adopted.has(ANSWERS)
    assert json.loads(adopted.read(MANIFEST))["answers"] == answers
    before = adopted.tree()
    assert "Nothing to do" in adopted.new(answers).out
    assert adopted.tree() == before


def test_a_second_addition_is_put_behind_the_first(adopted: Project) -> None:
    answers = with_more(adopted, GET)
    adopted.new(answers)
    first = adopted.read(TYPES)
    answers["syncs"] = [*answers["syncs"], {"name": "labels"}]
    result = adopted.new(answers)
    assert result.code == 0, result.out + result.err
    assert adopted.read(TYPES).startswith(first)
    assert "\nexport interface GithubLabelResponse {" in adopted.read(TYPES)


def test_values_of_the_users_in_nango_yaml_stay(adopted: Project) -> None:
    adopted.edit(YAML, "runs: every hour", "runs: every 3 hours # often enough")
    before = adopted.read(YAML)
    adopted.new(with_more(adopted, GET))
    after = adopted.read(YAML)
    start, end = before.split("models:\n")
    assert after.startswith(start)
    assert end in after


def test_scripts_without_a_mapper_get_one_with_the_new_script_that_needs_it(adopted: Project) -> None:
    (adopted.path / f"{OWN}/mappers/to-pull-request.ts").unlink()
    adopted.run("new", "--answers", str(adopted.path / ANSWERS))
    assert not adopted.has(f"{OWN}/mappers/to-pull-request.ts")
    adopted.new(with_more(adopted, GET))
    assert "export function toPullRequest" in adopted.read(f"{OWN}/mappers/to-pull-request.ts")


def test_without_the_answers_file_the_files_still_win(adopted: Project) -> None:
    answers = with_more(adopted, GET)
    (adopted.path / ANSWERS).unlink()
    before = adopted.tree()
    result = adopted.new(answers)
    assert result.code in (1, 3)
    after = adopted.tree()
    assert all(
        after[path] == before[path] for path in before if path.endswith(".ts") and "schema" not in path
    )


def test_line_ends_of_the_users_stay(adopted: Project) -> None:
    adopted.write(TYPES, adopted.read(TYPES).replace("\n", "\r\n"))
    adopted.new(with_more(adopted, GET))
    types = adopted.read(TYPES)
    assert types.count("\r\n") == types.count("\n")


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("- a", "answers"),
        ("provider: [", ":1:"),
        ("provider: github\nintegration: other\nsync_names: a\n", "other"),
    ],
)
def test_answers_that_were_spoilt_are_refused(adopted: Project, text: str, where: str) -> None:
    adopted.write(ANSWERS, text)
    before = adopted.tree()
    result = adopted.run("new", "--set", "provider=github", "--set", "sync_names=labels")
    assert (result.code, where in result.err) == (2, True)
    assert ".nango-scaffold-answers.yml" in result.err
    assert adopted.tree() == before


def test_add_works_on_it(adopted: Project) -> None:
    before = adopted.tree()
    result = adopted.run("add", "action", "github", "get-pull-request", "list-labels")
    assert result.code == 0, result.out + result.err
    new = {
        f"{OWN}/actions/get-pull-request.ts",
        f"{OWN}/actions/list-labels.ts",
        f"{OWN}/mappers/to-label.ts",
    }
    assert changed(before, adopted.tree()) == {*new, YAML, SCHEMA, ANSWERS, MANIFEST, TYPES}
    assert adopted.run("add", "sync", "github", "teams").code == 0


def test_remove_takes_the_entry_and_keeps_the_script_that_was_written_by_hand(adopted: Project) -> None:
    before = adopted.tree()
    result = adopted.run("remove", "github", "create-pull-request")
    assert (result.code, "create-pull-request.ts   kept" in result.out) == (0, True)
    assert changed(before, adopted.tree()) == {YAML, SCHEMA, ANSWERS, MANIFEST}
    assert "actions" not in adopted.read(YAML)
    assert "CreatePullRequest" not in adopted.read(YAML)


def test_remove_of_all_leaves_the_users_files_and_an_empty_nango_yaml(adopted: Project) -> None:
    before = adopted.tree()
    assert adopted.run("remove", "github").code == 0
    assert changed(before, adopted.tree()) == {YAML, SCHEMA, ANSWERS}
    assert adopted.read(YAML) == "integrations: {}\nmodels: {}\n"


def test_remove_takes_a_lost_integration_of_ours_out_whole(project: Project) -> None:
    project.new({"provider": "hubspot", "sync_names": ["users"]})
    project.new({"provider": "github", "sync_names": ["issues"]})
    before = project.tree()
    (project.path / MANIFEST).unlink()
    assert project.run("adopt", "github").code == 0
    assert project.run("remove", "github").code == 0
    tree = project.tree()
    assert f"{OWN}/syncs/issues.ts" in before
    assert not [path for path in tree if path.startswith(OWN)]
    assert "github" not in project.read(YAML)


RESPONSE = "GithubPullRequestResponse"


@pytest.mark.parametrize(
    ("theirs", "added"),
    [
        (f"/*\nexport interface {RESPONSE} {{}}\n*/\n", f"export interface {RESPONSE} {{"),
        (f"interface {RESPONSE} {{\n    id: number;\n}}\n", f"export type {{ {RESPONSE} }};"),
        (f"export type {{ {RESPONSE} }} from './raw.js';\n", ""),
        (f"export type {RESPONSE} = Record<string, any>;\n", ""),
    ],
)
def test_a_type_of_theirs_is_used_as_it_is_declared(adopted: Project, theirs: str, added: str) -> None:
    adopted.write(TYPES, adopted.read(TYPES) + theirs)
    before = adopted.read(TYPES)
    result = adopted.run("add", "action", "github", "get-pull-request")
    assert result.code == 0, result.out + result.err
    assert adopted.read(TYPES).startswith(before)
    behind = adopted.read(TYPES).removeprefix(before).strip()
    assert behind.count("export ") == bool(added)
    assert added in behind
    assert RESPONSE in adopted.read(f"{OWN}/actions/get-pull-request.ts")
