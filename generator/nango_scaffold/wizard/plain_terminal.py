"""The user at a terminal that prints line after line: a dumb one, an editor's shell, a screen reader's."""

from __future__ import annotations

import sys
from itertools import islice
from typing import TYPE_CHECKING

from ..output import flush, write
from .fields import is_sample, is_whole_sample
from .question import Back

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from .question import Match, Question

_BACK = "<"
_MOST_MATCHES = 20


class Plain:
    """Asks in lines of text alone: options are numbered, and ``<`` goes one step back."""

    def ask(self, question: Question, problem: Callable[[str], str]) -> str:
        """See ``Console``."""
        _print(f"{question.ask}\n  {question.help}")
        for number, option in enumerate(question.options, 1):
            meaning = f" - {option.help}" if option.help else ""
            _print(f"  {number}. {option.label}{meaning}")
        while True:
            text = self._read(question)
            if text == _BACK:
                raise Back
            refusal = _refuse_no_option(question, text) or problem(text)
            if not refusal:
                return text
            _print(f"  {refusal}")

    def say(self, *lines: str, heading: str = "") -> None:
        """See ``Console``."""
        if heading:
            _print(heading)
        for line in lines:
            _print(f"  {line}")

    def show(self, text: str, language: str = "") -> None:
        """See ``Console``."""
        _print(text.rstrip("\n"))

    def _read(self, question: Question) -> str:
        if question.form == "choice":
            text = _read_line(_prompt(_label(question))).strip()
            return text if text == _BACK else _value(question, text)
        if question.search is not None:
            return _read_match(question.search, question.enter)
        if question.form != "lines":
            return _read_line(_prompt(question.enter)).strip()
        if question.enter:
            _print("  Enter takes:")
            _print("\n".join(f"    {line}" for line in question.enter.splitlines()))
        return _read_lines()


def _prompt(default: str) -> str:
    return f"[{default}] " if default else "> "


def _read_match(search: Callable[[str], Iterable[Match]], default: str) -> str:
    """What was typed; where several answers match it they are listed, to be chosen by their number."""
    matches: list[Match] = []
    while True:
        text = _read_line(_prompt(default)).strip()
        # A number is one of the list above; before there is a list, it is a word like others.
        if matches and text.isdigit():
            if 1 <= int(text) <= len(matches):
                return matches[int(text) - 1].value
        else:
            matches = _matches(search, text)
            if len(matches) < 2:
                return text
        for number, match in enumerate(matches, 1):
            _print(f"  {number}. {match.value} - {match.label}")
        _print(f"  type a number from 1 to {len(matches)}, or other words")


def _matches(search: Callable[[str], Iterable[Match]], text: str) -> list[Match]:
    """The first answers that match; none where the text names one itself."""
    if not text or text == _BACK:
        return []
    matches = list(islice(search(text), _MOST_MATCHES))
    return [] if matches and matches[0].value == text else matches


def _read_lines() -> str:
    """Lines until an empty one, or until a piece of JSON is complete."""
    lines: list[str] = []
    while True:
        line = _read_line("> ")
        if line.strip() == _BACK:
            return _BACK
        lines.append(line)
        text = "\n".join(lines)
        if not line.strip() or (is_sample(text) and is_whole_sample(text)):
            return text.strip("\n")


def _refuse_no_option(question: Question, text: str) -> str:
    if question.form != "choice" or text in {option.value for option in question.options}:
        return ""
    return f"type a number from 1 to {len(question.options)}"


def _print(text: str) -> None:
    write(f"{text}\n", sys.stdout)


def _read_line(prompt: str) -> str:
    """One line as typed; asks again for bytes that the terminal's encoding cannot decode."""
    while True:
        write(prompt, sys.stdout)
        flush(sys.stdout)
        try:
            return input()
        except EOFError:
            raise KeyboardInterrupt from None
        except UnicodeDecodeError as error:
            _print(f"  that cannot be decoded in the terminal's encoding, {error.encoding}: type it again")


def _label(question: Question) -> str:
    return next((option.label for option in question.options if option.value == question.enter), "")


def _value(question: Question, text: str) -> str:
    """The value of the option that a number, a label or Enter stands for; the text itself where it stands for none."""
    if not text:
        return question.enter
    if text.isdigit() and 1 <= int(text) <= len(question.options):
        return question.options[int(text) - 1].value
    return next((option.value for option in question.options if option.label == text), text)
