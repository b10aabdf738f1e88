"""dryrun.js, which starts ``nango dryrun`` in a project that has a nango.yaml. Rule D01."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from typing import TYPE_CHECKING

import pytest
from tests.examples.golden import EXAMPLES, read_tree

from .support.fake_api import SECRET_KEY, FakeNango
from .support.project import VERSIONS, environment, prepare
from .support.third_party import Reply, Request, Route

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.toolchain

ACTION = (
    "list-contacts",
    "conn",
    "--integration-id",
    "hubspot",
    "--auto-confirm",
    "-e",
    "dev",
    "--input",
    "{}",
)
PAGE = {"results": [{"id": "1", "properties": {}, "archived": False, "createdAt": "x", "updatedAt": "y"}]}


def start(project: Path, server: FakeNango) -> subprocess.Popen[str]:
    variables = {
        **environment(project),
        "NANGO_HOSTPORT": server.url,
        "NANGO_SECRET_KEY_DEV": SECRET_KEY,
    }
    return subprocess.Popen(
        ["node", "dryrun.js", *ACTION],
        cwd=project,
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def sources(project: Path) -> set[str]:
    """The files of the project, without what the CLI builds."""
    built = ("/.nango/", "/dist/", "/models.ts", "node_modules/", "/.toolchain/")
    return {path for path in read_tree(project) if not any(part in f"/{path}" for part in built)}


@pytest.mark.parametrize("version", VERSIONS)
def test_it_runs_a_script_and_leaves_nothing_behind(tmp_path: Path, version: str) -> None:
    project = prepare(EXAMPLES / "hubspot", version, tmp_path)  # type: ignore[arg-type]
    before = sources(project)
    with FakeNango([Route("GET", "/crm/v3/objects/contacts", Reply(PAGE))], provider="hubspot") as server:
        run = start(project, server)
        output, _ = run.communicate(timeout=120)
    assert run.returncode == 0, output
    assert "Executing -> integration" in output
    assert len(server.requests) == 1
    assert sources(project) == before


def test_ctrl_c_in_the_middle_leaves_nothing_behind(tmp_path: Path) -> None:
    project = prepare(EXAMPLES / "hubspot", "0.69", tmp_path)
    before = sources(project)
    requested, over = threading.Event(), threading.Event()

    def hang(_: Request) -> Reply:
        requested.set()
        over.wait(60)
        return Reply(PAGE)

    with FakeNango([Route("GET", "/crm/v3/objects/contacts", hang)], provider="hubspot") as server:
        run = start(project, server)
        assert requested.wait(60)
        assert "nango-integrations/index.ts" in sources(project)
        os.killpg(run.pid, signal.SIGINT)
        run.wait(60)
        over.set()
    assert run.returncode != 0
    assert sources(project) == before


def test_without_the_cli_it_says_what_to_run(tmp_path: Path) -> None:
    (tmp_path / "dryrun.js").write_bytes((EXAMPLES / "hubspot/dryrun.js").read_bytes())
    (tmp_path / "package.json").write_bytes((EXAMPLES / "hubspot/package.json").read_bytes())
    run = subprocess.run(
        ["node", "dryrun.js"],
        cwd=tmp_path,
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert run.stderr == "The nango CLI is not installed: install the packages of package.json\n"
