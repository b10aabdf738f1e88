"""From a JSON sample of records to the fields of a model.

A sample shows what is there, not what may be: a null, or a key that some records lack, makes a field optional; values
of several kinds make a union of them. What looks like a date stays a text, as JSON has nothing else, and a text that
repeats is no choice of values.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import Any

from ..answers.shapes import Text
from ..errors import AnswersError
from ..frozen import frozen
from ..models.read import accept_model

_SCALARS = ("string", "number", "boolean")
_NOT_A_FIELD = frozenset({"__extends", "__string"})
_IDS = ("Id", "ID", "_id", "uuid", "guid", "gid", "uid", "key", "slug")
_ONE_STEP = re.compile(r"[^\x00-\x1f\x7f.\[\]]+")
_DEEPEST_ENVELOPE = 3


@frozen
class Described:
    """A model as someone described it.

    Attributes:
        fields: in nango.yaml's model language.
        mapping: model field <- path in the response, where the two cannot have the same name.
        response_path: where the records stood in the sample; empty for the whole of it.
        is_list: whether a list stood there.
        notes: what a person should know of the reading, a sentence each.
    """

    fields: Mapping[str, Any]
    mapping: Mapping[str, str] = field(default_factory=dict)
    response_path: str = ""
    is_list: bool = False
    notes: tuple[str, ...] = ()


def describe_sample(data: Any, *, needs_id: bool = False) -> Described:
    """Describe the records of a sample: one record, a list of them, or a whole response with such a list in it.

    Args:
        data: what was read from JSON.
        needs_id: whether the model must have an ``id``; without one, what tells the records apart is taken for it.

    Raises:
        AnswersError: there is no record in it.
    """
    path, records = _records_in(data)
    if not records or not any(records):
        raise AnswersError("the sample holds no record with fields", fix="paste a record that has some")
    reading = _Reading()
    fields = reading.fields(records, "")
    if needs_id and "id" not in fields:
        fields = reading.with_id(fields)
    is_list = isinstance(_at(data, path), list)
    return Described(fields, reading.mapping, ".".join(path), is_list, tuple(reading.notes))


class _Reading:
    """One reading of a sample, with what is noted on the way."""

    def __init__(self) -> None:
        self.mapping: dict[str, str] = {}
        self.notes: list[str] = []

    def fields(self, records: list[Mapping[str, Any]], place: str | None) -> dict[str, Any]:
        """The fields of records; ``place`` leads to them in the model, ``None`` where no mapping can reach."""
        found: dict[str, Any] = {}
        for key in dict.fromkeys(key for record in records for key in record):
            values = [record[key] for record in records if key in record]
            name = self._name(key, place)
            if not name or name in found or f"{name}?" in found:
                continue
            optional = len(values) < len(records) or None in values
            leads_on = name == key and _ONE_STEP.fullmatch(key)  # what a path of a mapping can name
            inner = f"{place}{name}." if place is not None and leads_on else None
            found[f"{name}?" if optional else name] = self._type(values, inner)
        return found

    def with_id(self, fields: dict[str, Any]) -> dict[str, Any]:
        """The fields with an ``id``, which a field that tells records apart fills; unchanged where there is none."""
        ending = [name for name in fields if name.endswith(("_id", "Id"))]
        for name in (*_IDS, *(ending if len(ending) == 1 else ())):
            if fields.get(name) in ("string", "number"):
                self.mapping["id"] = self.mapping.get(name, name)
                self.notes.append(f"id is filled from {name}")
                rest = {key: value for key, value in fields.items() if key != "id?"}
                return {"id": fields[name], **rest}
        return fields

    def _type(self, values: Iterable[Any], place: str | None) -> Any:
        present = [value for value in values if value is not None]
        kinds = {_kind(value) for value in present}
        if kinds == {"object"}:
            return self.fields(present, place) or "object"
        if kinds == {"array"}:
            return self._array([item for value in present for item in value])
        if kinds and kinds <= set(_SCALARS):
            return " | ".join(kind for kind in _SCALARS if kind in kinds)
        return "any"

    def _array(self, items: list[Any]) -> Any:
        """A list of what the items are; the list form of YAML where one word with ``[]`` cannot say it."""
        inner = self._type(items, None)
        holds_null = None in items
        if not isinstance(inner, str):
            return "any[]" if holds_null else [inner]
        words = inner.split(" | ")
        if inner in ("any", "object") or (inner.endswith("[]") and holds_null):
            return "any[]" if inner != "object" or holds_null else "object[]"
        if inner.endswith("[]"):
            return [inner]
        return [*words, "null"] if holds_null else words if len(words) > 1 else f"{inner}[]"

    def _name(self, key: str, place: str | None) -> str:
        """The field's name for a key of the sample; empty where no field can be had from it."""
        said = not any(Text().problems(key, ""))  # a name that the answers format has room for
        fine = said and not key.endswith("?") and key not in _NOT_A_FIELD
        if fine and not accept_model("Model", {key: "string"}):
            return key
        name = f"_{key}"
        if fine and place is not None and key[:1].isdigit() and not accept_model("Model", {name: "string"}):
            self.mapping[f"{place}{name}"] = f"{place}{key}"
            self.notes.append(f"{place}{key} is called {place}{name}, as no name may start with a digit")
            return name
        self.notes.append(f"left out: {key!r}, which cannot be a field's name")
        return ""


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, (int, float)):
        return "number"
    if isinstance(value, str):
        return "string"
    return "object" if isinstance(value, Mapping) else "array"


def _records_in(data: Any) -> tuple[tuple[str, ...], list[Mapping[str, Any]]]:
    """The records of a sample, and the way to them."""
    if isinstance(data, Mapping):
        path = _envelope(data)
        found = _at(data, path)
        records = found if isinstance(found, list) else [found]
        return path, records
    if isinstance(data, list) and all(isinstance(item, Mapping) for item in data):
        return (), data
    raise AnswersError(
        "the sample is neither a record nor a list of records",
        fix='paste an object such as { "id": 1 }, or a list of them',
    )


def _envelope(data: Mapping[str, Any], depth: int = 0) -> tuple[str, ...]:
    """The way to the one list of records, or the one record, that a response wraps; none for a record itself."""
    if any(key == "id" or key in _IDS for key in data) or depth == _DEEPEST_ENVELOPE:
        return ()
    lists = [key for key, value in data.items() if _is_list_of_records(value) and _ONE_STEP.fullmatch(key)]
    if len(lists) == 1:
        return (lists[0],)
    nested = [key for key, value in data.items() if isinstance(value, Mapping) and _ONE_STEP.fullmatch(key)]
    ways = [(key, *way) for key in nested if (way := _envelope(data[key], depth + 1))]
    if not lists and len(ways) == 1:
        return ways[0]
    only = nested[0] if len(data) == 1 and nested else ""
    return (only,) if only and "id" in data[only] else ()


def _is_list_of_records(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, Mapping) for item in value)


def _at(data: Any, path: tuple[str, ...]) -> Any:
    for step in path:
        data = data[step]
    return data
