"""Trying a draft: what derivation makes of it, and what it would refuse. Pure but for how facts are found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Any

from ..answers import load_answers
from ..answers.format import INTEGRATION as INTEGRATION_SHAPE
from ..derive import derive
from ..errors import AnswersError, ScaffoldError
from ..frozen import frozen
from .as_answers import as_answers, integration_of, provider_key
from .draft import AUTH_MODE, BASE_URL, INTEGRATION, PROVIDER, Slot, say, unsay

if TYPE_CHECKING:
    from ..derive import IntegrationSpec
    from ..providers import ProviderFacts
    from ..spec.actions import ActionSpec
    from ..spec.syncs import SyncSpec
    from .draft import Draft
    from .search import Index

FindFacts = Callable[[str, "Mapping[str, Any] | None"], "ProviderFacts"]
"""Gives the facts of a provider, with those the answers state of it."""

_ORDER = (
    "name",
    "pattern",
    "method",
    "path",
    "input",
    "fields",
    "metadata",
    "type",
    "filter",
    "runs",
    "scopes",
)


@frozen
class World:
    """What the wizard knows beside the draft.

    Attributes:
        index: every provider.
        find: finds the facts of one.
        taken: the models of the project's nango.yaml, as data.
        integrations: the integrations that the project has.
    """

    index: Index
    find: FindFacts
    taken: Mapping[str, Any] = field(default_factory=dict)
    integrations: frozenset[str] = frozenset()

    def facts(self, draft: Draft) -> ProviderFacts:
        """The facts of the draft's provider.

        Raises:
            ScaffoldError: nobody knows it, or what is said of it cannot be used.
        """
        stated = as_answers(unsay_scripts(draft)).get("provider_facts")
        return self.find(provider_key(draft), stated)


def unsay_scripts(draft: Draft) -> Draft:
    """The draft of the integration alone."""
    return unsay(draft, *(slot for slot in draft.said if slot.script))


def spec_of(draft: Draft, world: World) -> IntegrationSpec | None:
    """What derivation makes of a draft; ``None`` while it names no script, or has no base URL.

    Raises:
        ScaffoldError: the draft cannot be used.
    """
    data = as_answers(draft, world.taken)
    facts = world.find(data["provider"], data.get("provider_facts"))
    if not draft.named:
        for problem in INTEGRATION_SHAPE.problems(integration_of(draft), INTEGRATION.key):
            raise AnswersError(problem.what, where=problem.where, fix=problem.fix)
    if not draft.named or not facts.base_url:
        return None
    return derive(load_answers(data), facts, world.taken)


def script_spec(draft: Draft, script: int, whole: IntegrationSpec | None) -> SyncSpec | ActionSpec | None:
    """One script of a draft in what derivation made of the whole; ``None`` where it is not in there."""
    found: list[SyncSpec | ActionSpec] = [*whole.syncs, *whole.actions] if whole else []
    return next((spec for spec in found if spec.name == draft.about(script, "name")), None)


def settled(draft: Draft, slot: Slot, value: str | None, world: World) -> Draft:
    """The draft with an answer, tried as a whole.

    Later answers about the same script that no longer fit are taken back, so that they are asked again: as few of
    them as will do.

    Raises:
        ScaffoldError: the answer cannot be used.
    """
    if slot == PROVIDER:
        draft = unsay(draft, BASE_URL, AUTH_MODE)  # they were those of another
    said = say(draft, slot, value)
    try:
        _try(said, world)
    except ScaffoldError:
        for fewer in _with_less(said, slot):
            try:
                _try(fewer, world)
            except ScaffoldError:
                continue
            return fewer
        raise
    return said


def _try(draft: Draft, world: World) -> None:
    if draft.get(PROVIDER) is not None:
        spec_of(draft, world)


def _with_less(draft: Draft, slot: Slot) -> list[Draft]:
    """The draft without one of the later answers about the same script; last, without any of them."""
    if slot.script:
        keys = _ORDER[_ORDER.index(slot.key) + 1 :] if slot.key in _ORDER else ()
        later = [at for key in keys if (at := Slot(slot.script, key)) in draft.said]
    else:  # another provider has other base URLs, and so other paths, and other scopes
        later = [at for at in draft.said if at.script and at.key in ("path", "scopes")]
    later = [at for at in later if at not in draft.given]
    singly = [unsay(draft, at) for at in later]
    return [*singly, *([unsay(draft, *later)] if len(later) > 1 else [])]
