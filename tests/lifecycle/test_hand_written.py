"""What the tool did not write is never merged into, replaced or deleted, until its owner hands it over by name."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.lifecycle.support import YAML, Project, changed, prepared
from tests.manifest.hostile import opened

HAND = Path(__file__).resolve().parents[2] / "tests/toolchain/fixtures/hand"
OWN = "nango-integrations/github"
MANIFEST = f"{OWN}/.nango-scaffold.json"
HAND_WRITTEN = (f"{OWN}/syncs/pull-requests.ts", f"{OWN}/actions/create-pull-request.ts", f"{OWN}/types.ts")
SYNC = HAND_WRITTEN[0]


@pytest.fixture
def hand_written(project: Project) -> Project:
    """An adopted hand-written integration with a scaffolded sync beside it."""
    return prepared(project, _adopt)


def _adopt(project: Project) -> None:
    shutil.copytree(HAND, project.path, dirs_exist_ok=True)
    assert project.run("adopt", "github").code == 0
    result = project.run("add sync github labels")
    assert result.code == 0, result.out + result.err


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A version of the tool that writes every sync and every action otherwise."""
    monkeypatch.setattr("nango_scaffold.derive.syncs.nested_requests.SYNC_RETRIES", 7)
    monkeypatch.setattr("nango_scaffold.derive.actions.request.ACTION_RETRIES", 8)


def texts(project: Project, *paths: str) -> dict[str, str]:
    return {path: project.read(path) for path in paths}


def entries(project: Project) -> str:
    """The hand-written part of nango.yaml."""
    return project.read(YAML).split("            labels:")[0]


def test_a_newer_version_leaves_them_alone_and_updates_ours(hand_written: Project, newer: None) -> None:
    before = texts(hand_written, *HAND_WRITTEN)
    result = hand_written.run("update")
    assert result.code == 0, result.out + result.err
    assert texts(hand_written, *HAND_WRITTEN) == before
    assert "retries: 7" in hand_written.read(f"{OWN}/syncs/labels.ts")
    assert hand_written.run("update").out.count("Nothing to do") == 1


def test_the_manifest_holds_no_text_that_we_never_wrote(hand_written: Project) -> None:
    data = opened(hand_written.read(MANIFEST))
    assert set(HAND_WRITTEN) <= set(data["hand_written"]["files"])
    assert not set(HAND_WRITTEN) & set(data["files"])
    assert all(text == hand_written.read(path) for path, text in data["merge_base"]["files"].items())
    assert "pull-requests" not in data["merge_base"]["nango_yaml"]["syncs"]
    assert data["hand_written"]["syncs"] == ["pull-requests"]


def with_invented_bases(project: Project) -> None:
    """The manifest as format 1 left it: with what it would have written for what it wrote last."""
    data = opened(project.read(MANIFEST))
    base = data["merge_base"]
    block = base["nango_yaml"]
    invented = {
        path: f"// never written\n{index}\n" for index, path in enumerate(data["hand_written"]["files"])
    }
    yaml_entry = {"endpoint": "GET /never", "runs": "every year", "output": "PullRequest"}
    block["syncs"] = {"pull-requests": yaml_entry, **block["syncs"]}
    shared = {key: data[key] for key in ("about", "generator", "answers", "provider", "schema")}
    old = {
        **shared,
        "format": 1,
        "origin": {"beside": ["github"], "undo": {"left": "00000000-1", "start": 0, "stop": 0, "text": ""}},
        "nango_yaml": block,
        "files": {**base["files"], **invented},
    }
    project.write(MANIFEST, json.dumps(old, indent=2))


def test_manifests_of_earlier_versions_invented_what_was_written(hand_written: Project, newer: None) -> None:
    before, entry = texts(hand_written, *HAND_WRITTEN), entries(hand_written)
    with_invented_bases(hand_written)
    result = hand_written.run("update")
    assert result.code == 0, result.out + result.err
    assert texts(hand_written, *HAND_WRITTEN) == before
    assert entries(hand_written) == entry
    assert "retries: 7" in hand_written.read(f"{OWN}/syncs/labels.ts")
    data = opened(hand_written.read(MANIFEST))
    assert (data["format"], set(HAND_WRITTEN) <= set(data["hand_written"]["files"])) == (2, True)


