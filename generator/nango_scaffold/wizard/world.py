"""What the wizard knows beside the draft, and what derivation makes of a draft with it. Pure but for how facts are found."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Any

from ..answers import load_answers
from ..answers.format import INTEGRATION as INTEGRATION_SHAPE
from ..derive import derive
from ..errors import AnswersError, ScaffoldError
from ..frozen import frozen
from ..infer.whole import InferredAnswers, inferred_from
from ..providers.cards import meant, search
from .as_answers import as_answers, integration_of, model_text, provider_key
from .draft import (
    AUTH_MODE,
    BASE_URL,
    INTEGRATION,
    PROVIDER,
    Slot,
    of_integration,
    with_answer,
    without_answers,
)
from .evidence import Evidence, infers, sample_paging, with_exact_models
from .further_requests import LOOKUP, PICK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..answers import Answers
    from ..derive import IntegrationSpec
    from ..infer.paging_rules import Paging
    from ..providers import ProviderFacts
    from ..providers.cards import ProviderCard
    from ..spec.actions import ActionSpec
    from ..spec.syncs import SyncSpec
    from .draft import Draft
    from .question import Console

FindFacts = Callable[[str, "Mapping[str, Any] | None"], "ProviderFacts"]
"""Finds the facts of a provider, overridden by the ``provider_facts`` of the answers."""
FetchSample = Callable[["Mapping[str, Any]", "ProviderFacts", "Console"], "LiveSample"]
"""Fetches a page with a live connection: from the answers about the integration, the facts, and the console."""
FetchPage = Callable[["Mapping[str, Any]", str, "ProviderFacts", "Console"], str]
"""Fetches a page of a sync with a live connection, as JSON: from the answers, its name, the facts, and the console."""


@frozen
class LiveSample:
    """A page that a live connection gave.

    Attributes:
        name: what it is called, for the sources.
        data: what a recorder would have kept: method, endpoint, headers and response.
        path: as typed, with its query.
    """

    name: str
    data: Mapping[str, Any]
    path: str


# The answers about a script in the order of their questions: one may make those after it invalid.
_ORDER = (
    *"name pattern method path query variables".split(),
    *(LOOKUP, PICK),
    *"parents parents_in input fields detail detail_fields metadata type filter runs scopes".split(),
)


@frozen
class Index:
    """Every provider, sorted by key; a search is done once, though completions and help lines ask for it."""

    cards: Sequence[ProviderCard]
    _results: dict[str, list[ProviderCard]] = field(default_factory=dict, repr=False, compare=False)

    def card(self, key: str) -> ProviderCard | None:
        """The provider of a key."""
        return next((card for card in self.cards if card.key == key), None)

    def search(self, typed: str) -> list[ProviderCard]:
        """The providers that match, best first; all of them if nothing was typed."""
        typed = typed.strip()
        if typed not in self._results:
            self._results[typed] = search(self.cards, [typed])
        return self._results[typed]

    def alike(self, typed: str) -> list[str]:
        """The keys of providers that are spelled nearly like what was typed, for a "did you mean"."""
        return [card.key for card in meant(self.cards, [typed], 3)]


@frozen
class World:
    """What the wizard knows beside the draft.

    Attributes:
        index: every provider.
        find: finds the facts of one.
        known_resources: adds to facts what is known of the resources that answers name.
        resource_names: the known resources of a provider.
        models: the models of the project's nango.yaml, as data.
        integrations: the integrations that the project has.
        page: fetches a page of a sync with a live connection; None where there is no secret key.
        sample: fetches a page of any path with one; None where there is no secret key.
        evidence: the API documents and the samples that scripts are inferred from; None where none can be read.
        specs: what was derived by now, by the answers as JSON: most questions need the same again.
    """

    index: Index
    find: FindFacts
    known_resources: Callable[[ProviderFacts, Answers], ProviderFacts] = lambda facts, _: facts
    resource_names: Callable[[ProviderFacts], Sequence[str]] = lambda _: ()
    models: Mapping[str, Any] = field(default_factory=dict)
    integrations: frozenset[str] = frozenset()
    page: FetchPage | None = None
    sample: FetchSample | None = None
    evidence: Evidence | None = None
    specs: dict[str, IntegrationSpec] = field(default_factory=dict, init=False, repr=False, compare=False)

    def facts(self, draft: Draft) -> ProviderFacts:
        """The facts of the draft's provider.

        Raises:
            ScaffoldError: the provider is unknown, or a fact in the answers is invalid.
        """
        overrides = as_answers(of_integration(draft)).get("provider_facts")
        return self.find(provider_key(draft), overrides)


def answers_of(draft: Draft, world: World, *, is_trial: bool = False) -> InferredAnswers:
    """The draft as answers in which nothing is left to be inferred, and what was inferred for them.

    Raises:
        ScaffoldError: the draft is invalid, or a file that it names cannot be read.
    """
    data = _with_paging(as_answers(draft, world.models, is_trial=is_trial), draft, world)
    if world.evidence is None or not infers(data):
        return InferredAnswers(data, {}, ())
    facts = world.find(data["provider"], data.get("provider_facts"))
    inferred = world.evidence.inferred_answers(data, facts)
    # A model that --set describes is the command line's word: what was inferred may add to it.
    preset = draft.extra.get(0, {}).get("models") or {}
    typed = {name: fields for name, fields in data.get("models", {}).items() if name not in preset}
    return with_exact_models(inferred, typed)


def pasted_paging(draft: Draft, script: int, world: World) -> Paging | None:
    """How a sync is paged by the response that was pasted for its fields; None where that tells nothing new."""
    described = model_text(draft, script, "fields", world.models)
    if described is None or draft.about(script, "kind") != "sync" or draft.about(script, "query"):
        return None
    return sample_paging(draft.about(script, "fields") or "", described, world.facts(draft))


def _with_paging(data: dict[str, Any], draft: Draft, world: World) -> dict[str, Any]:
    """The answers with the pagination that pasted responses prove, where nothing else is set."""
    syncs = [script for script in draft.named if draft.about(script, "kind") == "sync"]
    for script, sync in zip(syncs, data.get("syncs", ()), strict=False):
        paging = pasted_paging(draft, script, world)
        if paging and paging.settings:
            sync["request"] = {"paginate": dict(paging.settings), **sync.get("request", {})}
    return data


def plain_answers(draft: Draft, world: World) -> dict[str, Any]:
    """The draft as the data of an answers file. See ``answers_of`` for the arguments and the error."""
    inferred = answers_of(draft, world)
    # What is inferred may hold tuples and read-only mappings; the file is written from lists and mappings.
    return json.loads(json.dumps(inferred.answers)) if inferred.sources else dict(inferred.answers)


def inferred_scripts(draft: Draft, world: World) -> dict[str, str]:
    """By the name of a script, what its answers are inferred from."""
    return inferred_from(as_answers(draft, world.models))


def spec_of(draft: Draft, world: World) -> IntegrationSpec | None:
    """What is derived from a draft; ``None`` while it names no script, or has no base URL.

    Raises:
        ScaffoldError: the draft is invalid.
    """
    data = answers_of(draft, world, is_trial=True).answers
    facts = world.find(data["provider"], data.get("provider_facts"))
    # Answers without a script do not derive; the integration's name is checked alone then.
    if not draft.named:
        for problem in INTEGRATION_SHAPE.problems(integration_of(draft), INTEGRATION.key):
            raise AnswersError(problem.what, where=problem.where, fix=problem.fix, accepted=problem.accepted)
        return None
    if not facts.base_url:
        return None
    key = json.dumps(data, default=str)
    if key not in world.specs:
        answers = load_answers(data)
        world.specs[key] = derive(answers, world.known_resources(facts, answers), world.models)
    return world.specs[key]


def script_spec(
    draft: Draft, script: int, integration: IntegrationSpec | None
) -> SyncSpec | ActionSpec | None:
    """The spec of one script; ``None`` where nothing was derived for it."""
    if integration is None:
        return None
    specs: list[SyncSpec | ActionSpec] = [*integration.syncs, *integration.actions]
    return next((spec for spec in specs if spec.name == draft.about(script, "name")), None)


def with_valid_answer(draft: Draft, slot: Slot, answer: str | None, world: World) -> Draft:
    """The draft with an answer, proven by deriving the whole.

    Later answers about the same script that no longer fit are taken back, so that they are asked for again: as few of
    them as possible.

    Raises:
        ScaffoldError: the answer is invalid.
    """
    if slot == PROVIDER:
        # They were those of another provider.
        draft = without_answers(draft, BASE_URL, AUTH_MODE)
    changed = with_answer(draft, slot, answer)
    if slot == PROVIDER:
        changed = _without_other_requests(changed, world)
    try:
        _derive(changed, world)
    except ScaffoldError:
        for shorter in _without_later_answers(changed, slot):
            if _derives(shorter, world):
                return shorter
        raise
    return changed


def _without_other_requests(draft: Draft, world: World) -> Draft:
    """The draft without paths where the API takes only queries, and without queries where it has paths."""
    keys = ("pattern", "path", "method") if world.facts(draft).graphql_endpoint else ("query",)
    slots = [slot for slot in draft.answers if slot.script and slot.key in keys and slot not in draft.preset]
    return without_answers(draft, *slots)


def _derive(draft: Draft, world: World) -> None:
    if draft.get(PROVIDER) is not None:
        spec_of(draft, world)


def _derives(draft: Draft, world: World) -> bool:
    try:
        _derive(draft, world)
    except ScaffoldError:
        return False
    return True


def _without_later_answers(draft: Draft, slot: Slot) -> Iterator[Draft]:
    """The draft without one of the answers that another may make invalid; last, without any of them."""
    slots = _later_slots(slot, draft) if slot.script else _slots_of_provider(draft)
    later = [other for other in slots if other in draft.answers and other not in draft.preset]
    yield from (without_answers(draft, other) for other in later)
    if len(later) > 1:
        yield without_answers(draft, *later)


def _later_slots(slot: Slot, draft: Draft) -> list[Slot]:
    place = _place(slot)
    later = [other for other in draft.answers if other.script == slot.script and _place(other) > place >= 0]
    return sorted(later, key=_place)


def _place(slot: Slot) -> int:
    """Where the question of a slot is among those about a script; -1 for one that is not among them."""
    key = slot.key.partition(" ")[0]
    return _ORDER.index(key) if key in _ORDER else -1


def _slots_of_provider(draft: Draft) -> list[Slot]:
    """The slots that depend on the provider: another one has other base URLs, so other paths, and other scopes."""
    return [slot for slot in draft.answers if slot.script and slot.key in ("path", "query", "scopes")]
