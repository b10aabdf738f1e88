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
