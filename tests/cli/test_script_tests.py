"""Which integrations have tests of their scripts, and what later runs do with them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.examples.golden import read_tree

from nango_scaffold.cli import main
from nango_scaffold.copier_integration.preflight import Passed, first_steps
from nango_scaffold.project import look

HUBSPOT = ("--set", "provider=hubspot", "--set", "sync_names=users")
TESTS = "nango-integrations/hubspot/tests"
TEST = f"{TESTS}/hubspot-users.test.ts"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder without a project."""
    folder = tmp_path / "project"
    folder.mkdir()
    return folder


def run(project: Path, command: str, *words: str) -> int:
    """Run a command in a project."""
    return main([command, "--project", str(project), *words])


def with_package(project: Path, **packages: str) -> Path:
    """A project with a package.json of its own."""
    package = {"name": "ours", "devDependencies": {"nango": "0.69.36", **packages}}
    (project / "package.json").write_text(json.dumps(package), "utf-8")
    return project


def test_a_new_project_has_them_and_what_runs_them(project: Path) -> None:
    assert run(project, "new", *HUBSPOT) == 0
    package = json.loads((project / "package.json").read_text("utf-8"))
    assert (project / TEST).is_file()
    assert package["scripts"]["test"] == "vitest run"
    assert "vitest" in package["devDependencies"]


def test_tests_false_leaves_them_out(project: Path) -> None:
    assert run(project, "new", *HUBSPOT, "--set", "tests=false") == 0
    assert not (project / TESTS).exists()
    assert "vitest" not in (project / "package.json").read_text("utf-8")


@pytest.mark.parametrize("place", ["package.json", "node_modules"])
def test_a_project_with_vitest_has_them(project: Path, place: str) -> None:
    if place == "package.json":
        with_package(project, vitest="3.0.0")
    else:
        (with_package(project) / "node_modules/vitest").mkdir(parents=True)
    assert run(project, "new", *HUBSPOT) == 0
    assert (project / TEST).is_file()


def test_any_other_project_has_them_only_where_they_are_asked_for(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(with_package(project), "new", *HUBSPOT) == 0
    assert not (project / TESTS).exists()
    assert "vitest" not in capsys.readouterr().out
    assert run(project, "new", *HUBSPOT, "--set", "tests=true") == 0
    assert (project / TEST).is_file()
    assert "vitest@3.2.4" in capsys.readouterr().out


def test_the_message_after_a_copy_installs_what_runs_them(project: Path) -> None:
    packages = with_package(project)
    tested, untested = (
        first_steps(look(packages), Passed("users", has_tests=has_tests)) for has_tests in (True, False)
    )
    assert "vitest@3.2.4" in tested["install"]
    assert "vitest" not in untested["install"]


def test_what_was_decided_stays(project: Path) -> None:
    run(project, "new", *HUBSPOT)
    before = read_tree(project)
    run(project, "new", *HUBSPOT)
    run(project, "update")
    assert read_tree(project) == before


def test_an_integration_that_is_there_gets_none_when_vitest_comes(project: Path) -> None:
    run(with_package(project), "new", *HUBSPOT)
    with_package(project, vitest="3.0.0")
    run(project, "new", *HUBSPOT)
    assert not (project / TESTS).exists()


def test_they_come_and_go_with_their_scripts_and_edits_stay(project: Path) -> None:
    run(project, "new", *HUBSPOT)
    test = project / TEST
    test.write_text(test.read_text("utf-8").replace("saves nothing of", "says nothing of"), "utf-8")
    assert run(project, "add", "action", "hubspot", "create-user") == 0
    added = project / TESTS / "hubspot-create-user.test.ts"
    assert added.is_file()
    assert "says nothing of" in test.read_text("utf-8")
    assert run(project, "remove", "hubspot", "create-user") == 0
    assert not added.exists()
    assert run(project, "remove", "hubspot") == 0
    assert [path for path in read_tree(project) if path != TEST] == []


def test_check_finds_nothing_in_them(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(project, "new", *HUBSPOT, "--set", "action_names=create-user,list-users")
    capsys.readouterr()
    main(["check", str(project)])
    assert "/tests/" not in capsys.readouterr().out
