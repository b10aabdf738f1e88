"""Guesses are in the manifest until an answer sets them: ``guesses`` lists them, ``check`` notes them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from tests.lifecycle.support import Project, prepared
from tests.manifest.hostile import first_format, opened

HAND = Path(__file__).resolve().parents[2] / "tests/toolchain/fixtures/hand"
OWN = "nango-integrations/github"
MANIFEST = f"{OWN}/.nango-scaffold.json"
SYNC = f"{OWN}/syncs/issues.ts"


@pytest.fixture
def scaffolded(project: Project) -> Project:
    return prepared(project, _scaffold)


def _scaffold(project: Project) -> None:
    assert project.run("new --set provider=github --set sync_names=issues").code == 0


def test_they_are_kept_and_listed(scaffolded: Project) -> None:
    guesses = json.loads(scaffolded.read(MANIFEST))["guesses"]
    assert {"answer": "syncs[0].request.path", "value": "/issues", "why": "made from the name"} in guesses
    result = scaffolded.run("guesses")
    assert result.code == 0
    assert f"Guessed for github, in {SYNC}:" in result.out
    assert "syncs[0].request.path           /issues" in result.out
    assert "Guessed for github, in nango-integrations/nango.yaml:" in result.out  # models.Issue
    data = scaffolded.run("guesses github --json").data
    assert data["count"] == len(data["guesses"]) == len(guesses)
    assert {"integration": "github", "path": SYNC, **guesses[0]}.keys() == data["guesses"][0].keys()


def test_check_notes_each_with_the_answer_and_does_not_fail(scaffolded: Project) -> None:
    result = scaffolded.run("check")
    assert result.code == 0, result.out
    assert "G01" in result.out
    assert "set the answer syncs[0].request.path to confirm or change it" in result.out
    findings = [
        finding for finding in scaffolded.run("check --json").data["findings"] if finding["rule"] == "G01"
    ]
    assert {finding["level"] for finding in findings} == {"note"}
    assert len(findings) == len(json.loads(scaffolded.read(MANIFEST))["guesses"])
    (path,) = (finding for finding in findings if "syncs[0].request.path" in finding["message"])
    line = scaffolded.read(SYNC).splitlines()[path["line"] - 1]
    assert (path["path"], line.strip()) == (SYNC, "endpoint: '/issues',")


def test_an_answer_settles_a_guess_even_with_the_same_value(scaffolded: Project) -> None:
    words = "--set provider=github --set syncs[0].name=issues --set syncs[0].request.path=/issues"
    before = scaffolded.read(SYNC)
    scaffolded.run(f"new {words}")
    assert scaffolded.read(SYNC) == before
    assert "syncs[0].request.path " not in scaffolded.run("guesses").out
    assert "syncs[0].request.path " not in scaffolded.run("check").out
    assert "syncs[0].request.response_path" in scaffolded.run("guesses").out


def test_manifests_that_did_not_keep_them_are_derived_from_again(scaffolded: Project) -> None:
    now = scaffolded.run("guesses --json").data
    scaffolded.write(MANIFEST, json.dumps(first_format(opened(scaffolded.read(MANIFEST)))))
    assert scaffolded.run("guesses --json").data == now


def test_what_was_written_by_hand_was_not_guessed(project: Project) -> None:
    shutil.copytree(HAND, project.path, dirs_exist_ok=True)
    project.run("adopt github")
    project.run("add sync github labels")
    paths = {guess["path"] for guess in project.run("guesses --json").data["guesses"]}
    assert paths == {f"{OWN}/syncs/labels.ts", "nango-integrations/nango.yaml"}


def test_nothing_is_guessed(project: Project) -> None:
    result = project.run("guesses")
    assert (result.code, "Nothing is guessed" in result.out) == (0, True)


@pytest.mark.parametrize(("name", "code"), [("gihub", 2), ("../github", 2)])
def test_an_integration_that_is_not_there(scaffolded: Project, name: str, code: int) -> None:
    assert scaffolded.run("guesses", name).code == code
