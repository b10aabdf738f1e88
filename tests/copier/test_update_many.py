"""``nango-scaffold update`` where Copier keeps the answers: all integrations in one command, all of them or none."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import yaml
from tests.lifecycle.support import CommandResult, written_otherwise
from tests.lifecycle.support import Project as CommandProject

from nango_scaffold import __version__
from nango_scaffold.cli import main

from .support import FIRST, SECOND, TEN, YAML, Project, Template, answers_file, git, read_tree


@pytest.fixture(autouse=True)
def _trusted(released: Template, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The template is on the list of those that Copier's settings trust."""
    settings = tmp_path / "settings.yml"
    settings.write_text(yaml.safe_dump({"trust": [str(released.root), f"{released.root}-gone"]}))
    monkeypatch.setenv("COPIER_SETTINGS_PATH", str(settings))


def folder(name: str) -> str:
    return f"nango-integrations/{name}"


def sync(name: str) -> str:
    return f"{folder(name)}/syncs/users.ts"


def update(root: Path, *words: str) -> CommandResult:
    """Run the command in this process."""
    return CommandProject(root).run("update", *words)


@pytest.fixture
def two(ten: Project) -> Project:
    """GitHub and HubSpot alone, in a project without git history: faster."""
    for name in TEN:
        if name not in ("github", "hubspot"):
            shutil.rmtree(ten.root / folder(name))
    data = ten.nango_yaml()
    data["integrations"] = {name: data["integrations"][name] for name in ("github", "hubspot")}
    shutil.rmtree(ten.root / ".git")
    return ten.write(YAML, yaml.safe_dump(data, sort_keys=False))


def files_below(root: Path) -> dict[str, bytes]:
    """Every file, git's own among them."""
    files = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def test_ten_integrations_some_edited_and_one_of_our_own(ten: Project) -> None:
    """In one command: merged, marked, kept, and git is none the wiser."""
    ten.edit(sync("jira"), "retries: 10", "retries: 12")
    ten.edit(sync("slack"), "await nango.batchSave", "// not committed\n        await nango.batchSave")
    ten.edit(YAML, "runs: every hour", "runs: every day # enough")
    issues = _written_by_an_older_version_of_ours(ten)
    git_before = files_below(ten.root / ".git")

    result = update(ten.root)

    assert result.code == 1
    rows = [line.split() for line in result.out.splitlines() if line.endswith(tuple("0123456789"))]
    assert [row[:3] for row in rows[:2]] == [["asana", "0.0.9", __version__], ["github", FIRST, SECOND]]
    assert len(rows) == 11
    assert next(row for row in rows if row[0] == "jira")[-2:] == ["1", "0"], "one conflict"
    assert f"look for <<<<<<< and >>>>>>> in:\n  {sync('jira')}\n" in result.out
    assert "<<<<<<< before updating\n        retries: 12" in ten.read(sync("jira"))
    assert "retries: 7" in ten.read(sync("slack"))
    assert "// not committed\n" in ten.read(sync("slack"))
    assert "retries: 10" in ten.read(issues)
    integrations = ten.nango_yaml()["integrations"]
    runs = [entry["syncs"].get("users", {}).get("runs") for entry in integrations.values()]
    assert runs == ["every day", *["every 2 hours"] * 9, None]
    assert "every day # enough" in ten.read(YAML)
    assert all(ten.stored(name)["_commit"] == SECOND for name in TEN)
    assert files_below(ten.root / ".git") == git_before


def _written_by_an_older_version_of_ours(project: Project) -> str:
    answers = project.root.with_name("own.yml")
    answers.write_text("provider: asana\nsync_names: [issues]\n")
    assert main(["new", "--answers", str(answers), "--project", str(project.root)]) == 0
    path, manifest = f"{folder('asana')}/syncs/issues.ts", f"{folder('asana')}/.nango-scaffold.json"
    project.edit(path, "retries: 10", "retries: 9")
    project.write(manifest, written_otherwise(project.read(manifest), manifest, "retries: 10", "retries: 9"))
    project.edit(manifest, f'"generator": "{__version__}"', '"generator": "0.0.9"')
    return path


def test_when_one_fails_everything_is_as_it_was(two: Project) -> None:
    two.write("copier.py", "raise SystemExit('this is not Copier')\n")
    source = two.stored("hubspot")["_src_path"]
    two.edit(answers_file("hubspot"), f"_src_path: {source}", f"_src_path: {source}-gone")
    before = files_below(two.root)
    result = update(two.root)
    assert result.code == 3
    assert "Copier could not update hubspot: " in result.err
    assert files_below(two.root) == before


def test_a_dry_run_shows_what_a_run_does_in_a_folder_of_a_repository_with_line_ends_of_windows(
    two: Project, tmp_path: Path
) -> None:
    crlf = (sync("github"), f"{folder('github')}/types.ts", YAML)
    for path in crlf:
        two.write(path, two.read(path).replace("\n", "\r\n"))
    repository = Project.begin(tmp_path / "mono")
    project = Project(shutil.copytree(two.root, repository.root / "packages/nango"))
    before = project.tree()

    preview = json.loads(update(project.root, "github", "--dry-run", "--json").out)
    assert project.tree() == before
    assert update(project.root, "github").code == 0

    shutil.copytree(two.root, tmp_path / "patched")
    patch = tmp_path / "patch"
    patch.write_bytes("".join(change["diff"] for change in preview["changes"]).encode())
    git(tmp_path / "patched", "apply", str(patch))
    assert read_tree(tmp_path / "patched") == project.tree(), "the diffs were what the run did"
    for path in crlf:
        data = (project.root / path).read_bytes()
        assert data.count(b"\r\n") == data.count(b"\n")
    assert "retries: 7" in project.read(sync("github"))
    assert project.stored("github")["_commit"] == SECOND
    assert project.stored("hubspot")["_commit"] == FIRST, "it was not named"


def test_an_open_conflict_is_not_built_upon(two: Project) -> None:
    marks = "<<<<<<< before updating\n        retries: 3\n=======\n        retries: 7\n>>>>>>> after updating"
    for name in ("github", "hubspot"):
        two.edit(sync(name), "        retries: 10", marks)
    before = files_below(two.root)
    result = update(two.root)
    assert result.code == 1
    assert f"  {sync('github')}\n  {sync('hubspot')}\n" in result.out
    assert files_below(two.root) == before


def test_a_template_that_was_a_plain_folder_has_no_versions(two: Project) -> None:
    two.edit(answers_file("hubspot"), f"_commit: {FIRST}\n", "")
    before = two.tree()
    result = update(two.root)
    assert (result.code, "has no versions" in result.err) == (3, True)
    assert two.tree() == before
