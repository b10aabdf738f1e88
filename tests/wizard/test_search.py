"""The search behind the first question."""

from __future__ import annotations

from dataclasses import replace
from time import process_time

from tests.wizard.support import index

from nango_scaffold.wizard.world import Index

KEYSTROKE = 0.1
"""Seconds that a person does not notice; it takes a tenth of them."""


def test_the_best_match_comes_first() -> None:
    for typed, key in (("github", "github"), ("gmail", "google-mail"), ("GOOGLE CAL", "google-calendar")):
        assert index().search(typed)[0].key == key
    assert index().search("no such thing") == []


def test_spelling_mistakes_are_asked_back() -> None:
    assert index().alike("githbu")[0] == "github"


def test_a_thousand_providers_without_lag() -> None:
    cards = [replace(card, key=f"{card.key}-{copy}") for copy in range(25) for card in index().cards][:1000]
    many = Index(cards)
    assert len(cards) == 1000
    for typed in ("g", "go", "goo", "goog", "google c"):
        began = process_time()
        assert many.search(typed)
        assert process_time() - began < KEYSTROKE
