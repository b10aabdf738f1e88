"""A template with two releases in a git repository of its own, and projects to copy it into."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest
from tests.copier.support import FIRST, REPOSITORY, SECOND, TEN, TYPES_TEMPLATE, Project, Template, git

if TYPE_CHECKING:
    from pathlib import Path

# Before Copier is imported: it keeps the environment it finds then, for the git it starts.
for _who in ("AUTHOR", "COMMITTER"):
    os.environ[f"GIT_{_who}_NAME"] = "Story"
    os.environ[f"GIT_{_who}_EMAIL"] = "story@example.com"


@pytest.fixture(scope="session")
def _two_releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The second one differs in its code (how often syncs run, how often they retry) and in a template."""
    root = tmp_path_factory.mktemp("template") / "nango-scaffold"
    root.mkdir()
    shutil.copy(REPOSITORY / "copier.yml", root)
    ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
    for folder in ("template", "generator"):
        shutil.copytree(REPOSITORY / folder, root / folder, ignore=ignored)
    git(root, "init", "--quiet", "--initial-branch=main")
    template = Template(root).release(FIRST)
    template.edit("generator/nango_scaffold/derive/syncs.py", 'RUNS = "every hour"', 'RUNS = "every 2 hours"')
    template.edit("generator/nango_scaffold/derive/requests.py", "SYNC_RETRIES = 10", "SYNC_RETRIES = 7")
    template.edit(TYPES_TEMPLATE, "{% for", "// Types of the API.\n{% for")
    template.edit("template/files/package.json.jinja", "{", '{\n    "description": "new",')
    template.release(SECOND)
    return root


@pytest.fixture(scope="session")
def _made(_two_releases: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = Project.begin(tmp_path_factory.mktemp("project") / "made")
    project.copy(Template(_two_releases), vcs_ref=FIRST)
    return project.commit().root


@pytest.fixture(scope="session")
def _ten(_two_releases: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = Project.begin(tmp_path_factory.mktemp("project") / "ten")
    for provider in TEN:
        data = {"provider": provider, "sync_names": "users"}
        project.copy(Template(_two_releases), data, vcs_ref=FIRST)
    return project.commit().root


@pytest.fixture
def released(_two_releases: Path) -> Template:
    """Both releases, shared by all stories: not to be changed."""
    return Template(_two_releases)


@pytest.fixture
def template(_two_releases: Path, tmp_path: Path) -> Template:
    """The first release in a repository of the story's own, for another second one."""
    root = shutil.copytree(_two_releases, tmp_path / "template")
    git(root, "tag", "--delete", SECOND)
    git(root, "reset", "--quiet", "--hard", FIRST)
    return Template(root)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """An empty git repository."""
    return Project.begin(tmp_path / "project")


@pytest.fixture
def made(_made: Path, tmp_path: Path) -> Project:
    """A project with HubSpot from the first release, committed."""
    return Project(shutil.copytree(_made, tmp_path / "made"))


@pytest.fixture
def ten(_ten: Path, tmp_path: Path) -> Project:
    """A project with ten integrations from the first release, committed."""
    return Project(shutil.copytree(_ten, tmp_path / "ten"))
