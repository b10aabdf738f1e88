"""Failures during a copy or an update, and what they leave behind."""

from __future__ import annotations

import ast
import re
import sys
from typing import TYPE_CHECKING

import pytest
from tests.copier.support import (
    CONTACTS,
    HUBSPOT,
    SECOND,
    TYPES_TEMPLATE,
    YAML,
    Project,
    Template,
    answers_file,
    copier,
    git,
)

if TYPE_CHECKING:
    from pathlib import Path

FINISH = "generator/nango_scaffold/copier_integration/tasks.py"
RUNS = "generator/nango_scaffold/answers/runs.py"
UPDATE = ("update", "--trust", "--defaults", "-a", answers_file("hubspot"))
DATA = [word for key, value in HUBSPOT.items() for word in ("--data", f"{key}={value}")]


@pytest.fixture
def impatient(template: Template) -> Template:
    """A template version that waits only briefly for a lock."""
    return template.edit(FINISH, "hold(project) as", "hold(project, 0.1) as").release("v1.0.1")


def assert_only_the_answers_file_is_named(text: str) -> None:
    """Copier prints the task's command: Python, our script, and nothing behind it but the answers file."""
    (line,) = re.findall(r"> Running task 1 of 1: (\[.*\])", text)
    python, script, *words = ast.literal_eval(line)
    assert python == sys.executable
    assert script.endswith("/generator/nango_scaffold/copier_extension.py")
    assert words == [answers_file("hubspot")]


class TestTaskThatFails:
    """Our task should not fail once Copier writes; here another process holds the lock."""

    def test_of_a_copy_says_what_to_do_and_the_same_copy_makes_good(
        self, impatient: Template, project: Project
    ) -> None:
        from nango_scaffold.commit import hold

        copy = ("copy", "--trust", "--defaults", *DATA, impatient.root, project.root)
        with hold(project.root):
            result = copier(*copy)
        assert result.code == 1
        assert_only_the_answers_file_is_named(result.text)
        assert "is writing to this project" in result.text
        assert "run the same copy again" in result.text
        assert not project.has(YAML)
        assert copier(*copy).code == 0
        assert sorted(project.entry()["syncs"]) == ["companies", "contacts"]

    def test_of_an_update_says_what_to_do_and_edits_come_back_with_git(
        self, impatient: Template, project: Project
    ) -> None:
        from nango_scaffold.commit import hold

        project.copy(impatient)
        project.edit(CONTACTS, "export default", "// Ours.\nexport default").commit()
        project.write(".git/info/exclude", ".nango-scaffold-lock*\n")
        impatient.edit(TYPES_TEMPLATE, "{% for", "// New.\n{% for").release(SECOND)
        before = project.tree()
        with hold(project.root):
            result = copier(*UPDATE, cwd=project.root)
        assert result.code == 1
        assert_only_the_answers_file_is_named(result.text)
        assert "is writing to this project" in result.text
        assert "Undo the update with git" in result.text
        assert project.read(YAML) == before[YAML].decode()
        git(project.root, "reset", "--quiet", "--hard")
        assert project.tree() == before
        project.update()
        assert "// Ours." in project.read(CONTACTS)


class TestWhatNobodyForesaw:
    def test_before_anything_is_written_it_is_one_line(self, template: Template, project: Project) -> None:
        template.edit(
            RUNS, "def runs_problem(", "def runs_problem(_):\n    raise KeyError('x\\x1b')\n\n\ndef before("
        )
        template.release("v1.0.1")
        data = {**HUBSPOT, "runs": "every day"}
        words = [word for key, value in data.items() for word in ("--data", f"{key}={value}")]
        result = copier("copy", "--trust", "--defaults", *words, template.root, project.root)
        assert result.code == 1
        assert "internal error: KeyError: 'x\\x1b' (answers/runs.py:" in result.text
        assert "NANGO_SCAFFOLD_TRACEBACK=1" in result.text
        assert "Traceback" not in result.text
        assert not project.has("nango-integrations")

    def test_in_the_task_it_is_one_line_and_what_to_do(self, template: Template, project: Project) -> None:
        template.edit(FINISH, "def _answers(", "def _answers(*_):\n    raise KeyError('x')\n\n\ndef before(")
        template.release("v1.0.1")
        result = copier("copy", "--trust", "--defaults", *DATA, template.root, project.root)
        assert result.code == 1
        assert "nango-scaffold: internal error: KeyError: 'x' (copier_integration/tasks.py:" in result.text
        assert "run the same copy again" in result.text
        assert "Traceback" not in result.text


class TestStricterLaterVersion:
    def test_a_remembered_answer_it_refuses_is_told_and_not_replaced(
        self, template: Template, project: Project
    ) -> None:
        """Left to Copier, a validator would let the answer go in silence and take the default."""
        project.copy(template, {**HUBSPOT, "runs": "every 5m"})
        project.commit()
        template.edit(RUNS, "_LEAST = 30.0", "_LEAST = 3600.0").release(SECOND)
        result = copier("update", "--quiet", *UPDATE[1:], cwd=project.root)
        assert result.code == 1
        [line] = [line for line in result.text.splitlines() if line]
        assert line.startswith("runs: 'every 5m' cannot be used")
        assert project.status() == ""
        project.update(data={"runs": "every day"})
        assert project.stored()["runs"] == "every day"


class TestWithoutTheTemplatesHistory:
    def test_a_copy_from_a_plain_folder_over_one_from_git(
        self, scaffolded: Project, template: Template, tmp_path: Path
    ) -> None:
        (template.root / ".git").rename(tmp_path / "history")
        before = scaffolded.tree()
        result = copier("copy", "--trust", "--quiet", "--defaults", *DATA, template.root, scaffolded.root)
        assert result.code == 1
        assert "this is a plain folder" in result.text
        assert scaffolded.tree() == before


class TestTaskThatIsLeftOut:
    def test_an_update_without_tasks_still_brings_nango_yaml_along(self, scaffolded: Project) -> None:
        result = copier(*UPDATE, "-T", cwd=scaffolded.root)
        assert result.code == 0, result.text
        assert scaffolded.entry()["syncs"]["contacts"]["runs"] == "every 2 hours"
