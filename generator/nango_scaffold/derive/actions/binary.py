"""Actions that give back bytes: as base64 text, since what an action returns is JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...errors import AnswersError
from ...models.types import Primitive
from ...naming.words import pascal
from ...spec.actions import CONTENT_TYPE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...answers import ActionAnswer
    from ...models.types import Field, Model
    from ..context import Context
    from .resource import Resource

BINARY = "binary"
CONTENT = "content"
FIELDS: Mapping[str, Any] = {CONTENT: "string", f"{CONTENT_TYPE}?": "string"}
_TEXT = Primitive("string")


def is_binary(action: ActionAnswer) -> bool:
    """Whether the answers say that the API sends bytes."""
    return action.request.response_type == BINARY


def derive_content(action: ActionAnswer, resource: Resource, context: Context) -> Model:
    """The output of an action that gives back bytes: their base64 text, and of what type they are.

    Raises:
        AnswersError: a list, a mapping, or an output without a place for the text.
    """
    _refuse_reading(action, resource)
    said, book = action.output_model, context.book
    if said is not None and book.has(said):
        model = book.model(said)
        _check(action, model)
        return model
    return book.model(book.make(said or f"{pascal(resource.entity)}Content", FIELDS, fixed=said is not None))


def _refuse_reading(action: ActionAnswer, resource: Resource) -> None:
    if resource.kind == "list":
        raise AnswersError(
            "a list is made of records, and bytes hold none",
            where=f"{action.where}.request.response_type",
            fix="leave it out",
        )
    if action.mapping or action.request.response_path:
        raise AnswersError(
            "nothing can be read from bytes",
            where=f"{action.where}.{'mapping' if action.mapping else 'request.response_path'}",
            fix="leave it out",
        )


def _check(action: ActionAnswer, model: Model) -> None:
    where = f"models.{model.name}"
    fields = {field.name: field for field in model.shape.fields}
    content = fields.pop(CONTENT, None)
    if content is None or content.type != _TEXT:
        raise AnswersError(
            f"{model.name} has no place for the bytes that {action.name} gets",
            where=where,
            fix=f"add `{CONTENT}: string`, which holds them as base64 text",
        )
    unfilled = [field for field in fields.values() if not _is_filled(field) and not field.optional]
    if unfilled:
        raise AnswersError(
            f"an action that gets bytes fills {CONTENT} and {CONTENT_TYPE}, and {unfilled[0].name} is required",
            where=f"{where}.{unfilled[0].name}",
            fix=f"write `{unfilled[0].name}?`, or take it out",
        )


def _is_filled(field: Field) -> bool:
    return field.name == CONTENT_TYPE and field.type == _TEXT
