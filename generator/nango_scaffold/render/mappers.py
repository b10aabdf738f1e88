"""What the templates of mappers and of types.ts are filled with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..frozen import frozen
from ..models.walk import circles
from ..spec.mappers import BODY, UNREAD, DynamicMapper, Mapper, reads_response
from ..spec.values import Build, Joined, OrElse, Renamed
from .paths import mapper_stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ..spec.mappers import RawType
    from ..spec.values import Assign, Each, Local


@frozen
class MapperFunction:
    """One mapper.

    Attributes:
        spec: the mapper.
        variables: the values that are made in variables of their own, in order.
        is_read: whether anything of the raw record is read.
    """

    spec: Mapper | DynamicMapper
    variables: tuple[Local | Renamed | Joined, ...] = ()
    is_read: bool = True


@frozen
class MapperImport:
    """What a file imports of a mapper file: the mappers of some models."""

    stem: str
    models: tuple[str, ...]


@frozen
class MapperView:
    """One mapper file: a mapper, or several that call each other in a circle, as Nango refuses such files.

    Attributes:
        stem: its name without ending.
        functions: its mappers.
        models: the models it imports.
        raw_types: the raw types it imports.
        mapped: the mappers it imports.
    """

    stem: str
    functions: tuple[MapperFunction, ...]
    models: tuple[str, ...]
    raw_types: tuple[str, ...]
    mapped: tuple[MapperImport, ...] = ()


@frozen
class TypesView:
    """The raw types that types.ts declares."""

    raw_types: tuple[RawType, ...]


def mapper_files(mappers: Iterable[Mapper | DynamicMapper]) -> tuple[tuple[Mapper | DynamicMapper, ...], ...]:
    """The mappers of each file; those that call each other in a circle share one, for the CLI crashes at circular imports."""
    by_model = {mapper.model: mapper for mapper in mappers}
    groups = circles({model: mapper.uses for model, mapper in by_model.items()})
    return tuple(tuple(by_model[model] for model in group) for group in groups)


def shared_stems(mappers: Iterable[Mapper | DynamicMapper]) -> dict[str, str]:
    """The stem of the file of each mapper that lies in another one's, by its model."""
    return {mapper.model: mapper_stem(file[0].model) for file in mapper_files(mappers) for mapper in file[1:]}


def mapper_imports(models: Iterable[str], stems: Mapping[str, str]) -> tuple[MapperImport, ...]:
    """The imports of some mappers, one for each file, with the stems of those that lie in another one's."""
    by_stem: dict[str, list[str]] = {}
    for model in models:
        by_stem.setdefault(stems.get(model) or mapper_stem(model), []).append(model)
    return tuple(MapperImport(stem, tuple(of)) for stem, of in by_stem.items())


def mapper_view(*mappers: Mapper | DynamicMapper, stems: Mapping[str, str] | None = None) -> MapperView:
    """The file of any mapper, or of mappers in a circle. Rules M01-M03, N06, N07."""
    own = [mapper.model for mapper in mappers]
    used = unique(model for mapper in mappers for model in mapper.uses if model not in own)
    raw_types = [raw for mapper in mappers for raw in _raw_types(mapper) if raw != UNREAD]
    return MapperView(
        mapper_stem(own[0]),
        tuple(map(_function, mappers)),
        models=unique((*own, *map(_other_model, mappers))),
        raw_types=unique(raw_types),
        mapped=mapper_imports(used, stems or {}),
    )


def _raw_types(mapper: Mapper | DynamicMapper) -> tuple[str, ...]:
    if isinstance(mapper, DynamicMapper):
        return (mapper.raw,)
    bodies = [beside.type for beside in mapper.beside if beside.name == BODY]
    if mapper.has_raw_parent:
        return (mapper.raw, mapper.parent, *bodies)
    return (mapper.raw, *bodies)


def _other_model(mapper: Mapper | DynamicMapper) -> str:
    """The model that a mapper takes beside the raw record; empty for none."""
    if isinstance(mapper, DynamicMapper):
        return mapper.configuration.item_model
    return "" if mapper.has_raw_parent else mapper.parent


def _function(mapper: Mapper | DynamicMapper) -> MapperFunction:
    if isinstance(mapper, DynamicMapper):
        return MapperFunction(mapper)
    return MapperFunction(mapper, variables(mapper), reads_response(mapper))


def unique(names: Iterable[str]) -> tuple[str, ...]:
    """The names that are not empty, in their order, each once."""
    return tuple(dict.fromkeys(filter(None, names)))


def variables(of: Mapper | Each) -> tuple[Local | Renamed | Joined, ...]:
    """What is computed in variables before the object that a function gives, in order."""
    return (*of.locals, *_computed(_fields(of)))


def _fields(of: Mapper | Each) -> tuple[Assign, ...]:
    if isinstance(of, Mapper):
        return of.fields
    return of.item.fields if isinstance(of.item, Build) else ()


def _computed(fields: Iterable[Assign]) -> Iterator[Renamed | Joined]:
    """The values of an object's fields that are made in variables of their own."""
    for assign in fields:
        value = assign.value.value if isinstance(assign.value, OrElse) else assign.value
        if isinstance(value, Build):
            yield from _computed(value.fields)
        elif isinstance(value, (Renamed, Joined)):
            yield value
