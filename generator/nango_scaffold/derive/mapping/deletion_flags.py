"""What syncs read of raw records to recognize deleted ones: a flag on each record, or ids in a list."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ...errors import AnswersError
from ...models.types import Field, Literal, ObjectOf, Primitive, members_of, or_null, without_null
from ...spec.mappers import RawType
from ...spec.paths import steps_of
from ...spec.values import Convert, Read, Step
from .raw_tree import RawTree
from .raw_types import at_path, may_be_missing

if TYPE_CHECKING:
    from ...models.types import Type
    from ...spec.mappers import Mapper
    from ...spec.paths import Path
    from ...spec.syncs import Deletion, Mark, SyncSpec
    from ...spec.values import Value
    from .field_source import RawPath

RECORD = "record"
_PRIMITIVES = {
    str: Primitive("string"),
    bool: Primitive("boolean"),
    int: Primitive("number"),
    float: Primitive("number"),
}


def with_flag(raw: ObjectOf, mark: Mark) -> ObjectOf:
    """The raw type with the field that flags a deleted record retyped as such fields usually are.

    Args:
        raw: the raw type, which has the field as a string.
        mark: the field, which neither the model nor the answers describe.
    """
    return _retyped(raw, mark.steps, _type_of(mark))


def _type_of(mark: Mark) -> Type:
    if mark.value is not None:
        return or_null(_PRIMITIVES[type(mark.value)])
    # Any value flags a deleted record: the date of the deletion, or true.
    is_date = mark.steps[-1].lower().endswith(("_at", "_on", "_date", "_time", "at", "date"))
    return or_null(Primitive("string" if is_date else "boolean"))


def _retyped(shape: ObjectOf, steps: Path, of: Type) -> ObjectOf:
    first, *rest = steps
    return replace(
        shape, fields=tuple(_retyped_field(field, first, tuple(rest), of) for field in shape.fields)
    )


def _retyped_field(field: Field, name: str, rest: Path, of: Type) -> Field:
    if field.name != name:
        return field
    if rest and isinstance(field.type, ObjectOf):
        inner = _retyped(field.type, rest, of)
        # Nothing but the flag is read of it, so it may well be absent from other records.
        if len(inner.fields) == 1:
            return replace(field, type=or_null(inner))
        return replace(field, type=inner)
    return replace(field, type=of)


def complete_deletion(deletion: Deletion, raw: ObjectOf, mapper: Mapper, where: str) -> Deletion:
    """The deletion with how the id is read and whether something may be null on the way to the flag.

    Raises:
        AnswersError: a flag that never holds the value it is compared with; an id that is computed.
    """
    value, mark = _id_value(mapper), deletion.mark
    if mark is not None and mark.steps:
        fields, _ = at_path(raw, mark.steps)
        _refuse_unreachable_value(mark, fields[-1].type, where)
        mark = replace(mark, safe=any(may_be_missing(field) for field in fields[:-1]))
    # A flagged record has its id where every record has it; an entry of a list may have it elsewhere.
    steps = deletion.id_steps if mark is None else _id_steps(value)
    return replace(deletion, mark=mark, id=_id_from(value, steps, mapper.model, where))


def _id_value(mapper: Mapper) -> Value:
    return next(assign.value for assign in mapper.fields if assign.name == "id")


def _id_steps(value: Value) -> RawPath:
    """The path from which a mapper reads the id; empty where it reads none."""
    read = value.of if isinstance(value, Convert) else value
    return tuple(step.name for step in read.steps) if isinstance(read, Read) else ()


def _refuse_unreachable_value(mark: Mark, of: Type, where: str) -> None:
    members = members_of(without_null(of))
    if mark.value is None or Primitive("any") in members:
        return
    if not any(member in (Literal(mark.value), _PRIMITIVES[type(mark.value)]) for member in members):
        raise AnswersError(
            f"{'.'.join(mark.steps)} of the response never holds {mark.value!r}",
            where=f"{where}.deleted.value",
            fix="accepted: a value of the field's type in the model or in `responses`",
        )


def _id_from(value: Value, steps: RawPath, model: str, where: str) -> Value:
    """The id read from other steps, converted into the model's type in the same way."""
    read = Read(RECORD, tuple(map(Step, steps)))
    if isinstance(value, Convert):
        return Convert(value.to, read)
    if isinstance(value, Read):
        return read
    raise AnswersError(
        f"the id of {model} is put together, and a deleted record has but its own",
        where=f"{where}.deleted",
        fix="map the id from one field of the response, or leave `deleted` out",
    )


def listed_type(sync: SyncSpec, raw: ObjectOf, mapper: Mapper, where: str) -> RawType:
    """The raw type of an entry in the list of deleted records, which the sync has.

    Raises:
        AnswersError: a page that is asked for by a property of entries that have none.
    """
    assert sync.deleted is not None
    assert sync.deleted.listing is not None
    fields, is_whole = at_path(raw, _id_steps(_id_value(mapper)))
    shape = without_null(fields[-1].type) if is_whole and fields else Primitive("string")
    pagination = sync.deleted.listing.pagination
    last_id = steps_of(pagination.keys["id_path"]) if pagination.kind == "last_id" else sync.deleted.id_steps
    if sync.deleted.id_steps:
        tree = RawTree()
        tree.put(sync.deleted.id_steps, shape, nullable=False)
        tree.suggest(last_id, shape, (False,) * len(last_id))
        shape = tree.shape()
    elif last_id:
        raise AnswersError(
            "an entry of the list is the id itself, and no property of it asks for the next page",
            where=f"{where}.deleted.paginate.id_path",
            fix="remove it, or say in id_path where the id is in an entry",
        )
    return RawType(sync.deleted.listing.raw, shape, "deleted entry", sync.name)
