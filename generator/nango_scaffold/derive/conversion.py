"""How a value of the third party becomes a value of a model, as data for the output formats to print."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One property on the way to a value; ``after_null``: what stands before it may be null."""

    name: str
    after_null: bool = False


@dataclass(frozen=True)
class Read:
    """A value read from a variable by a path.

    Attributes:
        nullable: null or undefined may come out.
        undefinable: undefined may come out, since a property is absent or something on the way is null.
    """

    variable: str
    steps: tuple[Step, ...]
    nullable: bool = False
    undefinable: bool = False


@dataclass(frozen=True)
class Convert:
    """A value turned into another primitive: ``to`` is ``text``, ``number``, ``date``."""

    to: str
    of: Read


@dataclass(frozen=True)
class Each:
    """A list whose items are turned one by one; ``item`` reads from ``variable``."""

    of: Read
    variable: str
    item: Value


@dataclass(frozen=True)
class Build:
    """A nested object made field by field, so that nothing the model does not know gets in."""

    fields: tuple[Assign, ...]


@dataclass(frozen=True)
class Mapped:
    """A record turned by the mapper of another model."""

    model: str
    of: Read


@dataclass(frozen=True)
class OrNull:
    """Null where the source is null or absent, else the value."""

    of: Read
    value: Value


Value = Read | Convert | Each | Build | Mapped | OrNull


@dataclass(frozen=True)
class Assign:
    """One field of a model set from the third party's record.

    Attributes:
        when: set for an optional field: it is left out where this source is null or absent.
    """

    name: str
    value: Value
    when: Read | None = None
