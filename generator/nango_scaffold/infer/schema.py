"""From a schema of an API document to its shape.

``allOf`` is merged, ``oneOf`` and ``anyOf`` become a union, null in all its spellings becomes ``nullable``. A schema is
read to a depth, and each once at a depth: a document whose schemas all hold each other takes no longer than its size.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from .shape import (
    Cut,
    List,
    Map,
    Object,
    Property,
    Scalar,
    ScalarKind,
    Shape,
    Union,
    kind_of,
    merged,
    or_null,
    united,
)

if TYPE_CHECKING:
    from .document import Document, Node

MOST_SHAPES = 200_000
"""Of one document: beyond it every schema is cut off."""
_MOST_MEMBERS = 40
_MOST_WORDS = 200
_KINDS: dict[str, ScalarKind] = {"integer": "integer", "number": "number", "boolean": "boolean"}
_UNIONS = ("oneOf", "anyOf")


def shape_of(document: Document, node: Node, depth: int) -> Shape:
    """The shape that a schema states.

    Args:
        document: the document it is in.
        node: the schema, or a reference to one.
        depth: how many objects inside each other are read; what is below is cut off.
    """
    return _Reading(document).shape(node, depth)


class _Reading:
    """Reads schemas; what was read of a document before is not read again."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.known: dict[tuple[str, str, int], Shape] = document.shapes
        self.around: set[tuple[str, str, int]] = set()

    def shape(self, node: Node, depth: int) -> Shape:
        followed = self.document.follow(node)
        if followed is None:
            return Cut("reference", source=node.source)
        # With the depth: what is cut off near the end of one reading is whole in another.
        key = followed.file, followed.pointer, depth
        if key in self.known:
            return self.known[key]
        if key in self.around or len(self.known) > MOST_SHAPES:
            return Cut("recursion", _name(followed), source=followed.source)
        self.around.add(key)
        shape = self.read(followed, depth)
        self.around.remove(key)
        self.known[key] = shape
        return shape

    def read(self, node: Node, depth: int) -> Shape:
        parts = [self.own(node, depth)]
        parts.extend(self.shape(member, depth) for _, member in node.child("allOf").children())
        parts.extend(self.union(node, key, depth) for key in _UNIONS if key in node.mapping)
        return or_null(merged(parts, _name(node), node.source), _is_nullable(node.mapping))

    def own(self, node: Node, depth: int) -> Shape:
        """What a schema states by itself, but for what it is composed of."""
        kinds = _kinds(node.mapping)
        members = [self.of_kind(kind, node, depth) for kind in kinds if kind != "null"]
        if not members:
            return _constant(node) or Cut("untyped", _name(node), source=node.source)
        return members[0] if len(members) == 1 else Union(tuple(members), source=node.source)

    def of_kind(self, kind: str, node: Node, depth: int) -> Shape:
        if kind == "array":
            item = self.shape(node.child("items"), depth) if "items" in node.mapping else Cut("untyped")
            return List(item, source=node.source)
        if kind == "object":
            return self.object(node, depth)
        format_ = str(node.mapping.get("format") or "")
        return Scalar(_KINDS.get(kind, "string"), _words(node.mapping), format_, source=node.source)

    def object(self, node: Node, depth: int) -> Shape:
        name = _name(node)
        if depth <= 0:
            return Cut("depth", name, source=node.source)
        if node.child("properties").mapping:
            return Object(tuple(self.properties(node, depth)), name, source=node.source)
        values = node.mapping.get("additionalProperties")
        if isinstance(values, Mapping) and values:
            return Map(self.shape(node.child("additionalProperties"), depth - 1), source=node.source)
        return Cut("untyped", name, source=node.source)

    def properties(self, node: Node, depth: int) -> Iterator[Property]:
        names = node.mapping.get("required")
        required = frozenset(map(str, names)) if isinstance(names, list) else frozenset()
        for name, value in node.child("properties").children():
            # A description may stand beside a reference, and goes over the one behind it.
            followed = self.document.follow(value) or value
            yield Property(
                name,
                self.shape(value, depth - 1),
                name in required,
                followed.mapping.get("readOnly") is True,
                followed.mapping.get("writeOnly") is True,
                _text(value.mapping.get("description") or followed.mapping.get("description")),
            )

    def union(self, node: Node, key: str, depth: int) -> Shape:
        nodes = [member for _, member in node.child(key).children()][:_MOST_MEMBERS]
        shapes = [self.shape(member, depth) for member in nodes if not self.is_null(member)]
        union = united(shapes, node.source)
        # In Swagger 2.0 the discriminator is the name itself.
        discriminator = node.child("discriminator")
        name = discriminator.mapping.get("propertyName") or discriminator.value
        if isinstance(union, Union) and isinstance(name, str):
            union = replace(union, discriminator=name)
        return or_null(union, len(shapes) < len(nodes))

    def is_null(self, node: Node) -> bool:
        followed = self.document.follow(node)
        schema = followed.mapping if followed else {}
        return _kinds(schema) == ["null"] or schema.get("enum") == [None]


def _kinds(schema: Mapping[str, Any]) -> list[str]:
    """The types of a schema, stated or evident."""
    type_ = schema.get("type")
    if isinstance(type_, list):
        return [str(kind) for kind in type_]
    if isinstance(type_, str):
        return [type_]
    # Many documents leave out the type where a keyword belongs to one alone.
    if any(isinstance(schema.get(key), Mapping) for key in ("properties", "additionalProperties")):
        return ["object"]
    return ["array"] if isinstance(schema.get("items"), Mapping) else []


def _is_nullable(schema: Mapping[str, Any]) -> bool:
    """Whether null is allowed, as 3.0, 3.1 and Swagger 2.0 say it."""
    if schema.get("nullable") is True or schema.get("x-nullable") is True:
        return True
    types, words = schema.get("type"), schema.get("enum")
    if isinstance(types, list) and "null" in types:
        return True
    return isinstance(words, list) and None in words


def _words(schema: Mapping[str, Any]) -> tuple[Any, ...]:
    """The values of an enum or a constant; none where there are too many to be one."""
    values = [schema["const"]] if "const" in schema else schema.get("enum")
    if not isinstance(values, list) or len(values) > _MOST_WORDS:
        return ()
    words = [word for word in values if isinstance(word, (str, int, float, bool))]
    return tuple(dict.fromkeys(words))


def _constant(node: Node) -> Shape | None:
    """The shape of an enum without a type."""
    words = _words(node.mapping)
    if not words:
        return None
    by_kind: dict[ScalarKind, list[Any]] = {}
    for word in words:
        by_kind.setdefault(kind_of(word), []).append(word)
    scalars = [Scalar(kind, tuple(values), source=node.source) for kind, values in by_kind.items()]
    return united(scalars, node.source)


def _name(node: Node) -> str:
    """The name of a schema that has one: the last step of ``/components/schemas/pull-request``."""
    *place, name = node.pointer.rsplit("/", 1) if "/" in node.pointer else ("", "")
    is_named = place[0] in ("/components/schemas", "/definitions")
    return name.replace("~1", "/").replace("~0", "~") if is_named else ""


def _text(value: Any) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
