"""How a request uses ``nango.lastSyncDate``. Rule S06."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...answers.answers import NOTHING
from ...errors import AnswersError
from ...spec.paths import steps_of
from ...spec.requests import Incremental
from ..requests.request_texts import names_last_sync

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from ...answers import RequestAnswer, SyncAnswer
    from ..context import Context


def sync_incremental(sync: SyncAnswer, context: Context) -> Incremental | None:
    """How the first request of an incremental sync uses lastSyncDate.

    By default not at all: every run asks for everything, and nothing is lost, while a guessed parameter might filter by
    something else, and stopping at an older record would lose those on later pages.

    Raises:
        AnswersError: a full sync that uses it; neither or both of ``param`` and ``field`` are set.
    """
    where = f"{sync.where}.request.incremental"
    if sync.request.incremental is not None:
        return own_incremental(sync, sync.request, sync.mapping, where)
    if sync.sync_type == "incremental" and not (names_last_sync(sync.request) or sync.save_metadata):
        guess_no_filter(where, context)
    return None


def guess_no_filter(where: str, context: Context) -> None:
    """Note that how the API filters by date is unknown; ``where`` is the place of ``incremental`` in the answers."""
    context.guess(where, NOTHING, "how the API filters by date is not known, so each run asks for everything")


def own_incremental(
    sync: SyncAnswer, request: RequestAnswer, mapping: Mapping[str, Any], where: str
) -> Incremental | None:
    """How one request of a sync uses lastSyncDate; ``None`` where ``incremental`` is unset or ``none``.

    By ``mapping``, model field <- path in the response, ``incremental`` may name a field of the model.

    Raises:
        AnswersError: a full sync that uses it; neither or both of ``param`` and ``field`` are set.
    """
    incremental = request.incremental
    if incremental is None or incremental.is_none:
        return None
    if sync.sync_type != "incremental":
        raise AnswersError(
            "a full sync does not use lastSyncDate", where=where, fix="write `sync_type: incremental`"
        )
    if (incremental.param is None) == (incremental.field is None):
        raise AnswersError(
            "name either a param or a field", where=where, fix="param where the API filters, else field"
        )
    if incremental.param is not None:
        return Incremental(param=incremental.param)
    return Incremental(field=raw_steps(str(incremental.field), mapping))


def raw_steps(field: str, mapping: Mapping[str, Any]) -> tuple[str, ...]:
    """Where a field is in the raw record: the path a field of the model is mapped from, else the field as a path."""
    mapped = mapping.get(field, field)
    return steps_of(mapped if isinstance(mapped, str) else field)
