"""A keyboard and a screen in this process: prompts get real keys without a child process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from threading import Timer
from typing import TypeVar

import pyte
from prompt_toolkit.application import create_app_session
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output.vt100 import Vt100_Output

ENTER, ESCAPE, INTERRUPT, ERASE, TAB, DOWN = "\r", "\x1b", "\x03", "\x15", "\t", "\x1b[B"
ANSWER = TypeVar("ANSWER")


def pasted(text: str) -> str:
    """A text as a terminal passes it on when it is pasted."""
    return f"\x1b[200~{text}\x1b[201~"


class Screen:
    """What stands on the screen after all that was printed."""

    def __init__(self, columns: int, rows: int = 24) -> None:
        self.out = StringIO()
        self.columns, self.rows = columns, rows

    @property
    def lines(self) -> list[str]:
        screen = pyte.Screen(self.columns, self.rows)
        pyte.Stream(screen).feed(self.out.getvalue().replace("\n", "\r\n"))
        return [line.rstrip() for line in screen.display if line.strip()]


@contextmanager
def typing(*keys: str, columns: int = 80) -> Iterator[Screen]:
    """All prompts inside get these keys."""
    screen = Screen(columns)
    output = Vt100_Output(screen.out, lambda: Size(screen.rows, columns), term="xterm", enable_cpr=False)
    with create_pipe_input() as keyboard, create_app_session(input=keyboard, output=output):
        keyboard.send_text("".join(keys))
        patience = Timer(60, keyboard.close)  # a prompt that waits for more ends the test
        patience.start()
        try:
            yield screen
        finally:
            patience.cancel()


def typed(ask: Callable[[], ANSWER], *keys: str) -> ANSWER:
    """The result of a prompt for some keys."""
    with typing(*keys):
        return ask()
