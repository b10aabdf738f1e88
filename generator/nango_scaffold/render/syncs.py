"""What the template of a sync is filled with beside its spec: names, imports, the loops it is made of."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ..frozen import frozen
from ..models.types import Primitive
from ..naming.words import pascal
from ..spec.mappers import UNREAD
from ..spec.patterns import Configuration, Extended, Selection
from ..spec.requests import Variable
from .lookups import lookup_views
from .loops import (
    DetailView,
    LoopsView,
    Parameters,
    ReadValues,
    detail_view,
    detail_views,
    distinct,
    loops_view,
    parameters_of,
    read_values,
)
from .mappers import mapper_imports, unique

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ..spec.requests import Request
    from ..spec.syncs import Fetch, SavedField, SyncSpec
    from .lookups import LookupView
    from .mappers import MapperImport

_VERSION = r"/(v[0-9]+(?:\.[0-9]+)*)/"
_VERSION_ROOT = "version"


@frozen
class SavedFieldView:
    """A field of the metadata that a sync saves, and the variable that holds its value."""

    spec: SavedField
    variable: str


@frozen
class SyncView:
    """One sync file.

    Attributes:
        part: the template of everything below the imports.
        models: the types that it imports from models, and
        raw_types: from types.ts.
        mapped: the mappers it imports.
        checked: the models whose schemas it imports.
        lookups: the values that it looks up first.
        detail: the further request for each record of its own list, and
        details: all of them.
        takes: what the function of its pattern that saves a list is handed beside nango,
        list_takes: the one that asks for a list, and
        item_takes: the one that asks for a single item, of the pattern selection.
        reads: the values of its requests that take a function to be read.
        loops: the loops of a sync of the paginated pattern; ``None`` for another one.
        request: its request, in which `api_version` is a variable.
        api_version: the version of the API in the path, for the pattern of configurations; empty for none.
        turns_pages: whether it goes from page to page in a loop of its own.
        reads_total: whether a total ends one of its lists.
        saved_fields: the fields of the metadata that it saves itself, each with the variable of its value.
    """

    name: str
    spec: SyncSpec
    part: str
    models: tuple[str, ...]
    raw_types: tuple[str, ...]
    mapped: tuple[MapperImport, ...]
    checked: tuple[str, ...]
    lookups: tuple[LookupView, ...]
    detail: DetailView | None
    details: tuple[DetailView, ...]
    takes: Parameters
    list_takes: Parameters
    item_takes: Parameters
    reads: ReadValues
    loops: LoopsView | None
    request: Request
    api_version: str
    turns_pages: bool
    reads_total: bool
    saved_fields: tuple[SavedFieldView, ...]


def sync_view(sync: SyncSpec, stems: Mapping[str, str]) -> SyncView:
    """Everything the template needs to write a sync; ``stems``: see `shared_stems`."""
    request, version = sync.request, ""
    if isinstance(sync.pattern, Configuration):
        request, version = _with_version_apart(sync.request)
    metadata = _metadata_models(sync)
    paginations = [fetch.pagination for fetch in _fetches(sync)]
    items = _item_requests(sync)
    details = [sync.detail.request] if sync.detail else []
    return SyncView(
        name=sync.name,
        spec=sync,
        part=sync.pattern.NAME if sync.pattern else "paginated",
        models=unique((*metadata, *_models(sync))),
        raw_types=imported_raw_types(_raw_types(sync)),
        mapped=mapper_imports(_mapped(sync), stems),
        checked=metadata,
        lookups=lookup_views(sync),
        detail=detail_view(sync, sync),
        details=detail_views(sync),
        takes=parameters_of(sync, sync.request, *details),
        list_takes=parameters_of(sync, sync.request),
        item_takes=parameters_of(sync, *items, *details),
        reads=read_values((*sync.requests, *items)),
        loops=None if sync.pattern else loops_view(sync),
        request=request,
        api_version=version,
        turns_pages=any(pagination.turns_pages for pagination in paginations),
        saved_fields=tuple(_saved_field_views(sync)),
        reads_total=any(pagination.kind == "total" for pagination in paginations),
    )


def _mapped(sync: SyncSpec) -> tuple[str, ...]:
    """The models whose records take something of the response."""
    return unique(fetch.model for fetch in sync.saved if fetch.constant is None)


def imported_raw_types(names: Iterable[str]) -> tuple[str, ...]:
    """The raw types that have a declaration, each once."""
    return unique(name for name in names if name != UNREAD)


def _metadata_models(sync: SyncSpec) -> tuple[str, ...]:
    return (sync.metadata.name,) if sync.metadata else ()


def _models(sync: SyncSpec) -> list[str]:
    """The models beside that of the metadata that a script names; those of its records are known to their mappers."""
    names = []
    if sync.children:
        names.append(sync.children.parent)
    if isinstance(sync.pattern, Selection):
        names.append(sync.model)
    if isinstance(sync.pattern, Configuration):
        names.append(sync.pattern.item_model)
    return names


def _raw_types_of(fetch: Fetch | SyncSpec) -> list[str]:
    """The raw types of one loop: of its records, its body and the details of each record."""
    pattern = getattr(fetch, "pattern", None)
    names = [fetch.body]
    # The type of one record is the type argument of `paginate`, and of the functions of a selection; all other loops
    # declare the type of a whole body. The loop of the pattern extended asks for its pages itself.
    if isinstance(pattern, Selection) or (fetch.is_paged and not isinstance(pattern, Extended)):
        names.insert(0, fetch.raw)
    # The function for the details takes a record and gives one.
    return [*names, fetch.raw, fetch.detail.body] if fetch.detail else names


def _raw_types(sync: SyncSpec) -> list[str]:
    """The raw types of the pages of each loop, and of the whole bodies that it looks at."""
    names = [name for fetch in _fetches(sync) for name in _raw_types_of(fetch)]
    names += [sync.parents.raw] if sync.parents else []
    names += [lookup.body for lookup in sync.lookups]
    # A webhook brings one record, and the function `isDeleted` takes one.
    mark = sync.deleted.mark if sync.deleted else None
    return [*names, sync.raw] if sync.webhook or (mark and mark.when) else names


def _saved_field_views(sync: SyncSpec) -> Iterator[SavedFieldView]:
    names = distinct(f"next{pascal(saved.field)}" for saved in sync.saved_fields)
    for saved, name in zip(sync.saved_fields, names, strict=True):
        yield SavedFieldView(saved, name)


def _fetches(sync: SyncSpec) -> tuple[SyncSpec | Fetch, ...]:
    """Each loop over records: those that are only walked, and the list of deleted ones, included."""
    listing = sync.deleted.listing if sync.deleted else None
    walked = [sync.parents] if sync.parents else []
    return (*walked, sync, *sync.further, *([listing] if listing else ()))


def _item_requests(sync: SyncSpec) -> tuple[Request, ...]:
    """The request for a single item, where the metadata may select one."""
    return (sync.pattern.item_request,) if isinstance(sync.pattern, Selection) else ()


def _with_version_apart(request: Request) -> tuple[Request, str]:
    """The request with a variable for the API's version in its path, and that version; empty for none. Pattern CB, R4."""
    for index, part in enumerate(request.path):
        if not isinstance(part, str):
            continue
        rest = request.path[index + 1 :]
        # A version may end the path: `/v2` is one as `/v2/` is. Before a placeholder, `/v2${id}`, it is none.
        match = re.search(_VERSION, part if rest else f"{part}/")
        if match is None:
            continue
        version = Variable(_VERSION_ROOT, "", Primitive("string"))
        apart = (part[: match.start(1)], version, part[match.end(1) :])
        path = (*request.path[:index], *(piece for piece in apart if piece != ""), *rest)
        return replace(request, path=path), match[1]
    return request, ""
