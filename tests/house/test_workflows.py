"""The workflows run commands of dev.py that exist, on the versions of Python that the package names."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
WORKFLOWS = {
    path.name: yaml.safe_load(path.read_text()) for path in (ROOT / ".github/workflows").glob("*.yml")
}
FORMS = sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml"))


def commands(workflow: Any) -> Iterator[str]:
    """Every line that a workflow runs."""
    for job in workflow["jobs"].values():
        for step in job["steps"]:
            yield from step.get("run", "").splitlines()


def test_the_versions_of_python_are_those_of_the_package() -> None:
    named = re.findall(r"Python :: (3\.\d+)", (ROOT / "pyproject.toml").read_text())
    matrices = [WORKFLOWS["ci.yml"]["jobs"]["quick"], WORKFLOWS["release.yml"]["jobs"]["install"]]
    assert [job["strategy"]["matrix"]["python"] for job in matrices] == [named, named]


def test_what_they_run_of_this_project_is_there() -> None:
    process = subprocess.run(
        [sys.executable, "dev.py"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    lines = [line for workflow in WORKFLOWS.values() for line in commands(workflow)]
    own = [line for line in lines if line.startswith(("python dev.py", ".ci/"))]
    assert len(own) == 5
    for line in own:
        if line.startswith(".ci/"):
            assert (ROOT / line).is_file()
        else:
            assert line.split()[2] in process.stdout + process.stderr, line


@pytest.mark.skipif(sys.platform == "win32", reason="the job runs on Linux")
@pytest.mark.parametrize(
    ("tag", "section", "is_released"),
    [("v9.8.7", "9.8.7", True), ("v9.8.8", "9.8.7", False), ("v9.8.7", "9.8.6", False)],
)
def test_a_release_is_refused_where_tag_package_and_changelog_differ(
    tag: str, section: str, is_released: bool, tmp_path: Path
) -> None:
    steps = WORKFLOWS["release.yml"]["jobs"]["build"]["steps"]
    (script,) = (step["run"] for step in steps if step.get("name", "").startswith("The tag is the version"))
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist/nango_scaffold-9.8.7-py3-none-any.whl").touch()
    (tmp_path / "CHANGELOG.md").write_text(f"## Unreleased\n\n## {section} - 2026-11-27\n")
    for name, text in {"python": "exit 0", "nango-scaffold": "echo nango-scaffold 9.8.7"}.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{text}\n")
        (tmp_path / name).chmod(0o755)
    environment = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "GITHUB_REF_NAME": tag}
    process = subprocess.run(["bash", "-e", "-c", script], cwd=tmp_path, env=environment, check=False)
    assert (process.returncode == 0) is is_released


def test_what_a_release_installs_it_installs_on_every_system() -> None:
    jobs = [WORKFLOWS["ci.yml"]["jobs"]["quick"], WORKFLOWS["release.yml"]["jobs"]["install"]]
    systems = ["ubuntu-latest", "macos-latest", "windows-latest"]
    assert [job["strategy"]["matrix"]["os"] for job in jobs] == [systems, systems]


def test_no_job_may_write_more_than_it_says() -> None:
    for name, workflow in WORKFLOWS.items():
        assert workflow["permissions"]["contents"] == "read", name


@pytest.mark.parametrize(
    "form", [path for path in FORMS if path.name != "config.yml"], ids=lambda path: path.name
)
def test_a_form_asks_for_what_doctor_says(form: Path) -> None:
    body = yaml.safe_load(form.read_text())["body"]
    (doctor,) = [field for field in body if field.get("id") == "doctor"]
    assert "nango-scaffold doctor --json" in doctor["attributes"]["label"]
    assert doctor["validations"]["required"]


def test_a_pull_request_is_asked_for_it_too() -> None:
    assert "nango-scaffold doctor --json" in (ROOT / ".github/PULL_REQUEST_TEMPLATE.md").read_text()
