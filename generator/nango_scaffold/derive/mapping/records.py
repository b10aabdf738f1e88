"""The records that an integration reads: raw type and mapper of each model, and of the models these hold."""

from __future__ import annotations

from dataclasses import field, replace
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from ...errors import AnswersError
from ...frozen import frozen
from ...models.reader import read_models
from ...models.types import Model, ObjectOf, Primitive, without_null
from ...spec.mappers import BODY, STATUS, Beside, DynamicMapper, Mapper, RawType
from ...spec.patterns import Configuration, Extended, Selection
from ...spec.syncs import Fetch, SyncSpec
from ...spec.values import RECORD, Assign, Build, OrElse, Read, reads_in
from .constant_records import without_constants
from .mapper import map_model, merged_mapping
from .mapper_conflicts import refuse_readers_without, refuse_twin_files, refuse_unread_responses
from .parent_fields import filled_by_parent, refuse_mapped, without_fields
from .raw_reads import hinted_reads
from .raw_types import RawNaming, at_path, may_be_missing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ...answers import SyncAnswer
    from ...spec.actions import ActionSpec
    from ...spec.paths import Path
    from ...spec.patterns import Pattern
    from ...spec.requests import Pagination
    from ...spec.syncs import Deletion, Detail, Mark
    from ..context import Context

# As the API sends them: strings, and times in milliseconds.
_DATES = (Primitive("string"), Primitive("number"), Primitive("any"))
_Loop = TypeVar("_Loop", SyncSpec, Fetch)
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
        return tuple(RawType(self.names[name], shape, "record", name) for name, shape in self.raw.items())

    def complete_action(self, action: ActionSpec) -> ActionSpec:
        """The action with its constant output, where that takes nothing from the response."""
        if action.listing is not None:
            constant = self.constants.get(action.listing.item_model)
            return replace(action, listing=replace(action.listing, constant=constant))
        constant = self.constants.get(action.output.name) if action.output else None
        # Without a raw type the script does not look at the response: nothing of it is read.
        if action.returns != "record" or constant is None:
            return action
        return replace(action, returns="constant", constant=constant, raw="", read_back=None)

    def complete_sync(self, sync: SyncSpec, where: str) -> SyncSpec:
        """The sync with what may be null in the records it reads, and how the id of a deleted one is read.

        Args:
            sync: its description.
            where: its place in the answers.

        Raises:
            AnswersError: a field compared with lastSyncDate that holds no date; a flag that cannot be one.
        """
        raw = self.raw[sync.model]
        others = tuple(
            self._complete_loop(fetch, f"{where}.requests.{fetch.model}.incremental.field")
            for fetch in sync.others
        )
        children = sync.children and self._complete_loop(sync.children, f"{where}.children.incremental.field")
        deleted = self._complete_deletion(sync, raw, where)
        webhook = sync.webhook and replace(sync.webhook, needed=_needed_fields(sync.detail, deleted, raw))
        # Last, as what is above takes the sync as it was derived.
        sync = self._complete_loop(sync, f"{where}.request.incremental.field")
        return replace(sync, others=others, children=children, deleted=deleted, webhook=webhook)

    def _complete_deletion(self, sync: SyncSpec, raw: ObjectOf, where: str) -> Deletion | None:
        if sync.deleted is None:
            return None
        from .deletion_flags import complete_deletion  # few syncs say which records are deleted

        return complete_deletion(sync.deleted, raw, self._mapper(sync.model), where)

    def listed_type(self, sync: SyncSpec, where: str) -> RawType | None:
        """The raw type of an entry in the list of deleted records; ``None`` where the sync has none."""
        if sync.deleted is None or sync.deleted.listing is None:
            return None
        from .deletion_flags import listed_type

        return listed_type(sync, self.raw[sync.model], self._mapper(sync.model), where)

    def _mapper(self, model: str) -> Mapper:
        return next(
            mapper for mapper in self.all_mappers if isinstance(mapper, Mapper) and mapper.model == model
        )

    def _complete_loop(self, loop: _Loop, where: str) -> _Loop:
        """The loop with its constant record, and whether the field it compares with lastSyncDate may be null."""
        loop = replace(loop, constant=self.constants.get(loop.model))
        if loop.incremental is None or not loop.incremental.field:
            return loop
        fields, is_whole = at_path(self.raw[loop.model], loop.incremental.field)
        # The script makes a Date of it, which takes an ISO date or milliseconds.
        if not is_whole or without_null(fields[-1].type) not in _DATES:
            raise AnswersError(
                f"{'.'.join(loop.incremental.field)} of the response is not a date that lastSyncDate can be compared with",
                where=where,
                fix="name a field that holds a date, such as updated_at",
            )
        may_be_null = any(may_be_missing(field) for field in fields)
        return replace(loop, incremental=replace(loop.incremental, field_may_be_null=may_be_null))


