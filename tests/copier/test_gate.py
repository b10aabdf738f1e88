"""The checks before a run of Copier: what cannot succeed is refused in one line, and nothing is written."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from tests.copier.support import (
    FIRST,
    FOLDER,
    HUBSPOT,
    SECOND,
    YAML,
    Project,
    Template,
    answers_file,
    copier,
)

if TYPE_CHECKING:
    from pathlib import Path

BAD_ANSWERS: dict[str, tuple[dict[str, Any], str]] = {
    "misspelled key": (
        {**HUBSPOT, "sync_name": "x"},
        "sync_name: there is no such answer; did you mean sync_names?",
    ),
    "misspelled key within": (
        {"provider": "hubspot", "syncs": [{"name": "users", "rnus": "every day"}]},
        "syncs[0].rnus: there is no such answer; did you mean runs?",
    ),
    "no name at all": ({"provider": "hubspot"}, "the answers name no sync and no action"),
    "no provider": ({"sync_names": "users"}, "provider: the answer is missing"),
    "mistyped provider": ({"provider": "hubsopt", "sync_names": "users"}, "Did you mean hubspot?"),
    "runs": ({**HUBSPOT, "runs": "hourly"}, "runs: 'hourly' cannot be used"),
    "scopes": ({**HUBSPOT, "scopes": "crm.read\x00"}, "scopes: "),
    "base_url": ({**HUBSPOT, "base_url": "api.example.com"}, "base_url: "),
    "a name that is none": ({"provider": "hubspot", "sync_names": "Users!"}, "'Users!' cannot be used"),
    "a list as text": ({"provider": "hubspot", "syncs": "users"}, "syncs: 'users' is not a list"),
    "an input that is none": (
        {
            "provider": "hubspot",
            "models": {"Which": {"id": "string"}},
            "actions": [{"name": "get-user", "input": "Which", "request": {"path": "/users/${input.nope}"}}],
        },
        "nope",
    ),
    "another place for the integration": (
        {**HUBSPOT, "integration": "../../evil"},
        "'../../evil' cannot be used",
    ),
    "a check as an answer": ({**HUBSPOT, "gate": "{}", "opening": ""}, "are not answers"),
}


def refusal(project: Project, template: Template, data: dict[str, Any] | None = None, *options: str) -> str:
    """The one line that a copy is refused with; its exit code is 1, and the project is as it was before."""
    text = long_refusal(project, template, data, *options)
    [line] = [line for line in text.splitlines() if line]
    return line


def long_refusal(
    project: Project, template: Template, data: dict[str, Any] | None = None, *options: str
) -> str:
    """As above, where what to do about it takes more lines: two shapes side by side, a block to paste."""
    before = project.tree()
    file = project.root.with_name("answers.yml")
    file.write_text(yaml.safe_dump(data or HUBSPOT, sort_keys=False))
    result = copier(
        *("copy", "--trust", "--quiet", "--defaults", "--data-file", file),
        *(*options, template.root, project.root),
    )
    assert result.code == 1, result.text
    assert project.tree() == before
    assert "Traceback" not in result.text
    return result.text


class TestAnswers:
    @pytest.mark.parametrize("case", BAD_ANSWERS)
    def test_bad_answers_are_refused(self, case: str, released: Template, project: Project) -> None:
        data, message = BAD_ANSWERS[case]
        assert message in refusal(project, released, data)

    def test_on_the_command_line_it_is_one_line_and_exit_code_1(
        self, released: Template, tmp_path: Path
    ) -> None:
        (tmp_path / "answers.yml").write_text(
            "provider: hubspot\nsyncs:\n    - name: users\n      runs: every minute\n      on: push\n"
        )
        result = copier(
            *("copy", "--trust", "--defaults", "--data-file", tmp_path / "answers.yml"),
            *(released.root, tmp_path / "project"),
        )
        assert result.code == 1
        assert [line for line in result.text.splitlines() if line] == [
            "syncs[0]: the key True was read as a bool; put it in quotes"
        ]
        assert not (tmp_path / "project").exists()

    def test_a_date_that_copier_reads_as_one_is_refused(self, released: Template, tmp_path: Path) -> None:
        (tmp_path / "answers.yml").write_text(
            "provider: hubspot\nsyncs:\n    - name: users\n      request: { params: { since: 2024-01-01 } }\n"
        )
        result = copier(
            *("copy", "--trust", "--defaults", "--data-file", tmp_path / "answers.yml"),
            *(released.root, tmp_path / "project"),
        )
        assert result.code == 1
        assert "syncs[0].request.params.since: 2024-01-01 was read as a date; put it in quotes" in result.text
        assert "Traceback" not in result.text


class TestEnvironment:
    def test_what_copier_does_not_bring_is_named_with_the_way_to_install_it(
        self, released: Template, tmp_path: Path
    ) -> None:
        words = ["copier", "copy", "--trust", "--defaults", "--data", "provider=hubspot", str(released.root)]
        code = f"import sys; sys.modules['inflection'] = None; from copier._cli import CopierApp; CopierApp.run({[*words, str(tmp_path / 'project')]})"
        result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        assert result.returncode == 1
        assert "pipx inject copier inflection" in result.stderr
        assert "Traceback" not in result.stderr
        assert not (tmp_path / "project").exists()

    def test_the_clone_is_used_and_not_an_installed_package(
        self, template: Template, project: Project
    ) -> None:
        """An installed nango_scaffold of another version must have no say."""
        absolute = [
            str(path)
            for path in (template.root / "generator").rglob("*.py")
            if re.search(r"^\s*(from|import) nango_scaffold", path.read_text(), re.M)
        ]
        assert absolute == []


class TestProject:
    def test_a_destination_inside_nango_integrations(self, released: Template, tmp_path: Path) -> None:
        inside = Project.begin(tmp_path / "shop" / "nango-integrations")
        assert f"name {tmp_path / 'shop'}" in refusal(inside, released)

    @pytest.mark.parametrize(
        ("files", "message"),
        [
            (("nango-integrations/index.ts", "nango-integrations/.nango/.gitkeep"), "zero-yaml project"),
            (("nango.yaml",), "use `nango-scaffold new` here"),
            (("integrations/nango.yaml",), "Copier can only write into nango-integrations/"),
            ((YAML, "nango-integrations/package.json"), "use `nango-scaffold new` here"),
        ],
    )
    def test_a_project_that_copier_cannot_write_into(
        self, files: tuple[str, ...], message: str, released: Template, project: Project
    ) -> None:
        for path in files:
            project.write(path, "")
        assert message in refusal(project, released)

    def test_a_package_json_above_is_not_written_again(self, released: Template, project: Project) -> None:
        """As by ``nango-scaffold new``."""
        project.write("package.json", "{}").write("tsconfig.json", "{}")
        below = Project(project.root / "packages/sync")
        below.root.mkdir(parents=True)
        below.copy(released)
        assert below.has(".env.example")
        assert not below.has("package.json")
        assert not below.has("tsconfig.json")

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("integrations:\n\tstripe: {}\n", "nango.yaml:2"),
            ("integrations: {}\nmodels: {}\nintegrations: {}\n", "nango.yaml:3"),
            ("integrations: [a]\nmodels: {}\n", "nango.yaml:1"),
        ],
    )
    def test_a_nango_yaml_that_cannot_be_merged_into(
        self, text: str, message: str, released: Template, project: Project
    ) -> None:
        project.write(YAML, text)
        assert message in refusal(project, released)

    def test_an_entry_that_somebody_else_has_written(self, released: Template, project: Project) -> None:
        entry = "{ runs: every day, endpoint: GET /x, output: X }"
        project.write(
            YAML,
            f"integrations:\n    hubspot:\n        syncs:\n            contacts: {entry}\nmodels:\n    X: {{ id: string }}\n",
        )
        message = long_refusal(project, released)
        assert "exists already, was not written by us, and differs" in message.splitlines()[0]
        assert "To add it by hand, paste:\n\nintegrations:\n    hubspot:" in message

    def test_a_model_of_another_shape(self, released: Template, project: Project) -> None:
        project.write(YAML, "integrations: {}\nmodels:\n    Contact: { id: number }\n")
        data = {**HUBSPOT, "models": {"Contact": {"id": "string"}}}
        assert "the model Contact exists with other fields" in long_refusal(project, released, data)

    def test_a_file_where_a_folder_is_needed(self, released: Template, project: Project) -> None:
        project.write(FOLDER, "a file\n")
        assert "a file stands where its folder 'hubspot' is needed" in refusal(project, released)

    def test_a_folder_that_is_a_link_out_of_the_project(
        self, released: Template, project: Project, tmp_path: Path
    ) -> None:
        (tmp_path / "elsewhere").mkdir()
        (project.root / "nango-integrations").mkdir()
        (project.root / FOLDER).symlink_to(tmp_path / "elsewhere")
        assert "leads out of the project" in refusal(project, released)
        assert list((tmp_path / "elsewhere").iterdir()) == []

    def test_a_run_that_was_killed_half_way(self, released: Template, project: Project) -> None:
        (project.root / ".nango-scaffold-tmp").mkdir()
        assert "another run is at work here, or one was killed" in refusal(project, released)


class TestIntegrationThatIsThere:
    def test_of_another_version(self, scaffolded: Project, released: Template) -> None:
        message = refusal(scaffolded, released, None, "--vcs-ref", SECOND)
        assert f"hubspot was made by version {FIRST} of the template, this is {SECOND}" in message
        assert f"run copier update --trust -a {answers_file('hubspot')}" in message

    def test_with_other_answers(self, scaffolded: Project, released: Template) -> None:
        message = refusal(scaffolded, released, {**HUBSPOT, "sync_names": "contacts"}, "--vcs-ref", FIRST)
        assert f"copier update --trust -a {answers_file('hubspot')} --data-file FILE" in message

    def test_overwriting_does_not_drop_what_is_not_named(
        self, scaffolded: Project, released: Template
    ) -> None:
        message = refusal(scaffolded, released, {**HUBSPOT, "sync_names": "contacts"}, "--overwrite")
        assert "hubspot has companies, which the answers do not name" in message

    def test_written_by_new_with_other_answers(self, scaffolded: Project, released: Template) -> None:
        scaffolded.delete(answers_file("hubspot"))
        message = refusal(scaffolded, released, {**HUBSPOT, "sync_names": "contacts"}, "--vcs-ref", FIRST)
        assert "run nango-scaffold new with these answers first" in message

    def test_answers_that_are_to_be_kept_elsewhere(self, released: Template, project: Project) -> None:
        assert "are kept in" in refusal(project, released, None, "-a", ".copier-answers.yml")

    def test_an_answers_file_that_is_damaged(self, scaffolded: Project, released: Template) -> None:
        scaffolded.write(answers_file("hubspot"), "provider: [\n")
        assert "Copier's answers cannot be read" in refusal(scaffolded, released, None, "--vcs-ref", FIRST)


class TestUpdate:
    def test_an_update_that_cannot_be_merged_is_refused_before_anything_changes(
        self, scaffolded: Project
    ) -> None:
        scaffolded.edit(YAML, "models:\n", "models:\n\tX: {}\n").commit()
        result = copier("update", "--trust", "--defaults", "-a", answers_file("hubspot"), cwd=scaffolded.root)
        assert result.code == 1
        assert "nango.yaml:" in result.text
        assert "Traceback" not in result.text
        assert scaffolded.status() == ""


def test_what_copier_prints_of_ours_steers_no_terminal() -> None:
    """Refusals name what strangers wrote, and Copier prints them as they are."""
    from copier.errors import UserMessageError

    from nango_scaffold.copier_integration.jinja_extension import _one_clean_line
    from nango_scaffold.errors import ProjectError

    with pytest.raises(UserMessageError) as refusal, _one_clean_line():
        raise ProjectError("a\x1b[2J", where="b\u202e", fix="c\u200b\nd\x9b")
    assert refusal.value.message == "b\\u202e: a\\x1b[2J; c\\u200b\nd\\x9b"
