"""How a sync of the paginated pattern is made up: one loop in ``fetchData``, or several functions called in turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..frozen import frozen
from ..spec.values import PARENT
from ..typescript.printer import Await, Call, Expression, Name, expression_statement
from .fetches import FetchView, fetch_view, function_name, listing_view, records_of
from .inputs import METADATA
from .statements import NANGO, at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..spec.requests import Request
    from ..spec.syncs import SyncSpec


@frozen
class LoopsView:
    """The loops of a sync.

    Attributes:
        first: the one loop of ``fetchData``; ``None`` where it calls functions.
        calls: the calls it makes instead, in order.
        forget: the call that deletes what the API lists as deleted; empty for none.
        helpers: the functions.
    """

    first: FetchView | None
    calls: tuple[str, ...]
    forget: str
    helpers: tuple[FetchView, ...]


def loops_view(sync: SyncSpec) -> LoopsView:
    """Lay out the loops of a sync. Rule S04."""
    return _Loops(sync).view()


class _Loops:
    """The loops of one sync, each with the name of its function."""

    def __init__(self, sync: SyncSpec) -> None:
        self._sync = sync
        listing = sync.deleted.listing if sync.deleted else None
        self._listing = listing
        self._several = bool(sync.others or listing)
        models = [sync.model, *(fetch.model for fetch in sync.further)]
        self._names = dict(
            zip(models, _distinct(function_name("save", model) for model in models), strict=True)
        )

    def view(self) -> LoopsView:
        """Everything the template needs."""
        sync = self._sync
        helpers = [*([self._first()] if self._several else []), *self._others(), *self._children()]
        forget = ""
        if self._listing and sync.deleted:
            name = function_name("delete", sync.model)
            roots = {"metadata": METADATA}
            takes = self._takes(self._listing.request)
            helpers.append(listing_view(sync.deleted, self._listing, roots, name, takes))
            forget = self._call(name, 2, self._listing.request)
        saves = [(self._names[sync.model], self._requests_of_first())]
        saves += [(self._names[other.model], (other.request,)) for other in sync.others]
        calls = tuple(self._call(name, 1, *requests) for name, requests in saves) if self._several else ()
        return LoopsView(None if self._several else self._first(), calls, forget, tuple(helpers))

    def _requests_of_first(self) -> tuple[Request, ...]:
        children = self._sync.children
        return (self._sync.request, *([children.request] if children else ()))

    def _first(self) -> FetchView:
        sync = self._sync
        children = ""
        if sync.children:
            name, depth = self._names[sync.children.model], 3 if sync.is_paged else 2
            children = self._call(name, depth, sync.children.request, last=(Name(PARENT),))
        return fetch_view(
            sync,
            {"metadata": METADATA},
            deletion=sync.deleted,
            children=children,
            name=self._names[sync.model] if self._several else "",
            takes=self._takes(*self._requests_of_first()),
            about=f"Fetches and saves the {records_of(sync.model)}.",
        )

    def _others(self) -> Iterator[FetchView]:
        for other in self._sync.others:
            yield fetch_view(
                other,
                {"metadata": METADATA},
                name=self._names[other.model],
                takes=self._takes(other.request),
                about=f"Fetches and saves the {records_of(other.model)}.",
            )

    def _children(self) -> Iterator[FetchView]:
        fetch = self._sync.children
        if fetch is not None:
            yield fetch_view(
                fetch,
                {"metadata": METADATA, PARENT: Name(PARENT)},
                name=self._names[fetch.model],
                takes=(*self._takes(fetch.request), f"{PARENT}: {fetch.parent}"),
                about=f"Fetches and saves the {records_of(fetch.model)} of one parent.",
            )

    def _reads_settings(self, requests: tuple[Request, ...]) -> bool:
        return self._sync.metadata is not None and any(request.reads("metadata") for request in requests)

    def _takes(self, *requests: Request) -> tuple[str, ...]:
        reads = self._reads_settings(requests)
        own = [f"metadata: {self._sync.metadata.name}"] if reads and self._sync.metadata else []
        return ("nango: NangoSync", *own)

    def _call(self, name: str, depth: int, *requests: Request, last: tuple[Expression, ...] = ()) -> str:
        given = (METADATA,) if self._reads_settings(requests) else ()
        return at(depth, expression_statement(Await(Call(Name(name), (NANGO, *given, *last)))))


def _distinct(names: Iterator[str]) -> Iterator[str]:
    """The names, those that were there before with a number behind them."""
    seen: dict[str, int] = {}
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        yield name if seen[name] == 1 else f"{name}{seen[name]}"
