"""The whole derivation: answers and facts to an ``IntegrationSpec``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..errors import AnswersError
from ..spec.integration import IntegrationSpec
from .actions.action import derive_action
from .actions.introspection import with_companions
from .context import Context
from .mapping.action_mappers import refuse_unmappable
from .mapping.declared_types import with_read_types
from .mapping.records import map_records
from .models.misspelt_names import refuse_misspelt_models
from .models.prefixes import prefixing_of
from .models.registry import ModelData, ModelRegistry
from .on_events import derive_on_events
from .requests.endpoints import claimed_endpoints, spelled_plurals
from .requests.response_bodies import body_type, further_body_types, sync_body_type
from .syncs.output_models import sync_outputs
from .syncs.sync import derive_sync
from .syncs.validation import refuse_misfits

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from ..answers import Answers
    from ..providers import ProviderFacts
    from ..spec.actions import ActionSpec
    from ..spec.mappers import RawType
    from ..spec.syncs import SyncSpec


def derive(
    answers: Answers,
    facts: ProviderFacts,
    taken: Mapping[str, ModelData],
    *,
    written: Collection[str] = (),
) -> IntegrationSpec:
    """Settle everything about an integration.

    Args:
        answers: what the user said.
        facts: what is known of the provider.
        taken: the models of the project's nango.yaml that other entries own, as data.
        written: the names of the models that this integration wrote earlier.

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
    prefixing = prefixing_of(answers, taken, written)
    try:
        return _derived(prefixing.answers(answers), facts, taken, written)
    except AnswersError as error:
        error.where = prefixing.place(error.where)
        raise


def _derived(
    answers: Answers, facts: ProviderFacts, taken: Mapping[str, ModelData], written: Collection[str]
) -> IntegrationSpec:
    answers = with_companions(answers)
    for sync in answers.syncs:
        refuse_misfits(sync)
    book = ModelRegistry(answers.integration, answers.models, taken, prefixes_all=answers.prefix_models)
    context = Context(
        answers, facts, book, endpoints=claimed_endpoints(answers), plurals=spelled_plurals(answers)
    )
    outputs = sync_outputs(context)
    refuse_misspelt_models(answers, outputs, taken, written)
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
