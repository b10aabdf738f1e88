"""The whole derivation: answers and facts to an ``IntegrationSpec``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..errors import AnswersError
from ..models.read import read_models
from ..models.types import Model, ObjectOf, Primitive
from .actions import derive_action, refuse_unbuilt_action
from .bodies import body_type
from .book import ModelBook, ModelData
from .context import Context
from .endpoints import claimed_endpoints
from .mappers import refuse_tangled
from .mapping import map_model, merged_mapping
from .outputs import sync_outputs
from .raw_types import RawNaming, at_path, is_nullable, without_null
from .spec import ActionSpec, IntegrationSpec, Mapper, RawType, SyncSpec
from .syncs import derive_sync, refuse_unbuilt

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..answers import Answers
    from ..providers import ProviderFacts


# As the API sends them: texts, and times in milliseconds.
_DATES = (Primitive("string"), Primitive("number"), Primitive("any"))


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
    for sync in answers.syncs:
        refuse_unbuilt(sync)
    for action in answers.actions:
        refuse_unbuilt_action(action)
    book = ModelBook(answers.integration, answers.models, taken)
    context = Context(answers, facts, book, endpoints=claimed_endpoints(answers))
    outputs = sync_outputs(context)
    book.check(answers.models, "models")
    book.check(answers.responses, "responses")
    syncs = tuple(
        derive_sync(sync, output, context) for sync, output in zip(answers.syncs, outputs, strict=True)
    )
    actions = tuple(derive_action(action, context) for action in answers.actions)
    raw_types, mappers, syncs = _map_all(context, syncs, actions)
    return IntegrationSpec(
        integration=answers.integration,
        provider=answers.provider,
        display_name=context.provider_name,
        syncs=syncs,
        actions=actions,
        models=book.written(),
        raw_types=raw_types,
        mappers=mappers,
        guesses=tuple(dict.fromkeys(context.guesses)),
    )


def _map_all(
    context: Context, syncs: tuple[SyncSpec, ...], actions: tuple[ActionSpec, ...]
) -> tuple[tuple[RawType, ...], tuple[Mapper, ...], tuple[SyncSpec, ...]]:
    """Raw types and mappers of every model that a script maps, and of those that these models hold."""
    naming = RawNaming(context.raw_name, context.book.model)
    said = _said_responses(context)
    by_model = {sync.model: sync for sync in syncs}
    raw: dict[str, ObjectOf] = {}
    mappers: list[Mapper] = []
    pending = list(context.mappings)
    while pending:
        name = pending.pop(0)
        if name in raw:
            continue
        model = context.book.model(name)
        mappings = context.mappings.get(name, {})
        sync = by_model.get(name)
        mapped = map_model(
            model,
            merged_mapping(name, mappings),
            said.get(name),
            naming,
            next((place for place, mapping in mappings.items() if mapping), f"models.{name}"),
            also_read=(
                [sync.incremental.field] if sync and sync.incremental and sync.incremental.field else ()
            ),
            never_null=("id",) if sync else (),
        )
        raw[name] = mapped.raw
        mappers.append(
            Mapper(name, context.raw_name(name), mapped.fields, mapped.uses, model.shape.index is not None)
        )
        pending += mapped.uses
    _refuse_idle_responses(said, raw, context)
    refuse_tangled(mappers)
    types = [
        RawType(context.raw_name(name), shape, f"{name} as the API sends it") for name, shape in raw.items()
    ]
    for action, answer in zip(actions, context.answers.actions, strict=True):
        body = body_type(action, context, answer.where)
        types += [] if body is None else [body]
    checked = (
        _with_nullability(sync, raw, answer.where)
        for sync, answer in zip(syncs, context.answers.syncs, strict=True)
    )
    return tuple(types), tuple(mappers), tuple(checked)


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
                f"no sync or action reads {name} from the API",
                where=f"responses.{name}",
                fix=f"accepted: {', '.join(raw) or 'nothing here'}",
            )


def _with_nullability(sync: SyncSpec, raw: Mapping[str, ObjectOf], where: str) -> SyncSpec:
    """The sync, knowing whether the field it compares with lastSyncDate may be null."""
    if sync.incremental is None or not sync.incremental.field:
        return sync
    found, whole = at_path(raw[sync.model], sync.incremental.field)
    if not whole or without_null(found[-1].type) not in _DATES:
        raise AnswersError(
            f"{'.'.join(sync.incremental.field)} of the response is no date that lastSyncDate can be compared with",
            where=f"{where}.request.incremental.field",
            fix="name a field that holds a date, such as updated_at",
        )
    may_be_null = any(step.optional or is_nullable(step.type) for step in found)
    return replace(sync, incremental=replace(sync.incremental, field_may_be_null=may_be_null))
