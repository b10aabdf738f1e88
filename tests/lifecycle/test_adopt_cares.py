"""What was adopted is under care: new scripts come, and what the user wrote stays."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.lifecycle.support import SCHEMA, YAML, Project, prepared

REPOSITORY = Path(__file__).resolve().parents[2]
HAND = REPOSITORY / "tests/toolchain/fixtures/hand"
OWN = "nango-integrations/github"
ANSWERS = f"{OWN}/.nango-scaffold-answers.yml"
MANIFEST = f"{OWN}/.nango-scaffold.json"
TYPES = f"{OWN}/types.ts"
GET = {"name": "get-pull-request", "output": "PullRequest", "request": {"path": "/pulls/${input.id}"}}


@pytest.fixture
def hand(project: Project) -> Project:
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


def changed(before: dict[str, bytes | None], after: dict[str, bytes | None]) -> set[str]:
    return {path for path in {*before, *after} if before.get(path, b"-") != after.get(path, b"-")}


def test_the_same_answers_change_nothing(hand: Project) -> None:
    before = hand.tree()
    ran = hand.run("new", "--answers", str(hand.path / ANSWERS))
    assert (ran.code, "Nothing to do" in ran.out) == (0, True)
    assert hand.tree() == before


def test_a_new_action_comes_with_all_it_imports(hand: Project) -> None:
    before = hand.tree()
    ran = hand.new(with_more(hand, GET))
    assert ran.code == 0, ran.out + ran.err
    action = f"{OWN}/actions/get-pull-request.ts"
    assert changed(before, hand.tree()) == {action, YAML, SCHEMA, ANSWERS, MANIFEST, TYPES}
    types = hand.read(TYPES)
    assert types.startswith(before[TYPES].decode()), "the user's own come first, untouched"  # type: ignore[union-attr]
    assert "\nexport interface GithubPullRequestResponse {" in types


def test_the_first_write_folds_the_answers_into_the_manifest(hand: Project) -> None:
    answers = with_more(hand, GET)
    hand.new(answers)
    assert not hand.has(ANSWERS)
    assert json.loads(hand.read(MANIFEST))["answers"] == answers
    before = hand.tree()
    assert "Nothing to do" in hand.new(answers).out
    assert hand.tree() == before


def test_a_second_addition_is_put_behind_the_first(hand: Project) -> None:
    answers = with_more(hand, GET)
    hand.new(answers)
    first = hand.read(TYPES)
    answers["syncs"] = [*answers["syncs"], {"name": "labels"}]
    ran = hand.new(answers)
    assert ran.code == 0, ran.out + ran.err
    assert hand.read(TYPES).startswith(first)
    assert "\nexport interface GithubLabelResponse {" in hand.read(TYPES)


def test_values_of_the_users_in_nango_yaml_stay(hand: Project) -> None:
    hand.edit(YAML, "runs: every hour", "runs: every 3 hours # often enough")
    before = hand.read(YAML)
    hand.new(with_more(hand, GET))
    after = hand.read(YAML)
    start, end = before.split("models:\n")
    assert after.startswith(start)
    assert end in after


def test_scripts_without_a_mapper_get_one_with_the_new_script_that_needs_it(hand: Project) -> None:
    (hand.path / f"{OWN}/mappers/to-pull-request.ts").unlink()
    hand.run("new", "--answers", str(hand.path / ANSWERS))
    assert not hand.has(f"{OWN}/mappers/to-pull-request.ts")
    hand.new(with_more(hand, GET))
    assert "export function toPullRequest" in hand.read(f"{OWN}/mappers/to-pull-request.ts")


def test_without_the_answers_file_the_files_still_win(hand: Project) -> None:
    answers = with_more(hand, GET)
    (hand.path / ANSWERS).unlink()
    before = hand.tree()
    ran = hand.new(answers)
    assert ran.code in (1, 3)
    after = hand.tree()
    assert all(
        after[path] == before[path] for path in before if path.endswith(".ts") and "schema" not in path
    )


def test_line_ends_of_the_users_stay(hand: Project) -> None:
    hand.write(TYPES, hand.read(TYPES).replace("\n", "\r\n"))
    hand.new(with_more(hand, GET))
    types = hand.read(TYPES)
    assert types.count("\r\n") == types.count("\n")


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("- a", "answers"),
        ("provider: [", ":1:"),
        ("provider: github\nintegration: other\nsync_names: a\n", "other"),
    ],
)
def test_answers_that_were_spoilt_are_refused(hand: Project, text: str, where: str) -> None:
    hand.write(ANSWERS, text)
    before = hand.tree()
    ran = hand.run("new", "--set", "provider=github", "--set", "sync_names=labels")
    assert (ran.code, where in ran.err) == (2, True)
    assert ".nango-scaffold-answers.yml" in ran.err
    assert hand.tree() == before


def test_add_works_on_it(hand: Project) -> None:
    before = hand.tree()
    ran = hand.run("add", "action", "github", "get-pull-request", "list-labels")
    assert ran.code == 0, ran.out + ran.err
    new = {
        f"{OWN}/actions/get-pull-request.ts",
        f"{OWN}/actions/list-labels.ts",
        f"{OWN}/mappers/to-label.ts",
    }
    assert changed(before, hand.tree()) == {*new, YAML, SCHEMA, ANSWERS, MANIFEST, TYPES}
    assert hand.run("add", "sync", "github", "teams").code == 0


def test_remove_takes_the_entry_and_keeps_the_script_that_was_written_by_hand(hand: Project) -> None:
    before = hand.tree()
    ran = hand.run("remove", "github", "create-pull-request")
    assert (ran.code, "create-pull-request.ts   kept" in ran.out) == (0, True)
    assert changed(before, hand.tree()) == {YAML, SCHEMA, ANSWERS, MANIFEST}
    assert "actions" not in hand.read(YAML)
    assert "CreatePullRequest" not in hand.read(YAML)


def test_remove_of_all_leaves_the_users_files_and_an_empty_nango_yaml(hand: Project) -> None:
    before = hand.tree()
    assert hand.run("remove", "github").code == 0
    assert changed(before, hand.tree()) == {YAML, SCHEMA, ANSWERS}
    assert hand.read(YAML) == "integrations: {}\nmodels: {}\n"


def test_remove_takes_a_lost_integration_of_ours_out_whole(project: Project) -> None:
    project.new({"provider": "hubspot", "sync_names": ["users"]})
    project.new({"provider": "github", "sync_names": ["issues"]})
    before = project.tree()
    (project.path / MANIFEST).unlink()
    assert project.run("adopt", "github").code == 0
    assert project.run("remove", "github").code == 0
    left = project.tree()
    assert f"{OWN}/syncs/issues.ts" in before
    assert not [path for path in left if path.startswith(OWN)]
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
def test_a_type_of_theirs_is_used_as_it_is_declared(hand: Project, theirs: str, added: str) -> None:
    hand.write(TYPES, hand.read(TYPES) + theirs)
    before = hand.read(TYPES)
    ran = hand.run("add", "action", "github", "get-pull-request")
    assert ran.code == 0, ran.out + ran.err
    assert hand.read(TYPES).startswith(before)
    behind = hand.read(TYPES).removeprefix(before).strip()
    assert behind.count("export ") == bool(added)
    assert added in behind
    assert RESPONSE in hand.read(f"{OWN}/actions/get-pull-request.ts")
