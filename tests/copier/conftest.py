"""A released template in a git repository of its own, and projects to copy it into."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest
from tests.copier.support import REPOSITORY, Project, Template, git

if TYPE_CHECKING:
    from pathlib import Path

# Before Copier is imported: it keeps the environment it finds then, for the git it starts.
for _who in ("AUTHOR", "COMMITTER"):
    os.environ[f"GIT_{_who}_NAME"] = "Story"
    os.environ[f"GIT_{_who}_EMAIL"] = "story@example.com"


@pytest.fixture(scope="session")
def _first_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("template") / "nango-scaffold"
    root.mkdir()
    shutil.copy(REPOSITORY / "copier.yml", root)
    ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
    for folder in ("template", "generator"):
        shutil.copytree(REPOSITORY / folder, root / folder, ignore=ignored)
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message=First release")
    git(root, "tag", "v1.0.0")
    return root


@pytest.fixture
def released(_first_release: Path) -> Template:
    """Version 1.0.0, shared by all stories: not to be changed."""
    return Template(_first_release)


@pytest.fixture
def template(_first_release: Path, tmp_path: Path) -> Template:
    """Version 1.0.0 in a repository of the story's own, for further releases."""
    return Template(shutil.copytree(_first_release, tmp_path / "template"))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """An empty git repository."""
    return Project.begin(tmp_path / "project")
