"""How a value of the third party becomes a value of a model, as data for the output formats to print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

RECORD = "response"
"""The parameter of a mapper: the raw record."""


@frozen
class Step:
    """One property, or item of a list, on the way to a value; ``after_null``: the value before it may be null."""

    name: str | int
    after_null: bool = False


@frozen
class Read:
    """A value read from a variable by a path.

    Attributes:
        nullable: the result may be null or undefined.
        undefinable: the result may be undefined, since a property is absent or a value on the way is null.
    """

    variable: str
    steps: tuple[Step, ...]
    nullable: bool = False
    undefinable: bool = False


@frozen
class Convert:
    """A value converted into another primitive: ``to`` is ``text``, ``number``, ``date``."""

    to: str
    of: Read


@frozen
class Dated:
    """A date of the API as a ``Date``, or as text in ISO 8601.

    Attributes:
        in_seconds: it comes as seconds and not as milliseconds.
        is_quoted: the number comes as text.
    """

    of: Read
    as_text: bool
    in_seconds: bool = False
    is_quoted: bool = False


@frozen
class Each:
    """A list whose items are converted one by one; ``item`` reads from ``variable``, and from the ``locals`` of its own."""

    of: Read
    variable: str
    item: Value
    locals: tuple[Local, ...] = ()


@frozen
class Build:
    """A nested object built field by field, so that it holds only fields of the model."""

    fields: tuple[Assign, ...]


@frozen
class Mapped:
    """A record converted by the mapper of another model."""

    model: str
    of: Read


@frozen
class Plain:
    """A constant, whatever the third party sends."""

    value: str | int | float | bool | None


@frozen
class OrElse:
    """A constant, null by default, where the source is null or absent, else the value."""

    of: Read
    value: Value
    otherwise: Plain = Plain(None)


@frozen
class Compared:
    """Whether a value is one of some constants."""

    of: Read
    values: tuple[Plain, ...]


@frozen
class Part:
    """A part of a string: ``first``, ``rest`` or ``last`` of what its separator parts.

    Attributes:
        empty: what it is where the string, or this part of it, is absent or empty; ``None`` for undefined.
    """

    of: Read
    which: str
    separator: str
    empty: Plain | None


@frozen
class Expression:
    """An expression of TypeScript, on one line.

    Attributes:
        of: the variables that it reads.
    """

    source: str
    of: tuple[Read, ...]


@frozen
class FirstItem:
    """The first item of a list whose properties hold some values.

    Attributes:
        tests: what is read of the item, each with its value.
    """

    of: Read
    variable: str
    tests: tuple[tuple[Read, Plain], ...]


@frozen
class Local:
    """A value that is computed in a variable before the object that it goes into, since it is looked at twice."""

    variable: str
    value: FirstItem | Part | Expression


@frozen
class Renamed:
    """A value translated by a table, in a variable of its own.

    Attributes:
        variable: the variable that holds the result.
        of: the raw value.
        table: the raw values, each with its translation.
        target: the model and the names of the fields on the way to this one, 0 for an item: ``("Ticket", "status")``.
        otherwise: the translation of any other value; ``None`` where it is unset.
        unknown: and then: ``"kept"`` unchanged, ``"kept or null"`` where it may be absent, ``"null"``, or ``"absent"``.
    """

    variable: str
    of: Read
    table: tuple[tuple[Plain, Plain], ...]
    target: tuple[str | int, ...]
    otherwise: Plain | None
    unknown: str


@frozen
class Joined:
    """Strings joined, in a variable; ``empty``: the result where all are empty: ``"text"``, ``"null"``, ``"absent"``."""

    variable: str
    of: tuple[Read, ...]
    between: str
    empty: str


Value = (
    Read
    | Convert
    | Dated
    | Each
    | Build
    | Mapped
    | OrElse
    | Plain
    | Compared
    | Part
    | Expression
    | FirstItem
    | Renamed
    | Joined
)


@frozen
class Assign:
    """One field of a model set from the third party's record.

    Attributes:
        when: set for an optional field, which is left out where this source is null or absent.
    """

    name: str
    value: Value
    when: Read | None = None


def reads_of(assign: Assign) -> Iterator[Read]:
    """Every read in the value of a field."""
    if assign.when is not None:
        yield assign.when
    yield from reads_in(assign.value)


def reads_in(value: Value) -> Iterator[Read]:
    """Every read of the raw record, or of another variable, in a value."""
    if isinstance(value, Read):
        yield value
    elif isinstance(value, Build):
        for assign in value.fields:
            yield from reads_of(assign)
    elif isinstance(value, (Joined, Expression)):
        yield from value.of
    elif not isinstance(value, Plain):
        yield value.of


def reads_item(value: Each) -> bool:
    """Whether the value built for an item reads anything of it."""
    inner = (value.item, *(local.value for local in value.locals))
    return any(read.variable == value.variable for part in inner for read in reads_in(part))


PARENT = "parent"
"""The variable that holds the record of the parent, in a sync with children."""
