"""The metadata of a connection that a sync reads, described or derived, and the fields of it that the sync saves itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ...errors import AnswersError
from ...models.types import without_null
from ...spec.paths import steps_of
from ...spec.syncs import SavedField
from ..requests.metadata import metadata_of
from ..requests.request_texts import named_fields
from ..requests.roots import fields_of

if TYPE_CHECKING:
    from ...answers import SyncAnswer
    from ...models.types import Model
    from ...spec.requests import Pagination
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
    if not sync.is_paginated:
        from .pattern_settings import pattern_metadata  # most syncs are paginated

        return pattern_metadata(sync, context)
    return metadata_of(sync, named_fields(sync.every_request, "metadata"), context, tuple(sync.save_metadata))


def with_sync_type(sync: SyncAnswer) -> SyncAnswer:
    """The answer, incremental by default where a run goes on from what the one before saved.

    Raises:
        AnswersError: a full sync of this kind that tracks deletes, and would lose what has not changed.
    """
    if not set(sync.save_metadata).intersection(named_fields(sync.every_request, "metadata")):
        return sync
    if sync.sync_type is None:
        return replace(sync, sync_type="incremental")
    if sync.sync_type == "full" and sync.track_deletes is not False:
        raise AnswersError(
            "a run that goes on where the last one ended sees a part of the records: Nango would delete the others",
            where=f"{sync.where}.sync_type",
            fix="write `sync_type: incremental`, or `track_deletes: false`",
        )
    return sync


def derive_saved_fields(
    sync: SyncAnswer, metadata: Model | None, pagination: Pagination
) -> tuple[SavedField, ...]:
    """The fields of ``save_metadata``, in the order of the answers.

    Raises:
        AnswersError: a field that the metadata does not have, or that is there before the first run; a sync that does
            not come to the end of its list in each run.
    """
    if not sync.save_metadata:
        return ()
    _refuse_other_ends(sync)
    assert metadata is not None  # where the answers name no model, one is derived from these fields
    fields = tuple(_saved_field(sync, name, metadata) for name in sync.save_metadata)
    for saved in fields:
        if saved.steps and saved.steps == steps_of(pagination.response_path):
            raise AnswersError(
                "this is where the records are, not what the next run begins with",
                where=f"{sync.where}.save_metadata.{saved.field}",
                fix="name what stands beside them, such as next_sync_token",
            )
    return fields


def _refuse_other_ends(sync: SyncAnswer) -> None:
    """Refuse ``save_metadata`` where the last response of a run is not that of the sync's own list."""
    incremental = sync.request.incremental
    reasons = {
        f"the pattern {sync.pattern} keeps its own progress in the metadata": not sync.is_paginated,
        "the request is sent for each entry of `parents`": sync.parents is not None,
        "the sync stops at the first record that is older": bool(incremental and incremental.field),
    }
    for reason, is_so in reasons.items():
        if is_so:
            raise AnswersError(
                f"{reason}, so that no response is the last one of the list",
                where=f"{sync.where}.save_metadata",
                fix="remove it",
            )


def _saved_field(sync: SyncAnswer, name: str, metadata: Model) -> SavedField:
    field = fields_of(metadata).get(name)
    if field is None or not field.optional:
        raise AnswersError(
            f"the sync saves {name} when its first run is through, and before it is not there",
            where=f"models.{metadata.name}.{name}",
            fix=f"write `{name}?: string` in models.{metadata.name}",
        )
    value = sync.save_metadata[name]
    if isinstance(value, str):
        return SavedField(name, without_null(field.type), steps=steps_of(value))
    # Brings the parser, which most answers do without.
    from ...typescript.expression import expression_source

    return SavedField(name, without_null(field.type), expression=expression_source(value["expression"]))
