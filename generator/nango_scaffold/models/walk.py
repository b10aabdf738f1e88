"""Walking type trees."""

from __future__ import annotations

from .types import Alias, ArrayOf, Model, ObjectOf, Ref, Type, UnionOf


def definition_type(definition: Model | Alias) -> Type:
    """The type a model or alias stands for."""
    return definition.shape if isinstance(definition, Model) else definition.type


def referenced_models(type_: Type) -> tuple[str, ...]:
    """The models a type names, each once, in order."""
    found: dict[str, None] = {}
    pending = [type_]
    while pending:
        current = pending.pop()
        if isinstance(current, Ref):
            found[current.model] = None
        pending.extend(reversed(children(current)))
    return tuple(found)


def children(type_: Type) -> list[Type]:
    """The types a type is made of."""
    if isinstance(type_, ArrayOf):
        return [type_.item]
    if isinstance(type_, UnionOf):
        return list(type_.members)
    if isinstance(type_, ObjectOf):
        index = [] if type_.index is None else [type_.index]
        return index + [field.type for field in type_.fields]
    return []
