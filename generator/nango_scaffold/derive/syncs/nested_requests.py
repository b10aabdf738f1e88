"""The further requests of a sync: other models, children of each record, the list of deleted records."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ...answers import FetchAnswer
from ...errors import AnswersError
from ...naming.words import kebab, pascal
from ...spec.paths import steps_of
from ...spec.requests import CONNECTION, LAST_SYNC_DATE
from ...spec.syncs import Fetch
from ...spec.values import PARENT
from ..mapping.field_source import fields_that_read
from ..mapping.parent_fields import refuse_unknown_reads
from ..requests.endpoints import sync_endpoint
from ..requests.graphql import ENDPOINT, with_query
from ..requests.pagination import derive_pagination, id_path_of, note_read_id
from ..requests.parameter_conflicts import filled_by_sync, refuse_filled
from ..requests.request import SYNC_RETRIES, derive_path
from ..requests.request_body import body_of_sync, sync_method
from ..requests.roots import CONNECTION_VALUES, LAST_SYNC, Roots
from ..requests.single_request import flat, request_of
from .incremental import own_incremental
from .output_models import refuse_unfit_id

if TYPE_CHECKING:
    from ...answers import RequestAnswer, SyncAnswer
    from ...models.types import Model
    from ...spec.requests import Pagination, Request
    from ...spec.syncs import Detail
    from ..context import Context


def sync_roots(sync: SyncAnswer, metadata: Model | None, context: Context) -> Roots:
    """What the placeholders of a sync's requests may name; the date of the last run where a run asks by it."""
    roots = Roots({"metadata": metadata, CONNECTION: CONNECTION_VALUES}, context.models)
    asks_by_date = sync.sync_type == "incremental" and sync.is_paginated
    return roots.and_also(**{LAST_SYNC_DATE: LAST_SYNC}) if asks_by_date else roots


def derive_others(
    sync: SyncAnswer, names: tuple[str, ...], first: Fetch, roots: Roots, context: Context
) -> tuple[Fetch, ...]:
    """The requests of the second model of a sync and those behind it. Each loop runs after the one before. Rule S04.

    The records of a model may be in the response to ``first``, the sync's own request.

    Raises:
        AnswersError: answers that do not fit together.
    """
    return tuple(_other(sync, name, first, roots, context) for name in names)


def _other(sync: SyncAnswer, name: str, first: Fetch, roots: Roots, context: Context) -> Fetch:
    answer = sync.requests.get(name, FetchAnswer())
    where = f"{sync.where}.requests.{name}"
    if answer.source:
        return _part_of(first, sync, name, answer, where, context)
    many = context.many(context.entity(kebab(name)))
    return _fetch(sync, name, answer, where, roots, f"/{many}", context)


def _part_of(
    first: Fetch, sync: SyncAnswer, name: str, answer: FetchAnswer, where: str, context: Context
) -> Fetch:
    """The records of a model that are in each response for the first one, which is no mere list then."""
    if first.pagination.turns_pages and not first.body_steps:
        raise AnswersError(
            f"a page of {first.model} is a list, which has no place for what is beside its records",
            where=f"{where}.from",
            fix=f"set response_path in {sync.where}.request: where the records of {first.model} are in the response",
        )
    refuse_unfit_id(context.models.model(name))
    many = context.many(context.entity(kebab(name)))
    context.mappings.setdefault(name, {})[where] = dict(answer.mapping)
    return replace(
        first,
        model=name,
        raw=context.raw_name(name),
        endpoint=sync_endpoint(answer.endpoint, many, context, where),
        body_steps=steps_of(answer.request.response_path or ""),
        source=first.model,
    )