@frozen
class _Saved:
    """How a script uses the records of a model.

    Attributes:
        is_saved: whether a sync saves the model.
        pattern: the sync's pattern.
        reads: what it reads from the raw record itself.
        mark: the field that flags a deleted record.
        parent: the record for which these are requested: of another model, or an entry of a list that is walked.
        has_raw_parent: whether it is the latter.
        from_parent: the fields which that record fills.
        takes_parent: whether the mapper reads that record.
        beside: what else the mapper takes.
        where: the place of ``from_parent`` in the answers, or that of the script whose mapping reads what is beside.
    """

    is_saved: bool = True
    pattern: Pattern | None = None
    reads: tuple[Path, ...] = ()
    mark: Mark | None = None
    parent: Model | None = None
    has_raw_parent: bool = False
    from_parent: Mapping[str, str] = field(default_factory=dict)
    takes_parent: bool = False
    beside: tuple[Beside, ...] = ()
    where: str = ""


_NOT_SAVED = _Saved(is_saved=False)


def map_records(
    context: Context, syncs: tuple[SyncSpec, ...], actions: tuple[ActionSpec, ...]
) -> MappedRecords:
    """Map every model that a script reads from the API.

    Raises:
        AnswersError: a mapping or a raw type that does not fit; mappers that cannot stand beside each other.
    """
    responses = _described_responses(context)
    saved = {**dict(_read_with_status(context, actions)), **dict(_saved_models(context, syncs))}
    raw: dict[str, ObjectOf] = {}
    mappers: list[Mapper | DynamicMapper] = []
    # A mapper calls those of the models that its own model holds, so these are mapped, too.
    pending = list(context.mappings)
    while pending:
        name = pending.pop(0)
        if name in raw:
            continue
        raw[name], mapper = _map_record(name, saved.get(name, _NOT_SAVED), responses.get(name), context)
        mappers.append(mapper)
        pending += mapper.uses
    refuse_unread_responses(responses, raw)
    refuse_twin_files(mappers)
    _refuse_orphans(mappers, saved, context)
    refuse_readers_without(mappers, context.mappings)
    remaining, constants = without_constants(mappers)
    names = {name: context.raw_name(name) for name in raw}
    return MappedRecords(raw, names, tuple(mappers), remaining, constants)


def _saved_models(context: Context, syncs: tuple[SyncSpec, ...]) -> Iterator[tuple[str, _Saved]]:
    for sync, answer in zip(syncs, context.answers.syncs, strict=True):
        yield sync.model, _saved_records(sync, answer)
        for fetch in sync.others:
            yield fetch.model, _Saved(reads=tuple(_read_by_loop(fetch)))
        if sync.children:
            parent = context.models.model(sync.children.parent)
            yield sync.children.model, _saved_children(sync.children, parent, answer)


def _read_with_status(context: Context, actions: tuple[ActionSpec, ...]) -> Iterator[tuple[str, _Saved]]:
    for action, answer in zip(actions, context.answers.actions, strict=True):
        if action.reads_status and action.output is not None:
            beside = (Beside(STATUS, "number"),)
            yield action.output.name, _Saved(is_saved=False, beside=beside, where=answer.where)


