"""What a question is, and what the wizard needs of whoever asks it. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol

from ..errors import ScaffoldError
from ..frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from .draft import Slot

Form = Literal["provider", "search", "line", "choice", "lines"]


@frozen
class Option:
    """One answer of a choice: its value, the label that is shown, and what it means in plain words."""

    value: str
    label: str
    help: str = ""


@frozen
class Match:
    """One answer that a search gives: its value, a line about it, and all that is known of it in a few lines."""

    value: str
    label: str
    lines: tuple[str, ...] = ()


def as_typed(text: str) -> str:
    """How most answers are read: as they were typed."""
    return text


@frozen
class Question:
    """One question.

    Attributes:
        slot: the answer it asks for.
        ask: the question, a few words.
        help: one line that explains it.
        form: how it is answered.
        default: the answer that Enter gives; empty where something has to be typed.
        derived: whether the default is what derivation gives: then Enter leaves the answer unset.
        known: whether the default comes from the catalogue of resources: then it is set where it is typed, and unset by Enter.
        offered: an answer that was given before and retracted; it is offered instead of the default.
        options: those of a choice.
        read: parses what was typed into the answer; raises ``ScaffoldError`` if it is invalid.
        search: gives the answers that match what was typed, the most likely first; for the form ``search``.
    """

    slot: Slot
    ask: str
    help: str
    form: Form = "line"
    default: str = ""
    derived: bool = False
    known: bool = False
    offered: str | None = None
    options: tuple[Option, ...] = ()
    read: Callable[[str], str] = as_typed
    search: Callable[[str], Iterable[Match]] | None = None

    @property
    def enter(self) -> str:
        """The answer that Enter alone gives."""
        return self.default if self.offered is None else self.offered


def choice(
    slot: Slot, ask: str, help: str, options: tuple[Option, ...], enter: str = "", *, derived: bool = False
) -> Question:
    """A question that is answered by one of its options; Enter gives the first one where no other is named."""
    default = enter or next((option.value for option in options), "")
    return Question(slot, ask, help, "choice", default, derived=derived, options=options)


class Back(Exception):  # noqa: N818 - not an error: the user goes one step back
    """The user wants to go one step back."""


class Console(Protocol):
    """Asks questions and prints text. Raises ``KeyboardInterrupt`` when the user wants to stop."""

    def ask(self, question: Question, problem: Callable[[str], str]) -> str:
        """Ask until an answer is valid; raises ``Back`` for a step back.

        Args:
            question: the question.
            problem: says what is wrong with the text that was typed; the empty string if it is valid.

        Returns:
            The text as typed, empty where Enter alone was pressed; for a choice, the value of the option.
        """

    def say(self, *lines: str, heading: str = "") -> None:
        """Print lines, under a heading if there is one."""

    def show(self, text: str, language: str = "") -> None:
        """Print a whole text, highlighted as a language."""


def no_problem(typed: str) -> str:
    """Of a choice, every answer is valid."""
    return ""


def problem_of(read: Callable[[], object]) -> str:
    """What is wrong with an answer, by what reading it raises; the empty string if it is valid."""
    try:
        read()
    except ScaffoldError as error:
        return error_line(error)
    return ""


def error_line(error: ScaffoldError) -> str:
    """An error in one line; its place only where it is in what was typed."""
    where = f"{error.where}: " if error.where.startswith(("line ", "models.")) else ""
    fix = f". {error.fix}" if error.fix else ""
    return f"{where}{error.what}{fix}"
