"""Answers drawn from the whole format: most of them are accepted."""

from __future__ import annotations

from .whole_answers import accepted_answers

DRAWN = 40


def test_most_draws_are_accepted() -> None:
    assert len(list(accepted_answers(range(DRAWN)))) > DRAWN * 0.7
