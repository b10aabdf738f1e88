"""One sync: from its answer to its description."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import AnswersError
from ..naming.words import pascal, plural, singular, spoken
from .endpoints import derive_endpoint, resource
from .entities import RECORD_FIELDS
from .metadata import derive_metadata
from .pagination import derive_pagination
from .requests import SYNC_RETRIES, derive_docs, derive_params, derive_path
from .spec import Incremental, Request, SyncSpec

if TYPE_CHECKING:
    from ..answers import SyncAnswer
    from ..models.types import Model
    from .book import ModelData
    from .context import Context

RUNS = "every hour"
_ENOUGH = 50


def derive_sync(sync: SyncAnswer, context: Context) -> SyncSpec:
    """Settle everything about a sync.

    Raises:
        AnswersError: answers that do not fit together.
    """
    _refuse_unbuilt(sync)
    entity = singular(sync.name)
    model = output_model(sync, entity, context)
    metadata = derive_metadata(sync, context)
    roots = {"metadata": metadata}
    said = sync.request
    many = resource(plural(entity), context.answers.integration)
    pagination, guesses = derive_pagination(said, context.facts, many, sync.where)
    path = derive_path(said, f"/{many}", roots, context, sync.where)
    context.guesses.extend(guesses)
    request = Request(
        method=said.method or "GET",
        path=path,
        docs=derive_docs(said, context, sync.where),
        retries=said.retries or SYNC_RETRIES,
        params=derive_params(said.params, roots, f"{sync.where}.request.params"),
        headers=derive_params(said.headers, roots, f"{sync.where}.request.headers"),
    )
    context.mappings.setdefault(model.name, {})[sync.where] = dict(sync.mapping)
    name = context.facts.display_name or context.facts.key
    return SyncSpec(
        name=sync.name,
        description=sync.description or f"Fetches all {spoken(plural(entity))} from {name}.",
        runs=sync.runs or RUNS,
        sync_type=sync.sync_type or "full",
        model=model.name,
        raw=context.raw_name(model.name),
        endpoint=derive_endpoint(sync.endpoint, "GET", many, _endpoint_paths(many), context, sync.where),
        request=request,
        pagination=pagination,
        scopes=derive_scopes(sync.scopes, context, sync.where),
        metadata=metadata,
        incremental=_incremental(sync, context),
    )


def output_model(sync: SyncAnswer, entity: str, context: Context) -> Model:
    """The model a sync saves: said, or the default record under the singular of the name."""
    name = sync.model or pascal(resource(entity, context.answers.integration))
    model = context.book.model(record_model(name, RECORD_FIELDS, context, fixed=sync.model is not None))
    name = model.name
    if "id" not in {field.name for field in model.shape.fields}:
        raise AnswersError(
            f"the model {name} has no id, and Nango tells records apart by it",
            where=f"models.{name}",
            fix="add `id: string` or `id: number`",
        )
    return model


def record_model(wanted: str, fields: ModelData, context: Context, *, fixed: bool) -> str:
    """The model of a resource: the integration's own, one of the project that the user named, or a new one."""
    book = context.book
    own = book.own(wanted)
    if own is not None or (fixed and book.has(wanted)):
        return own or wanted
    made = book.make(wanted, fields, fixed=fixed)
    if fields is RECORD_FIELDS:
        context.guess(f"models.{made}", "id, name?, created_at?, updated_at?", "nobody described the record")
    return made


def derive_scopes(said: tuple[str, ...] | None, context: Context, where: str) -> tuple[str, ...]:
    """The scopes of a script. Rule Y04: an empty list is right only where the provider has none."""
    if said is not None:
        return said
    if context.facts.has_scopes:
        context.guess(
            f"{where}.scopes", "[]", f"{context.facts.key} has scopes, and which are needed is not known"
        )
    return ()


def _endpoint_paths(many: str) -> list[str]:
    return [f"/{many}", *(f"/{many}/synced{number}" for number in ["", *range(2, _ENOUGH)])]


def _incremental(sync: SyncAnswer, context: Context) -> Incremental | None:
    """How an incremental sync uses lastSyncDate. Rule S06.

    By default as a parameter: an API that does not know it sends everything, and nothing is lost, while stopping at
    an older record would lose records where pages do not come newest first.
    """
    said = sync.request.incremental
    if sync.sync_type != "incremental":
        if said is not None:
            raise AnswersError(
                "a full sync does not use lastSyncDate",
                where=f"{sync.where}.request.incremental",
                fix="write `sync_type: incremental`",
            )
        return None
    if said is not None and (said.param is None) == (said.field is None):
        raise AnswersError(
            "name either a param or a field",
            where=f"{sync.where}.request.incremental",
            fix="param where the API filters, else field",
        )
    if said is not None and said.field is not None:
        path = sync.mapping.get(said.field, said.field)
        return Incremental(field=tuple(path.split(".")))
    if said is None:
        context.guess(
            f"{sync.where}.request.incremental",
            "param: updated_since",
            "how the API filters by date is not known",
        )
    return Incremental(param=said.param if said and said.param else "updated_since")


def _refuse_unbuilt(sync: SyncAnswer) -> None:
    if sync.pattern not in (None, "paginated"):
        raise AnswersError(
            f"the pattern {sync.pattern!r} is not available in this version",
            where=f"{sync.where}.pattern",
            fix="accepted: paginated",
        )
    if sync.models is not None:
        raise AnswersError(
            "several output models are not available in this version",
            where=f"{sync.where}.models",
            fix="name one model",
        )
