"""Malicious answers through ``new``: each is refused in a sentence or written, at once, and nothing outside the project."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from nango_scaffold.cli import main

from .answers import FILES
from .judging import judge


def test_there_are_enough() -> None:
    assert len(FILES) >= 61


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "around/project"
    folder.mkdir(parents=True)
    return folder


@pytest.mark.parametrize("name", FILES)
def test_answers(name: str, project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, data = tmp_path / "answers.yml", FILES[name]
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    started = time.process_time()
    code = main(["new", "--answers", str(file), "--project", str(project), "--yes"])
    seconds = time.process_time() - started
    out, err = capsys.readouterr()
    assert code in (0, 2), err
    assert bool(err) == bool(code)
    judge(out, err, seconds)
    assert {path.name for path in tmp_path.iterdir()} <= {"answers.yml", "around", "cache"}
    assert [path.name for path in (tmp_path / "around").iterdir()] == ["project"]
