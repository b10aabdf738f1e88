"""The JSON Schema of the answers format, for editors and for ``nango-scaffold schema``."""

from __future__ import annotations

from typing import Any

from .format import ANSWERS


def json_schema() -> dict[str, Any]:
    """Give the JSON Schema (draft 2020-12) of an answers file, as plain data."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$comment": "nango-scaffold",
    } | ANSWERS.schema()
