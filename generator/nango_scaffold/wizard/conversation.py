"""The conversation: question after question until everything was asked, whoever does the talking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import ScaffoldError
from .console import Back
from .draft import Draft, back
from .overview import remarks
from .questions import answered, next_question

if TYPE_CHECKING:
    from .console import Console
    from .draft import Slot
    from .question import Question
    from .rehearsal import World


@dataclass
class Conversation:
    """One conversation: who talks, what is known, and what was said so far, even when it is broken off."""

    console: Console
    world: World
    draft: Draft

    def ask_all(self) -> None:
        """Ask whatever has no answer yet.

        Raises:
            KeyboardInterrupt: the person stopped; the draft holds what was said before.
            ScaffoldError: what the command line said cannot be used.
        """
        while (question := next_question(self.draft, self.world)) is not None:
            try:
                self.take(question)
            except Back:
                self.draft = back(self.draft)

    def take(self, question: Question) -> None:
        """Ask one question and take its answer.

        Raises:
            Back: the person wants to go back.
        """
        if question.slot.key == "kind" and self.draft.scripts:
            self.console.say("")
        text = self.console.ask(question, lambda typed: self.problem(question, typed))
        self.draft = answered(question, text, self.draft, self.world)
        self._remark(question.slot)

    def problem(self, question: Question, typed: str) -> str:
        """What is wrong with an answer; the empty string when nothing is."""
        try:
            answered(question, typed, self.draft, self.world)
        except ScaffoldError as error:
            return told(error)
        return ""

    def _remark(self, slot: Slot) -> None:
        lines = remarks(slot, self.draft, self.world)
        if lines:
            self.console.say(*lines)


def told(error: ScaffoldError) -> str:
    """An error in one line."""
    where = f"{error.where}: " if error.where.startswith(("line ", "models.")) else ""
    return f"{where}{error.what}{f'. {error.fix}' if error.fix else ''}"
