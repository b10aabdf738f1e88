"""The user at a terminal: questionary and prompt_toolkit, which only this module knows.

Every prompt has the same keys: Enter takes what the line below says, Tab puts it into the line to be edited, Esc (or
``<`` alone, where Esc is slow or taken) goes one step back, Ctrl-C stops.
"""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

import questionary
from prompt_toolkit.application import get_app
from prompt_toolkit.completion import Completer, Completion
from prompt_toolkit.filters import Always
from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings
from prompt_toolkit.layout.controls import BufferControl
from prompt_toolkit.styles import Style
from rich.console import Console as Rich
from rich.text import Text

from ..output import for_drawing
from ..visible import shortened, visible, visible_line
from .fields import is_sample, is_whole_sample
from .overview import provider_matches
from .question import Back

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from prompt_toolkit.buffer import Buffer
    from prompt_toolkit.completion import CompleteEvent
    from prompt_toolkit.document import Document
    from prompt_toolkit.key_binding import KeyPressEvent

    from .question import Match, Question
    from .world import Index

Fragments = list[tuple[str, str]]
"""Pieces of text, each with its style, as prompt_toolkit takes them."""

BACK = "<"
_ESCAPE_DELAY = 0.1  # seconds after which an Esc is the key, not the beginning of an arrow key

STYLE = Style(
    [(name, "bold") for name in ("qmark", "question", "pointer", "highlighted")]
    + [(name, "ansibrightblack") for name in ("placeholder", "help", "separator")]
    + [(name, "noreverse") for name in ("bottom-toolbar", "bottom-toolbar.text")]
    + [("answer", "ansicyan"), ("instruction", "noinherit"), ("problem", "ansired bold")]
)
_MENU_ROWS = 7
_MOST_COMPLETIONS = 30
_MOST_LINES = 6
_DESCRIPTION_INDENT = " " * len("Description: ")


