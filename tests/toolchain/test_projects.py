"""A project whose nango.yaml lies at the top of the repository, with the CLI that new projects get."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from tests.examples.golden import EXAMPLES

from nango_scaffold.cli import main

from .support.project import environment, node_modules

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.toolchain
def test_what_is_written_beside_a_nango_yaml_at_the_top_compiles_and_its_programs_start(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "node_modules").symlink_to(node_modules("0.69"))
    (tmp_path / "nango.yaml").write_text("integrations: {}\nmodels: {}\n")
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    assert main(["new", "--answers", str(EXAMPLES / "github.yml"), "--verify"]) == 0
    output = capsys.readouterr().out
    assert (
        "Verified with nango 0.69.36: 1 sync, 1 action compiled.\n  models.ts is new; commit it, too\n"
        in output
    )
    assert not (tmp_path / "nango-integrations").exists()
    process = subprocess.run(
        ["node", "dryrun.js", "--help"],
        cwd=tmp_path,
        env=environment(tmp_path),
        text=True,
        capture_output=True,
        check=True,
    )
    assert "Usage: nango dryrun" in process.stdout
    assert {path.name for path in tmp_path.glob("*.ts")} == {
        "models.ts",
        "schema.zod.ts",
    }  # no stand-in is left
