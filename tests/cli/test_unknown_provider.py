"""An unknown provider, wherever it is named: suggestions, and how to get the whole catalogue."""

from __future__ import annotations

from pathlib import Path

import pytest

from nango_scaffold.cli import main

NANGO_YAML = "integrations:\n    {name}:\n        actions: {{}}\nmodels: {{}}\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "project"
    (folder / "nango-integrations").mkdir(parents=True)
    return folder


@pytest.mark.parametrize(
    "words",
    [
        ["new", "--set", "provider=maintainx", "--set", "sync_names=users", "--yes"],
        ["providers", "show", "maintainx"],
        ["adopt", "maintainx", "--dry-run"],
    ],
    ids=["new", "show", "adopt"],
)
def test_how_to_get_the_whole_catalogue_is_said(
    words: list[str], project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "nango-integrations/nango.yaml").write_text(NANGO_YAML.format(name="maintainx"))
    assert main([*words, "--project", str(project)]) == 2
    message = capsys.readouterr().err
    assert "nango-scaffold providers refresh" in message
    assert "npm install" in message
    assert "Did you mean" not in message


@pytest.mark.parametrize("name", ["heroku-integration", "discourse", "google-analytics-4"])
def test_adopt_proposes_no_provider_whose_name_only_shares_letters(
    name: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "nango-integrations/nango.yaml").write_text(NANGO_YAML.format(name=name))
    assert main(["adopt", name, "--dry-run", "--project", str(project)]) == 2
    assert "name it: --provider KEY" in capsys.readouterr().err
