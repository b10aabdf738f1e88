"""``nango-scaffold update`` where Copier keeps the answers: all integrations in one command, all of them or none."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from nango_scaffold.cli import main

from .support import FIRST, SECOND, YAML, Project, Template, answers_file, git, read_tree

if TYPE_CHECKING:
    from pathlib import Path

TEN = [f"crm-{letter}" for letter in "abcdefghij"]


def folder(name: str) -> str:
    return f"nango-integrations/{name}"


def sync(name: str) -> str:
    return f"{folder(name)}/syncs/contacts.ts"


def answers(name: str) -> dict[str, Any]:
    return {"provider": "hubspot", "integration": name, "sync_names": "contacts"}


@dataclass
class Ran:
    code: int
    out: str
    err: str


def update(root: Path, *words: str) -> Ran:
    """Run the command in this process."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(["update", "--project", str(root), *words])
    return Ran(code, out.getvalue(), err.getvalue())


@pytest.fixture(scope="module")
def _ten(_two_releases: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = Project.begin(tmp_path_factory.mktemp("ten") / "made")
    for name in TEN:
        project.copy(Template(_two_releases), answers(name), vcs_ref=FIRST)
    return project.commit().root


@pytest.fixture
def ten(_ten: Path, tmp_path: Path) -> Project:
    """Ten integrations of the first version."""
    return Project(shutil.copytree(_ten, tmp_path / "project"))


@pytest.fixture
def two(ten: Project) -> Project:
    """The first two of them alone; quicker."""
    for name in TEN[2:]:
        shutil.rmtree(ten.root / folder(name))
    data = ten.nango_yaml()
    data["integrations"] = {name: data["integrations"][name] for name in TEN[:2]}
    return ten.write(YAML, yaml.safe_dump(data, sort_keys=False)).commit()


def test_ten_integrations_one_of_them_edited_in_conflict(ten: Project) -> None:
    ten.edit(sync("crm-c"), "retries: 10", "retries: 12")
    ten.edit(sync("crm-d"), "await nango.batchSave", "// mine\n        await nango.batchSave")
    ten.edit(YAML, "runs: every hour", "runs: every day # enough")
    index, head = (ten.root / ".git/index").read_bytes(), git(ten.root, "log", "--format=%H")
    ran = update(ten.root)
    assert ran.code == 1
    assert len([line for line in ran.out.splitlines() if f"  {FIRST}  {SECOND}  " in line]) == 10
    assert f"look for <<<<<<< and >>>>>>> in:\n  {sync('crm-c')}\n" in ran.out
    assert "<<<<<<< before updating\n        retries: 12" in ten.read(sync("crm-c"))
    assert "retries: 7" in ten.read(sync("crm-d"))
    assert "// mine\n" in ten.read(sync("crm-d"))
    runs = [entry["syncs"]["contacts"]["runs"] for entry in ten.nango_yaml()["integrations"].values()]
    assert runs == ["every day", *["every 2 hours"] * 9]
    assert "every day # enough" in ten.read(YAML)
    assert all(ten.stored(name)["_commit"] == SECOND for name in TEN)
    assert (ten.root / ".git/index").read_bytes() == index
    assert git(ten.root, "log", "--format=%H") == head


def test_when_one_fails_everything_is_as_it_was(two: Project) -> None:
    gone = two.root.with_name("no-template")
    two.edit(answers_file("crm-b"), f"_src_path: {two.stored('crm-b')['_src_path']}", f"_src_path: {gone}")
    before = _everything(two.root)
    ran = update(two.root)
    assert ran.code == 3
    assert "Copier could not update crm-b: " in ran.err
    assert _everything(two.root) == before


def _everything(root: Path) -> dict[str, bytes]:
    """Every file, git's own among them."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


def test_a_dry_run_shows_what_a_run_does(two: Project) -> None:
    two.edit(sync("crm-a"), "await nango.batchSave", "// not committed\n        await nango.batchSave")
    before = two.tree()
    shown = json.loads(update(two.root, "--dry-run", "--json").out)
    assert two.tree() == before
    assert update(two.root).code == 0
    patch = "".join(change["diff"] for change in shown["changes"])
    after = two.tree()
    git(two.root, "stash", "--quiet")
    two.edit(sync("crm-a"), "await nango.batchSave", "// not committed\n        await nango.batchSave")
    two.write("patch", patch)
    git(two.root, "apply", "patch")
    two.delete("patch")
    assert two.tree() == after
    assert [row["to"] for row in shown["integrations"]] == [SECOND, SECOND]


def test_line_ends_of_windows_a_folder_of_a_repository_and_no_repository_at_all(
    two: Project, tmp_path: Path
) -> None:
    types = f"{folder('crm-a')}/types.ts"
    for path in (sync("crm-a"), types, YAML):
        two.write(path, two.read(path).replace("\n", "\r\n"))
    inside = Project.begin(tmp_path / "mono")
    shutil.copytree(two.root, inside.root / "packages/nango", ignore=shutil.ignore_patterns(".git"))
    alone = shutil.copytree(two.root, tmp_path / "alone", ignore=shutil.ignore_patterns(".git"))
    assert update(inside.root / "packages/nango", "crm-a").code == 0
    assert update(alone, "crm-a").code == 0
    assert read_tree(alone) == read_tree(inside.root / "packages/nango")
    text = (alone / sync("crm-a")).read_bytes()
    assert b"retries: 7,\r\n" in text.replace(b"retries: 7\r\n", b"retries: 7,\r\n")
    assert text.count(b"\r\n") == text.count(b"\n")
    assert (alone / YAML).read_bytes().count(b"\r\n") == (alone / YAML).read_bytes().count(b"\n")
    stored = yaml.safe_load((alone / answers_file("crm-b")).read_text())
    assert stored["_commit"] == FIRST, "only the one that was named"


def test_what_we_wrote_ourselves_is_updated_beside_it(two: Project) -> None:
    own = two.root.with_name("own.yml")
    own.write_text("provider: github\nsync_names: [issues]\n")
    assert main(["new", "--answers", str(own), "--project", str(two.root)]) == 0
    record = f"{folder('github')}/.nango-scaffold.json"
    issues = f"{folder('github')}/syncs/issues.ts"
    _as_an_older_version_wrote_it(two, record, issues)
    before = two.read(issues)
    ran = update(two.root)
    assert ran.code == 0, ran.out + ran.err
    assert two.read(issues) == before.replace("retries: 9", "retries: 10")
    assert [two.stored(name)["_commit"] for name in ("crm-a", "crm-b")] == [SECOND, SECOND]
    assert update(two.root).out.endswith("Nothing to do: everything is of the newest version.\n")


def _as_an_older_version_wrote_it(project: Project, record: str, path: str) -> None:
    project.edit(path, "retries: 10", "retries: 9")
    project.edit(record, "retries: 10", "retries: 9")
    project.edit(record, '"generator": "0.1.0"', '"generator": "0.0.9"')


def test_a_template_that_was_a_plain_folder_has_no_versions(two: Project) -> None:
    two.edit(answers_file("crm-b"), f"_commit: {FIRST}\n", "")
    before = two.tree()
    ran = update(two.root)
    assert (ran.code, "has no versions" in ran.err) == (3, True)
    assert two.tree() == before
