"""What ``add`` writes into an adopted integration compiles beside what was written by hand."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from nango_scaffold.cli import main

from .conftest import HAND
from .support import nango
from .support.project import VERSIONS, read_tree

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import MakeProject


def test_new_scripts_beside_hand_written_ones(tmp_path: Path, make_project: MakeProject) -> None:
    project = shutil.copytree(HAND, tmp_path / "hand")
    for command in (
        "adopt github",
        "add action github get-pull-request list-labels",
        "add sync github teams",
    ):
        assert main([*command.split(), "--project", str(project)]) == 0
    copy = make_project(read_tree(project), VERSIONS[0])
    compiled = nango.compile(copy, VERSIONS[0])
    assert compiled.ok, compiled.output
