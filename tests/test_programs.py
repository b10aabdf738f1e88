"""Programs that a run starts: nothing in the project decides what they do."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from nango_scaffold.commit import merge_file
from nango_scaffold.programs import find_program, git_in


@pytest.fixture
def marker(tmp_path: Path) -> Path:
    return tmp_path / "it-ran"


@pytest.fixture
def hostile(tmp_path: Path, marker: Path) -> Path:
    """A repository whose own configuration, attributes and hooks run a command, and with a file to reset."""
    root = tmp_path / "project"
    root.mkdir()
    command = tmp_path / "command"
    command.write_text(f"#!/bin/sh\necho \"$0 $@\" >> '{marker}'\nexit 1\n")
    command.chmod(0o755)
    _git(root, "init", "--quiet", "--template=")
    (root / "a.ts").write_text("one\n")
    _git(root, "add", "a.ts")
    _git(root, "-c", "user.name=a", "-c", "user.email=b", "commit", "--quiet", "--message=one")
    (root / "a.ts").write_text("two\n")
    _git(root, "add", "a.ts")
    (root / ".gitattributes").write_text("*.ts filter=evil merge=evil diff=evil text eol=crlf\n")
    (root / ".git/hooks").mkdir()
    for hook in ("post-index-change", "reference-transaction", "post-checkout"):
        (root / f".git/hooks/{hook}").symlink_to(command)
    for kind in ("clean", "smudge", "process"):
        _git(root, "config", f"filter.evil.{kind}", str(command))
    _git(root, "config", "filter.evil.required", "true")
    _git(root, "config", "core.fsmonitor", str(command))
    return root


def _git(folder: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True)


def test_git_runs_nothing_that_a_project_s_configuration_names(hostile: Path, marker: Path) -> None:
    committed = git_in(hostile, "cat-file", "--filters", "HEAD:./a.ts")
    assert committed.stdout == b"one\r\n", "line ends are those of the working tree, all the same"
    assert git_in(hostile, "reset", "--quiet", "--", "a.ts").returncode == 0
    assert git_in(hostile, "cat-file", "blob", "HEAD:./a.ts").stdout == b"one\n"
    assert not marker.exists(), marker.read_text()
    _try_it(hostile)
    assert marker.exists(), "it would have run"


def _try_it(folder: Path) -> None:
    subprocess.run(["git", "status"], cwd=folder, check=False, capture_output=True)


def test_git_fetches_nothing_that_a_project_s_repository_lacks(hostile: Path, marker: Path) -> None:
    """A partial clone would be completed by whatever program its remote names."""
    _git(hostile, "config", "core.repositoryFormatVersion", "1")
    _git(hostile, "config", "extensions.partialClone", "origin")
    _git(hostile, "config", "remote.origin.promisor", "true")
    _git(hostile, "config", "remote.origin.url", f"ext::{hostile.parent / 'command'} %S")
    _git(hostile, "config", "protocol.ext.allow", "always")
    _git(hostile, "config", "remote.origin.uploadpack", str(hostile.parent / "command"))
    blob = git_in(hostile, "rev-parse", "HEAD:./a.ts").stdout.decode().strip()
    (hostile / ".git/objects" / blob[:2] / blob[2:]).unlink()
    assert git_in(hostile, "cat-file", "blob", "HEAD:./a.ts").returncode != 0
    assert not marker.exists(), marker.read_text()


def test_what_a_hook_is_told_of_its_repository_is_not_ours(
    hostile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "nowhere"))
    monkeypatch.setenv("GIT_CONFIG_COUNT", "none")
    assert git_in(hostile, "cat-file", "blob", "HEAD:./a.ts").stdout == b"one\n"


def test_a_merge_asks_no_repository_around_the_temporary_folder(
    hostile: Path, marker: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(hostile))
    _git(hostile, "config", "merge.conflictStyle", "diff3")
    merged = merge_file(b"a\n", b"b\n", b"c\n")
    assert merged is not None
    assert b"|||||||" not in merged.text
    assert not marker.exists()


def test_a_program_of_the_project_is_not_taken(
    tmp_path: Path, marker: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in (tmp_path, tmp_path / "node_modules/.bin"):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "git").write_text(f"#!/bin/sh\ntouch '{marker}'\n")
        (folder / "git").chmod(0o755)
    usual = os.environ["PATH"]
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f".:node_modules/.bin::{usual}")
    program = find_program("git")
    assert program is not None
    assert program in [os.path.join(folder, "git") for folder in usual.split(os.pathsep)]
    assert git_in(tmp_path, "--version").returncode == 0
    assert not marker.exists()
    monkeypatch.setenv("PATH", ".:node_modules/.bin:")
    assert find_program("git") is None
    with pytest.raises(FileNotFoundError):
        git_in(tmp_path, "--version")


def test_a_module_of_the_project_is_not_taken(tmp_path: Path, marker: Path) -> None:
    """``python -m`` looks in the current folder first."""
    for name in ("argparse", "yaml", "copier"):
        (tmp_path / f"{name}.py").write_text(f"open({str(marker)!r}, 'w')\n")
    command = [sys.executable, "-m", "nango_scaffold", "providers", "show", "github"]
    process = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (process.returncode, process.stderr) == (0, "")
    assert not marker.exists()
