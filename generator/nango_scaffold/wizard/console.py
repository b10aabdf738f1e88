"""What the wizard needs of whoever talks to the person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from .question import Question


class Back(Exception):  # noqa: N818 - it is no error: the person goes one step back
    """One step back, please."""


class Console(Protocol):
    """Asks and says. Raises ``KeyboardInterrupt`` when the person wants to stop."""

    def ask(self, question: Question, problem: Callable[[str], str]) -> str:
        """Ask until there is an answer to which ``problem`` says nothing; raises ``Back`` for a step back.

        Args:
            question: what is asked.
            problem: says what is wrong with what was typed; the empty string when nothing is.

        Returns:
            What was typed or chosen; empty where Enter alone was pressed.
        """

    def say(self, *lines: str, heading: str = "") -> None:
        """Say some lines, under a heading if there is one."""

    def show(self, text: str, language: str = "") -> None:
        """Show a whole text, coloured as a language has it."""
