"""Answers that try to break out of strings, comments, templates and YAML: the generated code compiles and lints."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.examples import golden

from .support import lint, nango
from .support.project import Version, prepare, read_tree

pytestmark = pytest.mark.toolchain

CASES = sorted((Path(__file__).parent / "cases").glob("*.yml"))


def test_hostile_answers_give_files_that_compile(version: Version, tmp_path: Path) -> None:
    assert len(CASES) >= 4
    source = tmp_path / "source"
    golden.scaffold(CASES, source)
    project = prepare(source, version, tmp_path / "project")
    built = nango.build(project, version)
    assert built.complete, (built.problems, built.output[-3000:])
    if version == "0.69":
        assert lint.eslint(project) == []
        assert lint.prettier(project) == []
        assert lint.yamllint(project) == []
        schema = read_tree(project)["nango-integrations/schema.zod.ts"]
        assert lint.ts_to_zod(project) == schema
