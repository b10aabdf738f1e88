"""A line, or several, to be typed: with help below, and what is wrong with them told before they are taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import questionary
from prompt_toolkit.application import get_app
from prompt_toolkit.completion import Completer, Completion
from prompt_toolkit.filters import Always
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.layout.controls import BufferControl

from ..visible import visible_line
from .fields import is_sample, is_whole_sample
from .layout import BACK, STYLE, cut, fitting, go_back, joined, room, run, width, wrapped
from .overview import card_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from prompt_toolkit.buffer import Buffer
    from prompt_toolkit.completion import CompleteEvent
    from prompt_toolkit.document import Document
    from prompt_toolkit.key_binding import KeyPressEvent

    from .layout import Fragments
    from .question import Question
    from .search import Index

_MENU_ROWS = 7
_MOST_FOUND = 30
_MOST_LINES = 6


class Prompt:
    """One line, or several, to be typed.

    Args:
        question: what is asked.
        problem: says what is wrong with what was typed.
        index: every provider, for the search.
    """

    def __init__(self, question: Question, problem: Callable[[str], str], index: Index) -> None:
        self.question = question
        self.problem = problem
        self.index = index
        self.wrong = ("", "")  # what was typed, and what is wrong with it
        self.enter = question.enter

    def ask(self) -> str:
        """Ask until there is an answer, and give what was typed."""
        searching = self.question.form == "provider"
        lines = self.question.form == "lines"
        asked: Any = questionary.text(
            visible_line(self.question.ask),
            style=STYLE,
            multiline=lines,
            instruction="\n" if lines else None,
            prompt_continuation=" ",
            key_bindings=self._keys(),
            bottom_toolbar=self._toolbar,
            placeholder=[("class:placeholder", visible_line(self.enter))] if self._fits_beside() else "",
            completer=_Providers(self.index) if searching else None,
            complete_while_typing=searching,
            reserve_space_for_menu=_MENU_ROWS if searching else 0,
        )
        for window in asked.application.layout.find_all_windows():
            if isinstance(window.content, BufferControl) and window.content.buffer.name == "DEFAULT_BUFFER":
                window.dont_extend_height = Always()
        return str(run(asked))

    def _fits_beside(self) -> bool:
        """Whether there is room for what Enter gives in the line of the question."""
        beside = room() - len(self.question.ask)
        return self.question.form != "lines" and len(self.enter) <= beside

    def _keys(self) -> KeyBindings:
        keys = KeyBindings()

        @keys.add("escape", eager=True)
        def _(event: KeyPressEvent) -> None:
            go_back(event)

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
            go_back(event)
            return
        why = self.problem(text)
        if why:
            self.wrong = (buffer.text, why)
            event.app.invalidate()
            return
        buffer.text = visible_line(self._left_standing(text))
        event.app.exit(result=text)

    def _left_standing(self, text: str) -> str:
        """What stays on the screen of an answer."""
        if self.question.form != "lines":
            taken = text or self.enter
            return self.question.read(taken) if taken else "none"
        taken = text or self.enter
        if is_sample(taken):
            return f"JSON of {len(taken.splitlines())} lines"
        return cut(", ".join(line.strip() for line in taken.splitlines()), room())

    def _toolbar(self) -> Fragments:
        """The lines below the prompt: what is wrong, or what is asked, what Enter gives, and the keys."""
        typed = get_app().current_buffer.text
        lines: Fragments = []
        if self.wrong[1] and self.wrong[0] == typed:
            lines += [("class:problem", line) for line in wrapped(self.wrong[1])]
        elif self.question.form == "provider" and typed.strip():
            lines += [("class:help", line) for line in self._card(typed)]
        else:
            lines += [("class:help", line) for line in wrapped(self.question.help, 3)]
        lines += [("class:help", line) for line in self._usage(typed)]
        return joined(lines)

    def _card(self, typed: str) -> Iterator[str]:
        found = self.index.search(typed)
        if not found:
            yield from wrapped(
                "an API of your own" if typed.startswith("http") else "no provider has that in its name"
            )
            return
        card = found[0]
        yield cut(f"{card.key}: {card.name} · {card.auth_mode}", room())
        base_url, paginate = card.base_url or "base URL unknown to Nango", card.paginate or "unknown"
        yield cut(f"{base_url} · pages: {paginate}", room())
        yield cut(card.docs, room())

    def _usage(self, typed: str) -> Iterator[str]:
        if self.question.form != "lines":
            if self.enter and not typed and not self._fits_beside():
                yield from wrapped(f"Enter takes {self.enter}", 2)
            tab = ["Tab: edit"] if self.enter and not typed else []
            yield fitting("Enter: next", *tab, "Esc: back", "Ctrl-C: stop")
            return
        if typed:
            done = "Enter after the last bracket" if is_sample(typed) else "an empty line"
            yield fitting(f"The end: {done}", "Esc: back")
            return
        yield fitting(*(["Enter: these", "Tab: edit"] if self.enter else []), "Esc: back")
        shown = self.enter.splitlines()
        yield from (cut(f"    {line}", room()) for line in shown[:_MOST_LINES])
        if len(shown) > _MOST_LINES:
            yield f"    … {len(shown) - _MOST_LINES} more"


def _is_complete(buffer: Buffer) -> bool:
    """Whether Enter ends a text of several lines: nothing, whole JSON, or an empty line at the end."""
    text = buffer.text
    if not text.strip() or text.strip().splitlines()[-1] == BACK:
        return True
    ends = not buffer.document.current_line.strip() or (is_sample(text) and is_whole_sample(text))
    return ends and not buffer.document.text_after_cursor.strip()


class _Providers(Completer):
    """The providers that what was typed may mean."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """See ``Completer``."""
        typed = document.text
        half = width() // 2
        for card in self._index.search(typed)[:_MOST_FOUND]:
            yield Completion(card.key, -len(typed), cut(card.key, half), cut(card_line(card), half - 4))
