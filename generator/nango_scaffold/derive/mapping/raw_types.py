"""The third party's side: the raw type of a record when only the model is known, and reading values from it.

``field?: T`` of a model stands for ``T | null`` of the API; a date travels as a string; a referenced model is a raw type
of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...errors import AnswersError
from ...frozen import frozen
from ...models.types import (
    ArrayOf,
    Field,
    Literal,
    Model,
    ObjectOf,
    Primitive,
    Ref,
    Type,
    UnionOf,
    is_nullable,
    literal_kind,
    or_null,
    union_of,
    without_null,
)
from ...models.walk import with_parts
from ...spec.mappers import UNREAD
from ...spec.values import RECORD, Read, Step
from .field_source import path_text

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from .field_source import RawPath


def raw_ref(name: str) -> Type:
    """A raw type by its name; ``UNREAD`` is a type of TypeScript's own."""
    return Primitive(UNREAD) if name == UNREAD else Ref(name)


def may_be_missing(field: Field) -> bool:
    """Whether a field may be absent or null."""
    return field.optional or is_nullable(field.type)


def passes_unchanged(of: Type) -> bool:
    """Whether a raw value of this type needs no conversion: no date, no model, no object to pick fields from."""
    if isinstance(of, ArrayOf):
        return passes_unchanged(of.item)
    if isinstance(of, UnionOf):
        return all(passes_unchanged(member) for member in of.members)
    if isinstance(of, ObjectOf):
        # An object without an index signature holds only its fields, whatever else the API sends.
        return of.index is not None and all(passes_unchanged(item.type) for item in of.fields)
    return not isinstance(of, Ref) and of != Primitive("Date")


@frozen
class RawNaming:
    """Lookups by the name of a model: its raw type's name, and the model itself."""

    raw_name: Callable[[str], str]
    model: Callable[[str], Model]


def raw_of(of: Type, naming: RawNaming) -> Type:
    """The raw type that a model's type stands for."""
    if of == Primitive("Date"):
        return Primitive("string")
    if isinstance(of, Ref):
        return Ref(naming.raw_name(of.model))
    if isinstance(of, ArrayOf):
        return ArrayOf(raw_of(of.item, naming))
    if isinstance(of, UnionOf):
        return _raw_union(of, naming)
    if isinstance(of, ObjectOf) and of.index is None:
        return ObjectOf(tuple(_raw_field(item, naming) for item in of.fields))
    return inlined(of, naming)


def _raw_field(item: Field, naming: RawNaming) -> Field:
    raw = raw_of(item.type, naming)
    return Field(item.name, or_null(raw) if item.optional else raw)


def _raw_union(of: UnionOf, naming: RawNaming) -> Type:
    inner = without_null(of)
    # Which member a value is of is unknown until it is there, so that it is passed on unchanged.
    if isinstance(inner, UnionOf):
        return _without_absorbed(UnionOf(tuple(inlined(member, naming) for member in of.members)))
    return or_null(raw_of(inner, naming))


def _without_absorbed(of: UnionOf) -> Type:
    """The union without literals that one of its types holds anyway: ``string`` for ``ok | string``."""
    primitives = {member.name for member in of.members if isinstance(member, Primitive)}
    return union_of(
        tuple(
            member
            for member in of.members
            if not isinstance(member, Literal) or literal_kind(member) not in primitives
        )
    )


def inlined(of: Type, naming: RawNaming, under_way: tuple[str, ...] = ()) -> Type:
    """The type with the models it names written out, as types.ts knows none of them."""
    if isinstance(of, Ref):
        # A model that holds itself cannot be written out to its end.
        if of.model in under_way:
            return Primitive("any")
        return inlined(naming.model(of.model).shape, naming, (*under_way, of.model))
    return with_parts(of, lambda part: inlined(part, naming, under_way))


def described_raw(of: Type, mapped: Collection[str], naming: RawNaming) -> Type:
    """A raw type of ``responses``: a model in it is that model's raw type where it is ``mapped``, else written out."""
    if isinstance(of, Ref):
        return Ref(naming.raw_name(of.model)) if of.model in mapped else inlined(of, naming)
    return with_parts(of, lambda part: described_raw(part, mapped, naming))


def overlaid(derived: ObjectOf, response: ObjectOf | None) -> ObjectOf:
    """The derived raw type with the fields of ``responses`` in place of its own, and those it lacks at the end."""
    if response is None:
        return derived
    by_name = {item.name: item for item in response.fields}
    # Popped, so that only what the derived type lacks is left for the end.
    fields = tuple(by_name.pop(item.name, item) for item in derived.fields)
    return ObjectOf((*fields, *by_name.values()), response.index or derived.index)


def at_path(shape: Type, path: Iterable[str | int]) -> tuple[tuple[Field, ...], bool]:
    """Follow a path through a raw type; an item of a list may be absent.

    Returns:
        The field of each step, and whether the raw type has the whole path.
    """
    fields: list[Field] = []
    current: Type = shape
    for step in path:
        field = _step(current, step)
        if field is None:
            return tuple(fields), False
        fields.append(field)
        current = without_null(field.type)
    return tuple(fields), True


def _step(of: Type, step: str | int) -> Field | None:
    if isinstance(step, int):
        return Field(f"[{step}]", of.item, optional=True) if isinstance(of, ArrayOf) else None
    fields = of.fields if isinstance(of, ObjectOf) else ()
    return next((field for field in fields if field.name == step), None)


@frozen
class RawValue:
    """A value of the raw record: how it is read, and its raw type."""

    read: Read
    type: Type


RAW_RECORD = Read(RECORD, ())


def read_at(raw: Type, path: RawPath, model: Model, item: Field, root: Read = RAW_RECORD) -> RawValue:
    """The value at a path of the raw record, or of an object in it.

    Args:
        raw: the raw type of the record or the object.
        path: the path.
        model: the model that is mapped to.
        item: its field that is read from there.
        root: how the record or the object is read.

    Raises:
        AnswersError: the raw type has no such path.
    """
    fields, is_whole = at_path(raw, path)
    if not is_whole:
        raise AnswersError(
            f"the raw type has no {path_text(path)!r}, from which the field {item.name} is read",
            where=f"responses.{model.name}",
            fix="add it, or name another path in the mapping",
        )
    # One ahead of the steps: the first says whether the root may be missing, the last whether the value may.
    missing = [root.nullable, *(may_be_missing(field) for field in fields)]
    steps = tuple(Step(name, after_null=missing[index]) for index, name in enumerate(path))
    undefinable = root.undefinable or any(missing[:-1]) or any(field.optional for field in fields)
    of = fields[-1].type if fields else raw
    return RawValue(Read(root.variable, (*root.steps, *steps), any(missing), undefinable), of)
