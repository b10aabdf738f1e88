"""The conversation: question after question until everything is answered, on whatever console."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import ScaffoldError
from .as_answers import as_answers
from .draft import Draft, Slot, back, with_inferred, without_answers
from .overview import remarks
from .question import Back, error_line, problem_of
from .questions import answered, next_question
from .script_questions import SOURCES
from .world import with_valid_answer

if TYPE_CHECKING:
    from .question import Console, Question
    from .world import World


@dataclass
class Conversation:
    """One conversation: the console, what is known, and the answers so far, even when it is broken off."""

    console: Console
    world: World
    draft: Draft

    def ask_all(self) -> None:
        """Ask every question that has no answer yet.

        Raises:
            KeyboardInterrupt: the user stopped; the draft holds the answers so far.
            ScaffoldError: a setting of the command line is invalid.
        """
        while (question := next_question(self.draft, self.world)) is not None:
            try:
                self.ask(question)
            except Back:
                self.draft = back(self.draft)

    def ask(self, question: Question) -> None:
        """Ask one question and add its answer to the draft.

        Raises:
            Back: the user wants to go back.
        """
        if question.slot.key == "kind" and self.draft.scripts:
            self.console.say("")
        text = self.console.ask(question, lambda typed: self.problem(question, typed))
        if question.slot.key == "kind" and text in SOURCES:
            self._infer(question.slot.script, text)
            return
        self.draft = answered(question, text, self.draft, self.world)
        slot = question.slot
        # Enter stands for no page, and leaves the answer unset.
        is_live = slot.key == "sample" and self.draft.get(slot) is not None
        lines = self._fetch(slot.script) if is_live else remarks(slot, self.draft, self.world)
        if lines:
            self.console.say(*lines)

    def _infer(self, number: int, source: str) -> None:
        """Add the scripts that are inferred from what the user has; without an answer the question comes up again."""
        from .sources import Sources

        if self.world.evidence is None:
            return
        sources = Sources(self.console, self.world, self.draft, number, self.world.evidence)
        try:
            self.draft = with_inferred(self.draft, number, sources.scripts(source))
        except Back:
            return
        except ScaffoldError as error:
            self.console.say(error_line(error))

    def _fetch(self, script: int) -> list[str]:
        """Answer what the fields of a sync are by a page of a live connection; what to tell the user about it.

        Raises:
            Back: the user wants to go back.
        """
        fields = Slot(script, "fields")
        if self.world.page is None:
            return []
        try:
            answers = as_answers(without_answers(self.draft, fields), self.world.models)
            name = self.draft.about(script, "name") or ""
            text = self.world.page(answers, name, self.world.facts(self.draft), self.console)
            self.draft = with_valid_answer(self.draft, fields, text, self.world)
        except ScaffoldError as error:
            return [error_line(error)]
        return remarks(fields, self.draft, self.world)

    def problem(self, question: Question, typed: str) -> str:
        """What is wrong with an answer; the empty string if it is valid."""
        return problem_of(lambda: answered(question, typed, self.draft, self.world))
