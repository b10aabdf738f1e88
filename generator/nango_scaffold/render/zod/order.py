"""The order of the schemas in a file: each after those it uses, as ts-to-zod 3.13.0 arranges them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...frozen import frozen
from ...models.types import ArrayOf, ObjectOf, Ref, Type, UnionOf
from ...models.walk import definition_type, referenced_models
from ...naming.schemas import schema_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ...models.types import Alias, Model


@frozen
class Placed:
    """A model or alias in its place.

    Attributes:
        schema: the name of its schema.
        lazy: whether it takes part in a circle, so that it cannot be used directly.
        typed: whether a lazy schema names the type of its model, as ts-to-zod's own do. That does not compile under CLIs
            that declare optional fields without ``undefined``.
    """

    schema: str
    definition: Model | Alias
    lazy: bool
    typed: bool = True


def arrange(definitions: Iterable[Model | Alias], *, typed: bool = True) -> list[Placed]:
    """Put definitions in the order of the schema file.

    Definitions are gone through again and again; one is placed when all it uses has been. What then is left is in
    circles and is placed last. Of definitions whose schemas have one name, one is lost, as it is with ts-to-zod.
    """
    by_name = {definition.name: definition for definition in definitions}
    waiting = [(schema_name(each.name), each, _uses(each)) for each in _visited(by_name)]
    placed: dict[str, Placed] = {}
    moved = True
    while moved:
        moved = False
        waiting = [entry for entry in waiting if entry[0] not in placed]
        for schema, definition, uses in waiting:
            if uses - {schema} <= placed.keys():
                placed[schema] = Placed(schema, definition, schema in uses, typed)
                moved = True
    for schema, definition, _ in waiting:
        placed[schema] = Placed(schema, definition, lazy=True, typed=typed)
    return list(placed.values())


def _uses(definition: Model | Alias) -> frozenset[str]:
    return frozenset(map(schema_name, referenced_models(definition_type(definition))))


def _visited(by_name: dict[str, Model | Alias]) -> list[Model | Alias]:
    """Each definition followed by those its fields name, repetitions included."""
    visited: list[Model | Alias] = []
    for definition in by_name.values():
        visited.append(definition)
        visited += [
            by_name[name] for name in _named_by_fields(definition_type(definition)) if name in by_name
        ]
    return visited


def _named_by_fields(type_: Type) -> list[str]:
    """The models a type names, in order; ts-to-zod does not look into index signatures here."""
    if isinstance(type_, Ref):
        return [type_.model]
    if isinstance(type_, ArrayOf):
        return _named_by_fields(type_.item)
    parts: Iterable[Type] = ()
    if isinstance(type_, UnionOf):
        parts = type_.members
    elif isinstance(type_, ObjectOf):
        parts = (field.type for field in type_.fields)
    return [name for part in parts for name in _named_by_fields(part)]
