"""At 80 columns no question is cut off, except for trailing lists of examples."""

from __future__ import annotations

import os
import shutil

import pytest
from tests.wizard.support import converse, world

from nango_scaffold.infer.document import Document
from nango_scaffold.infer.settle import Files
from nango_scaffold.wizard.draft import Draft, Slot
from nango_scaffold.wizard.evidence import Evidence
from nango_scaffold.wizard.question import Question
from nango_scaffold.wizard.questions import answered, next_question
from nango_scaffold.wizard.review import _MENU_OPTIONS
from nango_scaffold.wizard.script_questions import ask_kind
from nango_scaffold.wizard.sources import SOURCE_QUESTIONS
from nango_scaffold.wizard.terminal import room, wrapped

WIDEST = 72
CONVERSATIONS = (
    (
        "github",
        "",
        "sync",
        "issues",
        "",
        "/repos/{owner}/issues",
        "",
        "",
        "incremental",
        "since",
        "",
        "",
        "done",
    ),
    ("hubspot", "", "action", "create-contact", "", "/crm/contacts", "email: string", "", "", "done"),
    ("https://api.acme.example/v1", "API_KEY", "acme", "sync", "things", "selection", "/folders/{folder}"),
    ("google-drive", "", "sync", "files", "window", "", "", "", ""),
    ("zendesk", "", "action", "list-tickets", "", "", "", ""),
)


def questions(*typed: str) -> list[Question]:
    """The questions of a conversation, as far as it goes."""
    draft, known = Draft(), world()
    asked_questions: list[Question] = []
    for text in typed:
        question = next_question(draft, known)
        if question is None:
            break
        asked_questions.append(question)
        draft = answered(question, text, draft, known)
    return asked_questions


QUESTIONS = {question.ask: question for typed in CONVERSATIONS for question in questions(*typed)}
QUESTIONS |= {question.ask: question for question in SOURCE_QUESTIONS}


def test_what_can_be_chosen_first_fits_too() -> None:
    known = world(evidence=Evidence(Files(str, str, Document)), sample=lambda *_: None)
    question = ask_kind(Slot(1, "kind"), converse("github"), known)
    assert len(question.options) == 5
    test_no_question_is_cut_off(question)


@pytest.fixture(autouse=True)
def _eighty_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "get_terminal_size", lambda *_: os.terminal_size((80, 24)))


def test_the_conversations_ask_enough() -> None:
    assert {question.form for question in QUESTIONS.values()} >= {"choice", "lines", "provider", "line"}
    assert len(QUESTIONS) > 15


@pytest.mark.parametrize("question", list(QUESTIONS.values()), ids=list(QUESTIONS))
def test_no_question_is_cut_off(question: Question) -> None:
    assert len(question.ask) <= WIDEST
    lines = wrapped(question.help, 2 if question.form == "choice" else 3)
    assert " ".join(lines).endswith(question.help.split()[-1]), lines
    assert max(map(len, lines)) <= room()
    for option in question.options:
        assert len(option.label) <= WIDEST


def test_no_line_of_the_menu_is_cut_off() -> None:
    assert [option for option in _MENU_OPTIONS if len(option.label) > WIDEST] == []
