"""Every block of the page "From an API's page to answers", in one project, through Nango's own tools."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.docs.from_api_docs import blocks

from .support import lint, nango
from .support.project import Version, prepare
from .support.scaffolded import job, tree_of

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.toolchain


@pytest.fixture(scope="module")
def project(version: Version, tmp_path_factory: pytest.TempPathFactory) -> Path:
    tree = tree_of([job(block) for block in blocks()])
    return prepare(tree, version, tmp_path_factory.mktemp("page"))


@pytest.fixture(scope="module")
def built(project: Path, version: Version) -> nango.Generated:
    return nango.build(project, version)


def test_every_block_compiles(built: nango.Generated) -> None:
    assert built.complete, (built.problems, built.output)


@pytest.mark.parametrize("version", ["0.69"], indirect=True)
@pytest.mark.usefixtures("built")
def test_no_official_tool_finds_anything(project: Path) -> None:
    assert lint.eslint(project) == []
    assert lint.prettier(project) == []
    assert lint.yamllint(project) == []
