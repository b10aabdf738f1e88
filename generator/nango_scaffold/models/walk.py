"""Walking type trees."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .types import Alias, ArrayOf, Model, ObjectOf, Ref, Type, UnionOf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


def definition_type(definition: Model | Alias) -> Type:
    """The type a model or alias stands for."""
    return definition.shape if isinstance(definition, Model) else definition.type


def referenced_models(type_: Type) -> tuple[str, ...]:
    """The models a type names, each once, in order."""
    models: dict[str, None] = {}
    pending = [type_]
    while pending:
        current = pending.pop()
        if isinstance(current, Ref):
            models[current.model] = None
        pending.extend(reversed(children(current)))
    return tuple(models)


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


def with_parts(type_: Type, change: Callable[[Type], Type]) -> Type:
    """The type with each of the types that it is made of changed; ``children`` are those types."""
    if isinstance(type_, ArrayOf):
        return ArrayOf(change(type_.item))
    if isinstance(type_, UnionOf):
        return UnionOf(tuple(change(member) for member in type_.members))
    if isinstance(type_, ObjectOf):
        fields = tuple(replace(field, type=change(field.type)) for field in type_.fields)
        return ObjectOf(fields, None if type_.index is None else change(type_.index))
    return type_


def circle(start: str, references: Callable[[str], Iterable[str]]) -> tuple[str, ...]:
    """A circle of names, ``("A", "B", "A")``, from one back to itself; empty when there is none.

    Args:
        start: the name.
        references: the names to which a name leads.
    """
    # Each name once and without recursion: models may refer to each other in a row of any length.
    referrers: dict[str, str] = {}
    pending = [start]
    while pending:
        current = pending.pop()
        for name in references(current):
            if name == start:
                return (start, *_path(start, current, referrers), start)
            if name not in referrers:
                referrers[name] = current
                pending.append(name)
    return ()


def circles(references: Mapping[str, Iterable[str]]) -> tuple[tuple[str, ...], ...]:
    """The names in groups: those that lead to each other are one, in the order of the first of them.

    >>> circles({"A": ["B"], "B": ["C", "A"], "C": ["C"]})
    (('A', 'B'), ('C',))
    """
    reached = {name: _reached(name, references) for name in references}
    grouped: dict[str, tuple[str, ...]] = {}
    for name in references:
        if not any(name in group for group in grouped.values()):
            grouped[name] = (
                name,
                *(other for other in reached[name] if other != name and name in reached[other]),
            )
    return tuple(grouped.values())


def _reached(start: str, references: Mapping[str, Iterable[str]]) -> dict[str, None]:
    """The names to which a name leads, over any number of others."""
    reached: dict[str, None] = {}
    pending = [start]
    while pending:
        for name in references[pending.pop()]:
            if name in references and name not in reached:
                reached[name] = None
                pending.append(name)
    return reached


def _path(start: str, last: str, referrers: Mapping[str, str]) -> list[str]:
    """The names between the start and the last one, and that one; none where that is the start."""
    path: list[str] = []
    while last != start:
        path.append(last)
        last = referrers[last]
    return path[::-1]