def derive_children(sync: SyncAnswer, name: str, parent: Model, roots: Roots, context: Context) -> Fetch:
    """The request that is made for each record of a sync, whose model is ``parent``, and the model of its records.

    Raises:
        AnswersError: a request that does not name the parent; a field the parent cannot fill.
    """
    answer = sync.children
    assert answer is not None  # only called for syncs with children
    where = f"{sync.where}.children"
    many, parents = (context.many(context.entity(kebab(model))) for model in (name, parent.name))
    default_path = f"/{parents}/${{parent.id}}/{many}"
    fetch = _fetch(sync, name, answer, where, roots.and_also(**{PARENT: parent}), default_path, context)
    # It would bring the same records for each parent, and save them that often.
    if not fetch.request.reads(PARENT):
        raise AnswersError(
            "the request is the same for each parent",
            where=f"{where}.path",
            fix=f"name the parent in it, such as {default_path}",
        )
    refuse_unknown_reads(answer.mapping, parent, f"{where}.mapping")
    takes_parent = bool(answer.from_parent or fields_that_read(answer.mapping, PARENT))
    return replace(fetch, parent=parent.name, takes_parent=takes_parent)


def _fetch(
    sync: SyncAnswer,
    name: str,
    answer: FetchAnswer,
    where: str,
    roots: Roots,
    default_path: str,
    context: Context,
) -> Fetch:
    """One request and the model of its records."""
    model = context.models.model(name)
    refuse_unfit_id(model)
    many = context.many(context.entity(kebab(name)))
    context.mappings.setdefault(name, {})[where] = dict(answer.mapping)
    # Only where the answers set it: another API call may not know the date of the last run, so it asks for everything.
    incremental = own_incremental(sync, answer.request, answer.mapping, f"{where}.incremental")
    with flat(where, context):
        request, pagination = paged_request(
            answer.request, default_path, roots, many, where, context, id_path=id_path_of(answer.mapping)
        )
        refuse_filled(request, pagination, filled_by_sync(incremental, pagination), where)
    note_read_id(pagination, name, context)
    return Fetch(
        model=name,
        raw=context.raw_name(name),
        endpoint=sync_endpoint(answer.endpoint, many, context, where),
        request=request,
        pagination=pagination,
        incremental=incremental,
        body=fetch_body(sync, name, where, pagination, context),
        body_steps=steps_of(pagination.response_path),
        detail=detail_of(answer, model, roots, where, context),
    )


def detail_of(
    loop: SyncAnswer | FetchAnswer, model: Model, roots: Roots, where: str, context: Context
) -> Detail | None:
    """The request for the details of a loop's records; see ``derive_detail``."""
    if loop.detail is None:
        return None
    from .details import derive_detail  # most lists hold whole records

    return derive_detail(loop.detail, model, loop.mapping, roots, where, context)


def fetch_body(sync: SyncAnswer, of: str, where: str, pagination: Pagination, context: Context) -> str:
    """The raw type of the body of a further request, ``GithubUsersTeamBody``; empty for pages that are lists."""
    if not has_named_body(pagination):
        return ""
    return context.models.raw_name(f"{context.prefix}{pascal(sync.name)}{pascal(of)}Body", f"request {where}")


def has_named_body(pagination: Pagination) -> bool:
    """Whether a body has a raw type of its own: not where it is a page that is a list of records."""
    return pagination.kind == "none" or pagination.turns_pages or bool(pagination.response_path)


def paged_request(
    answer: RequestAnswer,
    default_path: str,
    roots: Roots,
    many: str,
    where: str,
    context: Context,
    *,
    id_path: str = "id",
) -> tuple[Request, Pagination]:
    """A request and how its records are paged; ``id_path`` is where the id is in a record.

    Raises:
        AnswersError: an invalid request.
    """
    # The method is needed before the request is: it decides whether a page is asked for in the query or in the body.
    data, _ = body_of_sync(answer, f"{where}.request")
    method = sync_method(answer.method, data)
    default_path = ENDPOINT if answer.graphql else default_path
    path = derive_path(
        answer.path, default_path, roots, context, f"{where}.request.path", base_url=answer.base_url
    )
    pagination = derive_pagination(answer, context, many, where, method=method, id_path=id_path)
    # nango.paginate hands out records alone: errors in a body are only seen by a loop of the script's own.
    if answer.errors_path:
        pagination = replace(pagination, reads_body="errors")
    request = request_of(answer, path, roots, SYNC_RETRIES, where, context)
    return with_query(request, answer, many), pagination
