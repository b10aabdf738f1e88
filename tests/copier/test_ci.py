"""The recipe of docs/ci.md, run as it stands there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from tests.copier.support import EXAMPLES, FIRST, REPOSITORY, YAML, CommandResult, Project, Template

NAMES = ("github", "hubspot", "zendesk")


def recipe(path: str) -> str:
    """The block of docs/ci.md for a file: its first comment says which."""
    blocks = re.findall(r"^```\w+\n(.*?)^```$", (REPOSITORY / "docs" / "ci.md").read_text(), re.M | re.S)
    return str(next(block for block in blocks if f"# {path}\n" in block))


def run(project: Project, command: str) -> CommandResult:
    """A command in the project's folder, with the tools of this environment."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    process = subprocess.run(
        ["sh", "-c", command],
        cwd=project.root,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    return CommandResult(process.returncode, process.stdout + process.stderr)


@pytest.fixture
def shop(project: Project) -> Project:
    """A project with three answers files and the scripts of the recipe."""
    for script in ("scripts/scaffold.sh", "scripts/copier-drift.sh"):
        project.write(script, recipe(script))
    (project.root / "answers").mkdir()
    for name in NAMES:
        shutil.copy(EXAMPLES / f"{name}.yml", project.root / "answers")
    return project


def step(number: int) -> str:
    """A step of the workflow, from the end."""
    steps = yaml.safe_load(recipe(".github/workflows/scaffold.yml"))["jobs"]["drift"]["steps"]
    return str(steps[number]["run"])


class TestWithNangoScaffold:
    def test_the_script_scaffolds_three_integrations_and_the_workflow_finds_no_drift(
        self, shop: Project
    ) -> None:
        result = run(shop, "sh scripts/scaffold.sh")
        assert result.code == 0, result.text
        assert sorted(shop.nango_yaml()["integrations"]) == sorted(NAMES)
        before = shop.tree()
        result = run(shop, step(-1))
        assert result.code == 0, result.text
        assert shop.tree() == before

    def test_changed_answers_fail_the_workflow_with_a_diff_and_nothing_is_written(
        self, shop: Project
    ) -> None:
        assert run(shop, "sh scripts/scaffold.sh").code == 0
        shop.edit("answers/hubspot.yml", "runs: every 5m", "runs: every 10m")
        before = shop.tree()
        result = run(shop, step(-1))
        assert result.code == 1
        assert f"+++ b/{YAML}" in result.text
        assert "+                runs: every 10m" in result.text
        assert shop.tree() == before

    def test_an_integration_that_was_never_scaffolded_fails_it(self, shop: Project) -> None:
        result = run(shop, step(-1))
        assert result.code == 1
        assert not shop.has(YAML)

    def test_an_edit_of_a_generated_file_is_no_drift(self, shop: Project) -> None:
        assert run(shop, "sh scripts/scaffold.sh").code == 0
        shop.edit(
            "nango-integrations/hubspot/syncs/contacts.ts", "export default", "// Ours.\nexport default"
        )
        result = run(shop, step(-1))
        assert result.code == 0, result.text

    def test_the_installed_version_is_the_one_the_recipe_pins(self) -> None:
        from nango_scaffold import __version__

        assert step(-2) == (
            f'pip install "nango-scaffold @ git+${{{{ vars.NANGO_SCAFFOLD }}}}@v{__version__}"'
        )


class TestWithCopier:
    def test_what_was_copied_is_no_drift_and_other_answers_are(
        self, shop: Project, released: Template
    ) -> None:
        [first_time] = re.findall(r"`(copier copy [^`]+)`", (REPOSITORY / "docs" / "ci.md").read_text())
        result = run(shop, first_time.replace("NAME", NAMES[0]).replace("TEMPLATE", str(released.root)))
        assert result.code == 0, result.text
        for name in NAMES[1:]:
            shop.copy(released, yaml.safe_load(shop.read(f"answers/{name}.yml")), vcs_ref=FIRST)
        shop.commit()
        result = run(shop, "sh scripts/copier-drift.sh")
        assert result.code == 0, result.text
        assert shop.status() == ""
        shop.edit("answers/github.yml", "runs: every hour", "runs: every 10m").commit()
        result = run(shop, "sh scripts/copier-drift.sh")
        assert result.code != 0
        assert "+                runs: every 10m" in result.text
