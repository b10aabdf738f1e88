"""dryrun.js hands the CLI, which reads a .env by itself, a secret key and a host out of one place."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest
from tests.examples.golden import EXAMPLES

from .support.project import environment, node_modules

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.toolchain

CLI = """\
require('dotenv').config();
const { NANGO_HOSTPORT, NANGO_SECRET_KEY_DEV, NANGO_SECRET_KEY_PROD } = process.env;
console.log(JSON.stringify([NANGO_HOSTPORT, NANGO_SECRET_KEY_DEV, NANGO_SECRET_KEY_PROD].map((value) => value || '')));
"""
"""What the real one does with a .env, and what it has then."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "dryrun.js").write_bytes((EXAMPLES / "github/dryrun.js").read_bytes())
    (tmp_path / "package.json").write_text('{"type": "module"}')
    cli = tmp_path / "node_modules/nango/dist"
    cli.mkdir(parents=True)
    (cli / "index.js").write_text(CLI)
    (cli.parent / "package.json").write_text("{}")
    (tmp_path / "node_modules/dotenv").symlink_to(node_modules("0.69") / "dotenv")
    (tmp_path / "nango-integrations").mkdir()
    return tmp_path


def run(project: Path, file: str, **variables: str) -> subprocess.CompletedProcess[str]:
    (project / "nango-integrations/.env").write_text(file)
    return subprocess.run(
        ["node", "dryrun.js", "pulls", "good"],
        cwd=project,
        env={**environment(project), **variables},
        capture_output=True,
        text=True,
        check=False,
    )


KEYS = {"NANGO_SECRET_KEY_DEV": "own"}
HOST = {"NANGO_HOSTPORT": "https://own.example"}
FILE_KEY = "NANGO_SECRET_KEY_DEV=file\nNANGO_SECRET_KEY_PROD=file\n"
FILE_HOST = "NANGO_HOSTPORT=https://file.example\n"


@pytest.mark.parametrize(
    ("file", "variables", "key_and_host"),
    [
        (FILE_KEY + FILE_HOST, {}, ["https://file.example", "file", "file"]),
        (FILE_KEY + FILE_HOST, HOST, ["https://file.example", "file", "file"]),
        (FILE_KEY + FILE_HOST, {**KEYS, **HOST}, ["https://own.example", "own", ""]),
        (FILE_KEY, {**KEYS, **HOST}, ["https://own.example", "own", ""]),
        (FILE_KEY, KEYS, ["", "own", "file"]),
        ("", {**KEYS, **HOST}, ["https://own.example", "own", ""]),
    ],
)
def test_the_cli_has_a_key_and_the_host_of_its_place(
    project: Path, file: str, variables: dict[str, str], key_and_host: list[str]
) -> None:
    process = run(project, file, **variables)
    assert process.returncode == 0, process.stderr
    assert json.loads(process.stdout) == key_and_host


@pytest.mark.parametrize("file", [FILE_HOST, FILE_KEY + FILE_HOST])
def test_a_key_of_the_environment_is_not_given_to_a_host_of_the_file(project: Path, file: str) -> None:
    process = run(project, file, **KEYS)
    assert process.returncode == 1
    assert process.stdout == ""
    assert "set both in one place" in process.stderr
    assert "\n    at " not in process.stderr


def test_a_key_of_the_file_is_not_given_to_a_host_of_the_environment(project: Path) -> None:
    process = run(project, FILE_KEY, **HOST)
    assert process.returncode == 1
    assert process.stdout == ""
    assert "The secret key is set in .env and NANGO_HOSTPORT in the environment" in process.stderr
