"""The installed package: run outside this checkout, with its templates inside."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.examples.golden import EXAMPLES, read_tree


@pytest.mark.toolchain
def test_an_installed_package_writes_what_the_checkout_does(tmp_path: Path) -> None:
    site, project = tmp_path / "site", tmp_path / "project"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--quiet", "--disable-pip-version-check"]
    subprocess.run(
        [*pip, "--no-deps", "--target", str(site), str(EXAMPLES.parent)], check=True, capture_output=True
    )
    command = [sys.executable, "-m", "nango_scaffold", "new", "--answers", str(EXAMPLES / "github.yml")]
    process = subprocess.run(
        [*command, "--project", str(project)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == 0, process.stderr
    assert read_tree(project) == read_tree(EXAMPLES / "github")
    assert (site / "share/man/man1/nango-scaffold.1").exists()
    assert (site / "nango_scaffold/_template/template/compiled.py").exists()
    assert (site / "nango_scaffold/shells/nango-scaffold.zsh").exists()
    assert (
        str(site)
        in subprocess.run(
            [sys.executable, "-c", "import nango_scaffold; print(nango_scaffold.__file__)"],
            env={**os.environ, "PYTHONPATH": str(site)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    )
