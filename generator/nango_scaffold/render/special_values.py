"""Constants, renamed values and joined texts: the variables that mappers make them in, and what is read from these."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..spec.values import Build, Joined, OrNull, Plain, Read, Renamed
from ..typescript.printer import (
    Binary,
    Call,
    Conditional,
    Expression,
    ListLiteral,
    Member,
    Name,
    New,
    Number,
    Text,
    constant,
    string_literal,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ..spec.values import Assign
    from ..typescript.printer.layout import Doc


def plain_source(value: Plain) -> Expression:
    """A plain value as a literal."""
    given = value.value
    if isinstance(given, str):
        return Text(given)
    if given is None or isinstance(given, bool):
        return Name({None: "null", True: "true", False: "false"}[given])
    return Number(repr(given))


def variables(fields: Iterable[Assign], read: Callable[[Read], Expression]) -> Iterator[Doc]:
    """The variables that the values of an object's fields are made in, one statement each."""
    for assign in fields:
        value = assign.value.value if isinstance(assign.value, OrNull) else assign.value
        if isinstance(value, Build):
            yield from variables(value.fields, read)
        elif isinstance(value, Renamed):
            yield constant(value.variable, _looked_up(value, read(value.of)))
        elif isinstance(value, Joined):
            parts = ListLiteral(tuple(read(part) for part in value.of))
            there = Call(Member(parts, "filter"), (Name("Boolean"),))
            yield constant(value.variable, Call(Member(there, "join"), (Text(value.between),)))


def from_variable(value: Renamed | Joined | Read) -> Expression:
    """What a field is set to once its variable is made."""
    if isinstance(value, Joined) and value.empty == "null":
        made = Name(value.variable)
        return Conditional(Binary(made, "===", Text("")), Name("null"), made)
    if isinstance(value, Renamed) and value.unknown in ("null", "kept or null"):
        return Binary(Name(value.variable), "??", Name("null"))
    return Name(value.variable)


def _looked_up(value: Renamed, source: Expression) -> Expression:
    """``new Map<unknown, Ticket['status']>([...]).get(response.state)``: any raw value may be looked up."""
    rows = tuple(ListLiteral((plain_source(key), plain_source(made))) for key, made in value.table)
    table = New(Name(f"Map<unknown, {_type_of(value.target)}>"), (ListLiteral(rows),))
    found: Expression = Call(Member(table, "get"), (source,))
    if value.otherwise is not None:
        return Binary(found, "??", plain_source(value.otherwise))
    return Binary(found, "??", source) if value.unknown.startswith("kept") else found


def _type_of(target: tuple[str, ...]) -> str:
    model, *fields = target
    text = model
    for name in fields:
        text = f"NonNullable<{text}[{string_literal(name)}]>"
    return text
