"""Errors in the answers: the place in the file, the line, a caret, and the fix; and the same as data."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from nango_scaffold.cli import main

if TYPE_CHECKING:
    from pathlib import Path

ANSWERS = """\
provider: github
syncs:
    - name: pull-requests
      runs: hourly
      request:
          pth: /pulls
actions:
    - name: create-issue
      request: { path: '/issues/${input.owner.name}' }
"""


@pytest.fixture
def answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "answers.yml"
    path.write_text(ANSWERS)
    return path


def complaint(capsys: pytest.CaptureFixture[str], *words: str, code: int = 2) -> str:
    assert main(["new", "--answers", "answers.yml", *words]) == code
    out, err = capsys.readouterr()
    assert out == ""
    return err


def test_each_problem_is_shown_in_its_line(answers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert complaint(capsys) == (
        "nango-scaffold: syncs[0].runs: 'hourly' cannot be used: it does not start with 'every '\n"
        " --> answers.yml:4:13\n"
        "  |\n"
        "4 |       runs: hourly\n"
        "  |             ^^^^^^\n"
        "  accepted: every hour, every day, every week, every month, every half hour, every 15m, every 6 hours;"
        " at least every 30s\n"
        "\n"
        "syncs[0].request.pth: there is no such answer\n"
        " --> answers.yml:6:11\n"
        "  |\n"
        "6 |           pth: /pulls\n"
        "  |           ^^^\n"
        "  did you mean path?\n"
    )


def test_a_rule_that_spans_answers_is_shown_in_its_line_too(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers.write_text(ANSWERS.replace("hourly", "every hour").replace("pth", "path"))
    message = complaint(capsys, "--set", "actions[0].input={}", "--set", "actions[0].output=Nothing.x")
    assert " --> --set\n  |\n  | actions[0].output=Nothing.x\n  |                   ^^^^^^^^^\n" in message


def test_what_is_derived_from_an_answer_is_shown_at_the_answer(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers.write_text(
        "provider: github\nsyncs:\n    - name: a\n      request:\n          incremental: { param: since }\n"
    )
    message = complaint(capsys)
    assert message.startswith(
        "nango-scaffold: syncs[0].request.incremental: a full sync does not use lastSyncDate\n"
    )
    assert (
        "5 |           incremental: { param: since }\n  |                        ^^^^^^^^^^^^^^^^\n"
        in message
    )


def test_a_key_that_stands_twice(answers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers.write_text("provider: github\nsync_names: [a]\nprovider: hubspot\n")
    assert complaint(capsys).startswith(
        "nango-scaffold: answers.yml:3:1: the answers are not valid YAML: the key 'provider' stands twice\n"
        "  |\n"
        "3 | provider: hubspot\n"
        "  | ^^^^^^^^\n"
    )


def test_a_missing_answer_names_the_file(answers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers.write_text("sync_names: [a]\n")
    assert complaint(capsys).startswith(
        "nango-scaffold: provider: the answer is missing\n --> answers.yml\n  it is "
    )


def test_standard_input_has_lines_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import io

    monkeypatch.setattr(sys, "stdin", io.StringIO(ANSWERS))
    assert main(["new", "--answers", "-", "--project", str(tmp_path)]) == 2
    assert " --> standard input:4:13\n" in capsys.readouterr().err


def test_a_nango_yaml_that_is_refused_shows_its_line(
    answers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers.write_text("provider: github\nsync_names: [a]\n")
    (tmp_path / "nango-integrations").mkdir()
    (tmp_path / "nango-integrations/nango.yaml").write_text(
        "integrations:\n    a: {}\n    b: {}\n    a: {}\n"
    )
    assert complaint(capsys, code=3).startswith(
        "nango-scaffold: nango.yaml:4:5: the key 'a' stands twice in one mapping, which the nango CLI refuses\n"
        "  |\n"
        "4 |     a: {}\n"
        "  |     ^\n"
    )


def test_json_is_the_same_as_data_and_people_still_read_it(
    answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", "--answers", "answers.yml", "--json"]) == 2
    out, err = capsys.readouterr()
    error = json.loads(out)["error"]
    assert err.startswith("nango-scaffold: syncs[0].runs: ")
    assert {"what", "where", "fix", "exit_code", "problems"} == set(error)
    assert (error["where"], error["exit_code"]) == ("syncs[0].runs", 2)
    assert [problem["place"] for problem in error["problems"]] == [
        {"file": "answers.yml", "line": 4, "column": 13},
        {"file": "answers.yml", "line": 6, "column": 11},
    ]
    assert error["problems"][1]["fix"] == "did you mean path?"


def test_a_command_line_that_is_not_understood_is_data_too(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["new", "--json", "--no-such-option"])
    out, err = capsys.readouterr()
    assert ended.value.code == json.loads(out)["error"]["exit_code"] == 2
    assert "--no-such-option" in json.loads(out)["error"]["what"]
    assert "usage: nango-scaffold" in err


def test_more_than_ten_problems_are_counted(answers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers.write_text("provider: github\nsync_names: [a]\n" + "".join(f"x{n}: 1\n" for n in range(14)))
    message = complaint(capsys)
    assert message.count("there is no such answer") == 10
    assert message.endswith("\nand 4 more\n")


def test_a_terminal_shows_the_caret_in_red_and_the_same_words(
    answers: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import io
    import re

    text = complaint(capsys)
    stream = io.StringIO()
    stream.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert main(["new", "--answers", "answers.yml"]) == 2
    assert "\x1b[1;31m            ^^^^^^\x1b[0m" in stream.getvalue()
    bare = re.sub(r"\x1b\[[0-9;]*m", "", stream.getvalue())
    assert [line.rstrip() for line in bare.splitlines()] == [line.rstrip() for line in text.splitlines()]
