"""How a sync of the paginated pattern is made up: one loop in ``fetchData``, or several functions called in turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..frozen import frozen
from ..naming.words import kebab, pascal, plural
from ..spec.requests import CONNECTION
from .script_filters import is_a_date, is_formatted_as_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ..spec.requests import GraphQL, Request, Variable
    from ..spec.syncs import Deletion, Fetch, SyncSpec

METADATA = "metadata"


@frozen
class Taken:
    """What a function of a script is handed beside nango: values that the script reads once.

    Attributes:
        metadata: the model of the metadata; empty where the function does not take it.
        connection: the keys of the connection's configuration that it reads.
    """

    metadata: str = ""
    connection: tuple[str, ...] = ()


@frozen
class ReadValues:
    """The values of a script's requests that take a function to be read.

    Attributes:
        connection: the keys of the connection's configuration.
        dates: whether a text or a number is read as a date.
        numbers: whether a text is read as a number.
        queries: the GraphQL queries that the requests send.
    """

    connection: tuple[str, ...]
    dates: bool
    numbers: bool
    queries: tuple[GraphQL, ...]


@frozen
class LoopView:
    """One loop over records.

    Attributes:
        fetch: its request, and the model that its records become.
        function: the name of its function; of no use where the loop stands in ``fetchData``.
        takes: what the function is handed beside nango.
        deletion: how deleted records are marked, or its records, where `lists_deleted`; ``None`` where none are deleted.
        lists_deleted: whether its records are those that the API has deleted.
        child: the loop that is run for each record; ``None`` for none.
        parts: further models whose records are in the same response.
    """

    fetch: Fetch | SyncSpec
    function: str
    takes: Taken = Taken()
    deletion: Deletion | None = None
    lists_deleted: bool = False
    child: LoopView | None = None
    parts: tuple[Fetch, ...] = ()

    @property
    def parent(self) -> str:
        """The model of the record that the loop is run for; empty for none."""
        return getattr(self.fetch, "parent", "")

    @property
    def takes_parent(self) -> bool:
        """Whether the mapper is handed that record, too."""
        return getattr(self.fetch, "takes_parent", False)

    @property
    def changed_field(self) -> tuple[str, ...]:
        """The field by which the loop ends at the first record older than the last run; empty where it does not."""
        return self.fetch.incremental.field if self.fetch.incremental else ()


@frozen
class LoopsView:
    """The loops of a sync.

    Attributes:
        first: the one loop of ``fetchData``; ``None`` where it calls functions.
        saves: the functions it calls instead, in order.
        forget: the function that deletes what the API lists as deleted; ``None`` for none.
        helpers: all functions.
    """

    first: LoopView | None
    saves: tuple[LoopView, ...]
    forget: LoopView | None
    helpers: tuple[LoopView, ...]


def loops_view(sync: SyncSpec) -> LoopsView:
    """The loops of a sync, each with the name of its function. Rule S04."""
    models = [sync.model, *(fetch.model for fetch in sync.further)]
    names = dict(zip(models, _distinct(f"save{_plural(model)}" for model in models), strict=True))
    child = _child(sync, names)
    first = LoopView(
        fetch=sync,
        function=names[sync.model],
        takes=taken_by(sync, sync.request, *([child.fetch.request] if child else ())),
        deletion=sync.deleted if sync.deleted and sync.deleted.mark else None,
        child=child,
        parts=tuple(fetch for fetch in sync.others if fetch.source),
    )
    saves = (first, *_others(sync, names))
    forget = _forget(sync)
    children = (child,) if child else ()
    if len(saves) == 1 and forget is None:
        return LoopsView(first, (), None, children)
    return LoopsView(None, saves, forget, (*saves, *children, *((forget,) if forget else ())))


def _others(sync: SyncSpec, names: Mapping[str, str]) -> Iterator[LoopView]:
    for fetch in (fetch for fetch in sync.others if not fetch.source):
        yield LoopView(fetch, names[fetch.model], taken_by(sync, fetch.request))


def _child(sync: SyncSpec, names: Mapping[str, str]) -> LoopView | None:
    fetch = sync.children
    return LoopView(fetch, names[fetch.model], taken_by(sync, fetch.request)) if fetch else None


def _forget(sync: SyncSpec) -> LoopView | None:
    listing = sync.deleted.listing if sync.deleted else None
    if listing is None:
        return None
    return LoopView(
        fetch=listing,
        function=f"delete{_plural(sync.model)}",
        takes=taken_by(sync, listing.request),
        deletion=sync.deleted,
        lists_deleted=True,
    )


def taken_by(sync: SyncSpec, *requests: Request) -> Taken:
    """What a function with some of a sync's requests is handed, since they read it."""
    reads_metadata = any(request.reads(METADATA) for request in requests)
    return Taken(
        metadata=sync.metadata.name if sync.metadata and reads_metadata else "",
        connection=connection_keys(requests),
    )


def read_values(requests: Iterable[Request], *, dates: bool = False) -> ReadValues:
    """The values of some requests that take a function to be read; ``dates``: whether the script reads dates anyway."""
    requests = tuple(requests)
    variables = [variable for request in requests for variable in request.variables]
    return ReadValues(
        connection=connection_keys(requests),
        dates=dates or any(map(is_read_as_date, variables)),
        numbers=any(variable.format == "number" for variable in variables),
        queries=tuple(dict.fromkeys(request.graphql for request in requests if request.graphql)),
    )


def is_read_as_date(variable: Variable) -> bool:
    """Whether a value comes as text or a number, and is sent as a date."""
    return is_formatted_as_date(variable) and not is_a_date(variable)


def connection_keys(requests: Iterable[Request]) -> tuple[str, ...]:
    """The keys of the connection's configuration that requests read, each once."""
    variables = (variable for request in requests for variable in request.variables)
    return tuple(dict.fromkeys(variable.field for variable in variables if variable.root == CONNECTION))


def _plural(model: str) -> str:
    return pascal(plural(kebab(model)))


def _distinct(names: Iterable[str]) -> Iterator[str]:
    """The names, those that were there before with a number behind them."""
    seen: dict[str, int] = {}
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        yield name if seen[name] == 1 else f"{name}{seen[name]}"
