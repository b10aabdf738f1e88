"""How a sync recognizes records that the API has deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...errors import AnswersError
from ...naming.words import kebab, pascal
from ...spec.paths import steps_of
from ...spec.requests import Incremental
from ...spec.syncs import Deletion, Fetch, Mark
from ..requests.endpoints import NO_ENDPOINT
from ..requests.parameter_conflicts import filled_by_sync, refuse_filled
from ..requests.single_request import flat
from .incremental import raw_steps
from .nested_requests import fetch_body, paged_request

if TYPE_CHECKING:
    from ...answers import DeletedAnswer, SyncAnswer
    from ..context import Context
    from ..requests.roots import Roots


def derive_deletion(
    sync: SyncAnswer, model: str, incremental: Incremental | None, roots: Roots, context: Context
) -> Deletion:
    """How the deleted records of a sync are recognized; ``incremental`` is how its request uses the date of the last run.

    Raises:
        AnswersError: a full sync, which needs none of this; both a flag and a list.
    """
    answer = sync.deleted
    assert answer is not None  # only called for syncs that say which records are deleted
    where = f"{sync.where}.deleted"
    _refuse_full(sync, where)
    # One of the three, and no more.
    if [answer.field, answer.when, answer.request.path].count(None) != 2:
        raise AnswersError(
            "name either the field that marks a deleted record, or the path that lists them",
            where=where,
            fix="accepted: { field: deleted_at }, { field: status, value: deleted }, { path: /users/deleted }",
        )
    _refuse_unused(answer, where)
    if answer.when is not None:
        return Deletion(mark=_mark_by_expression(answer.when, f"{where}.when"))
    if answer.field is not None:
        return Deletion(mark=Mark(raw_steps(answer.field, sync.mapping), answer.value))
    return _listed(sync, answer, model, incremental, roots, context)


def _mark_by_expression(when: str, where: str) -> Mark:
    """The flag of a record of which an expression says that it is deleted: over the record, by one name."""
    # Brings the parser, which most answers do without.
    from ...typescript.expression import condition_source, free_names

    names = free_names(when)
    if len(names) != 1:
        what = "the record by two names" if names else "nothing of the record"
        raise AnswersError(
            f"the expression reads {what}",
            where=where,
            fix="write it over `response`, such as response.status === 'gone'",
        )
    return Mark((), when=condition_source(when), name=next(iter(names)))


def _refuse_full(sync: SyncAnswer, where: str) -> None:
    """Refuse ``deleted`` in a full sync, unless it tells by the record, or the sync keeps those that are gone."""
    assert sync.deleted is not None  # only called for syncs with deletions
    if sync.sync_type == "incremental" or sync.deleted.when is not None:
        return
    if sync.track_deletes is not False:
        raise AnswersError(
            "a full sync has track_deletes: Nango deletes by itself what a run no longer sees",
            where=where,
            fix="remove it, or write `sync_type: incremental`",
        )
    if sync.deleted.request.path is not None:
        raise AnswersError(
            "a full sync does not ask for deletions since its last run",
            where=f"{where}.path",
            fix="write `sync_type: incremental`, or name the field that marks a deleted record",
        )


def _refuse_unused(answer: DeletedAnswer, where: str) -> None:
    """Refuse settings of a flag beside a list, and the other way round."""
    of_flag: dict[str, object] = {"value": answer.value}
    of_list: dict[str, object] = {"id_path": answer.id_path, "param": answer.param}
    if answer.field is not None:
        used, unused = "field", of_list
    elif answer.when is not None:
        used, unused = "when", of_flag | of_list
    else:
        used, unused = "path", of_flag
    for name, value in unused.items():
        if value is not None:
            raise AnswersError(f"{name} says nothing beside {used}", where=f"{where}.{name}", fix="remove it")


def _listed(
    sync: SyncAnswer,
    answer: DeletedAnswer,
    model: str,
    incremental: Incremental | None,
    roots: Roots,
    context: Context,
) -> Deletion:
    many = context.many(context.entity(kebab(model)))
    where = f"{sync.where}.deleted"
    id_path = "id" if answer.id_path is None else answer.id_path
    # An API that filters records by date mostly has the same parameter for those that were deleted since.
    param = answer.param or (incremental.param if incremental else "")
    since = Incremental(param=param) if param else None
    with flat(where, context):
        request, pagination = paged_request(answer.request, "", roots, many, where, context, id_path=id_path)
        refuse_filled(request, pagination, filled_by_sync(since, pagination), where)
    listing = Fetch(
        model=model,
        raw=context.models.raw_name(f"{context.prefix}Deleted{pascal(model)}", f"deleted {model}"),
        endpoint=NO_ENDPOINT,
        request=request,
        pagination=pagination,
        incremental=since,
        body=fetch_body(sync, "Deleted", where, pagination, context),
        body_steps=steps_of(pagination.response_path),
    )
    return Deletion(listing=listing, id_steps=steps_of(id_path))
