"""The default fields of an entity that the answers do not describe."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from ...naming.words import pascal, snake
from ...yaml12.scalars import js_key
from .registry import bare

_DATE = re.compile(r"\b[dD]ate\b")

RECORD_FIELDS: Mapping[str, Any] = {
    "id": "string",
    "name?": "string",
    "created_at?": "string",
    "updated_at?": "string",
}
"""A record nobody described: only the id is required, as Nango needs one."""

DYNAMIC_RECORD: Mapping[str, Any] = {"id": "string", "model": "string", "data": {"__string": "any"}}
"""A record whose fields the metadata names. Pattern CB, E3."""

RECEIPT: Mapping[str, Any] = {"success": "boolean"}
"""The output of an action whose response says no more than that it worked."""

_SET_BY_SERVER = frozenset("""
    id uuid key url self created created_at created_on created_date created_time updated updated_at updated_on
    modified modified_at last_modified deleted deleted_at closed_at merged_at etag version
    """.split())


def field_type(fields: Mapping[str, Any], name: str, default: Any = "string") -> Any:
    """The type of a field as nango.yaml data, optional or not."""
    return fields.get(name, fields.get(f"{name}?", default))


def field_name(resource: str) -> str:
    """A field named after a resource: snake case, spelled where it would start with a digit."""
    name = snake(resource)
    return snake(pascal(resource)) if name[:1].isdigit() else name


def writable(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields a caller can set: those the server does not set itself. Dates arrive as strings. Rule V04."""
    return {
        str(key): _as_json(value)
        for key, value in fields.items()
        if not str(key).startswith("__") and snake(bare(key)) not in _SET_BY_SERVER
    }


def create_fields(record: Mapping[str, Any]) -> dict[str, Any]:
    """The input of a create action: the writable fields, at least the first of them required."""
    fields = writable(record) or {"name": "string"}
    # A request to create nothing at all is refused by most APIs.
    if all(key.endswith("?") for key in fields):
        first = next(iter(fields))
        return {(bare(key) if key == first else key): value for key, value in fields.items()}
    return fields


def update_fields(record: Mapping[str, Any]) -> dict[str, Any]:
    """The input of an update action: the id, and every writable field, optional."""
    optional = {f"{bare(key)}?": _optional(value) for key, value in writable(record).items()}
    return {"id": id_type(record), **optional}


def replace_fields(record: Mapping[str, Any]) -> dict[str, Any]:
    """The input of an action that replaces a record: the id, and all that a new record has."""
    return {"id": id_type(record), **create_fields(record)}


def id_type(record: Mapping[str, Any]) -> Any:
    """The type of an input's ``id``: that of the record's id, where that is one word."""
    id_ = field_type(record, "id")
    # An id goes into the path of a request, and comes as JSON.
    return id_ if isinstance(id_, str) and id_ not in ("any", "date", "Date") else "string"


def list_fields(*, paged: bool) -> dict[str, Any]:
    """The input of a list action. Rule A05."""
    return {"cursor?": "string", "limit?": "number"} if paged else {"limit?": "number"}


def with_fields(
    fields: Mapping[str, Any], required: Iterable[str], record: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The fields with the ``required`` ones (that templates name) in front where they are missing.

    Args:
        fields: the fields so far.
        required: names of fields.
        record: holds the type of a missing field; without one the field is a string.
    """
    names = list(dict.fromkeys(required))
    present = {bare(key) for key in fields}
    missing = {name: _path_type(field_type(record or {}, name)) for name in names if name not in present}
    # Without a value of each of them there is no request, so none stays optional.
    rest = {(bare(key) if bare(key) in names else key): value for key, value in fields.items()}
    return {**missing, **rest}


def _path_type(value: Any) -> Any:
    """A type that can stand in a path; string where the record has another one."""
    return value if value in ("string", "number", "boolean", "integer", "int", "float", "bool") else "string"


def _optional(value: Any) -> Any:
    """The type as a string: Nango drops the ``?`` of a field whose value is another YAML scalar."""
    is_scalar = value is None or isinstance(value, (bool, int, float))
    return js_key(value) if is_scalar else value


def _as_json(value: Any) -> Any:
    """The same type for data that comes as JSON: a date is a string there."""
    if isinstance(value, str):
        return _DATE.sub("string", value)
    if isinstance(value, Mapping):
        return {key: _as_json(item) for key, item in value.items()}
    return [_as_json(item) for item in value] if isinstance(value, list) else value
