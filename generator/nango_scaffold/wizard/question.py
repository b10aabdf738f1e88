"""What a question is. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ..frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable

    from .draft import Slot

Form = Literal["provider", "line", "choice", "lines"]


@frozen
class Option:
    """One of several answers: what is stored, what is shown, and what it means in plain words."""

    value: str
    label: str
    help: str = ""


def as_typed(text: str) -> str:
    """The reading of most answers: what was typed."""
    return text


@frozen
class Question:
    """One question.

    Attributes:
        slot: the answer it asks for.
        ask: the question, a few words.
        help: one line on it.
        form: how it is answered.
        default: what Enter gives; empty where something has to be typed.
        derived: whether the default is what derivation takes: then Enter leaves the answer open.
        offered: an answer that was given before and taken back; it goes before the default.
        options: those of a choice.
        read: makes the answer of what was typed; raises ``ScaffoldError`` for what is none.
    """

    slot: Slot
    ask: str
    help: str
    form: Form = "line"
    default: str = ""
    derived: bool = False
    offered: str | None = None
    options: tuple[Option, ...] = ()
    read: Callable[[str], str] = as_typed

    @property
    def enter(self) -> str:
        """What Enter alone gives."""
        return self.default if self.offered is None else self.offered
