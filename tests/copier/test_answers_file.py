"""The answers file says the same to Copier, which reads YAML 1.1, and to this package, which reads YAML 1.2."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from nango_scaffold.copier_integration.answers_file import from_text, to_text
from nango_scaffold.errors import ProjectError

AMBIGUOUS = [
    "1e3",
    "0o14",
    "012",
    "1_000",
    "no",
    "2024-01-01",
    "12:30",
    "0b1",
    "~",
    "",
    "<<",
    "=",
    "1.",
    ".inf",
    "a: b",
]
TEXTS = st.one_of(st.sampled_from(AMBIGUOUS), st.text(st.characters(exclude_categories=["Cs", "Cc"])))


@given(st.dictionaries(TEXTS.filter(bool), st.one_of(TEXTS, st.integers(-9, 9), st.booleans(), st.none())))
def test_both_read_what_was_written(params: dict[str, object]) -> None:
    answers = {"provider": "github", "integration": "github", "syncs": [{"name": "users", "params": params}]}
    text = to_text(answers)
    assert from_text(text, "answers") == yaml.safe_load(text) == answers


@pytest.mark.parametrize(
    "text",
    ["a: 1\na: 2\n", "a: [", "- a\n", "a: !!python/name:os.system\n", "a: &a [*a]\n", "a: [2024-99-99]\n"],
)
def test_what_cannot_be_read_is_a_problem_of_the_project(text: str) -> None:
    with pytest.raises(ProjectError, match="Copier's answers"):
        from_text(text, "answers")
