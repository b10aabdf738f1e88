"""The table of patterns: every pattern of the format is in it, and every link leads to answers and their golden tree."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.examples import golden

from nango_scaffold.answers import load_answers, parse_text
from nango_scaffold.answers.parts import PATTERNS
from nango_scaffold.derive import derive
from nango_scaffold.providers import find

PAGE = Path(__file__).parents[2] / "docs" / "patterns.md"
ROWS = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| ") and "[tree]" in line]


def links(text: str) -> list[str]:
    return re.findall(r"\]\(([^)]+)\)", text)


def test_every_link_leads_somewhere() -> None:
    targets = links(PAGE.read_text("utf-8"))
    assert targets
    assert [link for link in targets if not (PAGE.parent / link).exists()] == []


def test_every_row_links_answers_and_the_tree_they_give() -> None:
    for row in ROWS:
        answers, tree = links(row)
        assert answers == f"{tree.rstrip('/')}.yml"
        assert Path(tree).name in golden.names()


def test_every_pattern_of_the_format_has_a_row() -> None:
    patterns = {word for row in ROWS for word in re.findall(r"^\| `(\w+)`", row)}
    assert patterns == set(PATTERNS)


def test_every_example_of_a_pattern_is_shown() -> None:
    examples = {Path(links(row)[1]).name for row in ROWS}
    assert {name for name in golden.names() if name.startswith("pattern-")} <= examples


@pytest.mark.parametrize("text", re.findall(r"```yaml\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL))
def test_the_answers_on_the_page_can_be_used(text: str) -> None:
    answers = load_answers(parse_text(text, PAGE.name))
    spec = derive(answers, find(answers.provider, generic=answers.provider_facts), {})
    assert [*spec.syncs, *spec.actions]
    assert not {guess.answer for guess in spec.guesses} & {
        "syncs[0].request.paginate",
        "syncs[0].request.data",
    }
