"""How a sync of the paginated pattern is made up: one loop in ``fetchData``, or several functions called in turn."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..frozen import frozen
from ..naming.words import kebab, pascal, plural
from ..spec.mappers import BODY
from ..spec.requests import CONNECTION, LOOKUP
from ..spec.values import PARENT
from .paths import lookup_variable
from .script_filters import is_a_date, is_all_optional, is_formatted_as_date, spelled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ..models.types import Alias, Model
    from ..spec.actions import ActionSpec
    from ..spec.requests import GraphQL, Request, Variable
    from ..spec.syncs import Deletion, Detail, Fetch, SyncSpec

METADATA = "metadata"
INPUT = "input"
RECORD = "record"


@frozen
class Parameters:
    """What a function of a script is handed beside nango: values that the script reads once.

    Attributes:
        metadata: the model of the metadata; empty where the function does not take it.
        input: the input's model or type; ``None`` where it does not take it, and
        input_value: the expression of the input where the function is called.
        connection: the keys of the connection's configuration that it reads.
        lookups: the variables of the values that were looked up.
    """

    metadata: str = ""
    input: Model | Alias | None = None
    input_value: str = ""
    connection: tuple[str, ...] = ()
    lookups: tuple[str, ...] = ()


@frozen
class ReadValues:
    """The values of a script's requests that take a function to be read.

    Attributes:
        connection: the keys of the connection's configuration.
        dates: whether a text or a number is read as a date.
        numbers: whether a text is read as a number.
        queries: the GraphQL queries that the requests send.
        errors: whether a response with the status of a success may list errors.
    """

    connection: tuple[str, ...]
    dates: bool
    numbers: bool
    queries: tuple[GraphQL, ...]
    errors: bool


@frozen
class DetailView:
    """The function that merges further values into a record of a list.

    Attributes:
        model: the model of the record.
        raw: its raw type, before and after.
        function: its name.
        identity: the expression of a value that tells the record from others.
        takes: what it is handed beside nango and the record.
        parent: the type of the parent of the records, where the request reads it; empty where it does not.
    """

    spec: Detail
    model: str
    raw: str
    function: str
    identity: str
    takes: Parameters
    parent: str = ""


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
        detail: the further request for each record; ``None`` for none.
        is_walked: whether its records are not saved, and only the child is run for each.
        saved: the model of the metadata of which its function gives what the next run begins with; empty for none.
    """

    fetch: Fetch | SyncSpec
    function: str
    takes: Parameters = Parameters()
    deletion: Deletion | None = None
    lists_deleted: bool = False
    child: LoopView | None = None
    parts: tuple[Fetch, ...] = ()
    detail: DetailView | None = None
    is_walked: bool = False
    saved: str = ""

    @property
    def parent(self) -> str:
        """The model of the record that the loop is run for; empty for none."""
        return getattr(self.fetch, "parent", "")

    @property
    def takes_parent(self) -> bool:
        """Whether the mapper is handed that record, too."""
        return getattr(self.fetch, "takes_parent", False)

    @property
    def beside(self) -> tuple[str, ...]:
        """What the mapper is handed beside the raw record: ``parent``, ``body``."""
        names = (PARENT if self.takes_parent else "", BODY if getattr(self.fetch, "body_reads", ()) else "")
        return tuple(filter(None, names))

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
    # Two models may have one plural, such as `Status` and `Statuses`.
    names = dict(zip(models, distinct(f"save{_plural(model)}" for model in models), strict=True))
    own = _own_loop(sync, names)
    first = _walk(sync, sync.parents, own) if sync.parents else own
    saves = (first, *_other_loops(sync, names))
    forget = _forget(sync)
    below = tuple(_below(first))
    # What the next run begins with is noted when the loop is done, so a loop that gives it is a function of its own.
    if len(saves) == 1 and forget is None and not own.saved:
        return LoopsView(first, (), None, below)
    return LoopsView(None, saves, forget, (*saves, *below, *((forget,) if forget else ())))


def _other_loops(sync: SyncSpec, names: Mapping[str, str]) -> Iterator[LoopView]:
    """The loops of the further models that have requests of their own."""
    return (_loop(sync, fetch, names[fetch.model]) for fetch in sync.others if not fetch.source)


def _own_loop(sync: SyncSpec, names: Mapping[str, str]) -> LoopView:
    """The loop over the sync's own records, with that over the children of each."""
    child = _loop(sync, sync.children, names[sync.children.model]) if sync.children else None
    deletion = sync.deleted if sync.deleted and sync.deleted.mark else None
    parts = tuple(fetch for fetch in sync.others if fetch.source)
    saved = sync.metadata.name if sync.metadata and sync.saved_fields else ""
    loop = _loop(sync, sync, names[sync.model], child)
    return replace(loop, deletion=deletion, parts=parts, saved=saved)


