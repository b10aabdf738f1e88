"""``--verify``: the project's own CLI runs, and its result is reported in our words."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest
from tests.examples.golden import EXAMPLES
from tests.toolchain.support.project import Version, node_modules

from nango_scaffold.cli import main
from nango_scaffold.errors import ProjectError
from nango_scaffold.project import look as find_project
from nango_scaffold.verify.run import verify

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

YAML = "nango-integrations/nango.yaml"
SOMEONE_ELSES = """\
integrations:
    acme:
        syncs:
            bad:
                runs: every day
                description: Bad.
                sync_type: full
                endpoint: GET /bad
                output: Thing
models:
    Thing:
        id: string
"""
BAD_SYNC = """\
import type { NangoSync } from '../../models';

export default async function fetchData(nango: NangoSync): Promise<void> {
    const count: number = 'none';
    await nango.batchSave([{ id: String(count) }], 'Thing');
}
"""


def new(project: Path, *words: str) -> int:
    return main(["new", "--answers", str(EXAMPLES / "github.yml"), "--project", str(project), *words])


@pytest.mark.toolchain
@pytest.mark.parametrize("version", ["0.69", "0.58"])
def test_what_compiled_is_told_and_what_is_wrong_elsewhere_is_told_apart(
    version: Version, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "node_modules").symlink_to(node_modules(version))
    (tmp_path / "nango-integrations/acme/syncs").mkdir(parents=True)
    (tmp_path / YAML).write_text(SOMEONE_ELSES)
    (tmp_path / "nango-integrations/acme/syncs/bad.ts").write_text(BAD_SYNC)
    assert new(tmp_path, "--verify") == 0
    output = capsys.readouterr().out
    assert f"\nVerified with nango {version}." in output
    assert ": 1 sync, 1 action compiled.\n  nango-integrations/models.ts is new; commit it, too\n" in output
    assert (
        "\nErrors in other integrations:\n"
        "  acme/syncs/bad.ts:4:11: TS2322: Type 'string' is not assignable to type 'number'.\n"
    ) in output
    assert "npx nango compile" not in output


def test_without_the_cli_it_says_so_and_what_installs_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert new(tmp_path, "--verify") == 1
    output = capsys.readouterr().out
    assert (
        "\nNot verified, for the nango CLI cannot be run:\n"
        "  nango CLI: not installed in this project\n"
        f"  cd {tmp_path} && npm install\n"
    ) in output
    assert "npx nango generate && npx nango compile" in output  # the next steps still say it
    assert (tmp_path / YAML).exists()  # what was written stays


def test_a_script_without_a_file_is_told_and_no_stub_is_written_for_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "node_modules").symlink_to(node_modules("0.69"))
    new(tmp_path)
    script = tmp_path / "nango-integrations/github/actions/create-pull-request.ts"
    script.unlink()
    capsys.readouterr()
    assert new(tmp_path, "--verify", "--json") == 1
    verification = json.loads(capsys.readouterr().out)["verify"]
    assert not verification["passed"]
    assert verification["errors"] == [
        {
            "integration": "github",
            "place": "github/actions/create-pull-request.ts",
            "what": "nango.yaml names it, but there is no such file; write it, or take the entry out",
        }
    ]
    assert not script.exists()


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("/dev/zero")])
def test_a_nango_yaml_that_is_no_file_is_refused_before_anything_is_run(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    (tmp_path / "node_modules").symlink_to(node_modules("0.69"))
    (tmp_path / YAML).parent.mkdir()
    make(tmp_path / YAML)
    with pytest.raises(ProjectError, match=r"nango\.yaml"):
        verify(find_project(tmp_path))


@pytest.mark.parametrize("look", ["--dry-run", "--check"])
def test_what_is_not_written_cannot_be_verified(
    look: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert new(tmp_path, "--verify", look) == 2
    assert "--verify" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
