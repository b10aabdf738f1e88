"""Hostile files of a project besides its catalogue: nango.yaml, and the answers that Copier keeps."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from nango_scaffold.cli import main

from .answers import merge_bomb
from .judging import judge

HEAD = "integrations:\n    acme:\n        actions: {}\n"


def _models(text: str) -> str:
    return f"{HEAD}models:\n" + "".join(f"    {line}\n" for line in text.splitlines())


NANGO_YAML = {
    "merge bomb": _models(merge_bomb()),
    "merge bomb, long": _models(merge_bomb(5_000)),
    "merge bomb outside": merge_bomb() + HEAD,
    "a node in itself": _models("A: &a {x: *a}"),
    "a merge of itself": _models("A: &a {<<: *a}"),
    "a text of 9 MB": _models(f"A: {'x' * 9_000_000}"),
    "1,900 lists deep": _models(f"A: {'[' * 1_900}{']' * 1_900}"),
    "10,000 lists deep": _models(f"A: {'[' * 10_000}{']' * 10_000}"),
    "1,000 models in a row": _models(
        "M0: {id: string}\n" + "\n".join(f"M{n}: {{__extends: M{n - 1}}}" for n in range(1, 1_000))
    ),
    "2,000 in a union": _models(f"A: {{id: '{' | '.join(f'k{n}' for n in range(2_000))}'}}"),
    "400 syncs": "integrations:\n    acme:\n        syncs:\n"
    + "".join(f"            s{n}: {{output: A}}\n" for n in range(400))
    + "models:\n    A: {id: string}\n",
}
COMMANDS = (
    ["new", "--set", "provider=github", "--set", "sync_names=users", "--yes", "--dry-run"],
    ["check"],
    ["doctor"],
    ["adopt", "acme"],
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "project/nango-integrations/acme").mkdir(parents=True)
    return tmp_path / "project"


@pytest.mark.parametrize("name", NANGO_YAML)
def test_nango_yaml(name: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "nango-integrations/nango.yaml").write_text(NANGO_YAML[name])
    for words in COMMANDS:
        where = [str(project)] if words == ["check"] else ["--project", str(project)]
        started = time.process_time()
        code = main([*words, *where])
        _, err = capsys.readouterr()
        judge("", err, time.process_time() - started)
        assert code in (0, 1, 2, 3), err


@pytest.mark.parametrize(
    "text", [merge_bomb(), "a: 2024-99-99\n", "a: !!timestamp soon\n", "[" * 5_000, "a: !!bool x\n"]
)
def test_answers_of_copier(text: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "nango-integrations/nango.yaml").write_text(f"{HEAD}models: {{}}\n")
    (project / "nango-integrations/acme/.copier-answers.yml").write_text(text)
    started = time.process_time()
    code = main(["update", "--project", str(project)])
    out, err = capsys.readouterr()
    judge(out, err, time.process_time() - started)
    assert code == 3
    assert "Copier's answers cannot be read" in err
