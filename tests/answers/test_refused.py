"""Answers that are refused, each beside the message it gets.

``refused/<case>.yml`` is read, checked and derived; ``refused/<case>.txt`` is what a person sees. To write the messages
anew after a change, and to read them: ``REGENERATE=1 python -m pytest tests/answers/test_refused.py``.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from nango_scaffold.answers import load_answers, parse_text
from nango_scaffold.derive import derive
from nango_scaffold.errors import AnswersError
from nango_scaffold.providers import find

CASES = sorted(Path(__file__).with_name("refused").glob("*.yml"))


def use(case: Path) -> None:
    answers = load_answers(parse_text(case.read_text(encoding="utf-8"), case.name))
    derive(answers, find(answers.provider, generic=answers.provider_facts), {})


def message_of(case: Path) -> str:
    with pytest.raises(AnswersError) as refusal:
        use(case)
    assert refusal.value.exit_code == 2
    return f"{refusal.value}\n"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_the_message_says_where_what_and_what_is_accepted(case: Path) -> None:
    message = message_of(case)
    expected = case.with_suffix(".txt")
    if os.environ.get("REGENERATE"):
        expected.write_text(message, encoding="utf-8")
    assert message == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_the_message_reads_well_in_a_terminal(case: Path) -> None:
    lines = message_of(case).splitlines()
    assert len(lines) >= 2
    assert ": " in lines[0]
    for line in lines:
        assert line.isprintable()
        assert len(line) < 700


def test_there_is_a_case_for_every_message_and_the_other_way_round() -> None:
    folder = Path(__file__).with_name("refused")
    assert {case.stem for case in CASES} == {path.stem for path in folder.glob("*.txt")}
    assert len(CASES) >= 80
