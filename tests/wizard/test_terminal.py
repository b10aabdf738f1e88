"""Prompts with real keys: text typed, accepted, pasted, refused and corrected."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from tests.wizard.keyboard import DOWN, ENTER, ERASE, ESCAPE, INTERRUPT, TAB, pasted, typed, typing
from tests.wizard.support import index

from nango_scaffold.wizard.draft import PROVIDER, Slot
from nango_scaffold.wizard.plain_terminal import Plain
from nango_scaffold.wizard.question import Back, Match, Option, Question
from nango_scaffold.wizard.terminal import Terminal

END_OF_FILE = "\x04"
LINE = Question(
    Slot(1, "path"), "Path of the API", "what follows the base URL", default="/users", derived=True
)
LINES = Question(
    Slot(1, "fields"), "Fields of User", "one a line", "lines", "id: string\nname?: string", derived=True
)
SEARCH = Question(PROVIDER, "Which provider?", "type a part of its name", "provider")
CHOICE = Question(
    Slot(1, "type"),
    "What does a run ask for?",
    "full is always right",
    "choice",
    "full",
    options=(Option("full", "full", "everything"), Option("incremental", "incremental", "what changed")),
)
RECORDS = json.dumps(
    [{"id": number, "name": f"n{number}", "größe": number / 2} for number in range(40)], indent=1
)


def ask(question: Question, *keys: str, refused: str = "\0") -> str:
    """The answer to a question; a text that holds ``refused`` is not accepted."""
    terminal = Terminal(index())
    return typed(lambda: terminal.ask(question, lambda text: "no" if refused in text else ""), *keys)


class TestLine:
    def test_enter_takes_what_is_shown(self) -> None:
        assert ask(LINE, ENTER) == ""

    def test_what_is_typed_takes_its_place(self) -> None:
        assert ask(LINE, "/teams", ENTER) == "/teams"

    def test_tab_puts_it_into_the_line_to_be_edited(self) -> None:
        assert ask(LINE, TAB, "/active", ENTER) == "/users/active"

    @pytest.mark.parametrize("keys", [(ESCAPE,), ("<", ENTER), ("/te", ESCAPE)])
    def test_a_step_back(self, keys: tuple[str, ...]) -> None:
        with pytest.raises(Back):
            ask(LINE, *keys)

    @pytest.mark.parametrize("keys", [(INTERRUPT,), ("/te", INTERRUPT), (END_OF_FILE,)])
    def test_control_c_stops_and_so_does_the_end_of_the_keyboard(self, keys: tuple[str, ...]) -> None:
        with pytest.raises(KeyboardInterrupt):
            ask(LINE, *keys)

    def test_what_is_refused_stays_to_be_corrected(self) -> None:
        assert ask(LINE, "/bad", ENTER, ERASE, "/good", ENTER, refused="bad") == "/good"

    def test_what_was_taken_stays_on_the_screen(self) -> None:
        with typing(ENTER) as screen:
            Terminal(index()).ask(LINE, lambda text: "")
        assert screen.lines == ["? Path of the API /users"]

    def test_a_step_back_leaves_no_line(self) -> None:
        with typing("/te", ESCAPE) as screen, pytest.raises(Back):
            Terminal(index()).ask(LINE, lambda text: "")
        assert screen.lines == []


class TestSearch:
    def test_what_was_found_is_what_stays(self) -> None:
        with typing("hubs", ENTER) as screen:
            assert Terminal(index()).ask(SEARCH, lambda text: "") == "hubs"
        assert screen.lines[0].startswith("? Which provider?")


NAMES = ("users/list", "users/get", "teams/list")


def matches(typed: str) -> Iterator[Match]:
    named = [name for name in NAMES if all(word in name for word in typed.split())]
    return (Match(name, f"GET /{name}", (f"all of {name}",)) for name in named)


OPERATION = Question(Slot(0, "operation"), "Which operation?", "type words", "search", search=matches)


class TestMatches:
    def test_what_was_read_of_the_words_stays(self) -> None:
        question = replace(OPERATION, read=lambda text: next(matches(text)).value)
        with typing("list", ENTER) as screen:
            assert Terminal(index()).ask(question, lambda text: "") == "list"
        assert screen.lines[0] == "? Which operation? users/list"

    def test_words_that_nothing_has_are_said_while_they_are_typed(self) -> None:
        with typing("zz", ESCAPE) as screen, pytest.raises(Back):
            Terminal(index()).ask(OPERATION, lambda text: "")
        assert screen.lines == []

    def test_a_terminal_of_lines_lists_them_and_takes_a_number(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        lines = iter(["list", "3", "2"])
        monkeypatch.setattr("builtins.input", lambda: next(lines))
        assert (
            Plain().ask(OPERATION, lambda text: "" if text in NAMES else "no such operation") == "teams/list"
        )
        out = capsys.readouterr().out
        assert "1. users/list - GET /users/list" in out
        assert "type a number from 1 to 2" in out

    @pytest.mark.parametrize("text", ["get", "users/list", "nothing"])
    def test_a_terminal_of_lines_takes_what_names_one(
        self, text: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("builtins.input", lambda: text)
        assert Plain().ask(OPERATION, lambda text: "") == text


class TestChoice:
    def test_enter_takes_the_first(self) -> None:
        assert ask(CHOICE, ENTER) == "full"

    def test_arrows_move(self) -> None:
        assert ask(CHOICE, DOWN, ENTER) == "incremental"

    @pytest.mark.parametrize("key", [ESCAPE, "<"])
    def test_a_step_back(self, key: str) -> None:
        with pytest.raises(Back):
            ask(CHOICE, key)

    def test_control_c_stops(self) -> None:
        with pytest.raises(KeyboardInterrupt):
            ask(CHOICE, INTERRUPT)


class TestLines:
    def test_enter_takes_what_is_shown(self) -> None:
        assert ask(LINES, ENTER) == ""

    def test_an_empty_line_ends_them(self) -> None:
        assert ask(LINES, "id: string", ENTER, "email?: string", ENTER, ENTER) == "id: string\nemail?: string"

    def test_tab_puts_what_is_shown_there_to_be_edited(self) -> None:
        assert ask(LINES, TAB, ENTER, "x: number", ENTER, ENTER) == "id: string\nname?: string\nx: number"

    def test_pasted_json_is_taken_by_enter(self) -> None:
        assert RECORDS.count("\n") > 200 - 1
        assert ask(LINES, pasted(RECORDS), ENTER) == RECORDS

    def test_json_that_arrives_line_by_line_ends_with_its_last_bracket(self) -> None:
        """Terminals without bracketed paste hand over a pasted text like keys."""
        assert ask(LINES, RECORDS.replace("\n", ENTER), ENTER) == RECORDS

    def test_pasted_lines_are_taken_by_an_empty_one(self) -> None:
        assert ask(LINES, pasted("id: string\nname: string\n"), ENTER) == "id: string\nname: string"

    def test_broken_json_is_told_after_an_empty_line_and_stays_to_be_mended(self) -> None:
        """Nobody waits for a bracket that never comes."""
        texts: list[str] = []

        def problem(text: str) -> str:
            texts.append(text)
            return "" if text.endswith("}") else "it breaks off"

        terminal = Terminal(index())
        typed(lambda: terminal.ask(LINES, problem), '{"id": 1', ENTER, ENTER, "}", ENTER)
        assert texts == ['{"id": 1', '{"id": 1\n}']

    @pytest.mark.parametrize("keys", [(ESCAPE,), ("<", ENTER), ("id: string", ENTER, "<", ENTER)])
    def test_a_step_back(self, keys: tuple[str, ...]) -> None:
        with pytest.raises(Back):
            ask(LINES, *keys)

    @pytest.mark.parametrize("columns", [40, 80])
    def test_two_hundred_lines_leave_one_on_the_screen(self, columns: int) -> None:
        with typing(pasted(RECORDS), ENTER, columns=columns) as screen:
            Terminal(index()).ask(LINES, lambda text: "")
        assert screen.lines[-2:] == ["? Fields of User", " JSON of 202 lines"]
