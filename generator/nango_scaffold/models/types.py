"""The types a nango.yaml model can be made of, as frozen data.

A ``Model`` is what stands below one key of ``models:``; its fields hold ``Type`` trees. Output formats
(TypeScript, zod) walk these trees; nothing here knows them. Source: the model grammar of the nango CLI 0.69.36.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Union


@dataclass(frozen=True)
class Primitive:
    """A built-in type by its TypeScript name: ``string``, ``number``, ``boolean``, ``Date``, ``any`` and so on."""

    name: str


@dataclass(frozen=True)
class Literal:
    """One value as a type: an enum word, a number, true, false or null (``None``)."""

    value: str | int | float | bool | None


@dataclass(frozen=True)
class Ref:
    """A model by its name."""

    model: str


@dataclass(frozen=True)
class ArrayOf:
    """A list of ``item``."""

    item: Type


@dataclass(frozen=True)
class UnionOf:
    """One of several types, in the order written."""

    members: tuple[Type, ...]


@dataclass(frozen=True)
class ObjectOf:
    """An object with named fields, and with ``index`` also any other string key (``__string``)."""

    fields: tuple[Field, ...]
    index: Type | None = None


@dataclass(frozen=True)
class Field:
    """One named field; ``optional`` is the ``?`` after its name."""

    name: str
    type: Type
    optional: bool = False


Type = Union[Primitive, Literal, Ref, ArrayOf, UnionOf, ObjectOf]


@dataclass(frozen=True)
class Model:
    """A named object type; fields that ``__extends`` brings in are already among ``shape.fields``."""

    name: str
    shape: ObjectOf
