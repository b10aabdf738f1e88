"""How a sync learns of records that the API has deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...errors import AnswersError
from ...naming.words import kebab, pascal
from ...spec.paths import steps_of
from ...spec.requests import Endpoint, Incremental
from ...spec.syncs import Deletion, Fetch, Mark
from ..requests.parameter_conflicts import filled_by_sync, refuse_doubles
from .incremental import raw_steps
from .nested_requests import fetch_body, flat, settled_request
from .output_models import entity_of

if TYPE_CHECKING:
    from ...answers import DeletedAnswer, SyncAnswer
    from ...models.types import Model
    from ..context import Context

_NOWHERE = Endpoint("", "", "")


def derive_deletion(
    sync: SyncAnswer, model: str, incremental: Incremental | None, metadata: Model | None, context: Context
) -> Deletion | None:
    """How the deleted records of a sync are known, ``None`` where the answers do not say.

    Args:
        sync: the answer.
        model: the sync's own model: deletions are of its records.
        incremental: how the sync's request uses the date of the last run.
        metadata: the sync's settings.
        context: the derivation.

    Raises:
        AnswersError: a full sync, which needs none of this; a mark and a list in one.
    """
    said = sync.deleted
    if said is None:
        return None
    where = f"{sync.where}.deleted"
    if sync.sync_type != "incremental":
        raise AnswersError(
            "a full sync has track_deletes: Nango deletes by itself what a run no longer sees",
            where=where,
            fix="take it out, or write `sync_type: incremental`",
        )
    if (said.field is None) == (said.request.path is None):
        raise AnswersError(
            "name either the field that marks a deleted record, or the path that lists them",
            where=where,
            fix="accepted: { field: deleted_at }, { field: status, value: deleted }, { path: /users/deleted }",
        )
    _refuse_idle(said, where)
    if said.field is not None:
        return Deletion(mark=Mark(raw_steps(said.field, sync.mapping), said.value))
    return _listed(sync, said, model, incremental, metadata, context)


def _refuse_idle(said: DeletedAnswer, where: str) -> None:
    """Refuse what belongs to the other of the two ways."""
    listed = {"value": said.value} if said.field is None else {"id_path": said.id_path, "param": said.param}
    for name, value in listed.items():
        if value is not None:
            raise AnswersError(
                f"{name} says nothing beside {'path' if said.field is None else 'field'}",
                where=f"{where}.{name}",
                fix="take it out",
            )


def _listed(
    sync: SyncAnswer,
    said: DeletedAnswer,
    model: str,
    incremental: Incremental | None,
    metadata: Model | None,
    context: Context,
) -> Deletion:
    many = context.many(entity_of(kebab(model), context))
    where = f"{sync.where}.deleted"
    param = said.param or (incremental.param if incremental else "")
    since = Incremental(param=param) if param else None
    with flat(where, context):
        request, pagination = settled_request(said.request, "", {"metadata": metadata}, many, where, context)
        refuse_doubles(request, filled_by_sync(since), in_body=pagination.in_body, where=where)
    listing = Fetch(
        model=model,
        raw=context.book.raw_name(f"{context.prefix}Deleted{pascal(model)}", f"deleted {model}"),
        endpoint=_NOWHERE,
        request=request,
        pagination=pagination,
        incremental=since,
        body=fetch_body(sync, "Deleted", where, pagination, context),
        body_steps=steps_of(pagination.response_path),
    )
    id_path = "id" if said.id_path is None else said.id_path
    return Deletion(listing=listing, id_steps=steps_of(id_path))
