"""The worlds that the tests of the commit room write to."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from .support.worlds import WORLDS, World

if TYPE_CHECKING:
    from collections.abc import Iterator

MEMORY = Path("/dev/shm")  # thousands of small trees are written and removed


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder to build worlds in: in memory where there is such a thing."""
    if not os.access(MEMORY, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=MEMORY) as name:
        yield Path(name)


@pytest.fixture(params=WORLDS)
def world(request: pytest.FixtureRequest, folder: Path) -> World:
    """Each world in turn."""
    return World(folder / "top", *WORLDS[request.param])


@pytest.fixture
def plain_world(folder: Path) -> World:
    """A project with files to create, change and delete, also behind links."""
    return World(folder / "top", *WORLDS["a plain project"])


@pytest.fixture
def linked_world(folder: Path) -> World:
    """The same with a nango.yaml that other projects share."""
    return World(folder / "top", *WORLDS["nango.yaml linked from beside the project"])


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that any user may enter and write to."""
    with tempfile.TemporaryDirectory() as name:
        os.chmod(name, 0o777)
        yield Path(name)
