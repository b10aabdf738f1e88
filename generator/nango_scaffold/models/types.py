"""The types a nango.yaml model can be made of, as frozen data.

A ``Model`` is what stands below one key of ``models:``; its fields hold ``Type`` trees. Output formats
(TypeScript, zod) walk these trees; nothing here knows them. Source: the model grammar of the nango CLI 0.69.36.
"""

from __future__ import annotations

from ..frozen import frozen


@frozen
class Primitive:
    """A built-in type by its TypeScript name: ``string``, ``number``, ``boolean``, ``Date``, ``any`` and so on."""

    name: str


@frozen
class Literal:
    """One value as a type: an enum word, a number, true, false or null (``None``)."""

    value: str | int | float | bool | None

    # Python finds 1 equal to True; as types they differ.
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Literal) and self._kind == other._kind

    def __hash__(self) -> int:
        return hash(self._kind)

    @property
    def _kind(self) -> tuple[bool, str | int | float | bool | None]:
        return isinstance(self.value, bool), self.value


@frozen
class Ref:
    """A model by its name."""

    model: str


@frozen
class ArrayOf:
    """A list of ``item``."""

    item: Type


@frozen
class UnionOf:
    """One of several types, in the order written."""

    members: tuple[Type, ...]


@frozen
class ObjectOf:
    """An object with named fields, and with ``index`` also any other string key (``__string``)."""

    fields: tuple[Field, ...]
    index: Type | None = None


@frozen
class Field:
    """One named field; ``optional`` is the ``?`` after its name."""

    name: str
    type: Type
    optional: bool = False


Type = Primitive | Literal | Ref | ArrayOf | UnionOf | ObjectOf


@frozen
class Model:
    """A named object type; fields that ``__extends`` brings in are already among ``shape.fields``."""

    name: str
    shape: ObjectOf


@frozen
class Alias:
    """A named type that is not a model: what the CLI makes of an input or output that names a type."""

    name: str
    type: Type


NULL = Literal(None)


def members_of(of: Type) -> tuple[Type, ...]:
    """The members of a union; any other type is its own only member."""
    return of.members if isinstance(of, UnionOf) else (of,)


def union_of(members: tuple[Type, ...]) -> Type:
    """The union of some types; a single one stands for itself."""
    return members[0] if len(members) == 1 else UnionOf(members)


def is_nullable(of: Type) -> bool:
    """Whether null is among the values of a type."""
    return NULL in members_of(of)


def or_null(of: Type) -> Type:
    """The type with null among its values."""
    if is_nullable(of) or of == Primitive("any"):
        return of
    return UnionOf((*members_of(of), NULL))


def without_null(of: Type) -> Type:
    """The type without null; null alone stays null."""
    if not isinstance(of, UnionOf):
        return of
    return union_of(tuple(member for member in of.members if member != NULL))


def literal_kind(of: Literal) -> str:
    """The name of the primitive type that a literal's value is of: ``string``, ``number``, ``boolean`` or ``null``."""
    if of.value is None:
        return "null"
    # Before the numbers, of which Python's bool is one.
    if isinstance(of.value, bool):
        return "boolean"
    return "string" if isinstance(of.value, str) else "number"


def widened(of: Type) -> Type:
    """The primitive type of literals of one kind, ``string`` for ``open | closed``; any other type as it is."""
    kinds = {literal_kind(member) if isinstance(member, Literal) else "" for member in members_of(of)}
    kind = kinds.pop() if len(kinds) == 1 else ""
    return Primitive(kind) if kind in ("string", "number", "boolean") else of


def is_part_of(narrow: Type, wide: Type) -> bool:
    """Whether each value of a type is one of another: ``open | closed`` of ``string``, and of ``open | closed | lost``."""
    members = members_of(wide)
    return all(member in members or widened(member) in members for member in members_of(narrow))


def narrower(first: Type, second: Type) -> Type:
    """The type, without null, of a value that is of two types at once; the first where they share nothing."""
    first, second = without_null(first), without_null(second)
    # Of two types that hold the same values the narrower one says more: `open | closed` beside `string`.
    if first in (Primitive("any"), widened(second)):
        return second
    if second == widened(first):
        return first
    shared = tuple(member for member in members_of(first) if member in members_of(second))
    return union_of(shared) if shared else first
