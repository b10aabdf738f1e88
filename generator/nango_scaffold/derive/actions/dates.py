"""Dates in the input of an action: taken in any form, sent in the API's own. Rule V04."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ...errors import AnswersError
from ...models.types import Primitive, Type, UnionOf
from ...spec.actions import InputDate
from ...spec.requests import Param, Template, Variable
from ..mapping.raw_types import is_nullable, without_null
from .input_fields import input_field

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ...answers import ActionAnswer
    from ...models.types import Model
    from ...spec.requests import Request

ROOT = "dates"
"""What the turned dates are called beside ``input``."""
_TEXT, _NUMBER = Primitive("string"), Primitive("number")


def derive_dates(action: ActionAnswer, given: Model | None) -> tuple[InputDate, ...]:
    """The fields of the input that the answers call dates.

    Raises:
        AnswersError: a field that the input does not have, or that cannot hold a date as JSON.
    """
    found = []
    for name, form in action.dates.items():
        where = f"{action.where}.dates.{name}"
        field = input_field(given, name, where)
        if not _holds_a_date(field.type):
            raise AnswersError(
                f"{name} is neither a string nor a number, and a date has to be one of them",
                where=where,
                fix=f"write `{name}: string`",
            )
        found.append(InputDate(name, form, field.optional or is_nullable(field.type)))
    return tuple(found)


def with_dates(request: Request, dates: Iterable[InputDate]) -> Request:
    """The request with the turned dates in place of those of the input."""
    by_name = {date.field: date for date in dates}

    def turned(part: str | Variable) -> str | Variable:
        if isinstance(part, str) or part.root != "input" or part.field not in by_name:
            return part
        date = by_name[part.field]
        return Variable(ROOT, part.field, _NUMBER if date.form.startswith("epoch") else _TEXT, date.optional)

    def template(given: Template) -> Template:
        return tuple(turned(part) for part in given)

    def params(given: tuple[Param, ...]) -> tuple[Param, ...]:
        return tuple(
            replace(param, value=template(param.value)) if isinstance(param.value, tuple) else param
            for param in given
        )

    return replace(
        request,
        path=template(request.path),
        params=params(request.params),
        headers=params(request.headers),
        body=params(request.body),
    )


def _holds_a_date(of: Type) -> bool:
    bare = without_null(of)
    members = bare.members if isinstance(bare, UnionOf) else (bare,)
    return bool(members) and all(member in (_TEXT, _NUMBER) for member in members)