def _saved_records(sync: SyncSpec, answer: SyncAnswer) -> _Saved:
    mark = sync.deleted.mark if sync.deleted else None
    beside = (Beside(BODY, sync.body),) if sync.body_reads else ()
    saved = _Saved(
        pattern=sync.pattern, reads=tuple(_paths_read(sync)), mark=mark, beside=beside, where=answer.where
    )
    if answer.parents is None or sync.parents is None:
        return saved
    return replace(
        saved,
        parent=Model(sync.parents.raw, sync.parents.entry),
        has_raw_parent=True,
        from_parent=answer.parents.from_parent,
        takes_parent=sync.takes_parent,
        where=f"{answer.where}.parents",
    )


def _saved_children(fetch: Fetch, parent: Model, sync: SyncAnswer) -> _Saved:
    assert sync.children is not None  # children are only derived from such an answer
    return _Saved(
        reads=tuple(_read_by_loop(fetch)),
        parent=parent,
        from_parent=sync.children.from_parent,
        takes_parent=fetch.takes_parent,
        where=f"{sync.where}.children",
    )


def _paths_read(sync: SyncSpec) -> Iterator[Path]:
    """The paths that a sync reads from the raw record itself, beside the mapper."""
    yield from _read_by_loop(sync)
    if isinstance(sync.pattern, Selection):
        yield (sync.pattern.kind_field,)
        yield sync.pattern.id_steps
    if isinstance(sync.pattern, Extended) and not _has_other_cursor(sync.pattern, sync.pagination):
        yield sync.pattern.id_steps
    if sync.deleted and sync.deleted.mark and sync.deleted.mark.steps:
        yield sync.deleted.mark.steps


def _has_other_cursor(pattern: Extended, pagination: Pagination) -> bool:
    """Whether a run goes on from something else than the id of the last record."""
    return bool(pattern.cursor_steps) or (pagination.turns_pages and pagination.counts)


def _read_by_loop(fetch: SyncSpec | Fetch) -> Iterator[Path]:
    """The paths that a loop reads: of the field that is compared with lastSyncDate, and what the details are asked by."""
    if fetch.incremental and fetch.incremental.field:
        yield fetch.incremental.field
    for variable in fetch.detail.request.variables if fetch.detail else ():
        if variable.root == "record":
            yield tuple(map(str, variable.steps))


def _map_record(
    name: str, saved: _Saved, response: ObjectOf | None, context: Context
) -> tuple[ObjectOf, Mapper | DynamicMapper]:
    """The raw type and the mapper of one model."""
    if isinstance(saved.pattern, Configuration):
        return response or _ANY_RECORD, DynamicMapper(name, context.raw_name(name), saved.pattern)
    model = context.models.model(name)
    mappings = context.mappings.get(name, {})
    mapping = merged_mapping(name, mappings)
    refuse_mapped(mapping, saved.from_parent, saved.where)
    mark = saved.mark
    # What the parent fills is read from its record, so the raw type of the child need not have it.
    mapped = map_model(
        without_fields(model, saved.from_parent, saved.where),
        mapping,
        response,
        RawNaming(context.raw_name, context.models.model),
        partial(_mapping_place, name, mappings),
        also_read=(*saved.reads, *context.reads.get(name, ())),
        hints=hinted_reads(mark.when, mark.name) if mark and mark.when else (),
        # Nango saves no record without an id, so an API from which records are saved sends one.
        never_null=("id",) if saved.is_saved else (),
    )
    fields, parent = mapped.fields, ""
    if saved.parent and saved.from_parent:
        fields = filled_by_parent(model, saved.parent, saved.from_parent, fields, saved.where)
    if saved.parent and saved.takes_parent:
        parent = saved.parent.name
    mapper = Mapper(
        name,
        context.raw_name(name),
        fields,
        mapped.uses,
        keeps_the_rest=model.shape.index is not None,
        parent=parent,
        locals=mapped.locals,
        has_raw_parent=saved.has_raw_parent,
        beside=saved.beside,
    )
    return _with_flag_of(mark, mapped.raw, model, mapped.fields, response), mapper