def test_removing_with_such_a_manifest_deletes_what_is_ours_alone(hand_written: Project) -> None:
    before = texts(hand_written, *HAND_WRITTEN)
    with_invented_bases(hand_written)
    hand_written.run("remove github labels")
    assert texts(hand_written, *HAND_WRITTEN) == before
    assert not hand_written.has(f"{OWN}/syncs/labels.ts")


def test_handed_over_by_name_a_file_becomes_ours(hand_written: Project, newer: None) -> None:
    before = hand_written.tree()
    preview = hand_written.run("update github --take syncs/pull-requests.ts --dry-run")
    assert f"--- a/{SYNC}" in preview.out
    assert hand_written.tree() == before
    result = hand_written.run("update github --take syncs/pull-requests.ts")
    assert result.code == 0, result.out + result.err
    assert "retries: 7" in hand_written.read(SYNC)
    action = HAND_WRITTEN[1]
    assert hand_written.tree()[action] == before[action]
    assert hand_written.read(f"{OWN}/types.ts").startswith(before[f"{OWN}/types.ts"].decode())  # type: ignore[union-attr]
    assert SYNC in opened(hand_written.read(MANIFEST))["files"]
    hand_written.edit(SYNC, "retries: 7", "retries: 7 // mine")
    assert "Nothing to do" in hand_written.run("update").out


def test_a_file_of_an_integration_that_is_only_adopted(project: Project) -> None:
    shutil.copytree(HAND, project.path, dirs_exist_ok=True)
    project.run("adopt", "github")
    before = project.tree()
    result = project.run("update github --take", f"{OWN}/actions/create-pull-request.ts")
    assert result.code == 0, result.out + result.err
    paths = changed(before, project.tree())
    assert {f"{OWN}/actions/create-pull-request.ts", MANIFEST} <= paths
    assert SYNC not in paths


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("update --take syncs/pull-requests.ts", "one integration at a time"),
        ("update github --take syncs/nothing.ts", "writes no syncs/nothing.ts"),
        ("update github --take ../../package.json", "writes no ../../package.json"),
    ],
)
def test_what_cannot_be_handed_over(hand_written: Project, words: str, message: str) -> None:
    before = hand_written.tree()
    result = hand_written.run(words)
    assert (result.code, message in result.err) == (2, True), result.err
    assert hand_written.tree() == before


def test_other_answers_change_nothing_of_it_and_are_told(hand_written: Project) -> None:
    answers = json.loads(hand_written.read(MANIFEST))["answers"]
    sync: dict[str, Any] = {**answers["syncs"][0], "runs": "every 2 days"}
    sync["request"] = {**sync["request"], "path": "/repos/other"}
    before, entry = texts(hand_written, *HAND_WRITTEN), entries(hand_written)
    result = hand_written.new({**answers, "syncs": [sync, *answers["syncs"][1:]]})
    assert result.code == 1
    assert "update github --take syncs/pull-requests.ts" in result.out
    assert "integrations.github.syncs.pull-requests" in result.out
    assert texts(hand_written, *HAND_WRITTEN) == before
    assert entries(hand_written) == entry


def test_it_cannot_be_dropped_in_passing(hand_written: Project) -> None:
    result = hand_written.new({"provider": "github", "sync_names": ["labels"]})
    assert (result.code, "pull-requests" in result.err) == (3, True)


def test_removing_all_of_it_names_the_files_that_stay(hand_written: Project) -> None:
    before = texts(hand_written, *HAND_WRITTEN[:2])
    result = hand_written.run("remove github")
    assert result.code == 0, result.out + result.err
    assert result.label_of("pull-requests.ts").startswith("kept: written by hand")
    assert texts(hand_written, *HAND_WRITTEN[:2]) == before
    assert not hand_written.has(f"{OWN}/syncs/labels.ts")
