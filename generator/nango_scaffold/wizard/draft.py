"""The draft of the answers: what was said so far, place by place, and the steps forth and back. Pure."""

from __future__ import annotations

from dataclasses import field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from ..frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping


class Slot(NamedTuple):
    """The place of one answer: the script it is about, 0 for the integration itself, and which answer it is."""

    script: int
    key: str


PROVIDER = Slot(0, "provider")
AUTH_MODE = Slot(0, "auth_mode")
BASE_URL = Slot(0, "base_url")
INTEGRATION = Slot(0, "integration")
KINDS = ("sync", "action")
DONE = "done"


@frozen
class Draft:
    """What was said so far.

    Attributes:
        said: the answers in the order given; ``None`` where the person took what is derived.
        faded: answers taken back: they are offered again when the question comes up again.
        given: what was said before the first question, on the command line: it is not asked, nor taken back.
        rest: what the command line said beyond the questions, by script; 0 for the integration.
    """

    said: Mapping[Slot, str | None] = field(default_factory=dict)
    faded: Mapping[Slot, str] = field(default_factory=dict)
    given: frozenset[Slot] = frozenset()
    rest: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)

    def get(self, slot: Slot) -> str | None:
        """What was said in a place; ``None`` for nothing and for what is derived."""
        return self.said.get(slot)

    def about(self, script: int, key: str) -> str | None:
        """What was said of a script."""
        return self.said.get(Slot(script, key))

    @property
    def scripts(self) -> tuple[int, ...]:
        """The numbers of the scripts, in the order they were added; a number is never used again."""
        return tuple(
            sorted(slot.script for slot, said in self.said.items() if slot.key == "kind" and said in KINDS)
        )

    @property
    def named(self) -> tuple[int, ...]:
        """The scripts that have a name by now."""
        return tuple(script for script in self.scripts if self.about(script, "name"))

    @property
    def next_script(self) -> int:
        """The number that the next script would have."""
        return max((slot.script for slot in (*self.said, *self.faded)), default=0) + 1

    @property
    def is_done(self) -> bool:
        """Whether it was said that these are all the scripts."""
        return any(slot.key == "kind" and said == DONE for slot, said in self.said.items())

    @property
    def is_empty(self) -> bool:
        """Whether nothing was answered yet."""
        return not any(slot not in self.given for slot in self.said)


def say(draft: Draft, slot: Slot, value: str | None) -> Draft:
    """The draft with one more answer, or another answer in the place of one: the last one given, either way."""
    said = {at: text for at, text in draft.said.items() if at != slot} | {slot: value}
    faded = _without(draft.faded, slot)
    if slot.key == "kind" and draft.faded.get(slot, value) != value:  # what was said of a sync fits no action
        faded = {at: text for at, text in faded.items() if at.script != slot.script}
    return replace(draft, said=said, faded=faded)


def unsay(draft: Draft, *slots: Slot) -> Draft:
    """The draft without some answers: their questions come up again, with these answers as defaults."""
    gone = {slot: text for slot in slots if (text := draft.said.get(slot)) is not None}
    said = {at: text for at, text in draft.said.items() if at not in slots}
    return replace(draft, said=said, faded={**draft.faded, **gone})


def back(draft: Draft) -> Draft:
    """One step back: the last answer given is taken back; the same draft when there is none."""
    asked = [slot for slot in draft.said if slot not in draft.given]
    return unsay(draft, asked[-1]) if asked else draft


def reopen(draft: Draft, kind: str) -> Draft:
    """The draft with one more script to be asked about, after it was said that there are no more."""
    said = {at: text for at, text in draft.said.items() if at.key != "kind" or text != DONE}
    opened = replace(draft, said=said)
    return say(opened, Slot(opened.next_script, "kind"), kind)


def remove(draft: Draft, script: int) -> Draft:
    """The draft without a script; without the last one, it is not done any more."""
    said = {at: text for at, text in draft.said.items() if at.script != script}
    faded = {at: text for at, text in draft.faded.items() if at.script != script}
    left = replace(draft, said=said, faded=faded)
    if left.scripts:
        return left
    return replace(left, said={at: text for at, text in said.items() if at.key != "kind"})


def _without(texts: Mapping[Slot, str], slot: Slot) -> dict[Slot, str]:
    return {at: text for at, text in texts.items() if at != slot}
