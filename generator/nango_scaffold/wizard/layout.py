"""What all prompts share: their style, their width, one step back."""

from __future__ import annotations

import shutil
import textwrap
from typing import TYPE_CHECKING, Any

from prompt_toolkit.styles import Style

from ..visible import shortened, visible, visible_line
from .question import Back

if TYPE_CHECKING:
    from collections.abc import Iterable

    from prompt_toolkit.key_binding import KeyPressEvent

Fragments = list[tuple[str, str]]
"""Pieces of text, each with its style, as prompt_toolkit takes them."""

BACK = "<"
_ESCAPE_DELAY = 0.1  # seconds after which an Esc is the key, not the beginning of an arrow key

STYLE = Style(
    [
        ("qmark", "bold"),
        ("question", "bold"),
        ("answer", "ansicyan"),
        ("pointer", "bold"),
        ("highlighted", "bold"),
        ("instruction", "noinherit"),
        ("placeholder", "ansibrightblack"),
        ("bottom-toolbar", "noreverse"),
        ("bottom-toolbar.text", "noreverse"),
        ("help", "ansibrightblack"),
        ("problem", "ansired bold"),
        ("separator", "ansibrightblack"),
    ]
)


def width() -> int:
    """The columns of the window."""
    return max(shutil.get_terminal_size().columns, 20)


def room() -> int:
    """The columns for a line of help, which is indented; the last column stays free."""
    return width() - 4


def wrapped(text: str, most_lines: int = 4) -> list[str]:
    """A text wrapped to the window, shortened to a number of lines."""
    return textwrap.wrap(visible(text), room(), max_lines=most_lines, placeholder=" …") or [""]


def cut(text: str, columns: int) -> str:
    """A text shortened to a number of columns: letters of some scripts take two."""
    return shortened(visible_line(text), columns)


def fitting(*keys: str) -> str:
    """As many keys as fit into a line, the most important first."""
    while len(" · ".join(keys)) > room() and len(keys) > 1:
        keys = keys[:-1]
    return cut(" · ".join(keys), room())


def joined(lines: Iterable[tuple[str, str]]) -> Fragments:
    """Lines, each with its style, as one piece of help."""
    fragments: Fragments = []
    for style, line in lines:
        fragments += [(style, f"  {line}"), ("", "\n")]
    return fragments[:-1]


def run(prompt: Any) -> Any:
    """Run a prompt of questionary's.

    Raises:
        Back: the user wants to go one step back.
        KeyboardInterrupt: the user wants to stop.
    """
    prompt.application.ttimeoutlen = _ESCAPE_DELAY
    try:
        return prompt.unsafe_ask()
    except EOFError:  # Ctrl-D, or a closed terminal
        raise KeyboardInterrupt from None


def go_back(event: KeyPressEvent) -> None:
    """Leave a prompt for the one before it, without a trace on the screen."""
    event.app.erase_when_done = True
    event.app.exit(exception=Back(), style="class:aborting")
