"""Actions that return bytes: as a base64 string, since the output of an action is JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...errors import AnswersError
from ...models.types import Primitive
from ...naming.words import pascal
from ...spec.actions import CONTENT_TYPE
from ..requests.roots import fields_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...answers import ActionAnswer
    from ...models.types import Field, Model
    from ..context import Context
    from .resource import Resource

CONTENT = "content"
FIELDS: Mapping[str, Any] = {CONTENT: "string", f"{CONTENT_TYPE}?": "string"}
_TEXT = Primitive("string")


def derive_content(action: ActionAnswer, resource: Resource, context: Context) -> Model:
    """The output of an action that returns bytes: their base64 string and their content type.

    Raises:
        AnswersError: a list, a mapping, or an output without a field for the string.
    """
    _refuse_reading(action, resource)
    output, models = action.output_model, context.models
    if output is not None and models.has(output):
        model = models.model(output)
        _check(action, model)
        return model
    name = output or f"{pascal(resource.entity)}Content"
    return models.model(models.add(name, FIELDS, fixed=output is not None))


def _refuse_reading(action: ActionAnswer, resource: Resource) -> None:
    if resource.kind == "list":
        raise AnswersError(
            "a list is made of records, and bytes hold none",
            where=f"{action.where}.request.response_type",
            fix="leave it out",
        )
    request = action.request
    read = {
        "mapping": action.mapping,
        "request.response_path": request.response_path,
        "request.errors_path": request.errors_path,
    }
    for place, answer in read.items():
        if answer:
            raise AnswersError(
                "nothing can be read from bytes", where=f"{action.where}.{place}", fix="leave it out"
            )


def _check(action: ActionAnswer, model: Model) -> None:
    where = f"models.{model.name}"
    fields = dict(fields_of(model))
    content = fields.pop(CONTENT, None)
    if content is None or content.type != _TEXT:
        raise AnswersError(
            f"{model.name} has no place for the bytes that {action.name} gets",
            where=where,
            fix=f"add `{CONTENT}: string`, which holds them as base64 text",
        )
    for field in fields.values():
        if not field.optional and not _is_filled(field):
            raise AnswersError(
                f"an action that gets bytes fills {CONTENT} and {CONTENT_TYPE}, and {field.name} is required",
                where=f"{where}.{field.name}",
                fix=f"write `{field.name}?`, or remove it",
            )


def _is_filled(field: Field) -> bool:
    return field.name == CONTENT_TYPE and field.type == _TEXT
