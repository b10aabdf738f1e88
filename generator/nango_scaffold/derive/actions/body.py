"""The body of an action's request: which fields of the input go into it, under which names, and how it is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from ...answers.answers import ScalarValue
from ...answers.body import SPREAD
from ...errors import AnswersError
from ...spec.requests import Param, Variable
from ..requests.request import derive_params
from ..requests.request_body import WITHOUT_BODY
from ..requests.roots import is_single, may_be_absent
from .input_fields import input_field

if TYPE_CHECKING:
    from ...answers import ActionAnswer
    from ...models.types import Alias, Field, Model
    from ..requests.roots import Roots

_FORM = Param("Content-Type", ("application/x-www-form-urlencoded",))


def derive_body(
    action: ActionAnswer, input_: Model | Alias | None, unused: list[Field], method: str, roots: Roots
) -> tuple[Param, ...]:
    """The fields of the body: those of the answers, else those of the input that nothing else uses; none for a tree.

    Raises:
        AnswersError: a field that the input does not have, or that the body cannot hold.
    """
    request, where = action.request, f"{action.where}.request"
    if request.json is not None:
        _refuse_beside_tree(action)
        # A form is flat, so it is written as fields; any other tree is the request's `data`.
        return _form_fields(action, roots) if request.encoding == "form" else ()
    if request.body is not None:
        return (_whole_body(action, input_),)
    if request.data is not None:
        fields = _data_fields(request.data, input_, where)
    elif method in WITHOUT_BODY:
        fields = {}
    else:
        fields = {field.name: field for field in unused}
    if request.encoding == "form":
        _refuse_unfit_form(fields, where)
    return tuple(Param(key, (input_variable(field),)) for key, field in fields.items())


def _refuse_beside_tree(action: ActionAnswer) -> None:
    """Refuse another body beside ``json``."""
    request = action.request
    for name, other in (("data", request.data), ("body", request.body)):
        if other is not None:
            raise AnswersError(
                f"json is the whole body, and {name} says otherwise",
                where=f"{action.where}.request.{name}",
                fix="remove one of them",
            )


def _form_fields(action: ActionAnswer, roots: Roots) -> tuple[Param, ...]:
    """The fields of a form, of a tree without branches."""
    tree, where = action.request.json, f"{action.where}.request.json"
    is_flat = isinstance(tree, Mapping) and all(isinstance(value, ScalarValue) for value in tree.values())
    if not tree or not is_flat or SPREAD in tree:
        raise AnswersError(
            "a form holds single values",
            where=where,
            fix="accepted: a mapping without lists and mappings in it, such as { amount: '${input.amount}' }",
        )
    return derive_params(cast("Mapping[str, Any]", tree), roots, where)


def form_header(action: ActionAnswer) -> tuple[Param, ...]:
    """The content type of a form, where the body is one and the answers do not set the header."""
    headers = {name.lower() for name in action.request.headers}
    return (_FORM,) if action.request.encoding == "form" and "content-type" not in headers else ()


def input_variable(field: Field) -> Variable:
    """A field of the input, as it stands in a request."""
    return Variable("input", field.name, field.type, may_be_absent(field))


def _data_fields(
    data: tuple[str, ...] | Mapping[str, Any], input_: Model | Alias | None, where: str
) -> dict[str, Field]:
    """The fields of the input that ``data`` names, by the name in the body."""
    if isinstance(data, Mapping):
        return {key: input_field(input_, name, f"{where}.data.{key}") for key, name in data.items()}
    # A name that stands twice is one property of the body.
    places = {name: f"{where}.data[{index}]" for index, name in enumerate(dict.fromkeys(data))}
    return {name: input_field(input_, name, place) for name, place in places.items()}


def _whole_body(action: ActionAnswer, input_: Model | Alias | None) -> Param:
    request, where = action.request, f"{action.where}.request"
    if request.data is not None or request.encoding == "form":
        raise AnswersError(
            "one field is the whole body, so there is no place for others, and it is not a form",
            where=f"{where}.body",
            fix="leave out data and encoding, or name the fields in data",
        )
    field = input_field(input_, str(request.body), f"{where}.body")
    if field.optional:
        raise AnswersError(
            f"the field {field.name} is the whole body, and it may be absent",
            where=f"{where}.body",
            fix=f"make the field {field.name} required",
        )
    return Param("", (input_variable(field),))


def _refuse_unfit_form(fields: Mapping[str, Field], where: str) -> None:
    if not fields:
        raise AnswersError(
            "there is nothing to write as a form: the request has no body",
            where=f"{where}.encoding",
            fix="name fields in data, or leave encoding out",
        )
    # How lists and objects are written in a form differs from API to API.
    for field in fields.values():
        if not field.name:
            raise AnswersError(
                "the whole input is the body, and a form is made of fields",
                where=f"{where}.encoding",
                fix="name an input model, or set json",
            )
        if not is_single(field.type):
            raise AnswersError(
                f"the input field {field.name} cannot go into a form, which holds single values",
                where=f"{where}.encoding",
                fix="name in `data` the fields of the form, or set json",
            )
