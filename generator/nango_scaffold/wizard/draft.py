"""The draft of the answers: what was answered so far, slot by slot, and the steps forth and back. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import field, replace
from itertools import takewhile
from typing import TYPE_CHECKING, Any, NamedTuple

from ..answers.load import names_of
from ..frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Slot(NamedTuple):
    """Which answer: the number of the script it is about, 0 for the integration itself, and its key."""

    script: int
    key: str


PROVIDER = Slot(0, "provider")
AUTH_MODE = Slot(0, "auth_mode")
BASE_URL = Slot(0, "base_url")
INTEGRATION = Slot(0, "integration")
INFER = "infer"
"""The key of the slot that holds the ``infer`` of a script, as JSON."""
KINDS = ("sync", "action")
DONE = "done"

# Keys of a script in the answers format, and the keys of the questions about them.
_STRING_KEYS = {"pattern": "pattern", "runs": "runs", "sync_type": "type"}
_REQUEST_KEYS = {"path": "path", "method": "method", "incremental": "filter"}
_OTHER_KEYS = {"scopes": "scopes", "metadata": "metadata", "input": "input", "output": "fields"}
_ASKED_KEYS = frozenset({"provider", "integration", "syncs", "actions", "sync_names", "action_names"})


@frozen
class Draft:
    """The answers so far.

    Attributes:
        answers: by slot, in the order given; ``None`` where the default is to be derived.
        retracted: answers taken back: they are offered when their questions come up again.
        preset: slots set on the command line: they are neither asked for nor taken back.
        extra: settings of the command line that no question covers, by script; 0 for the integration.
    """

    answers: Mapping[Slot, str | None] = field(default_factory=dict)
    retracted: Mapping[Slot, str] = field(default_factory=dict)
    preset: frozenset[Slot] = frozenset()
    extra: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)

    def get(self, slot: Slot) -> str | None:
        """The answer of a slot; ``None`` if it is unset or derived."""
        return self.answers.get(slot)

    def about(self, script: int, key: str) -> str | None:
        """An answer about a script."""
        return self.answers.get(Slot(script, key))

    @property
    def scripts(self) -> tuple[int, ...]:
        """The numbers of the scripts, in the order they were added; a number is never used again."""
        kinds = {slot.script: answer for slot, answer in self.answers.items() if slot.key == "kind"}
        return tuple(sorted(script for script, kind in kinds.items() if kind in KINDS))

    @property
    def named(self) -> tuple[int, ...]:
        """The scripts that have a name by now."""
        return tuple(script for script in self.scripts if self.about(script, "name"))

    @property
    def next_script(self) -> int:
        """The number that the next script would have."""
        return max((slot.script for slot in (*self.answers, *self.retracted)), default=0) + 1

    @property
    def is_done(self) -> bool:
        """Whether the user has no more scripts to add."""
        return any(slot.key == "kind" and answer == DONE for slot, answer in self.answers.items())

    @property
    def is_empty(self) -> bool:
        """Whether no question was answered yet."""
        return not any(slot not in self.preset for slot in self.answers)

    def names_beside(self, script: int) -> set[str | None]:
        """The names of the other scripts."""
        return {self.about(other, "name") for other in self.scripts if other != script}


@frozen
class InferredScript:
    """A script that is inferred from an operation of an API document or from samples.

    Attributes:
        kind: of the script.
        settings: its ``infer`` in the answers.
        offered: answers to offer, by their key: its name at least.
    """

    kind: str
    settings: Mapping[str, Any]
    offered: Mapping[str, str]


def prefilled_draft(data: Mapping[str, Any]) -> Draft:
    """The draft that ``--set`` begins with: what it sets is not asked for.

    Args:
        data: the answers as plain data, as ``with_settings`` gives them. Invalid values are passed on unchanged: the
            check of the whole will name them.
    """
    answers: dict[Slot, str | None] = {}
    extra: dict[int, Mapping[str, Any]] = {}
    for slot in (PROVIDER, INTEGRATION):
        if isinstance(data.get(slot.key), str):
            answers[slot] = data[slot.key]
    for number, (kind, script) in enumerate(_scripts(data), 1):
        answers[Slot(number, "kind")] = kind
        asked_for, extra[number] = _split(script)
        answers.update({Slot(number, key): value for key, value in asked_for.items()})
    extra[0] = {key: value for key, value in data.items() if key not in _ASKED_KEYS and value is not None}
    not_empty = {number: settings for number, settings in extra.items() if settings}
    return Draft(answers, preset=frozenset(answers), extra=not_empty)


def _scripts(data: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for kind in KINDS:
        for script in data.get(f"{kind}s") or ():
            if isinstance(script, Mapping):
                yield kind, script
        for name in names_of(data.get(f"{kind}_names")):
            yield kind, {"name": name}


def _split(script: Mapping[str, Any]) -> tuple[dict[str, str | None], Mapping[str, Any]]:
    """The answers about a script that questions ask for, and the settings that are not typed as strings.

    An answer is ``None`` where its question is settled by one of those settings.
    """
    extra = dict(script)
    answers: dict[str, str | None] = {}
    if extra.get("name"):
        answers["name"] = str(extra.pop("name"))
    for key, slot_key in _STRING_KEYS.items():
        if isinstance(extra.get(key), str):
            answers[slot_key] = extra.pop(key)
    request = extra.get("request")
    if isinstance(request, Mapping):
        answers.update(_unset(_REQUEST_KEYS, request))
    answers.update(_unset(_OTHER_KEYS, extra))
    if any(extra.get(key) is not None for key in ("model", "models")):
        answers["fields"] = None
    return answers, extra


def _unset(slot_keys: Mapping[str, str], settings: Mapping[str, Any]) -> dict[str, None]:
    return {slot_key: None for key, slot_key in slot_keys.items() if key in settings}


def with_answer(draft: Draft, slot: Slot, answer: str | None) -> Draft:
    """The draft with an answer added or replaced; it counts as the last one given, either way."""
    answers = {other: text for other, text in draft.answers.items() if other != slot} | {slot: answer}
    retracted = {other: text for other, text in draft.retracted.items() if other != slot}
    # What was answered about a sync fits no action, and the other way round.
    if slot.key == "kind" and draft.retracted.get(slot, answer) != answer:
        retracted = _of_other_scripts(retracted, slot.script)
    return replace(draft, answers=answers, retracted=retracted)


def without_answers(draft: Draft, *slots: Slot) -> Draft:
    """The draft without some answers: their questions come up again, with these answers offered."""
    answers = {other: text for other, text in draft.answers.items() if other not in slots}
    retracted = dict(draft.retracted)
    for slot in slots:
        text = draft.answers.get(slot)
        # What was left to be derived is derived anew.
        if text is not None:
            retracted[slot] = text
    return replace(draft, answers=answers, retracted=retracted)


def of_integration(draft: Draft) -> Draft:
    """The draft without the answers about scripts."""
    return without_answers(draft, *(slot for slot in draft.answers if slot.script))


def back(draft: Draft) -> Draft:
    """One step back: the last answer is taken back, or the scripts that were inferred last; the same draft if there is none."""
    slots = [slot for slot in draft.answers if slot not in draft.preset]
    if slots and slots[-1].key == INFER:
        return _without_inferred(draft, slots)
    return without_answers(draft, slots[-1]) if slots else draft


def _without_inferred(draft: Draft, slots: list[Slot]) -> Draft:
    """The draft without the scripts that were inferred together: nothing was answered about them."""
    together = takewhile(lambda slot: slot.key in ("kind", INFER), reversed(slots))
    for script in {slot.script for slot in together}:
        answers = _of_other_scripts(draft.answers, script)
        draft = replace(draft, answers=answers, retracted=_of_other_scripts(draft.retracted, script))
    return draft


def with_inferred(draft: Draft, number: int, scripts: Iterable[InferredScript]) -> Draft:
    """The draft with scripts that are inferred, to be asked about; the first one has a number, the others follow."""
    for script, inferred in enumerate(scripts, number):
        settings = json.dumps(inferred.settings, ensure_ascii=False)
        answers = {**draft.answers, Slot(script, "kind"): inferred.kind, Slot(script, INFER): settings}
        offered = {Slot(script, key): text for key, text in inferred.offered.items()}
        retracted = {**_of_other_scripts(draft.retracted, script), **offered}
        draft = replace(draft, answers=answers, retracted=retracted)
    return draft


def infer_settings(draft: Draft, script: int) -> Mapping[str, Any] | None:
    """The ``infer`` of a script; None for one that is not inferred."""
    text = draft.about(script, INFER)
    settings = json.loads(text) if text else draft.extra.get(script, {}).get(INFER)
    return settings if isinstance(settings, Mapping) else None


def add_script(draft: Draft, kind: str) -> Draft:
    """The draft with one more script to ask about, after the user was done with adding scripts."""
    answers = {slot: text for slot, text in draft.answers.items() if slot.key != "kind" or text != DONE}
    # Without the answer that there are no more, as the question for more comes up behind the new script.
    reopened = replace(draft, answers=answers)
    return with_answer(reopened, Slot(reopened.next_script, "kind"), kind)


def remove(draft: Draft, script: int) -> Draft:
    """The draft without a script; without the last one, the question for more scripts is open again."""
    answers = _of_other_scripts(draft.answers, script)
    without = replace(draft, answers=answers, retracted=_of_other_scripts(draft.retracted, script))
    if without.scripts:
        return without
    return replace(without, answers={slot: text for slot, text in answers.items() if slot.key != "kind"})


def _of_other_scripts(texts: Mapping[Slot, Any], script: int) -> dict[Slot, Any]:
    return {slot: text for slot, text in texts.items() if slot.script != script}
