"""Hostile providers.yaml in a project's node_modules, through each command that reads it."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from nango_scaffold.cli import main

from .catalogues import FILES, GOOD
from .judging import judge

COMMANDS = {
    "new": ["new", "--set", "provider=acme", "--set", "sync_names=users", "--yes"],
    "list": ["providers", "list"],
    "show": ["providers", "show", "acme"],
    "doctor": ["doctor"],
}


def test_there_are_enough() -> None:
    assert len(FILES) >= 60


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a project has its providers.yaml, which is not there yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "project/node_modules/@nangohq/providers/providers.yaml"
    path.parent.mkdir(parents=True)
    return path


def run_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, int]:
    """The exit code of each command."""
    codes = {}
    for name, words in COMMANDS.items():
        started = time.process_time()
        codes[name] = main([*words, "--project", str(tmp_path / "project")])
        judge(*capsys.readouterr(), time.process_time() - started)
    assert set(codes.values()) <= {0, 1, 2, 3}
    assert {path.name for path in tmp_path.iterdir()} <= {"project", "cache"}
    assert not list(tmp_path.rglob("it-ran"))
    return codes


@pytest.mark.parametrize("name", FILES)
def test_catalogue(name: str, catalogue: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = FILES[name]
    catalogue.write_bytes(data if isinstance(data, bytes) else data.encode())
    run_all(tmp_path, capsys)


def test_what_is_no_file(catalogue: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody waits at a pipe, reads a device to its end, or fills the memory with a file of holes."""
    catalogue.mkdir()
    assert run_all(tmp_path, capsys)["list"] == 3
    catalogue.rmdir()
    os.mkfifo(catalogue)
    assert run_all(tmp_path, capsys)["list"] == 3
    catalogue.unlink()
    for target in ("/dev/zero", str(catalogue), "/etc/shadow"):
        catalogue.symlink_to(target)
        run_all(tmp_path, capsys)
        catalogue.unlink()
    with catalogue.open("wb") as file:
        file.truncate(2**40)
    assert run_all(tmp_path, capsys)["list"] == 3


@pytest.mark.parametrize("version", ["[", '{"version": {}}', '{"version": "\\u001b[2J"}', "[" * 100_000])
def test_a_version_that_is_none(
    version: str, catalogue: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    catalogue.write_text(GOOD)
    catalogue.with_name("package.json").write_text(version)
    assert run_all(tmp_path, capsys)["show"] == 0
    catalogue.with_name("package.json").unlink()
    os.mkfifo(catalogue.with_name("package.json"))
    assert run_all(tmp_path, capsys)["show"] == 0
