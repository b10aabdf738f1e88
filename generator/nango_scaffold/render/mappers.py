"""What the templates of mappers and of types.ts are filled with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..frozen import frozen
from ..spec.mappers import UNREAD, DynamicMapper, Mapper, reads_response
from ..spec.values import Build, Joined, OrNull, Renamed
from .paths import mapper_stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..spec.mappers import RawType
    from ..spec.values import Assign


@frozen
class MapperView:
    """One mapper file.

    Attributes:
        stem: its name without ending.
        spec: the mapper.
        models: the models it imports.
        raw_types: the raw types it imports.
        mappers: the models whose mappers it imports.
        variables: the values that are made in variables of their own, in order.
        is_read: whether anything of the raw record is read.
    """

    stem: str
    spec: Mapper | DynamicMapper
    models: tuple[str, ...]
    raw_types: tuple[str, ...]
    mappers: tuple[str, ...] = ()
    variables: tuple[Renamed | Joined, ...] = ()
    is_read: bool = True


@frozen
class TypesView:
    """The raw types that types.ts declares."""

    raw_types: tuple[RawType, ...]


def mapper_view(mapper: Mapper | DynamicMapper) -> MapperView:
    """The file of any mapper. Rules M01-M03, N06, N07."""
    raw_types = tuple(name for name in _raw_types(mapper) if name not in ("", UNREAD))
    stem = mapper_stem(mapper.model)
    if isinstance(mapper, DynamicMapper):
        return MapperView(stem, mapper, _unique(mapper.model, mapper.configuration.item_model), raw_types)
    return MapperView(
        stem,
        mapper,
        models=_unique(mapper.model, "" if mapper.has_raw_parent else mapper.parent),
        raw_types=raw_types,
        mappers=tuple(model for model in mapper.uses if model != mapper.model),
        variables=tuple(_variables(mapper.fields)),
        is_read=reads_response(mapper),
    )


def _raw_types(mapper: Mapper | DynamicMapper) -> tuple[str, ...]:
    if isinstance(mapper, Mapper) and mapper.has_raw_parent:
        return (mapper.raw, mapper.parent)
    return (mapper.raw,)


def _unique(*names: str) -> tuple[str, ...]:
    """The names that are not empty, each once."""
    return tuple(dict.fromkeys(filter(None, names)))


def _variables(fields: Iterable[Assign]) -> Iterator[Renamed | Joined]:
    """The values of an object's fields that are made in variables of their own."""
    for assign in fields:
        value = assign.value.value if isinstance(assign.value, OrNull) else assign.value
        if isinstance(value, Build):
            yield from _variables(value.fields)
        elif isinstance(value, (Renamed, Joined)):
            yield value
