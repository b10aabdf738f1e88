"""Which question comes next, and what becomes of its answer. Pure.

The questions stand in a fixed order, and those that make no sense for the answers before them are left out; the next
one is the first without an answer. So going back is taking an answer away, and editing is giving another one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..errors import AnswersError, ScaffoldError
from .action_questions import ACTION_QUESTIONS
from .draft import Slot
from .integration_questions import INTEGRATION_QUESTIONS
from .rehearsal import settled
from .script_kind import ask_kind
from .sync_questions import SYNC_QUESTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .draft import Draft
    from .question import Question
    from .rehearsal import World


def next_question(draft: Draft, world: World) -> Question | None:
    """The next question; ``None`` when everything was asked.

    Raises:
        ScaffoldError: what the command line said cannot be used, so that no question can be made from it.
    """
    return next((asked for asked in _open(draft, world)), None)


def question_of(slot: Slot, draft: Draft, world: World) -> Question | None:
    """The question that an answer belongs to, with that answer to start from; ``None`` if it would not be asked."""
    said = draft.said.get(slot)
    without = replace(draft, said={at: text for at, text in draft.said.items() if at != slot})
    asked = _question(slot, without, world)
    return asked and replace(asked, offered=said)


def answered(question: Question, text: str, draft: Draft, world: World) -> Draft:
    """The draft with the answer to a question.

    Args:
        question: the question.
        text: what was typed; empty for what Enter gives.
        draft: what was said before.
        world: what is known beside.

    Raises:
        ScaffoldError: the answer cannot be used.
    """
    text = text.strip("\n").rstrip() if question.form == "lines" else text.strip()
    given = text or question.enter
    if question.derived and given == question.default:
        return settled(draft, question.slot, None, world)
    if not given:
        raise AnswersError("there is no answer to take by Enter here", fix=question.help)
    return settled(draft, question.slot, question.read(given), world)


def slots_of(draft: Draft, world: World) -> Iterator[Slot]:
    """Every answer that can be given another, in the order of the questions."""
    slots = (slot for slot in _all(draft) if slot in draft.said and slot.key != "kind")
    yield from (slot for slot in slots if question_of(slot, draft, world))


def _open(draft: Draft, world: World) -> Iterator[Question]:
    """The questions without an answer, in order."""
    for slot in _all(draft):
        if slot in draft.said:
            continue
        asked = _question(slot, draft, world)
        if asked is not None:
            yield replace(asked, offered=_still_usable(asked, draft.faded.get(slot), draft, world))


def _still_usable(asked: Question, taken_back: str | None, draft: Draft, world: World) -> str | None:
    """An answer that was taken back, unless what was said since does not go with it."""
    if taken_back is None:
        return None
    try:
        settled(draft, asked.slot, asked.read(taken_back), world)
    except ScaffoldError:
        return None
    return taken_back


def _all(draft: Draft) -> Iterator[Slot]:
    yield from (Slot(0, key) for key in INTEGRATION_QUESTIONS)
    for script in draft.scripts:
        keys = SYNC_QUESTIONS if draft.about(script, "kind") == "sync" else ACTION_QUESTIONS
        yield from (Slot(script, key) for key in keys)
    if not draft.is_done:
        yield Slot(_next(draft), "kind")


def _next(draft: Draft) -> int:
    """The number of the next script: that of one which was taken back, if the next question is about it again."""
    faded = [slot.script for slot in draft.faded if slot.key == "kind"]
    highest = max((slot.script for slot in draft.said), default=0)
    return min((script for script in faded if script > highest), default=draft.next_script)


def _question(slot: Slot, draft: Draft, world: World) -> Question | None:
    if slot.script == 0:
        return INTEGRATION_QUESTIONS[slot.key](draft, world)
    if slot.key == "kind":
        return ask_kind(slot, draft)
    kind = draft.about(slot.script, "kind")
    table = SYNC_QUESTIONS if kind == "sync" else ACTION_QUESTIONS
    return table[slot.key](slot.script, draft, world)
