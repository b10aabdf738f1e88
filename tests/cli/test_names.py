"""Invalid names, and names that differ in case only, which are one file on macOS and Windows."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.lifecycle.conftest import project  # noqa: F401
from tests.lifecycle.support import YAML, Project

from nango_scaffold.cli import main
from nango_scaffold.commands.update import _named
from nango_scaffold.copier_integration.answers_file import path_of
from nango_scaffold.operations.adopted import adopted_path
from nango_scaffold.operations.project import Project as ReadProject


@pytest.fixture
def scaffolded(project: Project) -> Project:  # noqa: F811
    assert project.new({"provider": "github", "sync_names": ["issues"]}).code == 0
    return project


@pytest.mark.parametrize(
    "words",
    [
        ["add", "sync", "github", ""],
        ["add", "sync", "github", "labels", " "],
        ["add", "action", "", "get-issue"],
        ["remove", ""],
        ["remove", "github", "\t"],
        ["update", ""],
        ["adopt", "github", "--provider", ""],
        ["check", ""],
        ["answers", ""],
        ["guesses", " "],
        ["new", "--set", "provider=github", "--project="],
        ["new", "--answers", ""],
        ["new", "--set", ""],
        ["providers", "show", ""],
        [""],
    ],
)
def test_an_empty_name_is_refused(
    scaffolded: Project, words: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = scaffolded.tree()
    monkeypatch.chdir(scaffolded.path)
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    assert "is empty" in capsys.readouterr().err
    assert scaffolded.tree() == before


def test_an_empty_answer_is_for_the_answers_to_refuse(scaffolded: Project) -> None:
    assert scaffolded.run("new", "--set", "provider=github", "--set", "sync_names=").code == 2


def test_an_empty_name_is_told_as_data_too(scaffolded: Project, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["remove", "", "--json"])
    assert '"exit_code": 2' in capsys.readouterr().out


class TestCase:
    def assert_refused(self, project: Project, *words: str) -> None:  # noqa: F811
        before = project.tree()
        result = project.run(*words)
        assert (result.code, "macOS and Windows" in result.err) == (3, True), result.err
        assert project.tree() == before

    def test_beside_an_integration_of_nango_yaml(self, scaffolded: Project) -> None:
        words = "--set provider=github --set integration=Github --set sync_names=teams"
        self.assert_refused(scaffolded, f"new {words}")
        (scaffolded.path / "nango-integrations/github").rename(scaffolded.path / "moved")
        self.assert_refused(scaffolded, f"new {words}")

    def test_beside_a_folder_that_nango_yaml_does_not_name(self, project: Project) -> None:  # noqa: F811
        project.write("nango-integrations/GitHub/syncs/mine.ts", "export {};\n")
        self.assert_refused(project, "new --set provider=github --set sync_names=issues")

    def test_two_in_one_run(self, project: Project, tmp_path: Path) -> None:  # noqa: F811
        files = []
        for name in ("crm", "CRM"):
            file = tmp_path / f"{name}-answers.yml"
            file.write_text(
                f"provider: hubspot\nintegration: {name}\nsync_names: users\nprefix: x\n".replace(
                    "prefix: x\n", ""
                )
            )
            files.append(str(file))
        before = project.tree()
        result = project.run("new", "--answers", *files)
        assert (result.code, "macOS and Windows" in result.err) == (3, True), result.err
        assert project.tree() == before

    def test_a_sync_beside_one_that_was_written_by_hand(self, scaffolded: Project) -> None:
        scaffolded.edit(
            YAML,
            "            issues:\n",
            "            Labels: { runs: every day, endpoint: GET /l, output: Issue2 }\n            issues:\n",
        )
        scaffolded.edit(YAML, "models:\n", "models:\n    Issue2: { id: string }\n")
        self.assert_refused(scaffolded, "add sync github labels")

    def test_a_name_with_capitals_is_none(self, scaffolded: Project) -> None:
        result = scaffolded.run("add sync github Issues")
        assert (result.code, "lower-case letters" in result.err) == (2, True)

    def test_one_that_is_there_already_can_still_be_updated(self, scaffolded: Project) -> None:
        text = scaffolded.read(YAML)
        scaffolded.write(
            YAML,
            text.replace(
                "models:\n", "    Github: { syncs: { x: { runs: every day, endpoint: GET /x } } }\nmodels:\n"
            ),
        )
        assert scaffolded.run("update github").code == 0
        assert scaffolded.new({"provider": "github", "sync_names": ["issues"]}).code == 0


def test_update_reads_no_adopted_answers_of_what_copier_keeps() -> None:
    """They may be broken, and an update without names does without them, too."""
    files = {
        YAML: b"integrations:\n    github: { syncs: {} }\nmodels: {}\n",
        path_of("github"): b"provider: github\n",
        adopted_path("github"): b"nonsense: 1\n",
    }
    read_project = ReadProject(lambda paths: {path: files.get(path) for path in paths})
    assert _named(["github"], read_project) == ["github"]
