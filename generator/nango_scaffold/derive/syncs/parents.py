"""A list that is walked and not saved: the sync's own request is sent for each of its entries."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from ...errors import AnswersError
from ...models.types import ArrayOf, Field, Primitive
from ...naming.words import pascal, singular
from ...spec.mappers import RawType
from ...spec.paths import steps_of
from ...spec.syncs import Fetch
from ...spec.values import PARENT
from ..mapping.field_source import expressions_in
from ..mapping.response_bodies import body_of_list
from ..requests.endpoints import NO_ENDPOINT
from ..requests.graphql import DATA, LISTS
from ..requests.parameter_conflicts import filled_by_sync, refuse_filled
from ..requests.raw_roots import KEY, key_field, named_paths, raw_field, raw_root
from ..requests.roots import fields_of, is_single
from ..requests.single_request import flat
from .body_values import result_type
from .nested_requests import fetch_body, paged_request

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ...answers import RequestAnswer, SyncAnswer
    from ...models.types import Model, Type
    from ...spec.paths import Path
    from ...spec.syncs import SyncSpec
    from ..context import Context
    from ..requests.roots import Roots

_ANY = Primitive("any")
_ITEMS = ArrayOf(_ANY)
_KINDS: Mapping[str, Type] = {
    "text": Primitive("string"),
    "number": Primitive("number"),
    "boolean": Primitive("boolean"),
    "list": _ITEMS,
    "text or list": _ANY,
}
_NO_NOUNS = frozenset({"search", "list", "query", "all"})


def derive_parents(sync: SyncAnswer, model: Model, roots: Roots, context: Context) -> tuple[Fetch, Roots]:
    """The list that a sync walks, and the roots of the sync's own request.

    Raises:
        AnswersError: an invalid request.
    """
    answer = sync.parents
    assert answer is not None  # only called for syncs with parents
    where = f"{sync.where}.parents"
    entity = entity_of_path(_place_of_list(answer.request))
    raw = context.models.raw_name(f"{context.prefix}{entity}Parent", f"parents of {sync.name}")
    with flat(where, context):
        request, pagination = paged_request(answer.request, "", roots, singular(entity), where, context)
        refuse_filled(request, pagination, filled_by_sync(None, pagination), where)
    # The id of the last entry asks for the next page, so it has to be in the raw type.
    last_id = steps_of(pagination.keys["id_path"]) if pagination.kind == "last_id" else ()
    entry = _entry(sync, model, raw, last_id)
    fetch = Fetch(
        model=entity,
        raw=raw,
        endpoint=NO_ENDPOINT,
        request=request,
        pagination=pagination,
        body=fetch_body(sync, entity, where, pagination, context),
        body_steps=steps_of(pagination.response_path),
        entry=entry.shape,
    )
    return fetch, roots.and_also(**{PARENT: entry})


def parent_types(sync: SyncSpec, where: str) -> Iterator[RawType]:
    """The raw types of an entry of the list that a sync walks, and of the body that holds the list.

    Raises:
        AnswersError: the list and the next page's cursor in one place.
    """
    parents = sync.parents
    assert parents is not None  # only called for syncs with parents
    yield RawType(parents.raw, parents.entry, "parent", sync.name)
    if parents.body:
        yield RawType(parents.body, body_of_list(parents, where), "parents", sync.name)


def _entry(sync: SyncAnswer, model: Model, raw: str, last_id: Path) -> Model:
    """What is read of an entry: what the sync's requests name, the fields that it fills, the id that asks for a page."""
    assert sync.parents is not None  # only called for syncs with parents
    where = f"{sync.where}.parents"
    fields = fields_of(model)
    types: dict[Path, Field] = {path: key_field(path) for path in _paths_in_requests(sync)}
    for name, path in sync.parents.from_parent.items():
        # A field that the model does not have is refused where the mapper is derived.
        if name in fields:
            types[path,] = raw_field(fields[name])
    _add_reads(types, _read_by_expressions(sync, fields))
    if last_id:
        types.setdefault(last_id, key_field(last_id))
    return raw_root(raw, types, where)


def _add_reads(types: dict[Path, Field], reads: Mapping[Path, Type]) -> None:
    """Add what expressions read, values alone, with types that a request needs no more of than that they identify it."""
    for read, of in reads.items():
        is_on_the_way = any(path != read and path[: len(read)] == read for path in (*types, *reads))
        is_narrower = read in types and types[read].type == KEY and is_single(of)
        if not is_on_the_way and (is_narrower or read not in types):
            types[read] = Field(read[-1], of)


def _read_by_expressions(sync: SyncAnswer, fields: Mapping[str, Field]) -> dict[Path, Type]:
    """What the expressions of the mapping read of an entry, with the type that all of them take it for."""
    read: dict[Path, Type] = {}
    for name, text in expressions_in(sync.mapping):
        if PARENT not in text:
            continue
        # Brings the parser, which most answers do without.
        from ...typescript.expression_reads import readings

        is_of_field = sync.mapping[name] == {"expression": text}
        kinds = {**_KINDS, "result": _raw_result(fields.get(name) if is_of_field else None)}
        for reading in readings(text):
            # The steps before an index lead to a list.
            names = tuple(map(str, takewhile(lambda step: isinstance(step, str), reading.path)))
            if reading.root != PARENT or not names:
                continue
            of = kinds.get(reading.kind, KEY) if len(names) == len(reading.path) else _ITEMS
            is_taken_alike = read.get(names, KEY) in (KEY, of)
            read[names] = of if is_taken_alike else _ANY
    return read


def _raw_result(field: Field | None) -> Type:
    """The type of a raw value that becomes that of a field unchanged; JSON has no dates."""
    of = result_type(field)
    return KEY if of == Primitive("Date") else of


def _paths_in_requests(sync: SyncAnswer) -> tuple[Path, ...]:
    """What the sync's own request, by default its id, and that for the details of a record name of an entry."""
    paths = named_paths(sync.request, PARENT, f"{sync.where}.request")
    if not paths and sync.request.path is not None:
        raise AnswersError(
            "the request is the same for each entry of the list",
            where=f"{sync.where}.request.path",
            fix="name the entry in it, such as ${parent.id}",
        )
    paths = paths or (("id",),)
    if sync.detail is None:
        return paths
    return (*paths, *named_paths(sync.detail.request, PARENT, f"{sync.where}.detail"))


def _place_of_list(request: RequestAnswer) -> str:
    """The path of a list; of a query, the way to it in the response."""
    if not request.graphql:
        return str(request.path)
    return "/".join(name for name in steps_of(request.response_path or "") if name not in (DATA, *LISTS))


def entity_of_path(path: str) -> str:
    """What a list holds, by the last noun in its path: ``/orgs/${metadata.org}/boards/search`` -> ``Board``."""
    words = [part for part in path.split("/") if part and "${" not in part and part not in _NO_NOUNS]
    # A last part of signs alone has no words either.
    return pascal(singular(words[-1])) or "Entry" if words else "Entry"
