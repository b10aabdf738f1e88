"""Names with control characters, in all that the wizard shows: in both consoles, in every form of a question."""

from __future__ import annotations

import builtins

import pytest
from tests.wizard.keyboard import ENTER, typing
from tests.wizard.support import index

from nango_scaffold.wizard.draft import Slot
from nango_scaffold.wizard.plain_terminal import Plain
from nango_scaffold.wizard.question import Option, Question
from nango_scaffold.wizard.terminal import Terminal

HOSTILE = "a\x1b[31mb\u202ec\u200bd\x9be"
ESCAPED = r"a\x1b[31mb\u202ec\u200bd\x9be"
CHOICE = Question(Slot(0, "x"), HOSTILE, HOSTILE, "choice", "1", options=(Option("1", HOSTILE, HOSTILE),))
LINE = Question(Slot(0, "x"), HOSTILE, HOSTILE, default=HOSTILE)
LINES = Question(Slot(0, "x"), HOSTILE, HOSTILE, "lines", default=f"{HOSTILE}\nid: string")


def assert_harmless(text: str) -> None:
    assert ESCAPED in text
    for sequence in ("\x1b[31mb", "\u202e", "\u200b", "\x9b"):
        assert sequence not in text


@pytest.mark.parametrize("console", [Terminal(index()), Plain()], ids=["terminal", "plain"])
def test_what_is_said_and_shown(console: Terminal | Plain, capsys: pytest.CaptureFixture[str]) -> None:
    console.say(HOSTILE, heading=HOSTILE)
    assert_harmless(capsys.readouterr().out)
    for language in ("", "yaml"):
        console.show(f"{HOSTILE}\n", language)
        assert "\x1b[31mb" not in (output := capsys.readouterr().out)
        assert "\u202e" not in output


@pytest.mark.parametrize("question", [CHOICE, LINE, LINES], ids=["choice", "line", "lines"])
def test_questions_at_a_terminal(question: Question) -> None:
    with typing(ENTER, columns=200) as screen:
        Terminal(index()).ask(question, lambda typed: "")
    assert_harmless(screen.out.getvalue())


@pytest.mark.parametrize("question", [CHOICE, LINE, LINES], ids=["choice", "line", "lines"])
def test_questions_line_by_line(
    question: Question, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(builtins, "input", lambda: "")
    Plain().ask(question, lambda typed: "")
    assert_harmless(capsys.readouterr().out)
