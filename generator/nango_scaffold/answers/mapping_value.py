"""The value of a model's field in ``mapping``: a path, or a small mapping that says what becomes of what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..errors import Problem
from ..frozen import frozen
from .shapes import Choice, Key, ListOf, MapOf, OneOf, Record, Scalar, Shape, Text, below, one_of

if TYPE_CHECKING:
    from collections.abc import Iterator

RAW_DATES = ("iso", "epoch_seconds", "epoch_milliseconds", "any")
"""The forms in which an API sends a date; ``any``: a string in any form, or milliseconds."""
DEEPEST_EACH = 2
"""How many lists in lists ``each`` can map."""

_RESULTS = ("values", "is", "part", "date", "each")
_KINDS = {
    "const": (),
    "from": ("where", "pick", *_RESULTS, "at", "otherwise"),
    "join": ("with",),
    "expression": (),
}
# What a key needs beside it, and what it does not go with.
_NEEDS = {"pick": "where", "at": "part"}
_APART = (
    *((key, other) for key in _RESULTS for other in _RESULTS if key < other),
    ("otherwise", "is"),
    ("otherwise", "each"),
)


@frozen
class MappingValue:
    """A path in the response, or a mapping such as ``{ const: x }``, ``{ from: path, values: {...} }``.

    Attributes:
        path: the shape of a path.
        expression: the shape of an expression.
        levels: how many lists in lists ``each`` can still map.
    """

    path: Shape
    expression: Shape
    levels: int = DEEPEST_EACH

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
        text = Text(r"[^\x00-\x08\x0b-\x1f\x7f]*", "a string", empty=True, blank=True)
        table = MapOf(
            Scalar(), "a mapping such as { open: OPEN }", key=Text(hint="a value of the API", empty=True)
        )
        keys = {
            "const": Key(Scalar(), "a constant, whatever the API sends; null if the field is nullable"),
            "from": Key(self.path, "where the value is in the response"),
            "where": Key(
                MapOf(Scalar(), "a mapping such as { primary: true }", key=self.path),
                "the item of the list at `from` to take: the first whose properties have these values",
            ),
            "pick": Key(self.path, "where the value is in that item; unset: the item itself"),
            "values": Key(table, "the model's value for each value of the API, such as { open: OPEN }"),
            "is": Key(
                OneOf((ListOf(Scalar(), "a list of values"), Scalar())),
                "true where the API's value is this one, or one of a list; for a boolean field",
            ),
            "part": Key(
                Choice(("first", "rest", "last")),
                "the part of a string to take: what is before the first separator, behind it, or behind the last one",
            ),
            "at": Key(text, "the separator of the parts; a space by default"),
            "date": Key(
                Choice(RAW_DATES),
                "the form of the API's date, for a field that is a date, or a string in ISO 8601; "
                "any: a string in any form, or milliseconds",
            ),
            "otherwise": Key(
                Scalar(), "the model's value for any other value, and where the API sends nothing"
            ),
            "join": Key(
                ListOf(self.path, "a list of paths"),
                "the strings to join; absent and empty ones are left out",
            ),
            "with": Key(text, "the separator between joined strings; a space by default"),
            "expression": Key(self.expression, "one TypeScript expression, for what no other key says"),
        }
        if self.levels:
            inner = MappingValue(self.path, self.expression, self.levels - 1)
            keys["each"] = Key(
                MapOf(inner, "a mapping such as { price: unit_price }"),
                "the mapping of an object, or of each item of a list: field <- path in the object or the item",
            )
        return Record(keys, "mapped value")


def _conflicts(value: dict[str, Any], where: str) -> Iterator[Problem]:
    kinds = [key for key in _KINDS if key in value]
    if len(kinds) == 1:
        yield from _conflicts_of(kinds[0], value, where)
    else:
        what = f"it has {' and '.join(kinds)}" if kinds else f"it has none of {', '.join(_KINDS)}"
        yield one_of(where, what, _KINDS, fix=f"accepted: one of {', '.join(_KINDS)}; or a path alone")


def _conflicts_of(kind: str, value: dict[str, Any], where: str) -> Iterator[Problem]:
    for key in value:
        if key not in (kind, *_KINDS[kind]):
            what = f"{key} does not go with {kind}"
            fix = f"accepted beside {kind}: {', '.join(_KINDS[kind]) or 'nothing'}"
            yield one_of(below(where, key), what, _KINDS[kind], fix=fix, on_key=True)
    if kind == "join" and len(value["join"] or ()) < 2:
        yield Problem(below(where, "join"), "there is nothing to join", "accepted: two paths or more")
    if kind == "from":
        yield from _conflicts_of_from(value, where)


def _conflicts_of_from(value: dict[str, Any], where: str) -> Iterator[Problem]:
    if value.keys() <= {"from", "values"} and not value.get("values"):
        yield Problem(
            below(where, "values"), "the answer is missing", "it is what becomes of each value of the API"
        )
    yield from _empty(value, where)
    for key, needed in _NEEDS.items():
        if key in value and needed not in value:
            yield Problem(below(where, key), f"{key} goes with {needed}", f"add {needed}, or remove {key}")
    for key, other in _APART:
        if key in value and other in value:
            yield Problem(below(where, key), f"{key} does not go with {other}", "remove one of them")


def _empty(value: dict[str, Any], where: str) -> Iterator[Problem]:
    if value.keys() <= {"from", "values"}:
        return
    for key in ("values", "is", "where", "each"):
        if value.get(key) in ({}, []):
            yield Problem(below(where, key), "it is empty", "remove it, or say what it should hold")