def _loop(sync: SyncSpec, fetch: Fetch | SyncSpec, function: str, child: LoopView | None = None) -> LoopView:
    return LoopView(
        fetch=fetch,
        function=function,
        takes=parameters_of(sync, *_requests_of(fetch, child)),
        child=child,
        detail=detail_view(fetch, sync),
    )


def _walk(sync: SyncSpec, parents: Fetch, own: LoopView) -> LoopView:
    return LoopView(
        fetch=parents,
        function=f"walk{_plural(parents.model)}",
        takes=parameters_of(sync, *_requests_of(parents, own)),
        child=own,
        is_walked=True,
    )


def _requests_of(fetch: Fetch | SyncSpec, child: LoopView | None) -> Iterator[Request]:
    """The requests of a loop, and of the loops that it hands over to."""
    yield fetch.request
    if fetch.detail:
        yield fetch.detail.request
    if child:
        yield from _requests_of(child.fetch, child.child)


def _below(loop: LoopView) -> Iterator[LoopView]:
    """The loops that are run for each record of a loop, and for each of theirs."""
    if loop.child:
        yield loop.child
        yield from _below(loop.child)


def detail_view(fetch: Fetch | SyncSpec, sync: SyncSpec) -> DetailView | None:
    """The function for the details of a loop's records; ``None`` where it has none."""
    detail = fetch.detail
    if detail is None:
        return None
    # The request for details always reads the record: what it reads first is what the log names the record by.
    identifying = next(variable for variable in detail.request.variables if variable.root == RECORD)
    return DetailView(
        spec=detail,
        model=fetch.model,
        raw=fetch.raw,
        function=f"complete{pascal(fetch.model)}",
        identity=spelled(identifying, {}),
        takes=parameters_of(sync, detail.request),
        parent=fetch.parent if detail.request.reads(PARENT) else "",
    )


def detail_views(sync: SyncSpec) -> tuple[DetailView, ...]:
    """The functions for the details of all records that a sync saves."""
    views = (detail_view(fetch, sync) for fetch in sync.saved)
    return tuple(view for view in views if view)


def _forget(sync: SyncSpec) -> LoopView | None:
    listing = sync.deleted.listing if sync.deleted else None
    if listing is None:
        return None
    return LoopView(
        fetch=listing,
        function=f"delete{_plural(sync.model)}",
        takes=parameters_of(sync, listing.request),
        deletion=sync.deleted,
        lists_deleted=True,
    )


def parameters_of(script: SyncSpec | ActionSpec, *requests: Request) -> Parameters:
    """What a function with some of a script's requests is handed, since they read it."""
    roots = {variable.root for request in requests for variable in request.variables}
    # A sync has no input.
    metadata, input_ = script.metadata, getattr(script, INPUT, None)
    # The runner hands an empty input over as undefined; what the check made of it is an object in any case.
    is_parsed = input_ is not None and is_all_optional(input_)
    return Parameters(
        metadata=metadata.name if metadata and METADATA in roots else "",
        input=input_ if INPUT in roots else None,
        input_value="parsed.data" if is_parsed else INPUT,
        connection=connection_keys(requests),
        lookups=tuple(map(lookup_variable, _fields_of(LOOKUP, requests))),
    )


def read_values(requests: Iterable[Request], *, dates: bool = False) -> ReadValues:
    """The values of some requests that take a function to be read; ``dates``: whether the script reads dates anyway."""
    requests = tuple(requests)  # they are gone through several times
    variables = [variable for request in requests for variable in request.variables]
    return ReadValues(
        connection=connection_keys(requests),
        dates=dates or any(map(is_read_as_date, variables)),
        numbers=any(variable.format == "number" for variable in variables),
        queries=tuple(dict.fromkeys(request.graphql for request in requests if request.graphql)),
        errors=any(request.errors_steps for request in requests),
    )


def is_read_as_date(variable: Variable) -> bool:
    """Whether a value comes as text or a number, and is sent as a date."""
    return is_formatted_as_date(variable) and not is_a_date(variable)


def connection_keys(requests: Iterable[Request]) -> tuple[str, ...]:
    """The keys of the connection's configuration that requests read, each once."""
    return _fields_of(CONNECTION, requests)


def _fields_of(root: str, requests: Iterable[Request]) -> tuple[str, ...]:
    """The fields of a root that requests read, each once."""
    variables = (variable for request in requests for variable in request.variables)
    return tuple(dict.fromkeys(variable.field for variable in variables if variable.root == root))


def _plural(model: str) -> str:
    return pascal(plural(kebab(model)))


def distinct(names: Iterable[str]) -> Iterator[str]:
    """The names, those that were there before with a number behind them."""
    seen: dict[str, int] = {}
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        yield name if seen[name] == 1 else f"{name}{seen[name]}"
