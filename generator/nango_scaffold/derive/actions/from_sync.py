"""Records of a sync that a list action returns before it calls the API. Pattern AS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...errors import AnswersError
from ...models.types import Primitive
from ...spec.actions import Synced
from ..requests.lookups import HOST_VARIABLE, KEY_VARIABLE

if TYPE_CHECKING:
    from ...answers import ActionAnswer
    from ...spec.actions import ListResult
    from ..context import Context


def derive_synced(action: ActionAnswer, listing: ListResult | None, context: Context) -> Synced | None:
    """The sync whose records come first, ``None`` where ``from_sync`` is unset.

    Raises:
        AnswersError: no such sync, an action that lists nothing, or another model than the sync's.
    """
    if not action.from_sync:
        _refuse_unused(action)
        return None
    where, model = f"{action.where}.from_sync", context.saved.get(action.from_sync)
    if model is None:
        raise AnswersError(
            f"there is no sync {action.from_sync!r} in this integration",
            where=where,
            fix="" if context.saved else "accepted: nothing, as there is no sync",
            accepted=context.saved,
        )
    if listing is None:
        raise AnswersError(
            f"{action.name} gives back no list, and what a sync saved is one",
            where=where,
            fix="set `paginated: true`, or give the action a name such as list-users",
        )
    if listing.item_model != model:
        raise AnswersError(
            f"{action.from_sync} saves {model}, and {action.name} gives back {listing.item_model}",
            where=where,
            fix=f"describe an output with a list of it, such as `items: {model}[]`",
        )
    record = context.models.model(model)
    # The records that Nango returns have a property _nango_metadata, which an index of one type does not allow.
    if record.shape.index not in (None, Primitive("any")):
        raise AnswersError(
            f"the keys of {model} hold one type only, and Nango adds its own to each record",
            where=where,
            fix="write `__string: any`, or leave from_sync out",
        )
    # They come back as JSON, where a Date is a string.
    context.models.refuse_dates(record, f"what {action.from_sync} saved")
    return Synced(
        action.from_sync,
        model,
        action.from_sync_key or KEY_VARIABLE,
        action.from_sync_host or HOST_VARIABLE,
        context.models.raw_name("SyncedRecord", "synced records"),
        context.models.raw_name("SyncedPage", "pages of synced records"),
    )


def _refuse_unused(action: ActionAnswer) -> None:
    if any(lookup.from_sync for lookup in action.lookups):
        return
    settings = {"from_sync_key": action.from_sync_key, "from_sync_host": action.from_sync_host}
    for name, value in settings.items():
        if value is not None:
            raise AnswersError(
                "no records of a sync are read here",
                where=f"{action.where}.{name}",
                fix="name the sync in from_sync, or leave it out",
            )
