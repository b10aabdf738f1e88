"""The dates of an action's input, turned into the API's form before anything is asked. Rule V04."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..typescript.printer import Binary, Call, Name, ObjectLiteral, Property, Spread, Text, constant
from .patterns import moment
from .statements import NANGO
from .values import NULL, property_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..spec.actions import InputDate
    from ..typescript.printer import Expression
    from ..typescript.printer.layout import Doc


def dates_statement(dates: Iterable[InputDate], given: Expression) -> Doc:
    """``const dates = { ... }``: each date by its field's name; one that is absent is left out."""
    return constant("dates", ObjectLiteral(tuple(_turned(date, given) for date in dates)))


def _turned(date: InputDate, given: Expression) -> Property | Spread:
    value = property_of(given, date.field)
    read = Call(Name("readDate"), (NANGO, Text(date.field), value))
    made = Property(date.field, moment(read, date.form))
    if not date.optional:
        return made
    return Spread(Binary(Binary(value, "!=", NULL), "&&", ObjectLiteral((made,), expanded=False)))
