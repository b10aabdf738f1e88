"""What all prompts share: their looks, their width, one step back."""

from __future__ import annotations

import shutil
import textwrap
from typing import TYPE_CHECKING, Any

from prompt_toolkit.styles import Style

from ..visible import shortened, visible, visible_line
from .console import Back

if TYPE_CHECKING:
    from collections.abc import Iterable

    from prompt_toolkit.key_binding import KeyPressEvent

Fragments = list[tuple[str, str]]
"""Pieces of text, each with its style, as prompt_toolkit has them."""

BACK = "<"
_ESCAPE_DELAY = 0.1  # seconds until an Esc is the key and not the beginning of an arrow key

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
    """How long a line of help may be: there are blanks before it, and the last column stays free."""
    return width() - 4


def wrapped(text: str, most: int = 4) -> list[str]:
    """A text in lines that have room, at most so many."""
    return textwrap.wrap(visible(text), room(), max_lines=most, placeholder=" …") or [""]


def cut(text: str, most: int) -> str:
    """A text that may be shown, in so many columns."""
    return shortened(visible_line(text), most)


def fitting(*keys: str) -> str:
    """As many keys as there is room for, the most needed first."""
    while len(" · ".join(keys)) > room() and len(keys) > 1:
        keys = keys[:-1]
    return cut(" · ".join(keys), room())


def joined(lines: Iterable[tuple[str, str]]) -> Fragments:
    """Lines, each with its style, as one piece of help."""
    found: Fragments = []
    for style, line in lines:
        found += [(style, f"  {line}"), ("", "\n")]
    return found[:-1]


def run(asked: Any) -> Any:
    """Ask a question of questionary's.

    Raises:
        Back: a step back, please.
        KeyboardInterrupt: the person wants to stop.
    """
    asked.application.ttimeoutlen = _ESCAPE_DELAY
    try:
        return asked.unsafe_ask()
    except EOFError:  # Ctrl-D, or a terminal that is gone
        raise KeyboardInterrupt from None


def go_back(event: KeyPressEvent) -> None:
    """Leave a prompt for the one before it, and no trace of it on the screen."""
    event.app.erase_when_done = True
    event.app.exit(exception=Back(), style="class:aborting")
