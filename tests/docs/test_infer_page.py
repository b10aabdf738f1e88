"""Every block of docs/infer.md gives the output it shows."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from nango_scaffold.cli import main

PAGE = Path(__file__).parents[2] / "docs" / "infer.md"
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)


@pytest.fixture(autouse=True)
def _working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (document,) = (text for language, text in BLOCKS if language == "json")
    Path("api.json").write_text(document)
    Path("deals.json").write_text(json.dumps({"results": [{"id": "1", "closed": None}]}))
    Path("closed-deals.json").write_text(json.dumps({"results": [{"id": "2", "closed": "2024-05-01"}]}))
    Path("deals.headers").write_text("Content-Type: application/json\n")


def test_each_command_prints_the_block_behind_it(capsys: pytest.CaptureFixture[str]) -> None:
    commands = [index for index, (language, _) in enumerate(BLOCKS) if language == "sh"]
    assert len(commands) == 2
    for index in commands:
        _, *words = shlex.split(BLOCKS[index][1])
        assert main(words) == 0
        out, err = capsys.readouterr()
        assert out == BLOCKS[index + 1][1]
        assert err in ("", BLOCKS[index + 2][1])


def test_each_answers_file_is_settled() -> None:
    files = [text for language, text in BLOCKS if language == "yaml" and "infer:" in text]
    assert len(files) == 2
    for number, text in enumerate(files):
        Path("answers.yml").write_text(text)
        assert main(["new", "--answers", "answers.yml", "--project", f"p{number}"]) == 0
    assert "closed?: string" in Path("p1/nango-integrations/nango.yaml").read_text()
    assert "owner_email?: string" in Path("p0/nango-integrations/nango.yaml").read_text()


def test_what_the_page_says_of_the_command_line_works() -> None:
    assert main(["new", "--openapi", "api.json", "--operation", "listTickets", "--project", "a"]) == 0
    assert main(["new", "--set", "provider=hubspot", "--sample", "deals=deals.json", "--project", "b"]) == 0
