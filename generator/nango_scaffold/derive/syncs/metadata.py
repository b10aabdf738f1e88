"""The metadata of a connection that a sync reads: described in the answers, or derived from the fields they name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..requests.metadata import metadata_of
from ..requests.request_texts import named_fields

if TYPE_CHECKING:
    from ...answers import SyncAnswer
    from ...models.types import Model
    from ..context import Context


def derive_metadata(sync: SyncAnswer, context: Context) -> Model | None:
    """The metadata model of a sync, ``None`` when it needs none. Rules Y02, Y03.

    A model that the answers name without describing it, and one that they do not name though the request reads
    ``${metadata.x}``, is derived with the fields the request reads, as strings.

    Raises:
        AnswersError: a model without description of which nothing is read; one whose values JSON cannot hold.
    """
    model = _metadata_model(sync, context)
    if model is not None:
        context.models.refuse_dates(model, f"the metadata of {sync.name}")
    return model


def _metadata_model(sync: SyncAnswer, context: Context) -> Model | None:
    if sync.pattern not in (None, "paginated"):
        from .pattern_settings import pattern_metadata  # most syncs are paginated

        return pattern_metadata(sync, context)
    return metadata_of(sync, named_fields(sync.every_request, "metadata"), context, tuple(sync.save_metadata))
