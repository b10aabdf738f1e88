"""The fields an entity is taken to have when the answers do not say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..naming.words import snake

RECORD_FIELDS: Mapping[str, Any] = {
    "id": "string",
    "name?": "string",
    "created_at?": "string",
    "updated_at?": "string",
}
"""A record nobody described: only the id is required, as Nango needs one."""

_SET_BY_SERVER = frozenset(
    [
        "id",
        "uuid",
        "key",
        "url",
        "self",
        "created",
        "created_at",
        "created_on",
        "created_date",
        "created_time",
        "updated",
        "updated_at",
        "updated_on",
        "modified",
        "modified_at",
        "last_modified",
        "deleted",
        "deleted_at",
        "closed_at",
        "merged_at",
        "etag",
        "version",
    ]
)


def bare(key: str) -> str:
    """A model key without the ``?`` of an optional field."""
    return key.removesuffix("?")


def required(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The same fields, none of them optional."""
    return {bare(key): value for key, value in fields.items()}


def writable(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields a caller can set: those the server does not set itself."""
    return {
        key: value
        for key, value in fields.items()
        if not key.startswith("__") and snake(bare(key)) not in _SET_BY_SERVER
    }


def create_fields(record: Mapping[str, Any]) -> dict[str, Any]:
    """The input of a create action: the writable fields, at least the first of them required."""
    fields = writable(record) or {"name": "string"}
    if all(key.endswith("?") for key in fields):
        first = next(iter(fields))
        return {(bare(key) if key == first else key): value for key, value in fields.items()}
    return fields


def update_fields(record: Mapping[str, Any]) -> dict[str, Any]:
    """The input of an update action: the id, and every writable field as an option."""
    optional = {
        f"{bare(key)}?": value for key, value in writable(record).items() if _has_optional_form(value)
    }
    return {"id": record.get("id", "string"), **optional}


def list_fields() -> dict[str, Any]:
    """The input of a list action. Rule A05."""
    return {"cursor?": "string", "limit?": "number"}


def with_fields(fields: Mapping[str, Any], wanted: Iterable[str]) -> dict[str, Any]:
    """The fields with those ``wanted`` (by templates) in front, as required texts, where they are missing."""
    present = {bare(key) for key in fields}
    missing = {name: "string" for name in dict.fromkeys(wanted) if name not in present}
    named = set(wanted)
    kept = {(bare(key) if bare(key) in named else key): value for key, value in fields.items()}
    return {**missing, **kept}


def _has_optional_form(value: Any) -> bool:
    """Nango drops the ``?`` of a field whose value is a YAML scalar other than a text."""
    return isinstance(value, (str, list, Mapping))
