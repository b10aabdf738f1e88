"""What the placeholders and expressions of a script may name, and what types say of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ...frozen import frozen
from ...models.types import (
    ArrayOf,
    Model,
    ObjectOf,
    Primitive,
    Ref,
    UnionOf,
    is_nullable,
    members_of,
    union_of,
    without_null,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...models.types import Field, Type
    from ..models.registry import ModelRegistry

    Root = Model | Type | None

_UNDEFINED = Primitive("undefined")

CONNECTION_VALUES = ObjectOf((), index=Primitive("string"))
"""The connection's configuration: whatever keys the provider's entry or its responses give it."""
LAST_SYNC = UnionOf((Primitive("Date"), _UNDEFINED))
"""The date of the last run."""


@frozen
class Roots:
    """What ``${...}`` may name in a script.

    Attributes:
        named: the roots by name: a model, ``None`` for no model, an object with any keys, or any other type of a value
            without fields, such as ``${folder}``.
        models: the models by name, for fields of fields.
        expressions: those of the text that is parsed, by the numbers that stand in their places.
    """

    named: Mapping[str, Root]
    models: ModelRegistry
    expressions: tuple[str, ...] = ()

    def and_also(self, **named: Root) -> Roots:
        """These roots and further ones."""
        return replace(self, named={**self.named, **named})

    def accepted(self) -> str:
        """The roots as the answers have them, for messages."""
        return " or ".join(
            f"${{{root}}}" if is_value(of) else f"${{{root}.field}}" for root, of in self.named.items()
        )


def is_value(of: Root) -> bool:
    """Whether a root is a value itself, without fields."""
    return of is not None and not isinstance(of, (Model, ObjectOf))


def fields_of(of: Root) -> Mapping[str, Field]:
    """The fields of a model, by name; none of anything else."""
    return {field.name: field for field in of.shape.fields} if isinstance(of, Model) else {}


def object_fields(of: Type, roots: Roots) -> Mapping[str, Field]:
    """The fields of an object, or of a model that is named, by name; none of any other type."""
    of = without_null(without_undefined(of))
    shape = roots.models.model(of.model).shape if isinstance(of, Ref) and roots.models.has(of.model) else of
    return {field.name: field for field in shape.fields} if isinstance(shape, ObjectOf) else {}


def may_be_absent(field: Field) -> bool:
    """Whether a field may hold nothing: ``a?: T``, ``a: T | null``, ``a: T | undefined``."""
    return field.optional or has_absent(field.type)


def has_absent(of: Type) -> bool:
    """Whether a value of a type may be null or undefined."""
    return is_nullable(of) or _UNDEFINED in members_of(of)


def without_undefined(of: Type) -> Type:
    """The type without undefined; undefined alone stays."""
    members = tuple(member for member in members_of(of) if member != _UNDEFINED)
    return union_of(members) if members else of


def is_single(of: Type) -> bool:
    """Whether the values of a type can stand in a path or a query: strings, numbers, booleans, enums."""
    if isinstance(of, UnionOf):
        return all(is_single(member) for member in of.members)
    if isinstance(of, Primitive):
        return of.name in {"string", "number", "boolean", "undefined"}
    return not isinstance(of, (ArrayOf, ObjectOf, Ref))
