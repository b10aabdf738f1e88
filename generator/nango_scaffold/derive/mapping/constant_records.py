"""Records that take nothing from the response: they are written out in place, without a mapper or a raw type."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ...spec.mappers import STATUS, Mapper, reads_response
from ...spec.values import Assign, Build, Each, Mapped, OrElse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ...spec.mappers import DynamicMapper
    from ...spec.values import Value


def without_constants(
    mappers: Iterable[Mapper | DynamicMapper],
) -> tuple[tuple[Mapper | DynamicMapper, ...], dict[str, Build]]:
    """Separate the mappers that read something from records that are always the same.

    A record that holds such a record may become one itself, so this goes on until nothing changes.

    Returns:
        The mappers that remain, and the constant record of each other model.
    """
    remaining = list(mappers)
    constants: dict[str, Build] = {}
    while new := _constants_of(remaining):
        constants.update(new)
        remaining = [_written_out(mapper, constants) for mapper in remaining if mapper.model not in new]
    return tuple(remaining), constants


def _constants_of(mappers: Iterable[Mapper | DynamicMapper]) -> dict[str, Build]:
    """The records of mappers that read neither the response nor a parent's record, by model."""
    # The status of a response is there where such a record is written out.
    return {
        mapper.model: Build(mapper.fields)
        for mapper in mappers
        if isinstance(mapper, Mapper)
        and not mapper.parent
        and not mapper.locals
        and all(beside.name == STATUS for beside in mapper.beside)
        and not reads_response(mapper)
    }


def _written_out(mapper: Mapper | DynamicMapper, constants: Mapping[str, Build]) -> Mapper | DynamicMapper:
    """The mapper with the constant records written out in place of calls of their mappers."""
    if not isinstance(mapper, Mapper) or not constants.keys() & set(mapper.uses):
        return mapper
    fields = tuple(_with_constants(assign, constants) for assign in mapper.fields)
    uses = tuple(model for model in mapper.uses if model not in constants)
    return replace(mapper, fields=fields, uses=uses)


def _with_constants(assign: Assign, constants: Mapping[str, Build]) -> Assign:
    return replace(assign, value=_replaced(assign.value, constants))


def _replaced(value: Value, constants: Mapping[str, Build]) -> Value:
    if isinstance(value, Mapped):
        return constants.get(value.model, value)
    if isinstance(value, Each):
        return replace(value, item=_replaced(value.item, constants))
    if isinstance(value, OrElse):
        return replace(value, value=_replaced(value.value, constants))
    if isinstance(value, Build):
        return Build(tuple(_with_constants(assign, constants) for assign in value.fields))
    return value
