"""The end of the conversation: everything at a glance, whatever is to be changed or seen, and then what becomes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..errors import ScaffoldError
from ..frozen import frozen
from .answers_file import keep_answers
from .as_answers import as_answers
from .console import Back
from .conversation import told
from .draft import Slot, back, remove, reopen
from .overview import overview, slot_line
from .preview import changed_files, drawn_tree, file_text, language_of, yaml_difference
from .question import Option, Question
from .questions import question_of, slots_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..operations import Outcome
    from .answers_file import Place
    from .conversation import Conversation

_MENU = Slot(0, "menu")
_MENU_OPTIONS = (
    Option("write", "write it", "keep the answers in a file, and write the integration into the project"),
    Option("tree", "show the tree", "every file, and what happens to it"),
    Option("files", "show a file", "as it would be written"),
    Option("diff", "show the change of nango.yaml", "line by line"),
    Option("change", "change an answer", "any of those above"),
    Option("sync", "add a sync"),
    Option("action", "add an action"),
    Option("remove", "remove a sync or an action"),
    Option("keep", "save the answers only", "the project stays as it is"),
    Option("cancel", "cancel", "nothing is kept, nothing is written"),
)
STOPPED = 130


@frozen
class Ending:
    """How a conversation ended.

    Attributes:
        answers: those to be written into the project; ``None`` where nothing is.
        exit_code: what the command ends with where nothing is written.
        file: where the answers are kept; empty for nowhere.
    """

    answers: dict[str, Any] | None = None
    exit_code: int = 0
    file: str = ""


class Finale:
    """What follows the questions.

    Args:
        talk: the conversation, everything asked.
        place: where it is going to be written.
        rehearse: works out what would be written of answers, or raises ``ScaffoldError``.
    """

    def __init__(
        self, talk: Conversation, place: Place, rehearse: Callable[[dict[str, Any]], Outcome]
    ) -> None:
        self.talk = talk
        self.place = place
        self.rehearse = rehearse

    def run(self) -> Ending:
        """Ask what is missing, show the whole, do what is chosen, until that ends it."""
        shown = None
        while True:
            self.talk.ask_all()
            if shown != self.talk.draft:
                self._overview()
                shown = self.talk.draft
            try:
                ending = self._do(self._choose(_MENU, "What now?", "nothing was written yet", _MENU_OPTIONS))
            except Back:
                self.talk.draft = back(self.talk.draft)
                continue
            if ending is not None:
                return ending

    def _overview(self) -> None:
        for heading, lines in overview(self.talk.draft, self.talk.world):
            self.talk.console.say(*lines, heading=heading)

    def _do(self, choice: str) -> Ending | None:
        try:
            return self._chosen(choice)
        except Back:
            return None
        except ScaffoldError as error:
            self.talk.console.say(told(error), heading="That cannot be done:")
            return None

    def _chosen(self, choice: str) -> Ending | None:
        if choice == "cancel":
            self.talk.console.say("Nothing was written, and nothing was kept.")
            return Ending(exit_code=STOPPED)
        if choice == "keep":
            self._keep()
            return Ending()
        if choice == "write":
            self.rehearse(self._answers())
            answers, file = self._keep()
            return Ending(answers, file=file)
        {
            "change": self._change,
            "remove": self._remove,
            "sync": self._add_sync,
            "action": self._add_action,
        }.get(choice, lambda: self._show(choice))()
        return None

    def _answers(self) -> dict[str, Any]:
        return as_answers(self.talk.draft, self.talk.world.taken)

    def _show(self, what: str) -> None:
        outcome, console = self.rehearse(self._answers()), self.talk.console
        if what == "tree":
            console.show(drawn_tree(outcome))
        elif what == "diff":
            console.show(yaml_difference(outcome), "diff")
        else:
            options = tuple(Option(path, path) for path in changed_files(outcome))
            path = self._choose(Slot(0, "file"), "Which file?", "Esc: back to the menu", options)
            console.show(file_text(outcome, path), language_of(path))

    def _change(self) -> None:
        draft, world = self.talk.draft, self.talk.world
        asked = {
            f"{slot.script}.{slot.key}": question_of(slot, draft, world) for slot in slots_of(draft, world)
        }
        questions = {name: question for name, question in asked.items() if question is not None}
        options = tuple(Option(name, slot_line(question, draft)) for name, question in questions.items())
        chosen = self._choose(
            Slot(0, "change"), "Which answer?", "those that no longer fit are asked again", options
        )
        self.talk.take(questions[chosen])

    def _remove(self) -> None:
        draft = self.talk.draft
        options = tuple(
            Option(str(script), f"{draft.about(script, 'kind')} {draft.about(script, 'name')}")
            for script in draft.named
        )
        chosen = self._choose(Slot(0, "remove"), "Which one?", "Esc: none of them", options)
        self.talk.draft = remove(draft, int(chosen))

    def _add_sync(self) -> None:
        self.talk.draft = reopen(self.talk.draft, "sync")

    def _add_action(self) -> None:
        self.talk.draft = reopen(self.talk.draft, "action")

    def _keep(self) -> tuple[dict[str, Any], str]:
        """Keep the answers in a file, and give them as the file gives them, and the file."""
        return keep_answers(self.talk, self.place, self._answers())

    def _choose(self, slot: Slot, ask: str, help: str, options: tuple[Option, ...]) -> str:
        default = options[0].value if options else ""
        question = Question(slot, ask, help, "choice", default, options=options)
        return self.talk.console.ask(question, lambda typed: "")
