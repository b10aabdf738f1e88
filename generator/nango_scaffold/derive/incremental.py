"""How a request uses ``nango.lastSyncDate``. Rule S06."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import AnswersError
from .paths import steps_of
from .spec import Incremental

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from ..answers import RequestAnswer, SyncAnswer
    from .context import Context


def sync_incremental(sync: SyncAnswer, context: Context) -> Incremental | None:
    """How the first request of an incremental sync uses lastSyncDate.

    By default as a parameter: an API that does not know it sends everything, and nothing is lost, while stopping at
    an older record would lose records where pages do not come newest first.

    Raises:
        AnswersError: a full sync that is said to use it; neither or both of its ways named.
    """
    where = f"{sync.where}.request.incremental"
    if sync.request.incremental is not None:
        refuse_full(sync, where)
        return derive_incremental(sync.request, sync.mapping, where)
    if sync.sync_type != "incremental":
        return None
    context.guess(where, "param: updated_since", "how the API filters by date is not known")
    return Incremental(param="updated_since")


def refuse_full(sync: SyncAnswer, where: str) -> None:
    """Refuse a use of lastSyncDate in a sync that asks for everything each time.

    Raises:
        AnswersError: the sync is a full one.
    """
    if sync.sync_type != "incremental":
        raise AnswersError(
            "a full sync does not use lastSyncDate", where=where, fix="write `sync_type: incremental`"
        )


def derive_incremental(request: RequestAnswer, mapping: Mapping[str, Any], where: str) -> Incremental:
    """How a request uses lastSyncDate, as the answers say.

    Args:
        request: the answer, with ``incremental`` in it.
        mapping: model field <- path in the response, by which a field of the model may be named.
        where: the place of ``incremental`` in the answers.

    Raises:
        AnswersError: neither or both of its ways named.
    """
    said = request.incremental
    if said is None or (said.param is None) == (said.field is None):
        raise AnswersError(
            "name either a param or a field", where=where, fix="param where the API filters, else field"
        )
    if said.param is not None:
        return Incremental(param=said.param)
    return Incremental(field=raw_steps(str(said.field), mapping))


def raw_steps(field: str, mapping: Mapping[str, Any]) -> tuple[str, ...]:
    """Where a field is in the raw record: the path a field of the model is mapped from, else the field as a path."""
    mapped = mapping.get(field, field)
    return steps_of(mapped if isinstance(mapped, str) else field)