def _with_flag_of(
    mark: Mark | None, raw: ObjectOf, model: Model, fields: tuple[Assign, ...], response: ObjectOf | None
) -> ObjectOf:
    """The raw type with the field that flags a deleted record, where nothing else determines its type."""
    if mark is None or not mark.steps or _is_described(mark, model, fields, response):
        return raw
    from .deletion_flags import with_flag  # most deleted records are found without a flag, or it is described

    return with_flag(raw, mark)


def _mapping_place(model: str, mappings: Mapping[str, Mapping[str, Any]], field: str) -> str:
    """Where a field of a model is mapped: in the script that names it, else in the first that maps anything."""
    naming_field = [place for place, mapping in mappings.items() if field in mapping]
    with_mapping = [place for place, mapping in mappings.items() if mapping]
    return f"{(*naming_field, *with_mapping, f'models.{model}')[0]}.mapping"


def _is_described(mark: Mark, model: Model, fields: tuple[Assign, ...], response: ObjectOf | None) -> bool:
    """Whether the model or the answers determine the type of the flagging field."""
    is_field = any(mark.steps == (item.name,) for item in model.shape.fields)
    if is_field or any(_reads_path(assign, mark.steps) for assign in fields):
        return True
    return response is not None and at_path(response, mark.steps)[1]


def _reads_path(assign: Assign, path: Path) -> bool:
    """Whether a field is the value at a path, unconverted."""
    value = assign.value.value if isinstance(assign.value, OrElse) else assign.value
    if not isinstance(value, Read) or value.variable != RECORD:
        return False
    return tuple(step.name for step in value.steps) == path


def _needed_fields(detail: Detail | None, deleted: Deletion | None, raw: ObjectOf) -> tuple[str, ...]:
    """The fields without which a payload holds no record: those that ask for its details, where these add the others."""
    if detail is None:
        return _required_fields(raw)
    named = [variable.field for variable in detail.request.variables if not variable.optional]
    if deleted and deleted.mark and deleted.id:
        named += [str(read.steps[0].name) for read in reads_in(deleted.id)]
        # The flag itself may be absent, but not the object in which it is.
        if len(deleted.mark.steps) > 1:
            named.append(deleted.mark.steps[0])
    return tuple(dict.fromkeys(named))


def _required_fields(raw: ObjectOf) -> tuple[str, ...]:
    """The fields that every raw record has."""
    any_type = Primitive("any")
    return tuple(item.name for item in raw.fields if not may_be_missing(item) and item.type != any_type)


def _refuse_orphans(
    mappers: list[Mapper | DynamicMapper], saved: Mapping[str, _Saved], context: Context
) -> None:
    """Refuse a model whose records need their parent, where another script reads it without one."""
    for mapper in mappers:
        children = saved.get(mapper.model, _NOT_SAVED)
        if not children.takes_parent:
            continue
        own = children.where.removesuffix(".parents")
        readers = [place for place in context.mappings[mapper.model] if place != own]
        readers += [f"models.{other.model}" for other in mappers if mapper.model in other.uses]
        if not readers:
            continue
        use, where = "which an expression reads", f"{own}.mapping"
        if children.from_parent:
            use = f"which fills {', '.join(children.from_parent)}"
            where = f"{children.where}.from_parent"
        raise AnswersError(
            f"{readers[0]} reads {mapper.model} without its parent, {use}",
            where=where,
            fix="remove it, or give the other script a model of its own",
        )


def _described_responses(context: Context) -> dict[str, ObjectOf]:
    """The raw types of the answers, parsed as models are; they may name models, and other raw types in place of these."""
    responses = context.answers.responses
    parsed = read_models({**context.models.all_own(), **responses})
    shapes = {model.name: model.shape for model in parsed if isinstance(model, Model)}
    return {name: shapes[name] for name in responses if name in shapes}
