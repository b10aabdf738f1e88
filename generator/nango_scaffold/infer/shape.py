"""What data looks like, whether an API document states it or a sample shows it.

A shape may share parts, and so be walked to the same part on several paths; it has no circles: where a schema holds
itself, or where the reader's depth ends, there is a `Cut`.
"""

from __future__ import annotations

from typing import Literal

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
