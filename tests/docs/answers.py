"""The answers format as a page of the documentation, written from its JSON Schema."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from nango_scaffold.answers.json_schema import json_schema
from nango_scaffold.answers.notes import note_of

_HEAD = """\
# The answers

An answers file is YAML or JSON. Only `provider` and the name of one sync or action are required: everything else has a
default. `nango-scaffold schema` prints the JSON Schema of the format. With this first line, editors complete and check the
file as you type; the path here is that of the schema beside this documentation:

```yaml
# yaml-language-server: $schema=../docs/answers.schema.json
```

A default in words is derived from the other answers; `--dry-run` shows the result, and everything that was guessed.
"""
_ABOUT = {
    "nango-scaffold answers": ("Top level", "The keys at the top level of the file."),
    "sync": ("A sync", "One of `syncs`."),
    "action": ("An action", "One of `actions`."),
    "request of a sync": ("The request of a sync", "`syncs[].request`"),
    "request of a model": (
        "The request of a further model",
        "One of `syncs[].requests`, by the model's name.",
    ),
    "request of an action": ("The request of an action", "`actions[].request`"),
    "children": ("Children", "`syncs[].children`"),
    "deleted": ("Deleted records", "`syncs[].deleted`"),
    "webhook": ("Webhooks", "`syncs[].webhook`"),
    "window": ("The pattern window", "`syncs[].window`"),
    "extended": ("The pattern extended", "`syncs[].extended`"),
    "selection": ("The pattern selection", "`syncs[].selection`"),
    "configuration": ("The pattern configuration", "`syncs[].configuration`"),
    "paginate": ("Pagination", "`paginate`, of any request."),
    "incremental": ("Incremental requests", "`incremental`, of a request."),
    "endpoint": ("Endpoints", "`endpoint`, of a sync or an action."),
    "check": ("Checks", "One of `actions[].checks`."),
    "mapped value": ("Mapped values", "The values of a field in a `mapping` other than a path."),
    "on_events": ("Events", "`on_events`"),
}


def page() -> str:
    """The page, in Markdown."""
    records = {schema["title"]: schema for schema in _records(json_schema())}
    titles = [*_ABOUT, *(title for title in records if title not in _ABOUT)]
    return "\n".join([_HEAD, *(_section(title, records[title]) for title in titles if title in records)])


def _records(schema: Any) -> Iterator[dict[str, Any]]:
    """Every record of the format, one that stands in several places as often."""
    if isinstance(schema, dict):
        if "properties" in schema and isinstance(schema.get("title"), str):
            yield schema
        for key, value in schema.items():
            if key not in ("examples", "default"):
                yield from _records(value)
    elif isinstance(schema, list):
        for item in schema:
            yield from _records(item)


def _section(title: str, schema: dict[str, Any]) -> str:
    heading, place = _ABOUT.get(title, (title.capitalize(), ""))
    rows = (_row(title, name, shape, schema) for name, shape in schema["properties"].items())
    head = "| answer | type | what it is | default | example |\n|---|---|---|---|---|\n"
    return f"## {heading}\n\n{place}\n\n{head}{''.join(rows)}"


def _row(title: str, name: str, shape: dict[str, Any], schema: dict[str, Any]) -> str:
    required = " (required)" if name in schema.get("required", ()) else ""
    example = "; ".join(_code(value) for value in shape.get("examples", ()))
    cells = (
        f"`{name}`{required}",
        _kind(shape),
        _prose(shape["description"]),
        _default(title, name, shape),
        example,
    )
    return f"| {' | '.join(cells)} |\n"


def _default(title: str, name: str, shape: dict[str, Any]) -> str:
    if "default" in shape:
        return _code(shape["default"])
    note = note_of(title, name)
    return _prose(note.otherwise) if note else ""


def _kind(shape: dict[str, Any]) -> str:
    """The type of an answer in words; '' where its help says it all."""
    if "enum" in shape:
        return "one of " + ", ".join(_code(value) for value in shape["enum"])
    if "anyOf" in shape:
        return " or ".join(dict.fromkeys(_kind(alternative) for alternative in shape["anyOf"]))
    if shape.get("type") == "array":
        return f"a list of {_PLURALS.get(_kind(shape['items']), 'values')}"
    kind = shape.get("type")
    if isinstance(kind, list):
        return "a single value"
    if kind in ("integer", "number") and shape["minimum"] != shape["maximum"] and shape["maximum"] < 2**31:
        return f"a number from {shape['minimum']} to {shape['maximum']}"
    return _KINDS.get(str(kind), "")


_KINDS = {
    "string": "a string",
    "integer": "a number",
    "number": "a number",
    "boolean": "true or false",
    "object": "a mapping",
}
_PLURALS = {"a string": "strings", "a mapping": "mappings"}


def _code(value: Any) -> str:
    """A value as YAML in flow style has it, in code."""
    text = json.dumps(value, ensure_ascii=False) if not isinstance(value, str) or not value.strip() else value
    return f"`{text}`".replace("|", "\\|")


def _prose(text: str) -> str:
    """Text in which Markdown finds nothing of its own, but the code that is in it."""
    parts = text.split("`")
    outside = [part.replace("<", "&lt;").replace("_", "\\_").replace("*", "\\*") for part in parts[::2]]
    inside = [f"`{part}`" for part in parts[1::2]]
    return "".join(text for pair in zip(outside, [*inside, ""], strict=True) for text in pair).replace(
        "|", "\\|"
    )
