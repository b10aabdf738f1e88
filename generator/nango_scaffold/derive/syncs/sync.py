"""One sync: from its answer to its description."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ...answers import full_phrase
from ...errors import AnswersError
from ...naming.resources import synced_resource
from ...naming.verbs import without_fetching
from ...naming.words import kebab, spoken
from ...spec.mappers import BODY
from ...spec.paths import steps_of
from ...spec.patterns import Configuration, Extended, Selection
from ...spec.syncs import Fetch, SyncSpec, Webhook
from ...spec.values import PARENT
from ..mapping.field_source import fields_that_read
from ..requests.endpoints import sync_endpoint
from ..requests.graphql import refuse_ambiguous_queries
from ..requests.lookups import derive_lookups
from ..requests.pagination import id_path_of, note_read_id
from ..requests.parameter_conflicts import filled_by_sync, refuse_filled
from ..requests.request import SYNC_RETRIES, derive_scopes
from .incremental import sync_incremental
from .metadata import derive_metadata, derive_saved_fields, with_sync_type
from .nested_requests import (
    derive_children,
    derive_others,
    detail_of,
    has_named_body,
    paged_request,
    sync_roots,
)
from .output_models import refuse_unfit_id
from .patterns import derive_pattern, is_always_full, is_incremental, pattern_path, pattern_roots

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...answers import SyncAnswer
    from ...answers.answers import ParamValue
    from ...models.types import Model, Type
    from ...spec.patterns import Pattern
    from ...spec.requests import Incremental, Pagination
    from ...spec.syncs import Deletion
    from ..context import Context
    from ..requests.roots import Roots
    from .output_models import Outputs

RUNS = "every hour"


def derive_sync(sync: SyncAnswer, outputs: Outputs, context: Context) -> SyncSpec:
    """The description of a sync that saves the models of ``outputs``.

    Raises:
        AnswersError: answers that do not fit together.
    """
    sync = with_sync_type(sync)
    model = context.models.model(outputs.first)
    refuse_unfit_id(model)
    # In the order in which a run sends them: each request may name what those before it brought.
    metadata = derive_metadata(sync, context)
    lookups, roots = derive_lookups(sync, sync_roots(sync, metadata, context), SYNC_RETRIES, context)
    parents, parent_roots = _parents(sync, model, roots, context)
    own_roots = parent_roots.and_also(**pattern_roots(sync.pattern))
    answer = replace(sync.request, params=_params(sync))
    many = _resource(sync, outputs, context)
    default_path = _default_path(sync, parents, many, context)
    request, pagination = paged_request(
        answer, default_path, own_roots, many, sync.where, context, id_path=id_path_of(sync.mapping)
    )
    saved_fields = derive_saved_fields(sync, metadata, pagination)
    body_reads = _body_reads(sync, model, pagination)
    # Before the pattern is derived, which depends on it: what reads a whole body turns the pages by itself.
    pagination = replace(pagination, reads_body=_reads_of_body(sync, body_reads))
    pattern = derive_pattern(sync, metadata, model, request, pagination, own_roots, context)
    incremental = None if is_incremental(sync.pattern) else sync_incremental(sync, context)
    refuse_filled(request, pagination, filled_by_sync(incremental, pagination, pattern), sync.where)
    note_read_id(pagination, model.name, context)
    context.mappings.setdefault(model.name, {})[sync.where] = dict(sync.mapping)
    first = Fetch(
        model=model.name,
        raw=context.raw_name(model.name),
        endpoint=sync_endpoint(sync.endpoint, many, context, sync.where),
        request=request,
        pagination=pagination,
        body=_body(sync, pattern, pagination, context),
        body_steps=steps_of(pagination.response_path),
    )
    spec = SyncSpec(
        name=sync.name,
        description=sync.description or _description(sync, context),
        runs=full_phrase(sync.runs) if sync.runs else RUNS,
        sync_type=_sync_type(sync),
        model=first.model,
        raw=first.raw,
        endpoint=first.endpoint,
        request=request,
        pagination=pagination,
        scopes=derive_scopes(sync.scopes, context, sync.where),
        track_deletes=_track_deletes(sync),
        auto_start=_auto_start(sync, metadata),
        saved_fields=saved_fields,
        metadata=metadata,
        incremental=incremental,
        pattern=pattern,
        body=first.body,
        body_steps=first.body_steps,
        others=derive_others(sync, outputs.others, first, roots, context),
        children=derive_children(sync, outputs.child, model, roots, context) if outputs.child else None,
        deleted=_deletion(sync, model, incremental, roots, context),
        version=sync.version,
        webhook=_webhook(sync),
        lookups=lookups,
        parents=parents,
        takes_parent=_takes_entry(sync),
        body_reads=body_reads,
        detail=detail_of(sync, model, parent_roots, sync.where, context),
    )
    refuse_ambiguous_queries(spec.requests, sync.where)
    if spec.webhook and spec.detail:
        from .details import refuse_unfit_webhook

        refuse_unfit_webhook(spec.detail, sync.where)
    return spec


def _parents(sync: SyncAnswer, model: Model, roots: Roots, context: Context) -> tuple[Fetch | None, Roots]:
    """The list that a sync walks, and what its requests may name then."""
    if sync.parents is None:
        return None, roots
    from .parents import derive_parents  # few syncs walk one

    return derive_parents(sync, model, roots, context)


def _takes_entry(sync: SyncAnswer) -> bool:
    """Whether the mapper of a sync's records reads the entry of the list that it walks, where it walks one."""
    reading = fields_that_read(sync.mapping, PARENT)
    if sync.parents is None and reading:
        raise AnswersError(
            "the name parent is not known here: the sync walks no list",
            where=f"{sync.where}.mapping.{reading[0]}.expression",
            fix="name the list in `parents`, or read from `response`",
        )
    return sync.parents is not None and bool(reading or sync.parents.from_parent)


