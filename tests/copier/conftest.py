"""A template with two releases in a git repository of its own, and projects to copy it into."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jinja2.sandbox import SandboxedEnvironment
from tests.copier.support import (
    FIRST,
    REPOSITORY,
    SECOND,
    TEN,
    TYPES_TEMPLATE,
    Project,
    Template,
    git,
    load,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

# Before Copier is imported: it keeps the environment it finds then, for the git and the tasks it starts.
for _who in ("AUTHOR", "COMMITTER"):
    os.environ[f"GIT_{_who}_NAME"] = "Story"
    os.environ[f"GIT_{_who}_EMAIL"] = "story@example.com"
_GIT = {"core.fsync": "none", "gc.auto": "0", "maintenance.auto": "false", "advice.detachedHead": "false"}
os.environ["GIT_CONFIG_COUNT"] = str(len(_GIT))
for _number, (_key, _value) in enumerate(_GIT.items()):
    os.environ[f"GIT_CONFIG_KEY_{_number}"], os.environ[f"GIT_CONFIG_VALUE_{_number}"] = _key, _value
# As most users have it: what Copier has compiled need not be compiled again by the task.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

_MEMORY = Path("/dev/shm")


@pytest.fixture(scope="session")
def _memory() -> Iterator[Path]:
    """A folder in memory, where available: a test writes thousands of small files."""
    usable = _MEMORY if os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > 2**30 else None
    with tempfile.TemporaryDirectory(prefix="stories-", dir=usable, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@pytest.fixture(autouse=True)
def _clones_in_memory(_memory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(_memory))
    monkeypatch.setenv("TMPDIR", str(_memory))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


@pytest.fixture
def tmp_path(_memory: Path) -> Iterator[Path]:
    """A folder of the test's own."""
    folder = Path(tempfile.mkdtemp(dir=_memory))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def _templates_are_compiled_once() -> Iterator[None]:
    """Each run of Copier renders the same templates, from up to three clones, and had compiled all of them again."""
    compile_template = SandboxedEnvironment.compile
    codes: dict[str, Any] = {}

    def compile_once(environment: SandboxedEnvironment, source: Any, *words: Any, **options: Any) -> Any:
        if not isinstance(source, str) or options:
            return compile_template(environment, source, *words, **options)
        # Where the clone lies is of no matter; whose code it has is: Jinja calls filters of constants as it compiles, and the
        # digest of a version is in the names of its modules.
        filters = sorted(
            (name, getattr(filter, "__module__", "")) for name, filter in environment.filters.items()
        )
        syntax = (environment.trim_blocks, environment.lstrip_blocks, environment.keep_trailing_newline)
        key = repr((source, words[:1], syntax, filters, sorted(environment.extensions)))
        if key not in codes:
            codes[key] = compile_template(environment, source, *words)
        else:
            environment.preprocess(source, *words)  # Copier's `yield` begins anew with each template
        return codes[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SandboxedEnvironment, "compile", compile_once)
        yield


@pytest.fixture(scope="session")
def _two_releases(_memory: Path) -> Path:
    """The second one differs in its code (how often syncs run, how often they retry) and in a template."""
    root = _memory / "template" / "nango-scaffold"
    root.mkdir(parents=True)
    shutil.copy(REPOSITORY / "copier.yml", root)
    ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
    for folder in ("template", "generator"):
        shutil.copytree(REPOSITORY / folder, root / folder, ignore=ignored)
    git(root, "init", "--quiet", "--initial-branch=main")
    template = Template(root).release(FIRST)
    template.edit(
        "generator/nango_scaffold/derive/syncs/sync.py", 'RUNS = "every hour"', 'RUNS = "every 2 hours"'
    )
    template.edit(
        "generator/nango_scaffold/derive/requests/request.py", "SYNC_RETRIES = 10", "SYNC_RETRIES = 7"
    )
    template.edit(TYPES_TEMPLATE, "{% for", "// Types of the API.\n{% for")
    template.edit("template/files/package.json.jinja", "{", '{\n    "description": "new",')
    template.release(SECOND)
    git(root, "repack", "-adq")  # every run of Copier clones it up to five times
    for tag in (FIRST, SECOND):
        git(root, "worktree", "add", "--quiet", str(_memory / "loaded" / tag), tag)
        load(_memory / "loaded" / tag)
    return root


@pytest.fixture(scope="session")
def _scaffolded(_two_releases: Path, _memory: Path) -> Path:
    project = Project.begin(_memory / "project" / "scaffolded")
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
    """Both releases, shared by all tests: not to be changed."""
    return Template(_two_releases)


@pytest.fixture
def template(_two_releases: Path, tmp_path: Path) -> Template:
    """The first release in a repository of the test's own, to be followed by another second release."""
    root = shutil.copytree(_two_releases, tmp_path / "template", ignore=shutil.ignore_patterns("worktrees"))
    git(root, "tag", "--delete", SECOND)
    git(root, "reset", "--quiet", "--hard", FIRST)
    return Template(root)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """An empty git repository."""
    return Project.begin(tmp_path / "project")


@pytest.fixture
def scaffolded(_scaffolded: Path, tmp_path: Path) -> Project:
    """A project with HubSpot from the first release, committed."""
    return Project(shutil.copytree(_scaffolded, tmp_path / "scaffolded"))


@pytest.fixture
def ten(_ten: Path, tmp_path: Path) -> Project:
    """A project with ten integrations from the first release, committed."""
    return Project(shutil.copytree(_ten, tmp_path / "ten"))
