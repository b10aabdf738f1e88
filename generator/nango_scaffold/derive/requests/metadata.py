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


def metadata_of(script: SyncAnswer | ActionAnswer, fields: list[str], context: Context) -> Model | None:
    """The model of the metadata: that of the answers, else one of the fields that are read, as strings.

    Args:
        script: the answer.
        fields: the fields of the metadata that its requests read.
        context: the derivation.

    Returns:
        ``None`` where the script reads none.

    Raises:
        AnswersError: a model without description of which nothing is read.
    """
    if script.metadata is not None and context.models.has(script.metadata):
        return context.models.model(script.metadata)
    if fields:
        return _derived_model(script, fields, context)
    if script.metadata is None:
        return None
    raise AnswersError(
        f"there is no model {script.metadata!r}",
        where=f"{script.where}.metadata",
        fix=f"describe it under models.{script.metadata}",
    )


def _derived_model(script: SyncAnswer | ActionAnswer, fields: list[str], context: Context) -> Model:
    name = script.metadata or f"{context.prefix}{pascal(script.name)}Metadata"
    model = context.models.add(name, with_fields({}, fields), fixed=script.metadata is not None)
    context.guess(
        f"models.{model}",
        ", ".join(f"{field}: string" for field in fields),
        "the fields that the request reads",
    )
    return context.models.model(model)