def _deletion(
    sync: SyncAnswer, model: Model, incremental: Incremental | None, roots: Roots, context: Context
) -> Deletion | None:
    if sync.deleted is None:
        return None
    from .deletions import derive_deletion  # few APIs tell what was deleted

    return derive_deletion(sync, model.name, incremental, roots, context)


def _body_reads(sync: SyncAnswer, model: Model, pagination: Pagination) -> tuple[tuple[str, Type], ...]:
    """The expressions of the mapping that read the whole body; see `derive_body_reads`."""
    if not fields_that_read(sync.mapping, BODY):
        return ()
    from .body_values import derive_body_reads  # few mappings read it

    return derive_body_reads(sync, model, pagination)


def _reads_of_body(sync: SyncAnswer, body_reads: tuple[tuple[str, Type], ...]) -> str:
    """What a sync reads of each body beside its own records, which ``nango.paginate`` does not show."""
    # One reason is enough: it becomes the comment on the script's own loop.
    if sync.save_metadata:
        return "next run"
    if any(fetch.source for fetch in sync.requests.values()):
        return "other records"
    if body_reads:
        return "other values"
    # The pattern extended has a loop of its own anyway.
    if sync.request.errors_path and sync.pattern != Extended.NAME:
        return "errors"
    return ""


def _default_path(sync: SyncAnswer, parents: Fetch | None, many: str, context: Context) -> str:
    if parents is None:
        return pattern_path(sync.pattern, many)
    return f"/{context.many(kebab(parents.model))}/${{parent.id}}/{many}"


def _resource(sync: SyncAnswer, outputs: Outputs, context: Context) -> str:
    """The resource that a sync fetches, as its name spells it; of several models, the first one's."""
    if outputs.others:
        return context.many(context.entity(kebab(outputs.first)))
    return synced_resource(sync.name, context.answers.integration)


def _description(sync: SyncAnswer, context: Context) -> str:
    which = "selected" if sync.pattern == Selection.NAME else "all"
    return f"Fetches {which} {spoken(without_fetching(sync.name))} from {context.provider_name}."


def _webhook(sync: SyncAnswer) -> Webhook | None:
    if not sync.webhook_subscriptions:
        return None
    return Webhook(sync.webhook_subscriptions, steps_of((sync.webhook or {}).get("path", "")))


def _sync_type(sync: SyncAnswer) -> str:
    """Full by default; a pattern whose runs see a part of the records is always incremental."""
    if not is_incremental(sync.pattern):
        return sync.sync_type or "full"
    if sync.sync_type == "full":
        raise AnswersError(
            f"a run of the pattern {sync.pattern} sees a part of the records: a full sync would delete the others",
            where=f"{sync.where}.sync_type",
            fix="accepted: incremental, which is the default of this pattern",
        )
    return "incremental"


def _track_deletes(sync: SyncAnswer) -> bool:
    """Whether Nango deletes what a run no longer sees: by default where each run sees everything, and only there."""
    is_full = _sync_type(sync) == "full"
    if sync.track_deletes and not is_full:
        raise AnswersError(
            "an incremental sync sees only a part of the records in a run: Nango would delete the others",
            where=f"{sync.where}.track_deletes",
            fix="remove it, or write `sync_type: full`; `deleted` sets how the API reports deleted records",
        )
    return is_full if sync.track_deletes is None else sync.track_deletes


def _auto_start(sync: SyncAnswer, metadata: Model | None) -> bool:
    """Whether the first run starts with the connection: by default where it reads no metadata. Rule Y02."""
    if sync.auto_start is None:
        return _sets_its_metadata(sync, metadata)
    if sync.auto_start and metadata and not _may_be_empty(metadata, sync):
        raise AnswersError(
            f"the sync needs {metadata.name}, which nobody has set when there is a new connection",
            where=f"{sync.where}.auto_start",
            fix=f"remove it, or make every field of {metadata.name} optional",
        )
    return sync.auto_start


def _sets_its_metadata(sync: SyncAnswer, metadata: Model | None) -> bool:
    """Whether nobody else has to set any metadata: there is none, or the sync saves all of it."""
    return metadata is None or all(field.name in sync.save_metadata for field in metadata.shape.fields)


def _may_be_empty(metadata: Model, sync: SyncAnswer) -> bool:
    """Whether a sync can do without metadata: no field is required, and its pattern needs no selection."""
    return not is_always_full(sync.pattern) and all(field.optional for field in metadata.shape.fields)


def _params(sync: SyncAnswer) -> Mapping[str, ParamValue]:
    """The query; by default, the configuration pattern asks for the configured fields."""
    request = sync.request
    # Where the answers say how to ask, they say how to name the fields, too.
    is_unset = request.path is None and not request.has_body and not request.params
    if sync.pattern == Configuration.NAME and is_unset:
        return {"fields": "${fields}"}
    return request.params


def _body(sync: SyncAnswer, pattern: Pattern | None, pagination: Pagination, context: Context) -> str:
    """The raw type of a whole body; empty for pages that are lists."""
    if isinstance(pattern, Extended):
        return pattern.page
    return context.body_name(sync.name) if has_named_body(pagination) else ""
