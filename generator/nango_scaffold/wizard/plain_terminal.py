"""The person at a terminal that prints line after line: a dumb one, an editor's shell, a screen reader's."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from ..output import flush, write
from .console import Back
from .fields import is_sample, is_whole_sample

if TYPE_CHECKING:
    from collections.abc import Callable

    from .question import Question

_BACK = "<"


class Plain:
    """Asks with lines of text alone: choices are numbered, and ``<`` goes one step back."""

    def ask(self, question: Question, problem: Callable[[str], str]) -> str:
        """See ``Console``."""
        _print(f"{question.ask}\n  {question.help}")
        for number, option in enumerate(question.options, 1):
            _print(f"  {number}. {option.label}{f' - {option.help}' if option.help else ''}")
        while True:
            text = self._typed(question)
            if text == _BACK:
                raise Back
            if question.form == "choice":
                text = _chosen(question, text)
            why = _none_of(question, text) or problem(text)
            if not why:
                return text
            _print(f"  {why}")

    def say(self, *lines: str, heading: str = "") -> None:
        """See ``Console``."""
        for line in ([heading] if heading else []) + [f"  {line}" for line in lines]:
            _print(line)

    def show(self, text: str, language: str = "") -> None:
        """See ``Console``."""
        _print(text.rstrip("\n"))

    def _typed(self, question: Question) -> str:
        if question.form != "lines":
            default = _label(question) if question.form == "choice" else question.enter
            return _line(f"[{default}] " if default else "> ").strip()
        if question.enter:
            _print("  Enter takes:")
            _print("\n".join(f"    {line}" for line in question.enter.splitlines()))
        return self._lines()

    def _lines(self) -> str:
        """Lines until an empty one, or until a piece of JSON is whole."""
        lines: list[str] = []
        while True:
            line = _line("> ")
            if line.strip() == _BACK:
                return _BACK
            lines.append(line)
            text = "\n".join(lines)
            if not line.strip() or (is_sample(text) and is_whole_sample(text)):
                return text.strip("\n")


def _none_of(question: Question, text: str) -> str:
    if question.form != "choice" or text in {option.value for option in question.options}:
        return ""
    return f"type a number from 1 to {len(question.options)}"


def _print(text: str) -> None:
    write(f"{text}\n", sys.stdout)


def _line(prompt: str) -> str:
    """One line as typed; bytes that are no text in the terminal's encoding are asked for once more."""
    while True:
        write(prompt, sys.stdout)
        flush(sys.stdout)
        try:
            return input()
        except EOFError:
            raise KeyboardInterrupt from None
        except UnicodeDecodeError as error:
            _print(f"  that is no text in the terminal's encoding, {error.encoding}: type it again")


def _label(question: Question) -> str:
    return next((option.label for option in question.options if option.value == question.enter), "")


def _chosen(question: Question, text: str) -> str:
    """The option of a number, of a label, of Enter; what was typed where there is none, for the problem to be told."""
    if not text:
        return question.enter
    if text.isdigit() and 1 <= int(text) <= len(question.options):
        return question.options[int(text) - 1].value
    return next((option.value for option in question.options if option.label == text), text)
