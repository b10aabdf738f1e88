"""The whole derivation: answers and facts to an ``IntegrationSpec``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..errors import AnswersError
from .action_mappers import refuse_unmappable
from .actions import derive_action
from .bodies import body_type, further_body_types, sync_body_type
from .book import ModelBook, ModelData
from .companions import with_companions
from .context import Context
from .endpoints import claimed_endpoints
from .on_events import derive_on_events
from .outputs import sync_outputs
from .read_types import with_read_types
from .records import map_records
from .spec import ActionSpec, IntegrationSpec, RawType, SyncSpec
from .sync_rules import refuse_misfits
from .syncs import derive_sync

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..answers import Answers
    from ..providers import ProviderFacts


def derive(answers: Answers, facts: ProviderFacts, taken: Mapping[str, ModelData]) -> IntegrationSpec:
    """Settle everything about an integration.

    Args:
        answers: what the user said.
        facts: what is known of the provider.
        taken: the models of the project's nango.yaml that other entries own, as data.

    Raises:
        AnswersError: answers that do not fit together.
        ProjectError: a model of the project that the answers name, and that cannot be read.
    """
    if not facts.base_url:
        raise AnswersError(
            f"Nango knows no base URL for {facts.key}",
            where="provider_facts.base_url",
            fix="give it: provider_facts: { base_url: 'https://...' }",
        )
    answers = with_companions(answers)
    for sync in answers.syncs:
        refuse_misfits(sync)
    book = ModelBook(answers.integration, answers.models, taken)
    context = Context(answers, facts, book, endpoints=claimed_endpoints(answers))
    outputs = sync_outputs(context)
    book.check(answers.models, "models")
    book.check(answers.responses, "responses")
    syncs = tuple(
        derive_sync(sync, output, context) for sync, output in zip(answers.syncs, outputs, strict=True)
    )
    context.saved.update((sync.name, sync.model) for sync in syncs)
    actions = tuple(
        replace(derive_action(action, context), version=action.version) for action in answers.actions
    )
    mapped = map_records(context, syncs)
    refuse_unmappable(answers, actions, mapped.all_mappers)
    actions = tuple(mapped.answered(action) for action in actions)
    syncs = tuple(
        mapped.checked(sync, answer.where) for sync, answer in zip(syncs, answers.syncs, strict=True)
    )
    bodies = _bodies(context, syncs, actions)
    whole = IntegrationSpec(
        integration=answers.integration,
        provider=answers.provider,
        display_name=context.provider_name,
        syncs=syncs,
        actions=actions,
        models=book.written(),
        raw_types=(*mapped.raw_types(), *mapped.listed_types(syncs), *bodies),
        mappers=mapped.mappers,
        on_events=derive_on_events(answers, syncs, actions),
        guesses=tuple(dict.fromkeys(context.guesses)),
    )
    return with_read_types(whole)


def _bodies(context: Context, syncs: tuple[SyncSpec, ...], actions: tuple[ActionSpec, ...]) -> list[RawType]:
    """The raw types of the bodies that are no records themselves."""
    found = [
        *(sync_body_type(sync, said.where) for sync, said in zip(syncs, context.answers.syncs, strict=True)),
        *(
            body_type(action, context, said.where)
            for action, said in zip(actions, context.answers.actions, strict=True)
        ),
    ]
    further = [
        body
        for sync, said in zip(syncs, context.answers.syncs, strict=True)
        for body in further_body_types(sync, said.where)
    ]
    return [*(body for body in found if body is not None), *further]