class Terminal:
    """A terminal that can move its cursor."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def ask(self, question: Question, problem: Callable[[str], str]) -> str:
        """See ``Console``."""
        if question.form == "choice":
            return _choose(question)
        return _Prompt(question, problem, self._index).ask()

    def say(self, *lines: str, heading: str = "") -> None:
        """See ``Console``."""
        rich = _rich()
        columns = max(rich.width - 4, 20)
        if heading:
            rich.print(Text(visible_line(heading), "bold"), soft_wrap=False)
        for line in lines:
            pieces = textwrap.wrap(visible(line), columns, subsequent_indent="  ")
            for piece in pieces or [""]:
                rich.print(Text(f"  {piece}", "dim"))

    def show(self, text: str, language: str = "") -> None:
        """See ``Console``."""
        text = visible(text).rstrip("\n")
        if not language:
            _rich().print(Text(text))
            return
        # Pygments is slow to import, and few users look at files.
        from rich.syntax import Syntax

        highlighted = Syntax(text, language, theme="ansi_dark", background_color="default", word_wrap=True)
        _rich().print(highlighted)


def _rich() -> Rich:
    return Rich(file=for_drawing(sys.stdout), highlight=False, emoji=False, markup=False)


def can_move_cursor() -> bool:
    """Whether the terminal can do more than print line after line."""
    # Consoles of Windows set no TERM.
    default = "xterm" if sys.platform == "win32" else ""
    return os.environ.get("TERM", default) not in ("", "dumb", "unknown")


def _choose(question: Question) -> str:
    """Ask a question with options, answered by the arrow keys."""
    help_lines = [questionary.Separator(line) for line in wrapped(question.help, 2)]
    choices = [
        questionary.Choice(cut(option.label, room()), option.value, description=_description(option.help))
        for option in question.options
    ]
    prompt: Any = questionary.select(
        visible_line(question.ask),
        [*help_lines, *choices],
        default=question.enter or None,
        style=STYLE,
        instruction=" ",
        use_jk_keys=False,
        use_shortcuts=False,
    )
    keys = KeyBindings()
    # Eager, as questionary binds every other key to nothing.
    keys.add("escape", eager=True)(go_back)
    keys.add(BACK, eager=True)(go_back)
    prompt.application.key_bindings = merge_key_bindings([prompt.application.key_bindings, keys])
    return str(run(prompt))


def _description(help: str) -> str | None:
    """What an option means, wrapped with room for the word ``Description`` that questionary puts before it."""
    lines = textwrap.wrap(visible_line(help), room(), initial_indent=_DESCRIPTION_INDENT)
    return "\n  ".join(lines).lstrip() or None


class _Prompt:
    """One line, or several, to be typed: with help below, where problems are shown before an answer is accepted."""

    def __init__(self, question: Question, problem: Callable[[str], str], index: Index) -> None:
        self.question = question
        self.problem = problem
        self.index = index
        self.refused_text = ""
        self.refusal = ""
        self.enter = question.enter
        self.is_multiline = question.form == "lines"
        self.search = question.search if question.form == "search" else None
        if question.form == "provider":
            self.search = partial(provider_matches, index)

    def ask(self) -> str:
        """Ask until the answer is valid, and give the text as typed."""
        placeholder = [("class:placeholder", visible_line(self.enter))] if self._fits_beside() else ""
        prompt: Any = questionary.text(
            visible_line(self.question.ask),
            style=STYLE,
            multiline=self.is_multiline,
            instruction="\n" if self.is_multiline else None,
            prompt_continuation=" ",
            key_bindings=self._keys(),
            bottom_toolbar=self._toolbar,
            placeholder=placeholder,
            completer=_Matches(self.search) if self.search else None,
            complete_while_typing=self.search is not None,
            reserve_space_for_menu=_MENU_ROWS if self.search else 0,
        )
        _keep_help_close(prompt)
        return str(run(prompt))

    def _fits_beside(self) -> bool:
        """Whether the default fits into the line of the question."""
        columns = room() - len(self.question.ask)
        return not self.is_multiline and len(self.enter) <= columns

    def _keys(self) -> KeyBindings:
        keys = KeyBindings()
        keys.add("escape", eager=True)(go_back)
        keys.add("enter", eager=True)(self._press_enter)
        if self.search is None:
            keys.add("tab", eager=True)(self._press_tab)
        return keys

    def _press_enter(self, event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        if self.is_multiline and not _is_complete(buffer):
            buffer.newline(copy_margin=False)
        else:
            self._submit(event, buffer)

    def _press_tab(self, event: KeyPressEvent) -> None:
        if not event.current_buffer.text:
            event.current_buffer.insert_text(self.enter)

    def _submit(self, event: KeyPressEvent, buffer: Buffer) -> None:
        """End the prompt with what was typed, unless it is invalid."""
        text = buffer.text.strip()
        if text.splitlines()[-1:] == [BACK]:
            go_back(event)
            return
        self.refusal = self.problem(text)
        if self.refusal:
            # The refusal goes when the text changes.
            self.refused_text = buffer.text
            event.app.invalidate()
            return
        # What stays on the screen is what the buffer holds at the end.
        buffer.text = visible_line(self._summary(text or self.enter))
        event.app.exit(result=text)

    def _summary(self, answer: str) -> str:
        """What stays on the screen of an answer."""
        if not self.is_multiline:
            return self.question.read(answer) if answer else "none"
        lines = answer.splitlines()
        if is_sample(answer):
            return f"JSON of {len(lines)} lines"
        return cut(", ".join(line.strip() for line in lines), room())

    def _toolbar(self) -> Fragments:
        """The lines below the prompt: the problem or the help, what Enter gives, and the keys."""
        typed = get_app().current_buffer.text
        style = "class:help"
        if self.refusal and self.refused_text == typed:
            style, lines = "class:problem", wrapped(self.refusal)
        elif self.search and typed.strip():
            lines = self._first_match(self.search(typed), typed)
        else:
            lines = wrapped(self.question.help, 3)
        keys = self._keys_of_lines(typed) if self.is_multiline else self._keys_of_line(typed)
        return joined([(style, line) for line in lines] + [("class:help", line) for line in keys])

    def _first_match(self, matches: Iterable[Match], typed: str) -> list[str]:
        """The answer that Enter would choose."""
        match = next(iter(matches), None)
        if match is not None:
            return [cut(line, room()) for line in match.lines]
        if self.question.form != "provider":
            return wrapped("nothing has all of these words")
        return wrapped(
            "an API of your own" if typed.startswith("http") else "no provider has that in its name"
        )

    def _keys_of_line(self, typed: str) -> Iterator[str]:
        has_default = bool(self.enter) and not typed
        if has_default and not self._fits_beside():
            yield from wrapped(f"Enter takes {self.enter}", 2)
        # In a search, Tab goes through the matches.
        tab = ["Tab: edit"] if has_default and self.search is None else []
        yield fitting("Enter: next", *tab, "Esc: back", "Ctrl-C: stop")

    def _keys_of_lines(self, typed: str) -> Iterator[str]:
        if typed:
            end = "Enter after the last bracket" if is_sample(typed) else "an empty line"
            yield fitting(f"The end: {end}", "Esc: back")
            return
        keys = ["Enter: these", "Tab: edit"] if self.enter else []
        yield fitting(*keys, "Esc: back")
        lines = self.enter.splitlines()
        yield from (cut(f"    {line}", room()) for line in lines[:_MOST_LINES])
        if len(lines) > _MOST_LINES:
            yield f"    … {len(lines) - _MOST_LINES} more"


def _keep_help_close(prompt: Any) -> None:
    """Keep the window of the typed text as high as the text: it would push the toolbar to the bottom of the screen."""
    for window in prompt.application.layout.find_all_windows():
        control = window.content
        if isinstance(control, BufferControl) and control.buffer.name == "DEFAULT_BUFFER":
            window.dont_extend_height = Always()


def _is_complete(buffer: Buffer) -> bool:
    """Whether Enter ends a text of several lines: nothing, complete JSON, or an empty line at the end."""
    lines = buffer.text.strip().splitlines()
    if not lines or lines[-1] == BACK:
        return True
    if buffer.document.text_after_cursor.strip():
        return False
    is_on_empty_line = not buffer.document.current_line.strip()
    return is_on_empty_line or (is_sample(buffer.text) and is_whole_sample(buffer.text))


class _Matches(Completer):
    """Completes an answer by a part of what is known of it."""

    def __init__(self, search: Callable[[str], Iterable[Match]]) -> None:
        self._search = search

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """See ``Completer``."""
        typed = document.text
        half = width() // 2
        for match in islice(self._search(typed), _MOST_COMPLETIONS):
            yield Completion(match.value, -len(typed), cut(match.value, half), cut(match.label, half - 4))


# What all prompts share: their width, one step back.


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
    fragments = (fragment for style, line in lines for fragment in ((style, f"  {line}"), ("", "\n")))
    return list(fragments)[:-1]


def run(prompt: Any) -> Any:
    """Run a prompt of questionary's.

    Raises:
        Back: the user wants to go one step back.
        KeyboardInterrupt: the user wants to stop.
    """
    prompt.application.ttimeoutlen = _ESCAPE_DELAY
    try:
        # `ask` would swallow Ctrl-C and give None.
        return prompt.unsafe_ask()
    # Ctrl-D, or a closed terminal.
    except EOFError:
        raise KeyboardInterrupt from None


def go_back(event: KeyPressEvent) -> None:
    """Leave a prompt for the one before it, without a trace on the screen."""
    event.app.erase_when_done = True
    event.app.exit(exception=Back(), style="class:aborting")
