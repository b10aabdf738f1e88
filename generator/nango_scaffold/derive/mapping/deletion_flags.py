"""What syncs read of raw records to know the deleted ones: marks on them, and ids in lists."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ...errors import AnswersError
from ...models.types import Field, Literal, ObjectOf, Primitive, UnionOf
from ...spec.mappers import RawType
from ...spec.values import Convert, Read, Step
from .raw_tree import RawTree
from .raw_types import at_path, is_nullable, or_null, without_null

if TYPE_CHECKING:
    from ...models.types import Type
    from ...spec.mappers import Mapper
    from ...spec.paths import Path
    from ...spec.syncs import Deletion, Mark, SyncSpec
    from ...spec.values import Value

RECORD = "record"
_PRIMITIVES = {
    str: Primitive("string"),
    bool: Primitive("boolean"),
    int: Primitive("number"),
    float: Primitive("number"),
}


def with_mark(raw: ObjectOf, mark: Mark, mapped: bool) -> ObjectOf:
    """The raw type with the field that marks a deleted record, as what such fields are.

    Args:
        raw: the raw type; the field is in it, as a text, or as what the model says of it.
        mark: the field.
        mapped: whether the field has a type already, from the model or the answers.
    """
    return raw if mapped else _retyped(raw, mark.steps, _type_of(mark))


def _type_of(mark: Mark) -> Type:
    if mark.value is not None:
        return or_null(_PRIMITIVES[type(mark.value)])
    is_date = mark.steps[-1].lower().endswith(("_at", "_on", "_date", "_time", "at", "date"))
    return or_null(Primitive("string" if is_date else "boolean"))


def _retyped(shape: ObjectOf, steps: Path, of: Type) -> ObjectOf:
    first, *rest = steps
    return replace(shape, fields=tuple(_turned(field, first, tuple(rest), of) for field in shape.fields))


def _turned(field: Field, name: str, rest: Path, of: Type) -> Field:
    if field.name != name:
        return field
    if rest and isinstance(field.type, ObjectOf):
        inner = _retyped(field.type, rest, of)
        only_marks = len(inner.fields) == 1  # nothing else is read of it, so it may well be absent
        return replace(field, type=or_null(inner) if only_marks else inner)
    return replace(field, type=of)


def settled(deletion: Deletion, raw: ObjectOf, mapper: Mapper, where: str) -> Deletion:
    """The deletion, knowing how the id is had and what may be null on the way to the mark.

    Raises:
        AnswersError: a mark that never holds the value it is compared with; an id that is put together.
    """
    value = next(assign.value for assign in mapper.fields if assign.name == "id")
    if deletion.mark is None:
        return replace(deletion, id=_from(value, deletion.id_steps, mapper.model, where))
    found, _ = at_path(raw, deletion.mark.steps)
    _refuse_idle_mark(deletion.mark, found[-1].type, where)
    safe = any(field.optional or is_nullable(field.type) for field in found[:-1])
    read = value.of if isinstance(value, Convert) else value
    steps = tuple(str(step.name) for step in read.steps) if isinstance(read, Read) else ()
    return replace(
        deletion,
        mark=replace(deletion.mark, safe=safe),
        id=_from(value, steps, mapper.model, where),
    )


def _refuse_idle_mark(mark: Mark, of: Type, where: str) -> None:
    members = without_null(of).members if isinstance(without_null(of), UnionOf) else (without_null(of),)  # type: ignore[union-attr]
    if mark.value is None or Primitive("any") in members:
        return
    if not any(member in (Literal(mark.value), _PRIMITIVES[type(mark.value)]) for member in members):
        raise AnswersError(
            f"{'.'.join(mark.steps)} of the response never holds {mark.value!r}",
            where=f"{where}.deleted.value",
            fix="accepted: a value of the field's type in the model or in `responses`",
        )


def _from(value: Value, steps: Path, model: str, where: str) -> Value:
    """The id read from elsewhere, turned into the model's type in the same way."""
    if isinstance(value, Convert):
        return Convert(value.to, Read(RECORD, tuple(Step(step) for step in steps)))
    if isinstance(value, Read):
        return Read(RECORD, tuple(Step(step) for step in steps))
    raise AnswersError(
        f"the id of {model} is put together, and a deleted record has but its own",
        where=f"{where}.deleted",
        fix="map the id from one field of the response, or leave `deleted` out",
    )


def listed_type(sync: SyncSpec, raw: ObjectOf, mapper: Mapper) -> RawType | None:
    """The raw type of an entry in the list of deleted records; ``None`` where there is no list."""
    if sync.deleted is None or sync.deleted.listing is None:
        return None
    value = next(assign.value for assign in mapper.fields if assign.name == "id")
    read = value.of if isinstance(value, Convert) else value
    steps = tuple(step.name for step in read.steps) if isinstance(read, Read) else ()
    found, whole = at_path(raw, steps)
    of = without_null(found[-1].type) if whole and found else Primitive("string")
    shape: Type = of
    if sync.deleted.id_steps:
        tree = RawTree()
        tree.put(sync.deleted.id_steps, of, nullable=False)
        shape = tree.shape()
    return RawType(sync.deleted.listing.raw, shape, f"An entry of the list of deleted records of {sync.name}")
