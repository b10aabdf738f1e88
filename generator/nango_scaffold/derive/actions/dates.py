"""Dates in the input of an action: accepted in any form, sent in the API's own. Rule V04."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ...errors import AnswersError
from ...models.types import Primitive, Type, members_of, without_null
from ...spec.actions import InputDate
from ...spec.requests import Variable
from ..mapping.raw_types import may_be_missing
from ..requests.request_variables import with_variables
from .input_fields import input_field

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ...answers import ActionAnswer
    from ...models.types import Alias, Model
    from ...spec.requests import Request

ROOT = "dates"
"""The root of converted dates, beside ``input``."""
_TEXT, _NUMBER = Primitive("string"), Primitive("number")


def derive_dates(action: ActionAnswer, input_: Model | Alias | None) -> tuple[InputDate, ...]:
    """The fields of the input that are listed under ``dates``.

    Raises:
        AnswersError: a field that the input does not have, or that cannot hold a date as JSON.
    """
    dates = []
    for name, form in action.dates.items():
        where = f"{action.where}.dates.{name}"
        field = input_field(input_, name, where)
        if not _holds_a_date(field.type):
            raise AnswersError(
                f"{name} is neither a string nor a number, and a date has to be one of them",
                where=where,
                fix=f"write `{name}: string`",
            )
        dates.append(InputDate(name, form, may_be_missing(field)))
    return tuple(dates)


def with_dates(request: Request, dates: Iterable[InputDate]) -> Request:
    """The request with the converted dates in place of those of the input; one with a format of its own stays."""
    # The script converts them once, above the request, and refuses what is no date.
    by_name = {date.field: date for date in dates}

    def converted(variable: Variable) -> Variable:
        if not _is_plain_input(variable) or variable.field not in by_name:
            return variable
        date = by_name[variable.field]
        type_ = _NUMBER if date.form.startswith("epoch") else _TEXT
        return Variable(ROOT, variable.field, type_, date.optional)

    return with_variables(request, converted)


def with_formats(request: Request, dates: Iterable[InputDate]) -> Request:
    """A request in a function of its own, which takes the input: each date of it is converted where it stands."""
    forms = {date.field: date.form for date in dates}

    def formatted(variable: Variable) -> Variable:
        if not _is_plain_input(variable) or variable.field not in forms:
            return variable
        return replace(variable, format=forms[variable.field])

    return with_variables(request, formatted)


def _is_plain_input(variable: Variable) -> bool:
    return variable.root == "input" and not variable.format


def _holds_a_date(of: Type) -> bool:
    members = members_of(without_null(of))
    return bool(members) and all(member in (_TEXT, _NUMBER) for member in members)
