"""Where the value of a model's field comes from, as ``mapping`` says it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ...errors import AnswersError
from ...frozen import frozen
from ...spec.paths import steps_of

if TYPE_CHECKING:
    from collections.abc import Mapping

Plain = str | int | float | bool | None
Reach = tuple[str | int, ...]
"""A path that may go through lists: ``("emails", 0, "value")``."""

_INDEX = re.compile(r"\[(\d+)\]")


@frozen
class At:
    """The value at a path of the response."""

    path: Reach


@frozen
class Constant:
    """A value of its own, whatever the response says."""

    value: Plain


@frozen
class Table:
    """The value at a path, turned by a table; ``otherwise`` stands for values not in it, if it is ``known``."""

    path: Reach
    values: tuple[tuple[str, Plain], ...]
    otherwise: Plain = None
    known: bool = False


@frozen
class Join:
    """The texts at some paths with a text between them."""

    paths: tuple[Reach, ...]
    between: str


Source = At | Constant | Table | Join


def source_of(said: Any) -> Source:
    """Read what stands right of a field in ``mapping``; its shape has been checked."""
    if isinstance(said, str):
        return At(reach_of(said))
    if "const" in said:
        return Constant(said["const"])
    if "join" in said:
        between = said.get("with")
        return Join(tuple(reach_of(path) for path in said["join"]), " " if between is None else between)
    otherwise = said.get("otherwise")
    return Table(reach_of(said["from"]), tuple(said["values"].items()), otherwise, otherwise is not None)


def text_paths(source: Source) -> tuple[Reach, ...]:
    """The paths at which a source takes texts for granted, unless the answers describe something else."""
    if isinstance(source, Table):
        return (source.path,)
    return source.paths if isinstance(source, Join) else ()


def reach_of(path: str) -> Reach:
    """The steps of a path that may go through lists.

    >>> reach_of("emails[0].value")
    ('emails', 0, 'value')
    """
    found: list[str | int] = []
    for step in steps_of(path):
        name = _INDEX.sub("", step)
        found += [name, *(int(index) for index in _INDEX.findall(step))]
    return tuple(found)


def shown(path: Reach) -> str:
    """A path as the answers write it.

    >>> shown(("emails", 0, "value"))
    'emails[0].value'
    """
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


def plain_path(mapping: Mapping[str, Any], field: str, where: str) -> str:
    """The path a field is read from, for a script that reads it from the raw record itself.

    Raises:
        AnswersError: the field is not read from one path through objects alone.
    """
    said = mapping.get(field, field)
    if isinstance(said, str) and "[" not in said:
        return said
    raise AnswersError(
        f"the sync reads {field} from the record itself, and its mapping is not a plain path",
        where=f"{where}.mapping.{field}",
        fix="name a path through objects, such as dates.updated",
    )
