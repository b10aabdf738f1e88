"""Shared by the tests of the wizard: a world without a project, and a person who answers by a script."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from nango_scaffold.providers import ProviderFacts, find
from nango_scaffold.providers.index import provider_cards
from nango_scaffold.wizard.draft import Draft
from nango_scaffold.wizard.question import Back, Question
from nango_scaffold.wizard.questions import answered, next_question
from nango_scaffold.wizard.world import Index, World


@lru_cache
def _known(provider: str) -> ProviderFacts:
    return find(provider)


def facts_of(provider: str, generic: Mapping[str, Any] | None) -> ProviderFacts:
    return find(provider, generic=generic) if generic else _known(provider)


@lru_cache
def index() -> Index:
    return Index(provider_cards())


def world(**more: Any) -> World:
    """A world with the built-in providers, and no project unless ``models`` or ``integrations`` say so."""
    return World(index(), facts_of, **more)


class OutOfAnswersError(Exception):
    """The person of a test got a question that its script does not have."""


def converse(*typed: str, draft: Draft | None = None, known: World | None = None) -> Draft:
    """The draft after some answers, in order; an empty one is Enter."""
    draft, known = draft or Draft(), known or world()
    for text in typed:
        question = next_question(draft, known)
        assert question is not None, f"nothing was asked any more when {text!r} was to be typed"
        draft = answered(question, text, draft, known)
    return draft


def open_question(draft: Draft, known: World | None = None) -> Question:
    """The next question."""
    question = next_question(draft, known or world())
    assert question is not None
    return question


@dataclass
class Person:
    """Answers by a script of pairs (part of a question, answer); ``<`` goes back, ``^C`` interrupts."""

    script: list[tuple[str, str]]
    messages: list[str] = field(default_factory=list)
    previews: list[str] = field(default_factory=list)

    def ask(self, question: Question, problem: Callable[[str], str]) -> str:
        if not self.script:
            raise OutOfAnswersError(question.ask)
        expected, answer = self.script.pop(0)
        assert expected in question.ask, f"{expected!r} was to be asked, not {question.ask!r}"
        if answer == "<":
            raise Back
        if answer == "^C":
            raise KeyboardInterrupt
        why = problem(answer)
        if why:
            self.messages.append(why)
            return self.ask(question, problem)
        return answer

    def say(self, *lines: str, heading: str = "") -> None:
        self.messages += [heading, *lines]

    def show(self, text: str, language: str = "") -> None:
        self.previews.append(text)


def enters(*questions: str) -> Iterable[tuple[str, str]]:
    """Enter at each of some questions."""
    return ((question, "") for question in questions)
