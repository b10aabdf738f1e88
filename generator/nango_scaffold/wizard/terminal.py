"""The person at a terminal: questionary and prompt_toolkit. The only module that knows them.

Every prompt has the same keys: Enter takes what the line below says, Tab puts it into the line to be edited, Esc (or
``<`` alone, where Esc is slow or taken) goes one step back, Ctrl-C stops.
"""

from __future__ import annotations

import os
import shutil
import textwrap
from typing import TYPE_CHECKING, Any

import questionary
from prompt_toolkit.completion import Completer, Completion
from prompt_toolkit.filters import Always
from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings
from prompt_toolkit.layout.controls import BufferControl
from prompt_toolkit.styles import Style
from rich.console import Console as Rich
from rich.syntax import Syntax
from rich.text import Text

from .console import Back
from .fields import is_sample, is_whole_sample
from .overview import card_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from prompt_toolkit.buffer import Buffer
    from prompt_toolkit.completion import CompleteEvent
    from prompt_toolkit.document import Document
    from prompt_toolkit.key_binding import KeyPressEvent

    from ..providers.cards import ProviderCard
    from .question import Question
    from .search import Index

    Problem = Callable[[str], str]
    Fragments = list[tuple[str, str]]

BACK = "<"
_ESCAPE_DELAY = 0.1  # seconds until an Esc is the key and not the beginning of an arrow key
_MENU_ROWS = 7
_MOST_FOUND = 30
_MOST_LINES = 6
_STYLE = Style(
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


class Terminal:
    """A terminal that can move its cursor.

    Args:
        index: every provider, for the search.
    """

    def __init__(self, index: Index) -> None:
        self._index = index

    def ask(self, question: Question, problem: Problem) -> str:
        """See ``Console``."""
        if question.form == "choice":
            return _choose(question)
        prompt = _Prompt(question, problem, self._index)
        return prompt.ask()

    def say(self, *lines: str, heading: str = "") -> None:
        """See ``Console``."""
        rich = _rich()
        if heading:
            rich.print(Text(heading, "bold"), soft_wrap=False)
        for line in lines:
            for piece in textwrap.wrap(line, max(rich.width - 4, 20), subsequent_indent="  ") or [""]:
                rich.print(Text(f"  {piece}", "dim"))

    def show(self, text: str, language: str = "") -> None:
        """See ``Console``."""
        rich = _rich()
        if language:
            rich.print(
                Syntax(
                    text.rstrip("\n"), language, theme="ansi_dark", background_color="default", word_wrap=True
                )
            )
        else:
            rich.print(Text(text.rstrip("\n")))


def _rich() -> Rich:
    return Rich(highlight=False, emoji=False, markup=False)


def _width() -> int:
    return max(shutil.get_terminal_size().columns, 20)


def _wrapped(text: str, most: int = 4) -> list[str]:
    return textwrap.wrap(text, _width() - 2, max_lines=most, placeholder=" …") or [""]


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[:max(width - 1, 1)]}…"


def _choose(question: Question) -> str:
    """Choose one of a few."""
    help_lines = [questionary.Separator(line) for line in _wrapped(question.help, 2)]
    choices = [
        questionary.Choice(
            _cut(option.label, _width() - 4),
            option.value,
            description=_description(option.help),
        )
        for option in question.options
    ]
    asked: Any = questionary.select(
        question.ask,
        [*help_lines, *choices],
        default=question.enter or None,
        style=_STYLE,
        instruction=" ",
        use_jk_keys=False,
        use_shortcuts=False,
    )
    keys = KeyBindings()

    @keys.add("escape", eager=True)
    @keys.add(BACK, eager=True)
    def _(event: KeyPressEvent) -> None:
        _go_back(event)

    asked.application.key_bindings = merge_key_bindings([asked.application.key_bindings, keys])
    return str(_run(asked))


def _description(help: str) -> str | None:
    """What an option means, so that it does not run out of the window behind the word ``Description``."""
    lines = textwrap.wrap(help, _width() - 2, initial_indent=" " * 13)
    return "\n  ".join(lines).lstrip() or None


def _run(asked: Any) -> Any:
    asked.application.ttimeoutlen = _ESCAPE_DELAY
    return asked.unsafe_ask()


def _go_back(event: KeyPressEvent) -> None:
    event.app.erase_when_done = True
    event.app.exit(exception=Back(), style="class:aborting")


