"""The value of a model's field in ``mapping``: a path, or one of three small mappings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..errors import Problem
from ..frozen import frozen
from .shapes import Key, ListOf, MapOf, Record, Scalar, Shape, Text, below

if TYPE_CHECKING:
    from collections.abc import Iterator

_KINDS = {"const": (), "from": ("values", "otherwise"), "join": ("with",)}


@frozen
class MappingValue:
    """A path in the response; ``{ const: x }``; ``{ from: path, values: {...} }``; ``{ join: [paths], with: ' ' }``."""

    path: Shape

    def problems(self, value: Any, where: str) -> Iterator[Problem]:
        """See ``Shape``."""
        if not isinstance(value, dict):
            yield from self.path.problems(value, where)
            return
        problems = list(self._record().problems(value, where))
        yield from problems or _conflicts(value, where)

    def schema(self) -> dict[str, Any]:
        """See ``Shape``."""
        return {"anyOf": [self.path.schema(), self._record().schema()]}

    def _record(self) -> Record:
        table = MapOf(
            Scalar(), "a mapping such as { open: OPEN }", key=Text(hint="a value of the API", empty=True)
        )
        return Record(
            {
                "const": Key(Scalar(), "a constant, whatever the API sends; null if the field is nullable"),
                "from": Key(self.path, "where the value is in the response"),
                "values": Key(table, "the model's value for each value of the API, such as { open: OPEN }"),
                "otherwise": Key(Scalar(), "the model's value for any other value"),
                "join": Key(
                    ListOf(self.path, "a list of paths"),
                    "the strings to join; absent and empty ones are left out",
                ),
                "with": Key(
                    Text(r"[^\x00-\x08\x0b-\x1f\x7f]*", "a string", empty=True, blank=True),
                    "the separator between joined strings; a space by default",
                ),
            },
            "mapped value",
        )


def _conflicts(value: dict[str, Any], where: str) -> Iterator[Problem]:
    kinds = [key for key in _KINDS if key in value]
    if len(kinds) == 1:
        yield from _conflicts_of(kinds[0], value, where)
    else:
        what = f"it has {' and '.join(kinds)}" if kinds else "it has none of const, from and join"
        yield Problem(where, what, "accepted: one of const, from, join; or a path alone")


def _conflicts_of(kind: str, value: dict[str, Any], where: str) -> Iterator[Problem]:
    for key in value:
        if key not in (kind, *_KINDS[kind]):
            yield Problem(below(where, key), f"{key} does not go with {kind}", _goes_with(kind))
    if kind == "join" and len(value["join"] or ()) < 2:
        yield Problem(below(where, "join"), "there is nothing to join", "accepted: two paths or more")
    if kind == "from" and not value.get("values"):
        yield Problem(
            below(where, "values"), "the answer is missing", "it is what becomes of each value of the API"
        )


def _goes_with(kind: str) -> str:
    return f"accepted beside {kind}: {', '.join(_KINDS[kind]) or 'nothing'}"
