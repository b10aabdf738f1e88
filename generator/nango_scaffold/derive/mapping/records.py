"""The records that an integration reads: raw type and mapper of each model, and of the models these hold."""

from __future__ import annotations

from dataclasses import field, replace
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from ...errors import AnswersError
from ...frozen import frozen
from ...models.read import read_models
from ...models.types import Model, ObjectOf, Primitive
from ...spec.mappers import DynamicMapper, Mapper, RawType
from ...spec.patterns import Configuration, Selection
from ...spec.syncs import Fetch, SyncSpec
from ...spec.values import Assign, Build, OrNull, Read
from .constant_records import without_constants
from .deletion_flags import listed_type, settled, with_mark
from .mapper import map_model, merged_mapping
from .mapper_order import refuse_tangled
from .parent_fields import filled_by_parent, without_fields
from .raw_types import RawNaming, at_path, is_nullable, without_null

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ...spec.actions import ActionSpec
    from ...spec.paths import Path
    from ...spec.patterns import Pattern
    from ...spec.syncs import Mark
    from ..context import Context

# As the API sends them: texts, and times in milliseconds.
_DATES = (Primitive("string"), Primitive("number"), Primitive("any"))
_Dated = TypeVar("_Dated", SyncSpec, Fetch)
_ANY_RECORD = ObjectOf((), Primitive("any"))


@frozen
class MappedRecords:
    """Every record that is read.

    Attributes:
        raw: the raw type of each model, by the model's name.
        names: the name of each raw type, by the model's name.
        all_mappers: how each becomes a record of its model, constant records among them.
        mappers: those that read something.
        constants: the records that are always the same, by their model.
    """

    raw: Mapping[str, ObjectOf]
    names: Mapping[str, str]
    all_mappers: tuple[Mapper | DynamicMapper, ...]
    mappers: tuple[Mapper | DynamicMapper, ...]
    constants: Mapping[str, Build]

    def raw_types(self) -> tuple[RawType, ...]:
        """The raw types, for types.ts."""
        return tuple(
            RawType(self.names[name], shape, f"{name} as the API sends it")
            for name, shape in self.raw.items()
        )

    def answered(self, action: ActionSpec) -> ActionSpec:
        """The action, knowing whether its output holds anything of the response."""
        if action.listing is not None:
            constant = self.constants.get(action.listing.item_model)
            return replace(action, listing=replace(action.listing, constant=constant))
        constant = self.constants.get(action.output.name) if action.output else None
        if action.returns != "record" or constant is None:
            return action
        return replace(action, returns="constant", constant=constant, raw="")

    def checked(self, sync: SyncSpec, where: str) -> SyncSpec:
        """The sync, knowing what may be null in the records it reads, and how the id of a deleted one is had.

        Args:
            sync: its description.
            where: its place in the answers.

        Raises:
            AnswersError: a field compared with lastSyncDate that holds no date; a mark that cannot be one.
        """
        others = tuple(
            self._settled(fetch, f"{where}.requests.{fetch.model}.incremental.field") for fetch in sync.others
        )
        children = sync.children and self._settled(sync.children, f"{where}.children.incremental.field")
        deleted = sync.deleted and settled(
            sync.deleted, self.raw[sync.model], self._mapper(sync.model), where
        )
        webhook = sync.webhook and replace(sync.webhook, needed=_needed(self.raw[sync.model]))
        sync = self._settled(sync, f"{where}.request.incremental.field")
        return replace(sync, others=others, children=children, deleted=deleted, webhook=webhook)

    def listed_types(self, syncs: Iterable[SyncSpec]) -> tuple[RawType, ...]:
        """The raw types of the entries in lists of deleted records."""
        with_lists = [sync for sync in syncs if sync.deleted and sync.deleted.listing]
        found = [listed_type(sync, self.raw[sync.model], self._mapper(sync.model)) for sync in with_lists]
        return tuple(raw for raw in found if raw is not None)

    def _mapper(self, model: str) -> Mapper:
        return next(
            mapper for mapper in self.all_mappers if isinstance(mapper, Mapper) and mapper.model == model
        )

    def _settled(self, fetch: _Dated, where: str) -> _Dated:
        """The loop, knowing what its records and dates are made of."""
        fetch = replace(fetch, constant=self.constants.get(fetch.model))
        return self._dated(fetch, where)

    def _dated(self, fetch: _Dated, where: str) -> _Dated:
        """The loop, knowing whether the field it compares with lastSyncDate may be null."""
        if fetch.incremental is None or not fetch.incremental.field:
            return fetch
        found, whole = at_path(self.raw[fetch.model], fetch.incremental.field)
        if not whole or without_null(found[-1].type) not in _DATES:
            raise AnswersError(
                f"{'.'.join(fetch.incremental.field)} of the response is not a date that lastSyncDate can be compared with",
                where=where,
                fix="name a field that holds a date, such as updated_at",
            )
        may_be_null = any(step.optional or is_nullable(step.type) for step in found)
        return replace(fetch, incremental=replace(fetch.incremental, field_may_be_null=may_be_null))


@frozen
class _Saved:
    """What a sync says of a model it saves.

    Attributes:
        pattern: the sync's pattern.
        reads: what it reads from the raw record beside the mapper.
        mark: the field that marks a deleted record.
        parent: the model of the record for which these are asked.
        from_parent: the fields which that record fills.
        where: the place of the children in the answers.
    """

    pattern: Pattern | None = None
    reads: tuple[Path, ...] = ()
    mark: Mark | None = None
    parent: str = ""
    from_parent: Mapping[str, str] = field(default_factory=dict)
    where: str = ""


