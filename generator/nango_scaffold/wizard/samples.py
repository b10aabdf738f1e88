"""From a JSON sample of records to the fields of a model.

A sample shows what is there, not what may be: a null, or a key that some records lack, makes a field optional; values
of several types make a union. What looks like a date stays a string, as JSON has nothing else, and a string that
repeats makes no enum.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import field
from itertools import chain
from typing import Any

from ..answers.shapes import Text
from ..errors import AnswersError
from ..frozen import frozen
from ..models.read import accept_model
from ..naming.words import plural, words

_SCALARS = ("string", "number", "boolean")
_NOT_A_FIELD = frozenset({"__extends", "__string"})
_IDS = ("Id", "ID", "_id", "uuid", "guid", "gid", "uid", "key", "slug")
_ONE_STEP = re.compile(r"[^\x00-\x1f\x7f.\[\]]+")
_DEEPEST_ENVELOPE = 3
_USUAL_LISTS = ("entries", "results", "data", "records", "items", "values", "list", "nodes")
_UNLIKELY = len(_USUAL_LISTS) + 1
_Path = tuple[str, ...]


@frozen
class Described:
    """A model as a user described it.

    Attributes:
        fields: in nango.yaml's model language.
        mapping: model field -> path in the record, where the two cannot have the same name.
        response_path: where the records are in the sample; empty for the whole of it.
        is_list: whether there is a list of them.
        notes: what the user should know about how the sample was read, a sentence each.
    """

    fields: Mapping[str, Any]
    mapping: Mapping[str, str] = field(default_factory=dict)
    response_path: str = ""
    is_list: bool = False
    notes: tuple[str, ...] = ()


def describe_sample(data: Any, *, needs_id: bool = False, names: Collection[str] = ()) -> Described:
    """Describe the records of a sample: one record, a list of them, or a whole response with such a list in it.

    Args:
        data: the parsed JSON.
        needs_id: whether the model must have an ``id``; without one, another unique field is mapped to it.
        names: likely names of a list of the records: the script, the integration.

    Raises:
        AnswersError: there is no record in it.
    """
    path, records, notes = _records_in(data, names)
    if not records or not any(records):
        raise AnswersError("the sample holds no record with fields", fix="paste a record that has some")
    reading = _Reading()
    fields = reading.fields(records, "")
    if needs_id and "id" not in fields:
        fields = reading.with_id(fields)
    is_list = isinstance(_at(data, path), list)
    return Described(fields, reading.mapping, ".".join(path), is_list, (*notes, *reading.notes))


class _Reading:
    """Collects the mapping and the notes while a sample is read."""

    def __init__(self) -> None:
        self.mapping: dict[str, str] = {}
        self.notes: list[str] = []

    def fields(self, records: list[Mapping[str, Any]], prefix: str | None) -> dict[str, Any]:
        """The fields of records.

        Args:
            records: at least one.
            prefix: the path of these fields in the model, such as ``owner.``; ``None`` where no mapping reaches.
        """
        fields: dict[str, Any] = {}
        for key in dict.fromkeys(chain.from_iterable(records)):
            name = self._name(key, prefix)
            if name and name not in fields and f"{name}?" not in fields:
                values = [record[key] for record in records if key in record]
                is_optional = len(values) < len(records) or None in values
                type_ = self._type(values, _prefix_below(prefix, name, key))
                fields[f"{name}?" if is_optional else name] = type_
        return fields

    def with_id(self, fields: dict[str, Any]) -> dict[str, Any]:
        """The fields with an ``id``, filled from a field that is unique; unchanged where there is none."""
        source = next(
            (name for name in _id_candidates(fields) if fields.get(name) in ("string", "number")), ""
        )
        if not source:
            return fields
        self.mapping["id"] = self.mapping.get(source, source)
        self.notes.append(f"id is filled from {source}")
        others = {key: value for key, value in fields.items() if key != "id?"}
        return {"id": fields[source], **others}

    def _type(self, values: Iterable[Any], prefix: str | None) -> Any:
        present = [value for value in values if value is not None]
        types = set(map(_json_type, present))
        if types == {"object"}:
            return self.fields(present, prefix) or "object"
        if types == {"array"}:
            return self._array_type(list(chain.from_iterable(present)))
        if types and types <= set(_SCALARS):
            return " | ".join(sorted(types, key=_SCALARS.index))
        return "any"

    def _array_type(self, items: list[Any]) -> Any:
        """The type of a list; YAML's list form where ``[]`` behind one word cannot say it."""
        item_type = self._type(items, None)
        if None in items:
            return _nullable_array(item_type)
        if not isinstance(item_type, str) or item_type.endswith("[]"):
            return [item_type]
        members = item_type.split(" | ")
        return members if len(members) > 1 else f"{item_type}[]"

    def _name(self, key: str, prefix: str | None) -> str:
        """The field's name for a key of the sample; empty where no field can have it."""
        if _is_expressible(key):
            if _is_field_name(key):
                return key
            name = f"_{key}"
            # Only a mapping can rename a field.
            if prefix is not None and key[:1].isdigit() and _is_field_name(name):
                self.mapping[f"{prefix}{name}"] = f"{prefix}{key}"
                self.notes.append(
                    f"{prefix}{key} is called {prefix}{name}, as no name may start with a digit"
                )
                return name
        self.notes.append(f"left out: {key!r}, which cannot be a field's name")
        return ""


