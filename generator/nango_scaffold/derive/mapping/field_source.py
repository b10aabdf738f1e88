"""Where the value of a model's field comes from: the values of ``mapping``, parsed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ...errors import AnswersError
from ...frozen import frozen
from ...spec.paths import steps_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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
class Origin:
    """Where a raw value is: at a path, or at the path ``pick`` of the first item of a list there that has some values.

    Attributes:
        path: the path in the response.
        where: paths in an item of the list at ``path``, each with its value; empty for the value at ``path`` itself.
        pick: the path in that item; empty for the item itself.
    """

    path: RawPath
    where: tuple[tuple[RawPath, Plain], ...] = ()
    pick: RawPath = ()

    @property
    def raw_path(self) -> RawPath:
        """The path of the value in the raw type."""
        return (*self.path, 0, *self.pick) if self.where else self.path


@frozen
class Table:
    """A raw value, translated by a table.

    Attributes:
        values: raw values, as strings, each with its translation.
        otherwise: the translation of any other value, if ``has_default``.
    """

    origin: Origin
    values: tuple[tuple[str, Plain], ...]
    otherwise: Plain = None
    has_default: bool = False


@frozen
class Join:
    """The strings at some paths, joined by ``separator``."""

    paths: tuple[RawPath, ...]
    separator: str


@frozen
class AtOrigin:
    """A raw value as it is; ``otherwise`` where it is null or absent, ``None`` for no such default."""

    origin: Origin
    otherwise: Plain


@frozen
class Comparison:
    """Whether a raw value is one of some values."""

    origin: Origin
    values: tuple[Plain, ...]


@frozen
class Piece:
    """The ``first``, the ``rest`` or the ``last`` of the parts of a string; ``otherwise`` where there is none."""

    origin: Origin
    which: str
    separator: str
    otherwise: Plain


@frozen
class Date:
    """A date that the API sends in a form of its own."""

    origin: Origin
    form: str
    otherwise: Plain


@frozen
class Inner:
    """An object, or the items of a list, with a mapping of their own."""

    origin: Origin
    mapping: Mapping[str, Any]


@frozen
class Formula:
    """An expression of TypeScript."""

    text: str


Source = At | Constant | Table | Join | AtOrigin | Comparison | Piece | Date | Inner | Formula


def source_of(value: Any) -> Source:
    """Parse the value of a field in ``mapping``; its shape is checked when the answers are loaded."""
    if isinstance(value, str):
        return At(parse_raw_path(value))
    if "const" in value:
        return Constant(value["const"])
    if "expression" in value:
        return Formula(value["expression"])
    if "join" in value:
        paths = tuple(parse_raw_path(path) for path in value["join"])
        return Join(paths, _separator(value.get("with")))
    return _source_at(_origin(value), value)


def expressions_in(mapping: Mapping[str, Any], field: str = "") -> Iterator[tuple[str, str]]:
    """The expressions in a mapping, also in those of the items of lists, each with the field of the model."""
    for name, value in mapping.items():
        if isinstance(value, dict) and "expression" in value:
            yield field or name, value["expression"]
        elif isinstance(value, dict):
            yield from expressions_in(value.get("each") or {}, field or name)


def fields_that_read(mapping: Mapping[str, Any], name: str) -> list[str]:
    """The fields whose expressions read a name, such as ``parent``."""
    # Most expressions do not have the letters of the name in them: then nothing needs to be parsed.
    candidates = [(field, text) for field, text in expressions_in(mapping) if name in text]
    if not candidates:
        return []
    from ...typescript.expression import free_names  # brings the parser, which most answers do without

    return [field for field, text in candidates if name in free_names(text)]


def _origin(value: Mapping[str, Any]) -> Origin:
    where = tuple((parse_raw_path(path), item) for path, item in (value.get("where") or {}).items())
    pick = value.get("pick")
    return Origin(parse_raw_path(value["from"]), where, parse_raw_path(pick) if pick else ())


def _source_at(origin: Origin, value: Mapping[str, Any]) -> Source:
    otherwise = value.get("otherwise")
    if value.get("values"):
        return Table(origin, tuple(value["values"].items()), otherwise, otherwise is not None)
    if value.get("is") is not None:
        values = value["is"] if isinstance(value["is"], (list, tuple)) else [value["is"]]
        return Comparison(origin, tuple(values))
    if value.get("part"):
        return Piece(origin, value["part"], _separator(value.get("at")), otherwise)
    if value.get("date"):
        return Date(origin, value["date"], otherwise)
    if value.get("each"):
        return Inner(origin, value["each"])
    return AtOrigin(origin, otherwise)


def _separator(text: str | None) -> str:
    return " " if text is None else text


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
