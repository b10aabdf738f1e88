"""Dates in the input of an action: accepted in any form, sent in the API's own. Rule V04."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ...errors import AnswersError
from ...models.types import Primitive, Type, members_of, without_null
from ...spec.actions import InputDate
from ...spec.requests import DataList, DataObject, OptionalText, Param, Template, Variable
from ..mapping.raw_types import may_be_missing
from ..requests.request_variables import with_variables
from .models import input_field

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ...answers import ActionAnswer
    from ...models.types import Alias, Model
    from ...spec.requests import Part, Request

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
    """The request with the converted dates in place of those of the input."""
    by_name = {date.field: date for date in dates}

    return replace(
        request,
        other_base_url=_template(request.other_base_url, by_name),
        path=_template(request.path, by_name),
        params=_params(request.params, by_name),
        headers=_params(request.headers, by_name),
        body=_params(request.body, by_name),
        data=_data(request.data, by_name),
    )


def _data(data: Any, dates: Mapping[str, InputDate]) -> Any:
    """A tree of a body with the converted dates; what is spread stays as it came."""
    if isinstance(data, DataObject):
        return DataObject(tuple((name, _data(item, dates)) for name, item in data.entries))
    if isinstance(data, DataList):
        return DataList(tuple(_data(item, dates) for item in data.items))
    return _template(data, dates) if isinstance(data, tuple) else data


def with_formats(request: Request, dates: Iterable[InputDate]) -> Request:
    """A request in a function of its own, which takes the input: each date of it is converted where it stands."""
    forms = {date.field: date.form for date in dates}

    def formatted(variable: Variable) -> Variable:
        is_date = variable.root == "input" and variable.field in forms and not variable.format
        return replace(variable, format=forms[variable.field]) if is_date else variable

    return with_variables(request, formatted)


def _params(params: tuple[Param, ...], dates: Mapping[str, InputDate]) -> tuple[Param, ...]:
    return tuple(
        replace(param, value=_template(param.value, dates)) if isinstance(param.value, tuple) else param
        for param in params
    )


def _template(template: Template, dates: Mapping[str, InputDate]) -> Template:
    return tuple(_converted(part, dates) for part in template)


def _converted(part: Part, dates: Mapping[str, InputDate]) -> Part:
    """A part of a text that reads the converted date; one with a format of its own reads the input."""
    if isinstance(part, OptionalText):
        return OptionalText(tuple(_converted_variable(inner, dates) for inner in part.parts))
    return _converted_variable(part, dates)


def _converted_variable(variable: str | Variable, dates: Mapping[str, InputDate]) -> str | Variable:
    date = None if isinstance(variable, str) else dates.get(variable.field)
    if isinstance(variable, str) or variable.root != "input" or variable.format or date is None:
        return variable
    type_ = _NUMBER if date.form.startswith("epoch") else _TEXT
    return Variable(ROOT, variable.field, type_, date.optional)


def _holds_a_date(of: Type) -> bool:
    members = members_of(without_null(of))
    return bool(members) and all(member in (_TEXT, _NUMBER) for member in members)
