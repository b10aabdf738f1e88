"""Models that arrive as JSON cannot hold dates. Rule V04."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...errors import AnswersError
from ...models.types import ObjectOf, Primitive, Ref, Type
from ...models.walk import children

if TYPE_CHECKING:
    from ...models.types import Model
    from .registry import ModelRegistry


def refuse_dates(model: Model, book: ModelRegistry, what: str) -> None:
    """Refuse a model with a ``Date`` anywhere in it: its zod schema takes no text, and JSON has no dates.

    Args:
        model: the model of an input or of metadata.
        book: where the models it names are found.
        what: what the model is used for, for the message.

    Raises:
        AnswersError: naming the field.
    """
    seen = {model.name}
    pending: list[tuple[str, Type]] = [(model.name, model.shape)]
    while pending:
        place, current = pending.pop()
        if current == Primitive("Date"):
            raise AnswersError(
                f"{what} comes as JSON, which has no dates: every value of this field would be refused",
                where=f"models.{place}",
                fix="write `string`",
            )
        if isinstance(current, Ref) and current.model not in seen:
            seen.add(current.model)
            pending.append((current.model, book.model(current.model).shape))
        elif isinstance(current, ObjectOf):
            pending += [(f"{place}.{field.name}", field.type) for field in current.fields]
            pending += [(place, current.index)] if current.index is not None else []
        else:
            pending += [(place, child) for child in children(current)]