def map_records(context: Context, syncs: tuple[SyncSpec, ...]) -> MappedRecords:
    """Map every model that a script reads from the API.

    Raises:
        AnswersError: a mapping or a raw type that does not fit; mappers that cannot stand beside each other.
    """
    said = _said_responses(context)
    saved = _saved(context, syncs)
    raw: dict[str, ObjectOf] = {}
    mappers: list[Mapper | DynamicMapper] = []
    pending = list(context.mappings)
    while pending:
        name = pending.pop(0)
        if name in raw:
            continue
        raw[name], mapper = _mapped(name, saved.get(name), said.get(name), context)
        mappers.append(mapper)
        pending += mapper.uses
    _refuse_idle_responses(said, raw, context)
    refuse_tangled(mappers)
    _refuse_orphans(mappers, saved, context)
    remaining, constants = without_constants(mappers)
    names = {name: context.raw_name(name) for name in raw}
    return MappedRecords(raw, names, tuple(mappers), remaining, constants)


def _saved(context: Context, syncs: tuple[SyncSpec, ...]) -> dict[str, _Saved]:
    found: dict[str, _Saved] = {}
    for sync, answer in zip(syncs, context.answers.syncs, strict=True):
        kind = ((sync.pattern.kind_field,),) if isinstance(sync.pattern, Selection) else ()
        mark = sync.deleted.mark if sync.deleted else None
        marked = (mark.steps,) if mark else ()
        found[sync.model] = _Saved(sync.pattern, (*_compared(sync), *kind, *marked), mark)
        for other in sync.others:
            found[other.model] = _Saved(reads=_compared(other))
        if sync.children and answer.children:
            found[sync.children.model] = _Saved(
                reads=_compared(sync.children),
                parent=sync.model,
                from_parent=answer.children.from_parent,
                where=f"{answer.where}.children",
            )
    return found


def _compared(fetch: SyncSpec | Fetch) -> tuple[Path, ...]:
    return (fetch.incremental.field,) if fetch.incremental and fetch.incremental.field else ()


def _mapped(
    name: str, saved: _Saved | None, said: ObjectOf | None, context: Context
) -> tuple[ObjectOf, Mapper | DynamicMapper]:
    """The raw type and the mapper of one model; ``saved`` is what the sync that saves it says of it."""
    if saved and isinstance(saved.pattern, Configuration):
        return said or _ANY_RECORD, DynamicMapper(name, context.raw_name(name), saved.pattern)
    model = context.book.model(name)
    from_parent = saved.from_parent if saved else {}
    where = saved.where if saved else ""
    mappings = context.mappings.get(name, {})
    mapped = map_model(
        without_fields(model, from_parent, where),
        merged_mapping(name, mappings),
        said,
        RawNaming(context.raw_name, context.book.model),
        partial(_mapping_place, name, mappings),
        also_read=saved.reads if saved else (),
        never_null=("id",) if saved else (),
    )
    raw, fields, parent = mapped.raw, mapped.fields, ""
    if saved and saved.mark:
        raw = with_mark(raw, saved.mark, _is_described(saved.mark, model, mapped.fields, said))
    if saved and from_parent:
        parent = saved.parent
        fields = filled_by_parent(model, context.book.model(parent), from_parent, fields, where)
    keeps_the_rest = model.shape.index is not None
    return raw, Mapper(name, context.raw_name(name), fields, mapped.uses, keeps_the_rest, parent)


def _mapping_place(model: str, mappings: Mapping[str, Mapping[str, Any]], field: str) -> str:
    """Where a field of a model is mapped: in the script that names it, else in the first that maps anything."""
    named = [place for place, mapping in mappings.items() if field in mapping]
    mapped = [place for place, mapping in mappings.items() if mapping]
    return f"{(*named, *mapped, f'models.{model}')[0]}.mapping"


def _is_described(mark: Mark, model: Model, fields: tuple[Assign, ...], said: ObjectOf | None) -> bool:
    """Whether the model or the answers say what the marking field holds."""
    reads = [assign.value for assign in fields]
    mapped = any(
        isinstance(value, Read) and tuple(step.name for step in value.steps) == mark.steps
        for value in (*reads, *(value.value for value in reads if isinstance(value, OrNull)))
    )
    named = len(mark.steps) == 1 and any(item.name == mark.steps[0] for item in model.shape.fields)
    return mapped or named or (said is not None and at_path(said, mark.steps)[1])


def _needed(raw: ObjectOf) -> tuple[str, ...]:
    """The fields that every raw record has."""
    return tuple(
        item.name
        for item in raw.fields
        if not (item.optional or is_nullable(item.type) or item.type == Primitive("any"))
    )


def _refuse_orphans(
    mappers: list[Mapper | DynamicMapper], saved: Mapping[str, _Saved], context: Context
) -> None:
    """Refuse a model whose records need their parent, where another script reads it without one."""
    for mapper in mappers:
        one = saved.get(mapper.model)
        if one is None or not one.from_parent:
            continue
        readers = [place for place in context.mappings[mapper.model] if place != one.where]
        readers += [f"models.{other.model}" for other in mappers if mapper.model in other.uses]
        if readers:
            raise AnswersError(
                f"{readers[0]} reads {mapper.model} without its parent, which fills {', '.join(one.from_parent)}",
                where=f"{one.where}.from_parent",
                fix="take it out, or give the other script a model of its own",
            )


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
