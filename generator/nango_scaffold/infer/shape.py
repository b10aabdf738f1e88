"""What data looks like, whether an API document states it or a sample shows it.

A shape may share parts, and so be walked to the same part on several paths; it has no circles: where a schema holds
itself, or where the reader's depth ends, there is a `Cut`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Literal

from ..frozen import frozen

ScalarKind = Literal["string", "integer", "number", "boolean"]
CutReason = Literal["depth", "recursion", "untyped", "null", "empty", "reference", "mixed"]


@frozen
class Scalar:
    """A string, a number or a boolean.

    Attributes:
        kind: which; ``integer`` where the document says so, or where a sample holds whole numbers only.
        words: the values that are allowed, null aside; empty for any.
        format: the document's word for it, such as ``date-time``; empty for none.
        nullable: whether null is among the values.
        source: where it was stated: a JSON pointer, behind the file's name for another file; empty in a sample.
    """

    kind: ScalarKind
    words: tuple[str | int | float | bool, ...] = ()
    format: str = ""
    nullable: bool = False
    source: str = ""

    @property
    def plain_kind(self) -> str:
        """Its type in the model language, which knows numbers of one kind only."""
        return "number" if self.kind == "integer" else self.kind


@frozen
class Property:
    """One property of an object.

    Attributes:
        name: as the API spells it.
        shape: of its value.
        required: whether it is always there.
        read_only: only in responses.
        write_only: only in request bodies.
        description: the document's; empty for none.
    """

    name: str
    shape: Shape
    required: bool = False
    read_only: bool = False
    write_only: bool = False
    description: str = ""


@frozen
class Object:
    """An object with named properties.

    Attributes:
        properties: in the order of the document, or of the sample.
        name: of the schema that states it, such as ``pull-request``; empty for one without a name.
        nullable: whether null is among the values.
        source: as that of `Scalar`.
    """

    properties: tuple[Property, ...]
    name: str = ""
    nullable: bool = False
    source: str = ""

    def get(self, name: str) -> Shape | None:
        """The shape of a property; None when there is no such property."""
        return next((entry.shape for entry in self.properties if entry.name == name), None)


@frozen
class List:
    """A list of items of one shape."""

    item: Shape
    nullable: bool = False
    source: str = ""


@frozen
class Map:
    """An object with any keys, all values of one shape."""

    value: Shape
    nullable: bool = False
    source: str = ""


@frozen
class Union:
    """One of several shapes.

    Attributes:
        members: at least two.
        discriminator: the property whose value says which; empty for none.
        nullable: whether null is among the values.
        source: as that of `Scalar`.
    """

    members: tuple[Shape, ...]
    discriminator: str = ""
    nullable: bool = False
    source: str = ""


@frozen
class Cut:
    """A place of which no more is known, or shown.

    Attributes:
        reason: ``depth`` ends the reading, ``recursion`` is a schema within itself, ``untyped`` states nothing, ``null``
            and ``empty`` are all that a sample shows, ``reference`` leads nowhere, ``mixed`` is several kinds at once.
        name: of the schema that is cut off; empty for one without a name.
        nullable: whether null is among the values.
        source: as that of `Scalar`.
    """

    reason: CutReason
    name: str = ""
    nullable: bool = False
    source: str = ""


Shape = Scalar | Object | List | Map | Union | Cut


def at(shape: Shape | None, path: tuple[str, ...]) -> Shape | None:
    """The shape at a path of property names; None when the path leads nowhere."""
    for name in path:
        shape = shape.get(name) if isinstance(shape, Object) else None
    return shape


def value_at(value: Any, path: Iterable[str]) -> Any:
    """What is at a path of property names in plain data; None where the path leads nowhere."""
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def kind_of(value: Any) -> ScalarKind:
    """What a single value is."""
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, str):
        return "string"
    return "integer" if isinstance(value, int) else "number"


# How shapes combine.


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
    return or_null(shape, any(part.nullable for part in known))


def or_null(shape: Shape, is_nullable: bool) -> Shape:
    """The shape, null among its values where ``is_nullable`` is set."""
    return replace(shape, nullable=True) if is_nullable else shape


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
    # Of its shape the later counts: what extends a schema restates a property to narrow it.
    return Property(
        first.name,
        merged((second.shape, first.shape)),
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
    # By their sources: to compare two shapes is to walk all that is in them.
    others: dict[object, Shape] = {}
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


def either(records: Iterable[Object]) -> Object:
    """The object that holds the fields of several, each optional unless all have it."""
    records = list(records)
    properties: dict[str, Property] = {}
    for record in records:
        for entry in record.properties:
            known = properties.get(entry.name)
            properties[entry.name] = _either_property(known, entry) if known else entry
    # Of a record that has a name twice, as `1` and `'1'` are in YAML, it counts once.
    counts = Counter(name for record in records for name in {entry.name for entry in record.properties})
    entries = (
        replace(entry, required=entry.required and counts[entry.name] == len(records))
        for entry in properties.values()
    )
    return Object(tuple(entries), source=records[0].source)


def _either_property(first: Property, second: Property) -> Property:
    required = first.required and second.required
    return replace(first, shape=united((first.shape, second.shape)), required=required)


def record_of(shape: Shape) -> Object | None:
    """The record that a shape is, or may be; None where it is no object."""
    if isinstance(shape, Object):
        return shape
    if isinstance(shape, Union):
        records = [member for member in shape.members if isinstance(member, Object)]
        return either(records) if records else None
    return None


def without_blank(shape: Shape) -> Shape:
    """The shape without the empty string beside an object, by which some APIs unset it."""
    if not isinstance(shape, Union):
        return shape
    members = tuple(
        member for member in shape.members if not (isinstance(member, Scalar) and member.words == ("",))
    )
    if len(members) == 1:
        return replace(members[0], nullable=members[0].nullable or shape.nullable)
    return replace(shape, members=members) if members else shape


def object_in(shape: Shape) -> Object | None:
    """The object that a value is, or that the items of a list are."""
    shape = without_blank(shape)
    while isinstance(shape, List):
        shape = without_blank(shape.item)
    return shape if isinstance(shape, Object) else None