class _Prompt:
    """One line, or several, to be typed."""

    def __init__(self, question: Question, problem: Problem, index: Index) -> None:
        self.question = question
        self.problem = problem
        self.index = index
        self.wrong = ("", "")  # what was typed, and what is wrong with it
        self.enter = question.enter

    def ask(self) -> str:
        searching = self.question.form == "provider"
        lines = self.question.form == "lines"
        asked: Any = questionary.text(
            self.question.ask,
            style=_STYLE,
            multiline=lines,
            instruction="\n" if lines else None,
            prompt_continuation=" ",
            key_bindings=self._keys(),
            bottom_toolbar=self._toolbar,
            placeholder="" if lines else [("class:placeholder", _cut(self.enter, _width() - 8))],
            completer=_Providers(self.index) if searching else None,
            complete_while_typing=searching,
            reserve_space_for_menu=_MENU_ROWS if searching else 0,
        )
        for window in asked.application.layout.find_all_windows():
            if isinstance(window.content, BufferControl) and window.content.buffer.name == "DEFAULT_BUFFER":
                window.dont_extend_height = Always()
        return str(_run(asked))

    def _keys(self) -> KeyBindings:
        keys = KeyBindings()

        @keys.add("escape", eager=True)
        def _(event: KeyPressEvent) -> None:
            _go_back(event)

        @keys.add("enter", eager=True)
        def _(event: KeyPressEvent) -> None:
            buffer = event.current_buffer
            if self.question.form == "lines" and not _is_complete(buffer):
                buffer.newline(copy_margin=False)
            else:
                self._take(event, buffer)

        if self.question.form != "provider":

            @keys.add("tab", eager=True)
            def _(event: KeyPressEvent) -> None:
                if not event.current_buffer.text:
                    event.current_buffer.insert_text(self.enter)

        return keys

    def _take(self, event: KeyPressEvent, buffer: Buffer) -> None:
        """Take what was typed, unless something is wrong with it."""
        text = buffer.text.strip()
        if text.splitlines()[-1:] == [BACK]:
            _go_back(event)
            return
        why = self.problem(text)
        if why:
            self.wrong = (buffer.text, why)
            event.app.invalidate()
            return
        buffer.text = self._left_standing(text)
        event.app.exit(result=text)

    def _left_standing(self, text: str) -> str:
        """What stays on the screen of an answer."""
        if self.question.form != "lines":
            taken = text or self.enter
            return self.question.read(taken) if taken else "none"
        taken = text or self.enter
        if is_sample(taken):
            return f"JSON of {len(taken.splitlines())} lines"
        return _cut(", ".join(line.strip() for line in taken.splitlines()), _width() - 2)

    def _toolbar(self) -> Fragments:
        """The lines below the prompt: what is wrong, or what is asked, what Enter gives, and the keys."""
        from prompt_toolkit.application import get_app

        typed = get_app().current_buffer.text
        lines: Fragments = []
        if self.wrong[1] and self.wrong[0] == typed:
            lines += [("class:problem", line) for line in _wrapped(self.wrong[1])]
        elif self.question.form == "provider" and typed.strip():
            lines += [("class:help", line) for line in self._card(typed)]
        else:
            lines += [("class:help", line) for line in _wrapped(self.question.help, 3)]
        lines += [("class:help", line) for line in self._usage(typed)]
        return _joined(lines)

    def _card(self, typed: str) -> Iterator[str]:
        found = self.index.search(typed)
        if not found:
            yield from _wrapped(
                "an API of your own" if typed.startswith("http") else "no provider has that in its name"
            )
            return
        card = found[0]
        width = _width() - 2
        yield _cut(f"{card.key}: {card.name} · {card.auth_mode}", width)
        yield _cut(
            f"{card.base_url or 'base URL unknown to Nango'} · pages: {card.paginate or 'unknown'}", width
        )
        yield _cut(card.docs or "", width)

    def _usage(self, typed: str) -> Iterator[str]:
        if self.question.form != "lines":
            tab = "Tab: edit it · " if self.enter and not typed else ""
            yield _cut(f"Enter: next · {tab}Esc: back · Ctrl-C: stop", _width() - 2)
            return
        if typed:
            done = "Enter after the end: next" if is_sample(typed) else "An empty line ends"
            yield _cut(f"{done} · Esc: back", _width() - 2)
            return
        yield _cut("Enter: these · Tab: edit · Esc: back" if self.enter else "Esc: back", _width() - 2)
        shown = self.enter.splitlines()
        yield from (_cut(f"    {line}", _width() - 2) for line in shown[:_MOST_LINES])
        if len(shown) > _MOST_LINES:
            yield f"    … {len(shown) - _MOST_LINES} more"


def _joined(lines: Iterable[tuple[str, str]]) -> Fragments:
    found: Fragments = []
    for style, line in lines:
        found += [(style, f"  {line}"), ("", "\n")]
    return found[:-1]


def _is_complete(buffer: Buffer) -> bool:
    """Whether Enter ends a text of several lines: nothing, whole JSON, or an empty line at the end."""
    text = buffer.text
    if not text.strip() or text.strip().splitlines()[-1] == BACK:
        return True
    at_end = not buffer.document.text_after_cursor.strip()
    if is_sample(text):
        return at_end and (is_whole_sample(text) or text.endswith("\n\n"))
    return at_end and not buffer.document.current_line.strip()


class _Providers(Completer):
    """The providers that what was typed may mean."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """See ``Completer``."""
        typed = document.text
        width = _width()
        for card in self._index.search(typed)[:_MOST_FOUND]:
            yield Completion(card.key, -len(typed), _cut(card.key, width // 2), _meta(card, width // 2 - 4))


def _meta(card: ProviderCard, width: int) -> str:
    return _cut(card_line(card), width)


def can_move_cursor() -> bool:
    """Whether the terminal can do more than print line after line."""
    return os.environ.get("TERM", "") not in ("", "dumb", "unknown")
