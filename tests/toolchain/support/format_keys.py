"""The keys of the answers format, and the words that they accept: all of them, and those in some answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def keys_in(schema: Mapping[str, Any]) -> Iterator[str]:
    """Each key of the format with the part that it belongs to, ``sync.children``, and each word that one accepts."""
    for name, shape in schema.get("properties", {}).items():
        key = f"{schema.get('title')}.{name}"
        yield key
        yield from (f"{name}: {word}" for word in _words_of(shape))
        yield from keys_in(shape)
    for below in _shapes_below(schema):
        yield from keys_in(below)


def keys_of(schema: Mapping[str, Any], value: Any) -> Iterator[str]:
    """Those of ``keys_in`` that some answers hold."""
    if isinstance(value, dict):
        for name, inner in value.items():
            shape = schema.get("properties", {}).get(name)
            if shape is not None:
                key = f"{schema.get('title')}.{name}"
                yield key
                yield from (f"{name}: {word}" for word in _words_of(shape) if word == inner)
                yield from keys_of(shape, inner)
            elif isinstance(schema.get("additionalProperties"), dict):
                yield from keys_of(schema["additionalProperties"], inner)
    if isinstance(value, list) and isinstance(schema.get("items"), dict):
        for item in value:
            yield from keys_of(schema["items"], item)
    for alternative in schema.get("anyOf", ()):
        yield from keys_of(alternative, value)


def _words_of(shape: Mapping[str, Any]) -> list[Any]:
    """The words that an answer may be; none for one that may be anything else."""
    return list(shape.get("enum", ()))


def _shapes_below(schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    inner = (schema.get("items"), schema.get("additionalProperties"), *schema.get("anyOf", ()))
    return (shape for shape in inner if isinstance(shape, dict))
