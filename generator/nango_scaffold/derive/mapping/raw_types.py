"""The third party's side: what a raw record looks like when only the model is known.

``field?: T`` of a model stands for ``T | null`` of the API; a date travels as text; a referenced model is a raw type of
its own.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ...frozen import frozen
from ...models.types import ArrayOf, Field, Literal, Model, ObjectOf, Primitive, Ref, Type, UnionOf
from ...spec.mappers import UNREAD

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

NULL = Literal(None)


def raw_ref(name: str) -> Type:
    """A raw type by its name; ``UNREAD`` is no name of ours."""
    return Primitive(UNREAD) if name == UNREAD else Ref(name)


def is_nullable(of: Type) -> bool:
    """Whether null is among the values of a type."""
    return of == NULL or (isinstance(of, UnionOf) and NULL in of.members)


def or_null(of: Type) -> Type:
    """The type with null among its values."""
    if is_nullable(of) or of == Primitive("any"):
        return of
    return UnionOf((*of.members, NULL)) if isinstance(of, UnionOf) else UnionOf((of, NULL))


def without_null(of: Type) -> Type:
    """The type without null; null alone stays null."""
    if not isinstance(of, UnionOf):
        return of
    members = tuple(member for member in of.members if member != NULL)
    return members[0] if len(members) == 1 else UnionOf(members)


def widened(of: Type) -> Type:
    """The type of single values of one kind, ``string`` for ``open | closed``; any other type as it is."""
    members = of.members if isinstance(of, UnionOf) else (of,)
    kinds = {_kind(member) if isinstance(member, Literal) else "" for member in members}
    kind = kinds.pop() if len(kinds) == 1 else ""
    return Primitive(kind) if kind in ("string", "number", "boolean") else of


def is_part_of(one: Type, other: Type) -> bool:
    """Whether each value of a type is one of another: ``open | closed`` of ``string``, and of ``open | closed | lost``."""
    wider = _members(other)
    return all(member in wider or widened(member) in wider for member in _members(one))


def met(one: Type, other: Type) -> Type:
    """What is known of a value that two fields read, without null: the narrower type, the first where neither is."""
    one, other = without_null(one), without_null(other)
    if one == Primitive("any") or one == widened(other):
        return other
    if other == widened(one):
        return one
    shared = tuple(member for member in _members(one) if member in _members(other))
    return (UnionOf(shared) if len(shared) > 1 else shared[0]) if shared else one


def _members(of: Type) -> tuple[Type, ...]:
    return of.members if isinstance(of, UnionOf) else (of,)


def passes_as_it_is(of: Type) -> bool:
    """Whether a raw value of this type can be handed on untouched: no date, no model, no object to be picked from."""
    if isinstance(of, ArrayOf):
        return passes_as_it_is(of.item)
    if isinstance(of, UnionOf):
        return all(passes_as_it_is(member) for member in of.members)
    if isinstance(of, ObjectOf):
        return of.index is not None and all(passes_as_it_is(item.type) for item in of.fields)
    return not isinstance(of, Ref) and of != Primitive("Date")


@frozen
class RawNaming:
    """What the raw side needs to know of names: the raw type of a model, and a model by its name."""

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
    if isinstance(inner, UnionOf):  # which member a value is cannot be told: it is handed on as it is
        return _told_apart(UnionOf(tuple(inlined(member, naming) for member in of.members)))
    return or_null(raw_of(inner, naming))


def _told_apart(of: UnionOf) -> Type:
    """The union without single values that one of its types holds anyway: ``string`` for ``ok | string``."""
    wide = {member.name for member in of.members if isinstance(member, Primitive)}
    members = tuple(
        member for member in of.members if not (isinstance(member, Literal) and _kind(member) in wide)
    )
    return members[0] if len(members) == 1 else UnionOf(members)


def _kind(of: Literal) -> str:
    if isinstance(of.value, bool):
        return "boolean"
    return "string" if isinstance(of.value, str) else "null" if of.value is None else "number"


def inlined(of: Type, naming: RawNaming, under_way: tuple[str, ...] = ()) -> Type:
    """The type with the models it names written out, as types.ts knows none of them."""
    if isinstance(of, Ref):
        if of.model in under_way:
            return Primitive("any")
        return inlined(naming.model(of.model).shape, naming, (*under_way, of.model))
    if isinstance(of, ArrayOf):
        return ArrayOf(inlined(of.item, naming, under_way))
    if isinstance(of, UnionOf):
        return UnionOf(tuple(inlined(member, naming, under_way) for member in of.members))
    if isinstance(of, ObjectOf):
        fields = (
            Field(item.name, inlined(item.type, naming, under_way), item.optional) for item in of.fields
        )
        index = None if of.index is None else inlined(of.index, naming, under_way)
        return ObjectOf(tuple(fields), index)
    return of


def said_raw(of: Type, mapped: Collection[str], naming: RawNaming) -> Type:
    """A raw type of the answers: a model in it is that model's raw type where it is ``mapped``, else written out."""
    if isinstance(of, Ref):
        return Ref(naming.raw_name(of.model)) if of.model in mapped else inlined(of, naming)
    if isinstance(of, ArrayOf):
        return ArrayOf(said_raw(of.item, mapped, naming))
    if isinstance(of, UnionOf):
        return UnionOf(tuple(said_raw(member, mapped, naming) for member in of.members))
    if isinstance(of, ObjectOf):
        fields = tuple(replace(item, type=said_raw(item.type, mapped, naming)) for item in of.fields)
        return ObjectOf(fields, None if of.index is None else said_raw(of.index, mapped, naming))
    return of


def overlaid(derived: ObjectOf, said: ObjectOf | None) -> ObjectOf:
    """The derived raw type with the fields of ``responses`` in place of its own, and those it lacks at the end."""
    if said is None:
        return derived
    by_name = {item.name: item for item in said.fields}
    kept = tuple(by_name.pop(item.name, item) for item in derived.fields)
    return ObjectOf((*kept, *by_name.values()), said.index or derived.index)


def at_path(shape: Type, path: Iterable[str | int]) -> tuple[tuple[Field, ...], bool]:
    """Follow a path through a raw type; an item of a list may be absent.

    Returns:
        The field of each step, and whether the whole path was found.
    """
    found: list[Field] = []
    here: Type = shape
    for step in path:
        field = _step(here, step)
        if field is None:
            return tuple(found), False
        found.append(field)
        here = without_null(field.type)
    return tuple(found), True


def _step(of: Type, step: str | int) -> Field | None:
    if isinstance(step, int):
        return Field(f"[{step}]", of.item, optional=True) if isinstance(of, ArrayOf) else None
    fields = of.fields if isinstance(of, ObjectOf) else ()
    return next((field for field in fields if field.name == step), None)
