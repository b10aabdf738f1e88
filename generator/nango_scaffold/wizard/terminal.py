"""The person at a terminal: questionary and prompt_toolkit, which only this, ``prompts``, ``choices``, ``layout`` know.

Every prompt has the same keys: Enter takes what the line below says, Tab puts it into the line to be edited, Esc (or
``<`` alone, where Esc is slow or taken) goes one step back, Ctrl-C stops.
"""

from __future__ import annotations

import os
import sys
import textwrap
from typing import TYPE_CHECKING

from rich.console import Console as Rich
from rich.text import Text

from ..output import for_drawing
from ..visible import visible, visible_line
from .choices import choose
from .prompts import Prompt

if TYPE_CHECKING:
    from collections.abc import Callable

    from .question import Question
    from .search import Index


class Terminal:
    """A terminal that can move its cursor.

    Args:
        index: every provider, for the search.
    """

    def __init__(self, index: Index) -> None:
        self._index = index

    def ask(self, question: Question, problem: Callable[[str], str]) -> str:
        """See ``Console``."""
        if question.form == "choice":
            return choose(question)
        return Prompt(question, problem, self._index).ask()

    def say(self, *lines: str, heading: str = "") -> None:
        """See ``Console``."""
        rich = _rich()
        if heading:
            rich.print(Text(visible_line(heading), "bold"), soft_wrap=False)
        for line in lines:
            for piece in textwrap.wrap(visible(line), max(rich.width - 4, 20), subsequent_indent="  ") or [
                ""
            ]:
                rich.print(Text(f"  {piece}", "dim"))

    def show(self, text: str, language: str = "") -> None:
        """See ``Console``."""
        rich = _rich()
        if language:
            from rich.syntax import Syntax  # pygments takes its time, and few look at files

            rich.print(
                Syntax(
                    visible(text).rstrip("\n"),
                    language,
                    theme="ansi_dark",
                    background_color="default",
                    word_wrap=True,
                )
            )
        else:
            rich.print(Text(visible(text).rstrip("\n")))


def _rich() -> Rich:
    return Rich(file=for_drawing(sys.stdout), highlight=False, emoji=False, markup=False)


def can_move_cursor() -> bool:
    """Whether the terminal can do more than print line after line."""
    return os.environ.get("TERM", "") not in ("", "dumb", "unknown")
