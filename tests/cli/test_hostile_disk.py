"""Commands in projects where something else lies in the place of a file: one line, exit code 3, no traceback, no wait."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.commit.support.processes import in_child
from tests.lifecycle.support import YAML, Project

from nango_scaffold.plan.paths import LOCK, STAGING
from nango_scaffold.regular_file import LIMIT

MANIFEST = "nango-integrations/hubspot/.nango-scaffold.json"
USERS = {"provider": "hubspot", "sync_names": ["users"]}
DEEP = "[" * 10_000
COMMANDS = (
    "new --set provider=hubspot --set sync_names=users,teams",
    "add sync hubspot teams",
    "remove hubspot",
    "update",
)
Make = Callable[[Path], object]


@pytest.fixture(scope="module")
def scaffolded(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with an integration; tests leave it as it is."""
    project = Project(tmp_path_factory.mktemp("disk") / "project")
    project.path.mkdir()
    project.new(USERS)
    return project


def large(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(LIMIT + 1)


def link_to_zero(path: Path) -> None:
    path.symlink_to("/dev/zero")


def nested(path: Path) -> None:
    path.write_text(DEEP)


def in_staging(name: str, make: Make) -> Make:
    def act(staging: Path) -> None:
        staging.mkdir()
        make(staging / name)

    return act


def remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        for inside in path.iterdir():
            remove(inside)
        path.rmdir()
    elif os.path.lexists(path):
        path.unlink()


@pytest.mark.parametrize(
    ("place", "make"),
    [
        (LOCK, os.mkfifo),
        (LOCK, Path.mkdir),
        (LOCK, link_to_zero),
        (STAGING, os.mkfifo),
        (STAGING, link_to_zero),
        (STAGING, in_staging("journal.json", os.mkfifo)),
        (STAGING, in_staging("journal.json", nested)),
        (STAGING, in_staging("beside.json", link_to_zero)),
        (YAML, os.mkfifo),
        (YAML, link_to_zero),
        (YAML, large),
        (MANIFEST, os.mkfifo),
        (MANIFEST, link_to_zero),
        (MANIFEST, large),
    ],
)
def test_what_is_no_file_is_refused(scaffolded: Project, place: str, make: Make) -> None:
    path = scaffolded.path / place
    before = path.read_bytes() if path.exists() else None
    remove(path)
    make(path)
    names = set(scaffolded.path.rglob("*"))
    for command in COMMANDS:
        result = scaffolded.run(command)
        assert result.code == 3, (command, result.err)
        assert Path(place).name in result.err or "records" in result.err, (command, result.err)
        assert set(scaffolded.path.rglob("*")) == names
    remove(path)
    if before is not None:
        path.write_bytes(before)


def test_a_lock_of_a_killed_run_with_any_text_is_no_obstacle(scaffolded: Project) -> None:
    (scaffolded.path / LOCK).write_text(DEEP)
    before = scaffolded.tree()
    before.pop(LOCK)
    assert scaffolded.new(USERS).code == 0
    assert scaffolded.tree() == before


def test_a_file_name_that_is_not_utf8_and_an_odd_package_json_are_no_obstacle(project: Project) -> None:
    with open(os.path.join(os.fsencode(project.path), b"caf\xe9.ts"), "wb"):
        pass
    (project.path / "package.json").write_text('{"dependencies": null}')
    for command in ("new --set provider=hubspot --set sync_names=users", *COMMANDS[1:]):
        result = project.run(command)
        assert result.code == 0, result.err


@pytest.mark.parametrize("closed", [".", "nango-integrations", "nango-integrations/hubspot"])
def test_a_folder_we_may_not_enter_is_refused(scaffolded: Project, closed: str) -> None:
    folder = scaffolded.path / closed
    for above in (scaffolded.path, *scaffolded.path.parents[:4]):
        above.chmod(0o777)
    folder.chmod(0)
    try:
        for command in COMMANDS:
            result = in_child(lambda command=command: scaffolded.run(command), as_nobody=True)
            assert result.code == 3, (command, result.err)
            assert "denied" in result.err or "read-only" in result.err, (command, result.err)
    finally:
        folder.chmod(0o755)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A folder without integrations."""
    (tmp_path / "project").mkdir()
    return Project(tmp_path / "project")
