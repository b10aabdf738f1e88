"""The whole derivation: answers and facts to an ``IntegrationSpec``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..errors import AnswersError
from ..models.read import read_models
from ..models.types import Model, ObjectOf
from .actions import derive_action
from .bodies import body_type
from .book import ModelBook, ModelData
from .context import Context
from .mapping import map_model, merged_mapping
from .raw_types import RawNaming, at_path, is_nullable
from .spec import ActionSpec, IntegrationSpec, Mapper, RawType, SyncSpec
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
        AnswersError: answers that do not fit together; nothing else is raised.
    """
    if not facts.base_url:
        raise AnswersError(
            f"Nango knows no base URL for {facts.key}",
            where="provider_facts.base_url",
            fix="give it: provider_facts: { base_url: 'https://...' }",
        )
    context = Context(answers, facts, ModelBook(answers.integration, answers.models, taken))
    syncs = tuple(derive_sync(sync, context) for sync in answers.syncs)
    _refuse_shared_outputs(syncs, answers)
    actions = tuple(derive_action(action, context) for action in answers.actions)
    raw_types, mappers, syncs = _map_all(context, syncs, actions)
    return IntegrationSpec(
        integration=answers.integration,
        provider=answers.provider,
        display_name=facts.display_name or facts.key,
        syncs=syncs,
        actions=actions,
        models=context.book.written(),
        raw_types=raw_types,
        mappers=mappers,
        guesses=tuple(dict.fromkeys(context.guesses)),
    )


def _refuse_shared_outputs(syncs: tuple[SyncSpec, ...], answers: Answers) -> None:
    """Two syncs of an integration cannot save the same model. Rule Y09."""
    seen: dict[str, int] = {}
    for index, sync in enumerate(syncs):
        if sync.model in seen:
            first = syncs[seen[sync.model]].name
            raise AnswersError(
                f"the syncs {first} and {sync.name} both save {sync.model}, which Nango refuses",
                where=f"{answers.syncs[index].where}.model",
                fix="give one of them another model",
            )
        seen[sync.model] = index


def _map_all(
    context: Context, syncs: tuple[SyncSpec, ...], actions: tuple[ActionSpec, ...]
) -> tuple[tuple[RawType, ...], tuple[Mapper, ...], tuple[SyncSpec, ...]]:
    """Raw types and mappers of every model that a script maps, and of those that these models hold."""
    naming = RawNaming(context.raw_name, context.book.model)
    said = _said_responses(context)
    raw: dict[str, ObjectOf] = {}
    mappers: list[Mapper] = []
    pending = list(context.mappings)
    while pending:
        name = pending.pop(0)
        if name in raw:
            continue
        model = context.book.model(name)
        mappings = context.mappings.get(name, {})
        where = next(
            (place for place, mapping in mappings.items() if mapping), next(iter(mappings), f"models.{name}")
        )
        also = [
            s.incremental.field for s in syncs if s.model == name and s.incremental and s.incremental.field
        ]
        mapped = map_model(model, merged_mapping(name, mappings), said.get(name), naming, where, also)
        raw[name] = mapped.raw
        mappers.append(
            Mapper(name, context.raw_name(name), mapped.fields, mapped.uses, model.shape.index is not None)
        )
        pending += mapped.uses
    _refuse_idle_responses(said, raw, context)
    types = [
        RawType(context.raw_name(name), shape, f"{name} as the API sends it") for name, shape in raw.items()
    ]
    types += [body for action in actions if (body := body_type(action, context)) is not None]
    return tuple(types), tuple(mappers), tuple(_with_nullability(sync, raw) for sync in syncs)


def _said_responses(context: Context) -> dict[str, ObjectOf]:
    """The raw types of the answers, read as models are."""
    said = context.answers.responses
    everything = {**context.book.written(), **said}
    found = {model.name: model.shape for model in read_models(everything) if isinstance(model, Model)}
    return {name: found[name] for name in said if name in found}


def _refuse_idle_responses(
    said: Mapping[str, ObjectOf], raw: Mapping[str, ObjectOf], context: Context
) -> None:
    for name in said:
        if name not in raw:
            raise AnswersError(
                f"no sync or action reads a {name} from the API",
                where=f"responses.{name}",
                fix=f"accepted: {', '.join(raw) or 'nothing here'}",
            )


def _with_nullability(sync: SyncSpec, raw: Mapping[str, ObjectOf]) -> SyncSpec:
    """The sync, knowing whether the field it compares with lastSyncDate may be null."""
    if sync.incremental is None or not sync.incremental.field:
        return sync
    found, _ = at_path(raw[sync.model], sync.incremental.field)
    may_be_null = any(step.optional or is_nullable(step.type) for step in found)
    return replace(sync, incremental=replace(sync.incremental, field_may_be_null=may_be_null))
