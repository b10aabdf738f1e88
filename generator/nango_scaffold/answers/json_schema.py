"""The JSON Schema of the answers format, for editors and for ``nango-scaffold schema``."""

from __future__ import annotations

from typing import Any

from .format import ANSWERS
from .notes import note_of


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of an answers file, as plain data."""
    noted: dict[str, Any] = _noted(ANSWERS.schema())
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$comment": "nango-scaffold",
    } | noted


def _noted(schema: Any) -> Any:
    """The same schema with an example and the default of every answer."""
    if isinstance(schema, list):
        return [_noted(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    noted = {key: _noted(value) for key, value in schema.items()}
    if isinstance(noted.get("properties"), dict) and isinstance(noted.get("title"), str):
        for name, shape in noted["properties"].items():
            shape.update(_annotations(noted["title"], name))
    return noted


def _annotations(title: str, name: str) -> dict[str, Any]:
    note = note_of(title, name)
    if note is None:
        return {}
    default = {} if note.default is None else {"default": note.default}
    return {"examples": [note.example], **default}
