"""The end of the conversation: an overview, a menu to look at or change anything, and what to do with the answers."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Any

from ..errors import ScaffoldError
from ..frozen import frozen
from .answers_file import save_answers
from .draft import Slot, add_script, back, remove
from .overview import changed_files, drawn_tree, file_text, language_of, overview, slot_line, yaml_difference
from .question import Back, Option, Question, choice, error_line, no_problem
from .questions import question_of, slots_of
from .world import inferred_scripts, plain_answers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ..operations import Outcome
    from .answers_file import Target
    from .conversation import Conversation

_MENU = Slot(0, "menu")
_MENU_OPTIONS = (
    Option("write", "write it", "save the answers in a file, and write the integration into the project"),
    Option("tree", "show the tree", "every file, and what happens to it"),
    Option("files", "show a file", "as it would be written"),
    Option("diff", "show the change of nango.yaml", "line by line"),
    Option("change", "change an answer", "any of those above"),
    Option("sync", "add a sync"),
    Option("action", "add an action"),
    Option("remove", "remove a sync or an action"),
    Option("save", "save the answers only", "the project stays as it is"),
    Option("cancel", "cancel", "nothing is saved, nothing is written"),
)
NOTHING_WRITTEN = "Nothing was written or saved."
STOPPED = 130


@frozen
class Ending:
    """How a conversation ended.

    Attributes:
        answers: those to write into the project; ``None`` where nothing is written.
        exit_code: of the command, where nothing is written.
        file: where the answers are saved; empty for nowhere.
        inferred_from: by the name of a script, what its answers were inferred from.
    """

    answers: dict[str, Any] | None = None
    exit_code: int = 0
    file: str = ""
    inferred_from: Mapping[str, str] = field(default_factory=dict)


class Review:
    """What follows the questions; ``rehearse`` works out what would be written, or raises ``ScaffoldError``."""

    def __init__(
        self, conversation: Conversation, target: Target, rehearse: Callable[[dict[str, Any]], Outcome]
    ) -> None:
        self.conversation = conversation
        self.console = conversation.console
        self.target = target
        self.rehearse = rehearse

    def run(self) -> Ending:
        """Ask what is missing, show the whole, do what the user chooses, until that ends it."""
        last_draft = None
        while True:
            self.conversation.ask_all()
            # After a look at a file or the tree, the overview is still the same.
            if self.conversation.draft != last_draft:
                self._print_overview()
                last_draft = self.conversation.draft
            try:
                choice = self._choose(_MENU, "What now?", "nothing was written yet", _MENU_OPTIONS)
            except Back:
                self.conversation.draft = back(self.conversation.draft)
                continue
            ending = self._try(choice)
            if ending is not None:
                return ending

    def _print_overview(self) -> None:
        for heading, lines in overview(self.conversation.draft, self.conversation.world):
            self.console.say(*lines, heading=heading)

    def _try(self, choice: str) -> Ending | None:
        try:
            return self._do(choice)
        except Back:
            return None
        except ScaffoldError as error:
            self.console.say(error_line(error), heading="That cannot be done:")
            return None

    def _do(self, choice: str) -> Ending | None:
        if choice == "cancel":
            self.console.say(NOTHING_WRITTEN)
            return Ending(exit_code=STOPPED)
        if choice == "save":
            save_answers(self.conversation, self.target, self._answers())
            return Ending()
        if choice == "write":
            # What writing would refuse is reported before the answers are saved.
            self.rehearse(self._answers())
            answers, file = save_answers(self.conversation, self.target, self._answers())
            inferred = inferred_scripts(self.conversation.draft, self.conversation.world)
            return Ending(answers, file=file, inferred_from=inferred)
        if choice == "change":
            self._change()
        elif choice == "remove":
            self._remove()
        elif choice in ("sync", "action"):
            self.conversation.draft = add_script(self.conversation.draft, choice)
        else:
            self._show(choice)
        return None

    def _answers(self) -> dict[str, Any]:
        return plain_answers(self.conversation.draft, self.conversation.world)

    def _show(self, choice: str) -> None:
        outcome = self.rehearse(self._answers())
        if choice == "tree":
            self.console.show(drawn_tree(outcome))
        elif choice == "diff":
            self.console.show(yaml_difference(outcome), "diff")
        else:
            options = tuple(Option(path, path) for path in changed_files(outcome))
            path = self._choose(Slot(0, "file"), "Which file?", "Esc: back to the menu", options)
            self.console.show(file_text(outcome, path), language_of(path))

    def _change(self) -> None:
        draft, world = self.conversation.draft, self.conversation.world
        questions: dict[str, Question] = {}
        for slot in slots_of(draft, world):
            question = question_of(slot, draft, world)
            if question is not None:
                questions[f"{slot.script}.{slot.key}"] = question
        options = tuple(Option(key, slot_line(question, draft)) for key, question in questions.items())
        help = "answers that it makes invalid are asked for again"
        self.conversation.ask(questions[self._choose(Slot(0, "change"), "Which answer?", help, options)])

    def _remove(self) -> None:
        draft = self.conversation.draft
        titles = {
            script: f"{draft.about(script, 'kind')} {draft.about(script, 'name')}" for script in draft.named
        }
        options = tuple(Option(str(script), title) for script, title in titles.items())
        script = self._choose(Slot(0, "remove"), "Which one?", "Esc: none of them", options)
        self.conversation.draft = remove(draft, int(script))

    def _choose(self, slot: Slot, ask: str, help: str, options: tuple[Option, ...]) -> str:
        return self.console.ask(choice(slot, ask, help, options), no_problem)
