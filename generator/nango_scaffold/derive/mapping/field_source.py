"""Where the value of a model's field comes from: the values of ``mapping``, parsed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ...errors import AnswersError
from ...frozen import frozen
from ...spec.paths import steps_of

if TYPE_CHECKING:
    from collections.abc import Mapping

Plain = str | int | float | bool | None
RawPath = tuple[str | int, ...]
"""A path that may go through lists: ``("emails", 0, "value")``."""

_INDEX = re.compile(r"\[(\d+)\]")


@frozen
class At:
    """The value at a path of the response."""

    path: RawPath


@frozen
class Constant:
    """A constant, whatever the response holds."""

    value: Plain


@frozen
class Table:
    """The value at a path, translated by a table.

    Attributes:
        values: raw values, as strings, each with its translation.
        otherwise: the translation of any other value, if ``has_default``.
    """

    path: RawPath
    values: tuple[tuple[str, Plain], ...]
    otherwise: Plain = None
    has_default: bool = False


@frozen
class Join:
    """The strings at some paths, joined by ``separator``."""

    paths: tuple[RawPath, ...]
    separator: str


Source = At | Constant | Table | Join


def source_of(value: Any) -> Source:
    """Parse the value of a field in ``mapping``; its shape is checked when the answers are loaded."""
    if isinstance(value, str):
        return At(parse_raw_path(value))
    if "const" in value:
        return Constant(value["const"])
    if "join" in value:
        separator = value.get("with")
        paths = tuple(parse_raw_path(path) for path in value["join"])
        return Join(paths, " " if separator is None else separator)
    otherwise = value.get("otherwise")
    table = tuple(value["values"].items())
    return Table(parse_raw_path(value["from"]), table, otherwise, otherwise is not None)


def text_paths(source: Source) -> tuple[RawPath, ...]:
    """The paths at which a source expects strings, unless ``responses`` describes something else."""
    if isinstance(source, Table):
        return (source.path,)
    return source.paths if isinstance(source, Join) else ()


def parse_raw_path(path: str) -> RawPath:
    """The steps of a path that may go through lists.

    >>> parse_raw_path("emails[0].value")
    ('emails', 0, 'value')
    """
    steps: list[str | int] = []
    for step in steps_of(path):
        name = _INDEX.sub("", step)
        steps += [name, *(int(index) for index in _INDEX.findall(step))]
    return tuple(steps)


def path_text(path: RawPath) -> str:
    """A path as the answers write it.

    >>> path_text(("emails", 0, "value"))
    'emails[0].value'
    """
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


def plain_path(mapping: Mapping[str, Any], field: str, where: str) -> str:
    """The path a field is read from, for a script that reads it from the raw record itself.

    Raises:
        AnswersError: the field is not read from one path through objects alone.
    """
    path = mapping.get(field, field)
    if isinstance(path, str) and "[" not in path:
        return path
    raise AnswersError(
        f"the sync reads {field} from the record itself, and its mapping is not a plain path",
        where=f"{where}.mapping.{field}",
        fix="name a path through objects, such as dates.updated",
    )
