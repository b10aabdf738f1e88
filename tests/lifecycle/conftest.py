from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.lifecycle.support import Project

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "project").mkdir()
    return Project(tmp_path / "project")
