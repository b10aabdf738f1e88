"""The whole derivation: answers and facts to an ``IntegrationSpec``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..errors import AnswersError
from ..spec.integration import IntegrationSpec
from .actions.action import derive_action
from .actions.introspection import with_introspection
from .context import Context, spelled_plurals
from .mapping.declared_types import with_read_types
from .mapping.mapper_conflicts import refuse_unmappable
from .mapping.records import map_records
from .mapping.response_bodies import body_type, further_body_types, sync_body_type
from .models.misspelt_names import refuse_misspelt_models
from .models.prefixes import prefixing_of
from .models.registry import ModelData, ModelRegistry
from .requests.endpoints import claimed_endpoints
from .requests.graphql import with_queries
from .requests.lookups import lookup_types
from .syncs.output_models import sync_outputs
from .syncs.sync import derive_sync
from .syncs.validation import validate_sync

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from ..answers import Answers
    from ..providers import ProviderFacts
    from ..spec.actions import ActionSpec
    from ..spec.integration import KnownResource
    from ..spec.mappers import RawType
    from ..spec.syncs import OnEvent, SyncSpec
    from .mapping.records import MappedRecords
    from .syncs.output_models import Outputs


def derive(
    answers: Answers, facts: ProviderFacts, foreign: Mapping[str, ModelData], *, written: Collection[str] = ()
) -> IntegrationSpec:
    """Derive the description of an integration.

    Args:
        answers: the answers.
        facts: the provider's facts.
        foreign: the models of the project's nango.yaml that other entries own, as data.
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
    answers, known_resources = _completed(answers, facts, foreign, written)
    known_pages = frozenset(known.answer for known in known_resources if known.has_pages)
    prefixing = prefixing_of(answers, foreign, written)
    try:
        spec = _derived(prefixing.answers(answers), facts, foreign, written, known_pages)
    except AnswersError as error:
        # The message names a place in the renamed answers, which the user has never seen.
        error.where = prefixing.place(error.where)
        raise
    if known_resources:
        spec = replace(spec, known_resources=known_resources)
    if not answers.readme:
        return spec
    from .page import derive_page  # many integrations do without

    return replace(spec, page=derive_page(answers, facts, spec))


def _completed(
    answers: Answers, facts: ProviderFacts, foreign: Mapping[str, ModelData], written: Collection[str]
) -> tuple[Answers, tuple[KnownResource, ...]]:
    """The answers with what is known of the resources that they name."""
    if not facts.resources:
        return answers, ()
    from .known_resources import entity_models, with_known_resources  # most answers do without

    # A misspelt name would get the fields of the resource, and then be the name of a model like any other.
    refuse_misspelt_models(answers, entity_models(answers), foreign, written)
    return with_known_resources(answers, facts, foreign)


def _derived(
    answers: Answers,
    facts: ProviderFacts,
    foreign: Mapping[str, ModelData],
    written: Collection[str],
    known_pages: frozenset[str],
) -> IntegrationSpec:
    answers = with_queries(with_introspection(answers), facts)
    # What is wrong with the answers alone is said before anything is made of them.
    for sync in answers.syncs:
        validate_sync(sync)
    models = ModelRegistry(answers.integration, answers.models, foreign, prefixes_all=answers.prefix_models)
    endpoints = claimed_endpoints(answers)
    context = Context(
        answers, facts, models, endpoints=endpoints, plurals=spelled_plurals(answers), known_pages=known_pages
    )
    outputs = sync_outputs(context)
    # A misspelt name would only become a new model, so this comes before a problem that such a model has.
    refuse_misspelt_models(answers, _derived_outputs(answers, outputs), foreign, written)
    models.refuse_invalid(answers.models, "models")
    models.refuse_invalid(answers.responses, "responses")
    syncs = tuple(
        derive_sync(sync, output, context) for sync, output in zip(answers.syncs, outputs, strict=True)
    )
    # Syncs before actions, which share the models that syncs save and may return their records.
    context.saved.update((sync.name, sync.model) for sync in syncs)
    actions = tuple(
        replace(derive_action(action, context), version=action.version) for action in answers.actions
    )
    # Only when every script is known is it known what all of them read of the records that they share.
    mapped = map_records(context, syncs, actions)
    refuse_unmappable(answers, actions, mapped.all_mappers)
    actions = tuple(mapped.complete_action(action) for action in actions)
    syncs = tuple(
        mapped.complete_sync(sync, answer.where) for sync, answer in zip(syncs, answers.syncs, strict=True)
    )
    on_events: tuple[OnEvent, ...] = ()
    if answers.on_events:
        from .on_events import derive_on_events  # few integrations have scripts for events

        on_events = derive_on_events(answers, syncs, actions)
    spec = with_read_types(
        IntegrationSpec(
            integration=answers.integration,
            provider=answers.provider,
            display_name=context.provider_name,
            syncs=syncs,
            actions=actions,
            models=models.all_own(),
            raw_types=tuple(_raw_types(context, syncs, actions, mapped)),
            mappers=mapped.mappers,
            on_events=on_events,
            schema_file=answers.schema_file,
            guesses=tuple(dict.fromkeys(context.guesses)),
        )
    )
    if not answers.tests:
        return spec
    from .recordings.script_tests import script_tests  # most integrations of an old project come without

    return replace(spec, tests=script_tests(spec, models))


def _derived_outputs(answers: Answers, outputs: tuple[Outputs, ...]) -> list[str]:
    """The models of the syncs whose output the answers do not name."""
    of_syncs = zip(answers.syncs, outputs, strict=True)
    return [output.first for sync, output in of_syncs if sync.output_model is None]


def _raw_types(
    context: Context, syncs: tuple[SyncSpec, ...], actions: tuple[ActionSpec, ...], mapped: MappedRecords
) -> Iterator[RawType]:
    """The raw types of records, then of entries of lists of deleted records, then of whole bodies."""
    sync_places = [sync.where for sync in context.answers.syncs]
    action_places = [action.where for action in context.answers.actions]
    bodies = [
        *map(sync_body_type, syncs, sync_places),
        *(body_type(action, context, where) for action, where in zip(actions, action_places, strict=True)),
    ]
    yield from mapped.raw_types()
    listed = [mapped.listed_type(sync, where) for sync, where in zip(syncs, sync_places, strict=True)]
    yield from (raw for raw in (*listed, *bodies) if raw is not None)
    for sync, where in zip(syncs, sync_places, strict=True):
        yield from further_body_types(sync, where)
        yield from _types_around(sync, where)
    if any(action.read_back for action in actions):
        from .actions.read_back import written_types  # few actions read back what they wrote

        yield from written_types(actions)
    yield from lookup_types((*syncs, *actions))


def _types_around(sync: SyncSpec, where: str) -> Iterator[RawType]:
    """The raw types of the list that a sync walks, and of the details of its records."""
    if sync.parents:
        from .syncs.parents import parent_types

        yield from parent_types(sync, where)
    if any(fetch.detail for fetch in sync.saved):
        from .syncs.details import detail_types

        yield from detail_types(sync)
