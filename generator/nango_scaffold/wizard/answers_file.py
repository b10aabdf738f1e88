"""Where the answers are kept: asked, checked, and said with the command that repeats the run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..answers import parse_text
from ..errors import ScaffoldError
from ..frozen import frozen
from .as_answers import integration_of
from .conversation import told
from .draft import Slot
from .question import Option, Question
from .save_location import answers_text, exists, free_name, keep, refuse_place, script_command

if TYPE_CHECKING:
    from ..project import NangoProject
    from .conversation import Conversation

NOT_KEPT = "-"


@frozen
class Place:
    """Where the run is going to be: the options that the command to repeat it needs."""

    project: NangoProject
    providers: str | None = None


def keep_answers(
    talk: Conversation, place: Place, answers: dict[str, Any], then: str = "The same run by script:"
) -> tuple[dict[str, Any], str]:
    """Ask where to keep the answers, keep them there, and say how the run is repeated.

    Args:
        talk: the conversation.
        place: where the run is going to be.
        answers: what is kept.
        then: what there is to say of the command that uses the file.

    Returns:
        The answers as the file gives them, so that a run by script gives the same bytes; and the file, empty for none.

    Raises:
        Back: the person does not want to, after all.
        AnswersError: the file cannot be written.
    """
    file = _asked_place(talk, place)
    command = script_command(file, place.project.named, place.providers)
    text = answers_text(answers, command)
    if file != NOT_KEPT:
        keep(file, text, replace=exists(file))
        talk.console.say(command, heading=f"The answers are in {file}. {then}")
    return parse_text(text, file), "" if file == NOT_KEPT else file


def _asked_place(talk: Conversation, place: Place) -> str:
    """Where the answers are to be kept; a file that is there is replaced when that was said."""

    def problem(typed: str) -> str:
        try:
            refuse_place(typed or default, place.project)
        except ScaffoldError as error:
            return told(error)
        return ""

    default = free_name(integration_of(talk.draft) or "answers", place.project)
    question = Question(
        Slot(0, "file"),
        "Where to keep the answers?",
        f"a file, so that the run can be repeated; {NOT_KEPT} keeps them nowhere",
        default=default,
    )
    while True:
        file = (
            talk.console.ask(question, lambda typed: "" if typed == NOT_KEPT else problem(typed)) or default
        )
        if file == NOT_KEPT or not exists(file) or _may_replace(talk, file):
            return file


def _may_replace(talk: Conversation, file: str) -> bool:
    options = (Option("no", "no", "name another file"), Option("yes", "yes", "what it holds is gone then"))
    question = Question(
        Slot(0, "replace"), f"{file} is there. Replace it?", "", "choice", "no", options=options
    )
    return talk.console.ask(question, lambda typed: "") == "yes"
