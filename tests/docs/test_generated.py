"""Generated pages are up to date, complete and well-formed."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.docs import generated, man_page
from tests.docs.commands import commands
from tests.examples import golden

from nango_scaffold.answers.json_schema import json_schema
from nango_scaffold.check.rules import RULES

SCHEMA = generated.ROOT / "docs/answers.schema.json"


def test_nothing_has_gone_stale() -> None:
    assert generated.drift() == [], "run python3 dev.py docs"


@pytest.mark.parametrize("name", golden.names())
def test_every_example_names_the_schema_for_editors(name: str) -> None:
    path = golden.answers_of(name)
    named = re.match(r"# yaml-language-server: \$schema=(\S+)\n", path.read_text("utf-8"))
    assert named
    assert (path.parent / named[1]).resolve() == SCHEMA


@pytest.mark.skipif(not shutil.which("node"), reason="node is not installed")
def test_editors_can_read_every_pattern_of_the_schema() -> None:
    """They are JavaScript, which reads some expressions otherwise, or not at all, when it knows Unicode."""
    patterns = sorted(set(re.findall(r'"pattern": (".*")', SCHEMA.read_text("utf-8"))))
    code = f"for (const pattern of [{','.join(patterns)}]) new RegExp(pattern, 'u')"
    assert len(patterns) > 10
    subprocess.run(["node", "-e", code], check=True, capture_output=True)


def test_the_reference_has_every_answer_once_in_every_record() -> None:
    page = generated.pages()["docs/reference/answers.md"]
    rows = re.findall(r"^\| `([a-z_-]+)`", page, re.MULTILINE)
    assert set(json_schema()["properties"]) <= set(rows)
    widths = {len(re.findall(r"(?<!\\)\|", line)) for line in page.splitlines() if line.startswith("|")}
    assert widths == {6}


@pytest.mark.parametrize("page", ["docs/reference/command-line.md", "docs/nango-scaffold.1"])
def test_the_reference_and_the_man_page_have_every_command_and_option(page: str) -> None:
    text = generated.pages()[page].replace("\\-", "-").replace("\\|", "|")
    for command in commands():
        assert command.name.partition(" ")[2] in text
        assert [argument.notation for argument in command.arguments if argument.notation not in text] == []


def test_the_reference_has_a_heading_for_every_rule() -> None:
    text = generated.pages()["docs/reference/rules.md"]
    assert sorted(re.findall(r"^### (.*)$", text, re.MULTILINE)) == sorted(rule.id for rule in RULES)
    assert [rule.id for rule in RULES if not rule.summary.endswith((".", ":"))] == []


@pytest.mark.skipif(not shutil.which("groff"), reason="groff is not installed")
def test_the_man_page_is_set_without_a_warning_and_its_commands_can_be_copied() -> None:
    path = Path(generated.ROOT / "docs/nango-scaffold.1")
    process = subprocess.run(
        ["groff", "-man", "-ww", "-Tutf8", "-P-cbou", str(path)], capture_output=True, text=True, check=True
    )
    assert process.stderr == ""
    assert 'eval "$(nango-scaffold completion bash)"' in process.stdout
    assert "syncs[0].runs='every day'" in " ".join(process.stdout.split())


def test_roff_finds_nothing_of_its_own_in_a_text() -> None:
    assert man_page._text(".SH 'a' \\n -x") == "\\&.SH \\(aqa\\(aq \\en \\-x"
