"""The metadata of a connection that a script's requests read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...errors import AnswersError
from ...naming.words import pascal
from ..models.default_fields import with_fields

if TYPE_CHECKING:
    from ...answers import ActionAnswer, SyncAnswer
    from ...models.types import Model
    from ..context import Context


def metadata_of(
    script: SyncAnswer | ActionAnswer, fields: list[str], context: Context, saved: tuple[str, ...] = ()
) -> Model | None:
    """The model of the metadata: that of the answers, else one of the fields that are read, as strings; ``None`` for none.

    The fields of ``saved`` are those that the script saves itself, which are not there before its first run.

    Raises:
        AnswersError: a model without description of which nothing is read.
    """
    if script.metadata is not None and context.models.has(script.metadata):
        return context.models.model(script.metadata)
    if fields or saved:
        return _derived_model(script, fields, context, saved)
    if script.metadata is None:
        return None
    raise AnswersError(
        f"there is no model {script.metadata!r}",
        where=f"{script.where}.metadata",
        fix=f"describe it under models.{script.metadata}",
    )


def _derived_model(
    script: SyncAnswer | ActionAnswer, fields: list[str], context: Context, saved: tuple[str, ...]
) -> Model:
    name = script.metadata or f"{context.prefix}{pascal(script.name)}Metadata"
    required = with_fields({}, (field for field in fields if field not in saved))
    # Before its first run the script has saved nothing.
    shape = required | {f"{field}?": "string" for field in saved}
    model = context.models.add(name, shape, fixed=script.metadata is not None)
    context.guess(
        f"models.{model}",
        ", ".join(f"{field}: {type_}" for field, type_ in shape.items()),
        "the fields that the request reads",
    )
    return context.models.model(model)
