"""``nango-scaffold rules``: the conventions in one page; and the whole life of an integration by JSON alone."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from nango_scaffold.check.rules import RULES
from nango_scaffold.cli import main
from nango_scaffold.commands.parser import UsageExit, parser

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, Any]]


@pytest.fixture
def page(capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["rules"]) == 0
    return capsys.readouterr().out


def test_every_rule_stands_on_the_page_once_with_what_is_right(page: str) -> None:
    assert sorted(re.findall(r"^- ([A-Z]\d\d): ", page, re.MULTILINE)) == sorted(rule.id for rule in RULES)
    assert all(f"- {rule.id}: {rule.summary}\n" in page for rule in RULES)


def test_the_commands_on_the_page_are_understood(page: str) -> None:
    commands = re.findall(r"`nango-scaffold ([a-z][^`]*)`", page)
    assert len(commands) > 10
    for command in commands:
        words = command.partition(" >")[0].replace("[", "").replace("]", "").split()
        try:
            parser().parse_args(words)
        except UsageExit as exit_:
            pytest.fail(f"{command}: {exit_.message}")


def test_the_rules_as_data(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "--json"]) == 0
    rules = json.loads(capsys.readouterr().out)["rules"]
    assert {rule["id"]: rule["level"] for rule in rules} == {rule.id: rule.level for rule in RULES}
    assert all(rule["summary"] and rule["about"] for rule in rules)


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in an empty folder with ``--json``; gives its exit code and its data."""
    monkeypatch.chdir(tmp_path)

    def run_command(*words: str) -> tuple[int, Any]:
        code = main([*words, "--json"])
        return code, json.loads(capsys.readouterr().out)

    return run_command


def test_an_agent_lives_a_whole_life_by_json_alone(run: Run, tmp_path: Path) -> None:
    _, listing = run("providers", "list", "hubsp")
    key = listing["providers"][0]["key"]
    _, provider = run("providers", "show", key)
    assert provider["base_url"].startswith("https://")

    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({"provider": key, "syncs": [{"name": "contacts", "runs": "hourly-ish"}]}))
    code, failure = run("new", "--answers", str(answers))
    assert code == failure["error"]["exit_code"] == 2
    (problem,) = failure["error"]["problems"]
    assert problem["where"] == "syncs[0].runs"
    assert "every hour" in problem["fix"], "what is accepted"
    assert problem["place"]["line"] == 1

    answers.write_text(json.dumps({"provider": key, "syncs": [{"name": "contacts", "runs": "every hour"}]}))
    code, planned = run("new", "--answers", str(answers), "--dry-run")
    assert code == 0
    assert not (tmp_path / "nango-integrations").exists()
    code, report = run("new", "--answers", str(answers))
    assert code == 0
    assert {change["path"] for change in report["changes"]} == {
        change["path"] for change in planned["changes"]
    }

    code, added = run("add", "action", key, "create-contact")
    assert code == 0
    assert any(change["path"].endswith("actions/create-contact.ts") for change in added["changes"])
    code, checked = run("check")
    assert code == 0
    assert all(finding["level"] == "note" for finding in checked["findings"]), "guesses, and nothing else"
    _, guessed = run("guesses", key)
    assert all(guess["answer"] and guess["why"] for guess in guessed["guesses"])
    assert run("update")[0] == 0

    assert run("remove", key)[0] == 0
    assert not (tmp_path / "nango-integrations" / key).exists()
