"""Prepared projects that several tests of a session share; each costs seconds to make."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from .support import nango
from .support.project import VERSIONS, Version, prepare, read_tree

HAND = Path(__file__).parent / "fixtures" / "hand"

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
    """The hand-written project, generated; shared, so tests must not edit it."""
    project = make_project(hand_tree, version)
    nango.generate(project, version)
    return project
