"""Which question comes next, and what its answer changes. Pure.

The questions stand in a fixed order, and those that do not apply to the answers before them are left out; the next
one is the first without an answer. So going back is taking an answer away, and editing is giving another one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..errors import AnswersError, ScaffoldError
from .action_questions import ACTION_QUESTIONS
from .draft import Slot
from .further_questions import ask_lookup
from .further_requests import lookup_slots
from .integration_questions import INTEGRATION_QUESTIONS
from .script_questions import ask_kind
from .sync_questions import SYNC_QUESTIONS
from .world import with_valid_answer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .draft import Draft
    from .question import Question
    from .world import World


def next_question(draft: Draft, world: World) -> Question | None:
    """The next question; ``None`` when everything was asked.

    Raises:
        ScaffoldError: a setting of the command line is invalid, so that no question can be made from it.
    """
    for slot in _slots(draft):
        question = None if slot in draft.answers else _question(slot, draft, world)
        if question is not None:
            return replace(question, offered=_still_valid(question, draft, world))
    return None


def question_of(slot: Slot, draft: Draft, world: World) -> Question | None:
    """The question of a slot, with its answer to start from; ``None`` if it would not be asked."""
    without = {other: text for other, text in draft.answers.items() if other != slot}
    question = _question(slot, replace(draft, answers=without), world)
    return question and replace(question, offered=draft.answers.get(slot))


def answered(question: Question, text: str, draft: Draft, world: World) -> Draft:
    """The draft with the answer to a question.

    Args:
        question: the question.
        text: what was typed; empty for the answer that Enter gives.
        draft: the answers before it.
        world: what is known beside.

    Raises:
        ScaffoldError: the answer is invalid.
    """
    # The first of several lines may be indented, and YAML reads the indent.
    text = text.strip("\n").rstrip() if question.form == "lines" else text.strip()
    is_typed = bool(text)
    text = text or question.enter
    # The default stays unset, so that it follows later answers; a known resource's stays so by Enter only.
    is_default = question.derived and text == question.default
    if is_default and not (question.known and is_typed):
        return with_valid_answer(draft, question.slot, None, world)
    if not text:
        raise AnswersError("there is no answer to take by Enter here", fix=question.help)
    return with_valid_answer(draft, question.slot, question.read(text), world)


def slots_of(draft: Draft, world: World) -> Iterator[Slot]:
    """The slots whose answers can be changed, in the order of the questions."""
    slots = (slot for slot in _slots(draft) if slot in draft.answers and slot.key != "kind")
    yield from (slot for slot in slots if question_of(slot, draft, world))


def _still_valid(question: Question, draft: Draft, world: World) -> str | None:
    """The answer that was taken back, unless the answers since then made it invalid."""
    retracted = draft.retracted.get(question.slot)
    if retracted is None:
        return None
    try:
        with_valid_answer(draft, question.slot, question.read(retracted), world)
    except ScaffoldError:
        return None
    return retracted


def _slots(draft: Draft) -> Iterator[Slot]:
    """Every slot, in the order of the questions."""
    yield from (Slot(0, key) for key in INTEGRATION_QUESTIONS)
    for script in draft.scripts:
        keys = SYNC_QUESTIONS if draft.about(script, "kind") == "sync" else ACTION_QUESTIONS
        for key in keys:
            yield Slot(script, key)
            if key == "variables":
                yield from lookup_slots(script, draft)
    if not draft.is_done:
        yield Slot(_next_script(draft), "kind")


def _next_script(draft: Draft) -> int:
    """The number of the next script: a retracted one's, if the next question is about it again."""
    highest = max((slot.script for slot in draft.answers), default=0)
    retracted = [slot.script for slot in draft.retracted if slot.key == "kind" and slot.script > highest]
    return min(retracted, default=draft.next_script)


def _question(slot: Slot, draft: Draft, world: World) -> Question | None:
    if slot.script == 0:
        return INTEGRATION_QUESTIONS[slot.key](draft, world)
    if slot.key == "kind":
        return ask_kind(slot, draft, world)
    # The questions of a look-up have the name of its value behind their key.
    if " " in slot.key:
        return ask_lookup(slot, draft, world)
    kind = draft.about(slot.script, "kind")
    table = SYNC_QUESTIONS if kind == "sync" else ACTION_QUESTIONS
    return table[slot.key](slot.script, draft, world)