def _prefix_below(prefix: str | None, name: str, key: str) -> str | None:
    """The prefix of the fields below one; ``None`` where a path, which names each field by its key, cannot reach them."""
    return f"{prefix}{name}." if prefix is not None and name == key and _is_one_step(key) else None


def _is_one_step(key: str) -> bool:
    """Whether a path can name a key."""
    return bool(_ONE_STEP.fullmatch(key))


def _is_expressible(key: str) -> bool:
    """Whether a key can be a field of the answers format: short enough, without a meaning of its own."""
    is_valid_text = not any(Text().problems(key, ""))
    return is_valid_text and not key.endswith("?") and key not in _NOT_A_FIELD


def _is_field_name(name: str) -> bool:
    return not accept_model("Model", {name: "string"})


def _id_candidates(fields: Iterable[str]) -> Iterable[str]:
    """The fields that may be unique, the most likely first."""
    foreign_keys = [name for name in fields if name.endswith(("_id", "Id"))]
    return (*_IDS, *foreign_keys) if len(foreign_keys) == 1 else _IDS


def _nullable_array(item_type: Any) -> Any:
    """The type of a list some of whose items are null, as exact as nango.yaml can say it."""
    if not isinstance(item_type, str) or item_type in ("any", "object") or item_type.endswith("[]"):
        return "any[]"
    return [*item_type.split(" | "), "null"]


def _json_type(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, (int, float)):
        return "number"
    if isinstance(value, str):
        return "string"
    return "object" if isinstance(value, Mapping) else "array"


def _records_in(data: Any, names: Collection[str]) -> tuple[_Path, list[Mapping[str, Any]], tuple[str, ...]]:
    """The path of a sample's records, the records, and notes."""
    if isinstance(data, Mapping):
        path, notes = _envelope(data, names)
        records = _at(data, path)
        return path, records if isinstance(records, list) else [records], notes
    if isinstance(data, list) and all(isinstance(item, Mapping) for item in data):
        return (), data, ()
    raise AnswersError(
        "the sample is neither a record nor a list of records",
        fix='paste an object such as { "id": 1 }, or a list of them',
    )


def _envelope(data: Mapping[str, Any], names: Collection[str]) -> tuple[_Path, tuple[str, ...]]:
    """The path of the list of records, or of the one record, in a response, and notes; empty for a record itself.

    Of several lists the likeliest is used: the one with the script's own name, else with a name that most APIs use.
    """
    paths = list(_list_paths(data))
    if not paths:
        return _record_path(data), ()
    likeliest, *others = ranked = sorted(paths, key=lambda path: (_rank(path[-1], names), len(path)))
    if not others:
        return likeliest, ()
    is_only_at_top = [len(path) for path in paths].count(1) == 1
    if is_only_at_top or _rank(likeliest[-1], names) < _UNLIKELY:
        note = f"the records are taken from {'.'.join(likeliest)}; other lists: {_listed(others)}"
        return likeliest, (note,)
    note = f"read as one record, as none of its lists is likely to hold the records: {_listed(ranked)}"
    return (), (note,)


def _listed(paths: Iterable[_Path]) -> str:
    return ", ".join(".".join(path) for path in paths)


def _rank(key: str, names: Collection[str]) -> int:
    """How unlikely it is that a list of this name holds the records."""
    if plural("-".join(words(key))) in {plural("-".join(words(name))) for name in names}:
        return 0
    return _USUAL_LISTS.index(key) + 1 if key in _USUAL_LISTS else _UNLIKELY


def _list_paths(data: Mapping[str, Any], depth: int = 0) -> Iterator[_Path]:
    """The path of each list of records, the nearest first."""
    is_record = not data.keys().isdisjoint(("id", *_IDS))  # whatever lists it has
    if is_record or depth == _DEEPEST_ENVELOPE:
        return
    reachable = {key: value for key, value in data.items() if _is_one_step(key)}
    yield from ((key,) for key, value in reachable.items() if _is_list_of_records(value))
    for key, value in reachable.items():
        if isinstance(value, Mapping):
            yield from ((key, *path) for path in _list_paths(value, depth + 1))


def _record_path(data: Mapping[str, Any]) -> _Path:
    """The path of the one record that a response holds and nothing else; empty if it holds none."""
    if len(data) != 1:
        return ()
    key, value = next(iter(data.items()))
    is_record = isinstance(value, Mapping) and "id" in value
    return (key,) if is_record and _is_one_step(key) else ()


def _is_list_of_records(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, Mapping) for item in value)


def _at(data: Any, path: _Path) -> Any:
    for step in path:
        data = data[step]
    return data
