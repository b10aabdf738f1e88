"""The body of an action's request: which fields of the input go into it, under which names, and how it is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ...errors import AnswersError
from ...spec.requests import Param, Variable
from ..requests.placeholders import is_single, may_be_absent
from .input_fields import input_field

if TYPE_CHECKING:
    from ...answers import ActionAnswer
    from ...models.types import Field, Model

BODYLESS = frozenset({"GET", "DELETE"})
_FORM = Param("Content-Type", ("application/x-www-form-urlencoded",))


def derive_body(
    action: ActionAnswer, given: Model | None, left: list[Field], method: str
) -> tuple[Param, ...]:
    """What is sent in the body: what the answers say, else the fields of the input that nothing else uses.

    Args:
        action: the answers.
        given: the input, ``None`` where there is none.
        left: the fields that neither path, query nor header use.
        method: the HTTP method.

    Raises:
        AnswersError: a field that the input does not have, or that the body cannot hold.
    """
    said, where = action.request, f"{action.where}.request"
    if said.body is not None:
        return (_whole(action, given),)
    if said.data is None:
        fields = {} if method in BODYLESS else {field.name: field for field in left}
    else:
        named = said.data if isinstance(said.data, Mapping) else {name: name for name in said.data}
        places = {
            key: f"data.{key}" if isinstance(said.data, Mapping) else f"data[{index}]"
            for index, key in enumerate(named)
        }
        fields = {key: input_field(given, name, f"{where}.{places[key]}") for key, name in named.items()}
    if said.encoding == "form":
        _refuse_unfit_form(fields, where)
    return tuple(Param(key, (_variable(field),)) for key, field in fields.items())


def form_header(action: ActionAnswer) -> tuple[Param, ...]:
    """The header that tells a form, where the answers ask for one and do not name its type themselves."""
    said = {name.lower() for name in action.request.headers}
    return (_FORM,) if action.request.encoding == "form" and "content-type" not in said else ()


def _variable(field: Field) -> Variable:
    return Variable("input", field.name, field.type, may_be_absent(field))


def _whole(action: ActionAnswer, given: Model | None) -> Param:
    said, where = action.request, f"{action.where}.request"
    if said.data is not None or said.encoding == "form":
        raise AnswersError(
            "one field is the whole body, so there is no place for others, and it is not a form",
            where=f"{where}.body",
            fix="leave out data and encoding, or name the fields in data",
        )
    field = input_field(given, str(said.body), f"{where}.body")
    if field.optional:
        raise AnswersError(
            f"the field {field.name} is the whole body, and it may be absent",
            where=f"{where}.body",
            fix=f"make the field {field.name} required",
        )
    return Param("", (_variable(field),))


def _refuse_unfit_form(fields: Mapping[str, Field], where: str) -> None:
    if not fields:
        raise AnswersError(
            "there is nothing to write as a form: the request has no body",
            where=f"{where}.encoding",
            fix="name fields in data, or leave encoding out",
        )
    for field in fields.values():
        if not is_single(field.type):
            raise AnswersError(
                f"the input field {field.name} cannot go into a form, which holds single values",
                where=f"{where}.encoding",
                fix="name in `data` the fields of the form, or say json",
            )
