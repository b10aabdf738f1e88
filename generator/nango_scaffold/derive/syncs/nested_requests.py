"""The further requests of a sync: other models, children of each record, the list of deleted records."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from ...answers import FetchAnswer
from ...errors import AnswersError
from ...naming.words import kebab, pascal, title
from ...spec.paths import steps_of
from ...spec.requests import Request
from ...spec.syncs import Fetch
from ...spec.values import PARENT
from ..requests.endpoints import SYNC_METHOD, derive_endpoint, numbered
from ..requests.pagination import derive_pagination, id_path_of, note_read_id
from ..requests.parameter_conflicts import filled_by_sync, refuse_filled
from ..requests.provider_overrides import with_provider_overrides
from ..requests.request import SYNC_RETRIES, derive_docs, derive_params, derive_path
from ..requests.request_body import derive_data, sync_method
from .incremental import own_incremental
from .output_models import refuse_unfit_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...answers import RequestAnswer, SyncAnswer
    from ...models.types import Model
    from ...spec.requests import Pagination
    from ..context import Context
    from ..requests.placeholders import Roots


def derive_others(
    sync: SyncAnswer, names: tuple[str, ...], metadata: Model | None, context: Context
) -> tuple[Fetch, ...]:
    """The requests of the second model of a sync and those behind it. Each loop runs after the one before. Rule S04.

    Raises:
        AnswersError: answers that do not fit together.
    """
    return tuple(_other(sync, name, metadata, context) for name in names)


def _other(sync: SyncAnswer, name: str, metadata: Model | None, context: Context) -> Fetch:
    answer = sync.requests.get(name, FetchAnswer())
    where = f"{sync.where}.requests.{name}"
    many = context.many(context.entity(kebab(name)))
    return _fetch(sync, name, answer, where, {"metadata": metadata}, f"/{many}", context)


def derive_children(
    sync: SyncAnswer, name: str, parent: Model, metadata: Model | None, context: Context
) -> Fetch:
    """The request that is made for each record of a sync, and the model of its records.

    Args:
        sync: the answer, with ``children`` in it.
        name: the model of the children.
        parent: the model of the sync's own records.
        metadata: the sync's settings.
        context: the derivation.

    Raises:
        AnswersError: a request that does not name the parent; a field the parent cannot fill.
    """
    answer = sync.children
    assert answer is not None  # only called for syncs with children
    where = f"{sync.where}.children"
    roots: Roots = {"metadata": metadata, PARENT: parent}
    many, parents = (context.many(context.entity(kebab(model))) for model in (name, parent.name))
    fetch = _fetch(sync, name, answer, where, roots, f"/{parents}/${{parent.id}}/{many}", context)
    if not fetch.request.reads(PARENT):
        raise AnswersError(
            "the request is the same for each parent",
            where=f"{where}.path",
            fix=f"name the parent in it, such as /{parents}/${{parent.id}}/{many}",
        )
    return replace(fetch, parent=parent.name, takes_parent=bool(answer.from_parent))


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
    refuse_unfit_id(context.models.model(name))
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
    paths = numbered(f"/{many}", f"/{many}/synced")
    return Fetch(
        model=name,
        raw=context.raw_name(name),
        endpoint=derive_endpoint(answer.endpoint, SYNC_METHOD, paths, title(many), context, where),
        request=request,
        pagination=pagination,
        incremental=incremental,
        body=fetch_body(sync, name, where, pagination, context),
        body_steps=steps_of(pagination.response_path),
    )


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
    """A request and how its records are paged.

    Args:
        answer: the request of the answers.
        default_path: its path where that is unset.
        roots: what ``${...}`` may name.
        many: the records' plural name.
        where: the place of its script in the answers.
        context: the derivation.
        id_path: where the id is in a record.

    Raises:
        AnswersError: an invalid request.
    """
    data = answer.data if isinstance(answer.data, Mapping) else None  # the format has nothing else in a sync
    method = sync_method(answer.method, data)
    path = derive_path(answer.path, default_path, roots, context, f"{where}.request.path")
    pagination = derive_pagination(answer, context, many, where, method=method, id_path=id_path)
    request = Request(
        method=method,
        path=path,
        docs=derive_docs(answer, context, where),
        retries=answer.retries or SYNC_RETRIES,
        params=derive_params(answer.params, roots, f"{where}.request.params"),
        headers=derive_params(answer.headers, roots, f"{where}.request.headers"),
        data=derive_data(data, method, roots, f"{where}.request.data"),
    )
    return with_provider_overrides(request, context.facts), pagination


@contextmanager
def flat(where: str, context: Context) -> Iterator[None]:
    """Name the answers of a further request by their places: its ``path`` is no part of a ``request`` in the answers."""
    start = len(context.guesses)
    try:
        yield
    except AnswersError as error:
        raise AnswersError(error.what, where=_flattened(error.where, where), fix=error.fix) from None
    context.guesses[start:] = [
        replace(guess, answer=_flattened(guess.answer, where)) for guess in context.guesses[start:]
    ]


def _flattened(answer: str, where: str) -> str:
    return answer.replace(f"{where}.request.", f"{where}.", 1)
