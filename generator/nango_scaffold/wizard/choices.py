"""One of a few answers, chosen with the arrow keys."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import questionary
from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings

from ..visible import visible_line
from .layout import BACK, STYLE, cut, go_back, room, run, wrapped

if TYPE_CHECKING:
    from prompt_toolkit.key_binding import KeyPressEvent

    from .question import Question


def choose(question: Question) -> str:
    """Ask a question with options, and give the one chosen."""
    help_lines = [questionary.Separator(line) for line in wrapped(question.help, 2)]
    choices = [
        questionary.Choice(
            cut(option.label, room()),
            option.value,
            description=_description(option.help),
        )
        for option in question.options
    ]
    asked: Any = questionary.select(
        visible_line(question.ask),
        [*help_lines, *choices],
        default=question.enter or None,
        style=STYLE,
        instruction=" ",
        use_jk_keys=False,
        use_shortcuts=False,
    )
    keys = KeyBindings()

    @keys.add("escape", eager=True)
    @keys.add(BACK, eager=True)
    def _(event: KeyPressEvent) -> None:
        go_back(event)

    asked.application.key_bindings = merge_key_bindings([asked.application.key_bindings, keys])
    return str(run(asked))


def _description(help: str) -> str | None:
    """What an option means, so that it does not run out of the window behind the word ``Description``."""
    lines = textwrap.wrap(visible_line(help), room(), initial_indent=" " * 13)
    return "\n  ".join(lines).lstrip() or None
