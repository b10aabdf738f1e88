"""The records that an integration reads: raw type and mapper of each model, and of the models these hold."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..errors import AnswersError
from ..models.read import read_models
from ..models.types import Model, ObjectOf, Primitive
from .mappers import refuse_tangled
from .mapping import map_model, merged_mapping
from .pattern_specs import Configuration, Selection
from .raw_types import RawNaming, at_path, is_nullable, without_null
from .spec import DynamicMapper, Mapper, RawType, SyncSpec

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .context import Context
    from .paths import Path

# As the API sends them: texts, and times in milliseconds.
_DATES = (Primitive("string"), Primitive("number"), Primitive("any"))
_ANY_RECORD = ObjectOf((), Primitive("any"))


@dataclass(frozen=True)
class MappedRecords:
    """Every record that is read.

    Attributes:
        raw: the raw type of each model, by the model's name.
        names: the name of each raw type, by the model's name.
        mappers: how each becomes a record of its model.
    """

    raw: Mapping[str, ObjectOf]
    names: Mapping[str, str]
    mappers: tuple[Mapper | DynamicMapper, ...]

    def raw_types(self) -> tuple[RawType, ...]:
        """The raw types, for types.ts."""
        return tuple(
            RawType(self.names[name], shape, f"{name} as the API sends it")
            for name, shape in self.raw.items()
        )

    def checked(self, sync: SyncSpec, where: str) -> SyncSpec:
        """The sync, knowing whether the field it compares with lastSyncDate may be null.

        Raises:
            AnswersError: the field holds no date.
        """
        if sync.incremental is None or not sync.incremental.field:
            return sync
        found, whole = at_path(self.raw[sync.model], sync.incremental.field)
        if not whole or without_null(found[-1].type) not in _DATES:
            raise AnswersError(
                f"{'.'.join(sync.incremental.field)} of the response is no date that lastSyncDate can be compared with",
                where=f"{where}.request.incremental.field",
                fix="name a field that holds a date, such as updated_at",
            )
        may_be_null = any(step.optional or is_nullable(step.type) for step in found)
        return replace(sync, incremental=replace(sync.incremental, field_may_be_null=may_be_null))


def map_records(context: Context, syncs: tuple[SyncSpec, ...]) -> MappedRecords:
    """Map every model that a script reads from the API.

    Raises:
        AnswersError: a mapping or a raw type that does not fit; mappers that cannot stand beside each other.
    """
    said = _said_responses(context)
    by_model = {sync.model: sync for sync in syncs}
    raw: dict[str, ObjectOf] = {}
    mappers: list[Mapper | DynamicMapper] = []
    pending = list(context.mappings)
    while pending:
        name = pending.pop(0)
        if name in raw:
            continue
        raw[name], mapper = _mapped(name, by_model.get(name), said.get(name), context)
        mappers.append(mapper)
        pending += mapper.uses
    _refuse_idle_responses(said, raw, context)
    refuse_tangled(mappers)
    return MappedRecords(raw, {name: context.raw_name(name) for name in raw}, tuple(mappers))


def _mapped(
    name: str, sync: SyncSpec | None, said: ObjectOf | None, context: Context
) -> tuple[ObjectOf, Mapper | DynamicMapper]:
    """The raw type and the mapper of one model; ``sync`` is the one that saves it."""
    if sync and isinstance(sync.pattern, Configuration):
        return said or _ANY_RECORD, DynamicMapper(name, context.raw_name(name), sync.pattern)
    model = context.book.model(name)
    mappings = context.mappings.get(name, {})
    mapped = map_model(
        model,
        merged_mapping(name, mappings),
        said,
        RawNaming(context.raw_name, context.book.model),
        next((place for place, mapping in mappings.items() if mapping), f"models.{name}"),
        also_read=_also_read(sync) if sync else (),
        never_null=("id",) if sync else (),
    )
    keeps_the_rest = model.shape.index is not None
    return mapped.raw, Mapper(name, context.raw_name(name), mapped.fields, mapped.uses, keeps_the_rest)


def _also_read(sync: SyncSpec) -> tuple[Path, ...]:
    """What a sync reads from the raw record beside its mapper."""
    compared = [sync.incremental.field] if sync.incremental and sync.incremental.field else []
    kind = [(sync.pattern.kind_field,)] if isinstance(sync.pattern, Selection) else []
    return (*compared, *kind)


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
