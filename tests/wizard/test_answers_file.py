"""The answers file and the command that repeats the run."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from nango_scaffold.answers import parse_text
from nango_scaffold.errors import AnswersError
from nango_scaffold.project import look
from nango_scaffold.wizard.answers_file import (
    answers_text,
    free_name,
    refuse_location,
    script_command,
    write_file,
)


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("file", "project", "providers", "command"),
    [
        ("hubspot.yml", ".", None, "nango-scaffold new --answers hubspot.yml"),
        ("a b.yml", "it's", None, "nango-scaffold new --answers 'a b.yml' --project 'it'\"'\"'s'"),
        ("-x.yml", ".", None, "nango-scaffold new --answers ./-x.yml"),
        ("x.yml", ".", "p.yaml", "nango-scaffold new --answers x.yml --providers p.yaml"),
    ],
)
def test_the_command_is_quoted_for_a_shell(
    file: str, project: str, providers: str | None, command: str
) -> None:
    assert script_command(file, project, providers) == command


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1), st.text(min_size=1))
def test_a_shell_reads_the_command_as_meant(file: str, project: str) -> None:
    words = shlex.split(script_command(file, project, None))
    assert words[3].removeprefix("./") == file.removeprefix("./")
    assert words[4:] == ([] if project == "." else ["--project", project])


def test_the_file_says_how_it_is_used_and_both_yaml_versions_read_it_alike() -> None:
    answers = {
        "provider": "github",
        "models": {"A": {"id": "string", "n?": "null | no"}},
        "syncs": [{"name": "on"}],
    }
    text = answers_text(answers, "nango-scaffold new --answers a.yml")
    assert text.startswith("# Answers for nango-scaffold. The same run again:\n#   nango-scaffold new")
    assert parse_text(text, "a.yml") == yaml.safe_load(text) == answers


@given(st.text(min_size=1))
def test_no_name_of_a_folder_breaks_the_file(project: str) -> None:
    text = answers_text({"provider": "github"}, script_command("a.yml", project, None))
    assert parse_text(text, "a.yml") == {"provider": "github"}


def test_a_name_that_is_free_is_suggested() -> None:
    assert free_name("hubspot", look(".")) == "hubspot.yml"
    Path("hubspot.yml").touch()
    assert free_name("hubspot", look(".")) == "hubspot-2.yml"


def test_it_is_never_among_the_files_of_the_nango_cli(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("nango-integrations/github").mkdir(parents=True)
    Path("nango-integrations/nango.yaml").touch()
    monkeypatch.chdir("nango-integrations/github")
    file = free_name("hubspot", look("."))
    assert file == "../../hubspot.yml"
    refuse_location(file, look("."))


def test_where_these_are_the_whole_project_it_lies_beside_them() -> None:
    Path("nango.yaml").touch()
    assert free_name("hubspot", look(".")) == "hubspot.yml"
    refuse_location("hubspot.yml", look("."))


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("file/a.yml", "{here}/file is not a folder"),
        ("file/below/a.yml", "{here}/file is not a folder"),
        ("project/nango-integrations/new/a.yml", "the nango CLI reads what is in nango-integrations/"),
        ("project", "project is a folder"),
        ("project/", "project/ is a folder"),
        ("project/nango-integrations/a.yml", "the nango CLI reads what is in nango-integrations/"),
        ("link/a.yml", "the nango CLI reads what is in nango-integrations/"),
    ],
)
def test_places_where_no_answers_may_lie(file: str, message: str) -> None:
    inside = Path("project/nango-integrations")
    inside.mkdir(parents=True)
    Path("link").symlink_to(inside)
    Path("file").touch()
    with pytest.raises(AnswersError) as error:
        refuse_location(file, look("project"))
    assert error.value.what == message.format(here=Path.cwd())


def test_folders_that_are_missing_are_made() -> None:
    refuse_location("answers/eu/x.yml", look("."))
    write_file("answers/eu/x.yml", "provider: github\n", replace=False)
    assert Path("answers/eu/x.yml").read_text() == "provider: github\n"


def test_a_folder_that_cannot_be_made_is_told() -> None:
    Path("file").touch()
    with pytest.raises(AnswersError, match=r"file/x\.yml cannot be written"):
        write_file("file/x.yml", "", replace=False)


def test_a_file_that_came_in_between_is_not_overwritten() -> None:
    Path("a.yml").write_text("precious")
    with pytest.raises(AnswersError, match="cannot be written"):
        write_file("a.yml", "new", replace=False)
    assert Path("a.yml").read_text() == "precious"
    write_file("a.yml", "new", replace=True)
    assert [path.name for path in Path().iterdir()] == ["a.yml"]
    assert Path("a.yml").read_text() == "new"


def test_a_file_in_the_way_of_the_temporary_one_is_not_written_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("answers.yml").write_text("old")
    Path("victim").write_text("precious")
    Path(f".answers.yml.{os.getpid()}").symlink_to("victim")
    with pytest.raises(AnswersError, match="cannot be written"):
        write_file("answers.yml", "new", replace=True)
    assert (Path("victim").read_text(), Path("answers.yml").read_text()) == ("precious", "old")
