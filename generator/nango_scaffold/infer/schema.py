"""From a schema of an API document to its shape.

``allOf`` is merged, ``oneOf`` and ``anyOf`` become a union, null in all its spellings becomes ``nullable``. A schema is
read to a depth, and each once at a depth: a document whose schemas all hold each other takes no longer than its size.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from .shape import Cut, List, Map, Object, Property, Scalar, ScalarKind, Shape, Union

if TYPE_CHECKING:
    from .document import Document, Node

MOST_SHAPES = 200_000
"""Of one document: beyond it every schema is cut off."""
_MOST_MEMBERS = 40
_MOST_WORDS = 200
_KINDS: dict[str, ScalarKind] = {
    "string": "string",
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
    "file": "string",
}
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
        shape = merged(parts, _name(node), node.source)
        return replace(shape, nullable=True) if _is_nullable(node.mapping) else shape

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
        discriminator = node.child("discriminator")
        name = discriminator.mapping.get("propertyName") or discriminator.value
        if isinstance(union, Union) and isinstance(name, str):
            union = replace(union, discriminator=name)
        return replace(union, nullable=True) if len(shapes) < len(nodes) else union

    def is_null(self, node: Node) -> bool:
        followed = self.document.follow(node)
        schema = followed.mapping if followed else {}
        return _kinds(schema) == ["null"] or schema.get("enum") == [None]


def merged(shapes: Iterable[Shape], name: str = "", source: str = "") -> Shape:
    """The shape of a value that is of all of some shapes; the first counts where they contradict each other."""
    known = [shape for shape in shapes if not _is_untyped(shape)]
    if not known:
        return Cut("untyped", name, source=source)
    shape = known[0]
    for other in known[1:]:
        shape = _both(shape, other)
    if isinstance(shape, Object) and len(known) > 1:
        shape = replace(shape, name=name or shape.name, source=source or shape.source)
    return _with_null(shape, known)


def _with_null(shape: Shape, parts: Iterable[Shape]) -> Shape:
    """The shape, nullable where one of its parts is."""
    return replace(shape, nullable=True) if any(part.nullable for part in parts) else shape


def _both(first: Shape, second: Shape) -> Shape:
    if isinstance(second, (Object, Union)) and isinstance(first, (Object, Union)):
        return _both_records(first, second)
    if isinstance(second, (Object, Union)) and isinstance(first, (Cut, Map)):
        return second
    if isinstance(first, Scalar) and isinstance(second, Scalar):
        return replace(first, words=first.words or second.words)
    return first


def _both_records(first: Object | Union, second: Object | Union) -> Shape:
    if isinstance(first, Union):
        return replace(first, members=tuple(_both(member, second) for member in first.members))
    if isinstance(second, Union):
        return replace(second, members=tuple(_both(first, member) for member in second.members))
    return _both_objects(first, second)


def _both_objects(first: Object, second: Object) -> Object:
    properties = {entry.name: entry for entry in first.properties}
    for entry in second.properties:
        known = properties.get(entry.name)
        properties[entry.name] = _both_properties(known, entry) if known else entry
    return replace(first, properties=tuple(properties.values()), name=first.name or second.name)


def _both_properties(first: Property, second: Property) -> Property:
    return replace(
        first,
        shape=merged((second.shape, first.shape)),
        required=first.required or second.required,
        read_only=first.read_only or second.read_only,
        write_only=first.write_only or second.write_only,
        description=first.description or second.description,
    )


def united(shapes: Iterable[Shape], source: str = "") -> Shape:
    """The shape of a value that is of one of some shapes."""
    shapes = list(shapes)
    members: list[Shape] = []
    for shape in shapes:
        members.extend(shape.members if isinstance(shape, Union) else [shape])
    known = _distinct(replace(shape, nullable=False) for shape in members if not _is_untyped(shape))
    is_nullable = any(shape.nullable for shape in (*shapes, *members))
    if not known:
        return Cut("untyped", nullable=is_nullable, source=source)
    if len(known) == 1:
        return replace(known[0], nullable=is_nullable)
    return Union(tuple(known), nullable=is_nullable, source=source)


def _distinct(shapes: Iterable[Shape]) -> list[Shape]:
    """Each shape once; the scalars of one kind are one, with the words of all of them."""
    scalars: dict[ScalarKind, Scalar] = {}
    others: dict[object, Shape] = {}  # by source: to compare two shapes is to walk all that is in them
    for shape in shapes:
        if isinstance(shape, Scalar):
            known = scalars.get(shape.kind)
            scalars[shape.kind] = _either(known, shape) if known else shape
        else:
            others.setdefault((type(shape), shape.source) if shape.source else id(shape), shape)
    return [*scalars.values(), *others.values()]


def _either(first: Scalar, second: Scalar) -> Scalar:
    is_open = not first.words or not second.words
    words = () if is_open else tuple(dict.fromkeys((*first.words, *second.words)))
    return replace(first, words=words, format=first.format if first.format == second.format else "")


def _is_untyped(shape: Shape) -> bool:
    return isinstance(shape, Cut) and shape.reason == "untyped"


def _kinds(schema: Mapping[str, Any]) -> list[str]:
    """The types of a schema, stated or evident."""
    type_ = schema.get("type")
    if isinstance(type_, list):
        return [str(kind) for kind in type_]
    if isinstance(type_, str):
        return [type_]
    if isinstance(schema.get("properties"), Mapping) or isinstance(
        schema.get("additionalProperties"), Mapping
    ):
        return ["object"]
    return ["array"] if isinstance(schema.get("items"), Mapping) else []


def _is_nullable(schema: Mapping[str, Any]) -> bool:
    """Whether null is allowed, as 3.0, 3.1 and Swagger 2.0 say it."""
    words = schema.get("enum")
    return (
        schema.get("nullable") is True
        or schema.get("x-nullable") is True
        or (isinstance(schema.get("type"), list) and "null" in schema["type"])
        or (isinstance(words, list) and None in words)
    )


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
        by_kind.setdefault(_kind_of(word), []).append(word)
    scalars = [Scalar(kind, tuple(values), source=node.source) for kind, values in by_kind.items()]
    return united(scalars, node.source)


def _kind_of(word: Any) -> ScalarKind:
    if isinstance(word, bool):
        return "boolean"
    if isinstance(word, str):
        return "string"
    return "integer" if isinstance(word, int) else "number"


def _name(node: Node) -> str:
    """The name of a schema that has one: the last step of ``/components/schemas/pull-request``."""
    *place, name = node.pointer.rsplit("/", 1) if "/" in node.pointer else ("", "")
    is_named = place[0] in ("/components/schemas", "/definitions")
    return name.replace("~1", "/").replace("~0", "~") if is_named else ""


def _text(value: Any) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
