"""Prepared projects that several tests of a session share; each costs seconds to make."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from tests.examples import golden

from .support import nango
from .support.project import VERSIONS, Version, prepare, read_tree

HAND = Path(__file__).parent / "fixtures" / "hand"
STYLES = Path(__file__).parent / "fixtures" / "styles"

MakeProject = Callable[[Mapping[str, str], Version], Path]


@pytest.fixture(params=VERSIONS, scope="session")
def version(request: pytest.FixtureRequest) -> Version:
    """Each CLI version that generated code must work with."""
    chosen: Version = request.param
    return chosen


@pytest.fixture(scope="session")
def hand_tree() -> dict[str, str]:
    """The correct project written by hand, as path -> text: a copy to vary."""
    return read_tree(HAND)


@pytest.fixture(scope="session")
def make_project(tmp_path_factory: pytest.TempPathFactory) -> MakeProject:
    """Prepare a tree in a folder of its own; for a project that the test changes."""

    def make(tree: Mapping[str, str], version: Version) -> Path:
        return prepare(tree, version, tmp_path_factory.mktemp("project"))

    return make


@pytest.fixture(scope="session")
def hand_project(version: Version, hand_tree: dict[str, str], make_project: MakeProject) -> Path:
    """The hand-written project, compiled; shared, so tests must not edit it."""
    return compiled(make_project(hand_tree, version), version)


@pytest.fixture(scope="session")
def styles_project(version: Version, make_project: MakeProject) -> Path:
    """The project that paginates in several styles, for a provider without pagination of its own."""
    tree = read_tree(STYLES)
    return compiled(make_project(tree, version), version)


def compiled(project: Path, version: Version) -> Path:
    """Compile a project, which generates models.ts as well; AssertionError with the CLI's output when it fails."""
    result = nango.compile(project, version)
    assert result.ok, result.output
    return project


@pytest.fixture(scope="session")
def examples_project_for(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Version], Path]:
    """The project of `examples_project` by version, for tests in which `version` is one of several parameters."""

    @cache
    def copy(version: Version) -> Path:
        with once_for_all_workers(tmp_path_factory, f"everything-{version}") as folder:
            if not (folder / "built").exists():
                golden.scaffold([golden.answers_of(name) for name in golden.names()], folder / "source")
                project = prepare(folder / "source", version, folder / "project")
                built = nango.build(project, version)
                assert built.complete, (built.problems, built.output)
                (folder / "built").touch()
        # Dry runs leave files, and a generation replaces some: each worker works on a copy.
        copied = tmp_path_factory.mktemp("everything") / "project"
        return shutil.copytree(folder / "project", copied, symlinks=True)

    return copy


@pytest.fixture(scope="session")
def examples_project(version: Version, examples_project_for: Callable[[Version], Path]) -> Path:
    """One project that holds every example, scaffolded by one command, generated and compiled."""
    return examples_project_for(version)


@contextmanager
def once_for_all_workers(factory: pytest.TempPathFactory, name: str) -> Iterator[Path]:
    """A folder that all workers of a run share, held by one at a time."""
    worker_folder = factory.getbasetemp()
    folder = (worker_folder.parent if "PYTEST_XDIST_WORKER" in os.environ else worker_folder) / name
    folder.mkdir(exist_ok=True)
    with open(folder / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder
