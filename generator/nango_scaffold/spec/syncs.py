"""Syncs: the request and its model, further models, children, deletions, webhooks; and scripts of events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..frozen import frozen
from ..models.types import ObjectOf

if TYPE_CHECKING:
    from ..models.types import Model, Type
    from .paths import Path
    from .patterns import Pattern
    from .requests import Endpoint, Incremental, Lookup, Pagination, Request
    from .values import Build, Value

_NOTHING_READ = ObjectOf(())


@frozen
class Mark:
    """The flag of a deleted raw record.

    Attributes:
        steps: the path of the flagging field; empty where an expression flags the record.
        value: its value in a deleted record; ``None``: any value that is not empty.
        safe: whether something on the way to the field may be null.
        when: the expression that is true of a deleted record; empty for none.
        name: the name of the record in it: ``response`` or ``record``.
    """

    steps: Path
    value: str | float | bool | None = None
    safe: bool = False
    when: str = ""
    name: str = ""


@frozen
class Detail:
    """The request that is sent for each record of a loop; its response is merged into the raw record.

    Attributes:
        body: the raw type of the body; empty where that is the record.
        steps: where the record is in the body.
    """

    request: Request
    body: str = ""
    steps: Path = ()


@frozen
class Fetch:
    """One loop of a sync: a request, and the model that its records become.

    Attributes:
        endpoint: where Nango offers the records.
        body: the raw type of a whole body; empty where that is a list of records and has no name of its own.
        body_steps: where the list of records is in a body.
        parent: the type of the records for each of which the request is sent: a model; empty for none.
        takes_parent: whether the mapper takes that record, too.
        constant: the record that is always saved, where it takes nothing from the response.
        source: the model in whose response its records are; empty where it has a request of its own.
        detail: the further request for each record.
        entry: of a list that is walked, what is read of an entry; ``raw`` is its name, and ``model`` what it is.
    """

    model: str
    raw: str
    endpoint: Endpoint
    request: Request
    pagination: Pagination
    source: str = ""
    incremental: Incremental | None = None
    body: str = ""
    body_steps: Path = ()
    parent: str = ""
    takes_parent: bool = False
    constant: Build | None = None
    detail: Detail | None = None
    entry: ObjectOf = _NOTHING_READ

    @property
    def is_paged(self) -> bool:
        """Whether ``nango.paginate`` fetches its records page by page."""
        return self.pagination.kind != "none" and not self.pagination.turns_pages


@frozen
class Deletion:
    """How a sync recognizes deleted records: by a flag on each, or by a list of their ids.

    Attributes:
        mark: set where each record has a flag.
        listing: set where the API lists the deleted records; its ``raw`` is the type of one entry.
        id_steps: where the id is in an entry of the listing; none: the entry is the id.
        id: how the id of the model is read from a raw record or entry; set with the mappers.
    """

    mark: Mark | None = None
    listing: Fetch | None = None
    id_steps: Path = ()
    id: Value | None = None


@frozen
class Webhook:
    """How a sync handles the payload of a webhook.

    Attributes:
        subscriptions: the webhooks it subscribes to, as in nango.yaml.
        steps: where the record is in the payload.
        needed: the fields without which the payload holds no record of the model; set with the mappers.
    """

    subscriptions: tuple[str, ...]
    steps: Path = ()
    needed: tuple[str, ...] = ()


@frozen
class OnEvent:
    """A script that Nango runs at an event of a connection.

    Attributes:
        event: such as ``post-connection-creation``.
        name: of the script.
        settings: the fields of the metadata that syncs wait for.
        lists: those among them that can start as empty lists.
        check: the request that checks the connection.
    """

    event: str
    name: str
    settings: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    check: Request | None = None


@frozen
class SavedField:
    """A field of the metadata that a sync saves when its run came through, for the next run to begin with.

    Attributes:
        field: its name in the model of the metadata.
        type: its raw type in the response.
        steps: where the value is in the last response; empty where it is computed.
        expression: how the value is computed from ``response``; empty where it is not.
    """

    field: str
    type: Type
    steps: Path = ()
    expression: str = ""


@frozen
class SyncSpec:
    """One sync.

    Attributes:
        track_deletes: whether Nango deletes the records that a run no longer sees. Rule Y01.
        auto_start: whether its first run waits for nobody, as soon as there is a connection. Rule Y02.
        others: further models, each with a request of its own, or out of the response of the sync's own.
        children: the request that is sent for each record.
        deleted: how deleted records are recognized.
        webhook: how the payload of a webhook is handled.
        body: the raw type of a whole body; empty where that is a list of records and has no name of its own.
        body_steps: where the list of records is in a body.
        constant: the record that is always saved, where it takes nothing from the response.
        lookups: the requests that are sent first, in order.
        parents: the list that is walked and not saved; its own request is sent for each entry.
        takes_parent: whether the mapper takes that entry, too.
        detail: the further request for each record.
        saved_fields: the fields of the metadata that it saves itself.
        body_reads: the expressions of its mapping that read the whole body, each with the type of its value.
    """

    name: str
    description: str
    runs: str
    sync_type: str
    model: str
    raw: str
    endpoint: Endpoint
    request: Request
    pagination: Pagination
    scopes: tuple[str, ...]
    track_deletes: bool = False
    auto_start: bool = True
    metadata: Model | None = None
    incremental: Incremental | None = None
    pattern: Pattern | None = None
    body: str = ""
    body_steps: tuple[str, ...] = ()
    constant: Build | None = None
    others: tuple[Fetch, ...] = ()
    children: Fetch | None = None
    deleted: Deletion | None = None
    version: str | int | None = None
    webhook: Webhook | None = None
    lookups: tuple[Lookup, ...] = ()
    parents: Fetch | None = None
    takes_parent: bool = False
    detail: Detail | None = None
    saved_fields: tuple[SavedField, ...] = ()
    body_reads: tuple[tuple[str, Type], ...] = ()

    @property
    def parent(self) -> str:
        """The raw type of the entries for each of which its own request is sent; empty for none."""
        return self.parents.raw if self.parents else ""

    @property
    def is_paged(self) -> bool:
        """Whether ``nango.paginate`` fetches its records page by page."""
        return self.pagination.kind != "none" and not self.pagination.turns_pages

    @property
    def further(self) -> tuple[Fetch, ...]:
        """The further requests: those of other models, then that of the children."""
        return (*self.others, *([self.children] if self.children else ()))

    @property
    def saved(self) -> tuple[SyncSpec | Fetch, ...]:
        """Every loop whose records it saves: its own, then the further ones."""
        return (self, *self.further)

    @property
    def deleted_list(self) -> Fetch | None:
        """The list of deleted records; ``None`` where the API has none."""
        return self.deleted.listing if self.deleted else None

    @property
    def loops(self) -> tuple[SyncSpec | Fetch, ...]:
        """Every loop: its own first, then those of the list that is walked, of further records, of deleted ones."""
        others = (self.parents, *self.further, self.deleted_list)
        return (self, *(fetch for fetch in others if fetch))

    @property
    def requests(self) -> tuple[Request, ...]:
        """Every request it sends, without those of its pattern."""
        details = [fetch.detail for fetch in self.saved if fetch.detail]
        return (
            *(lookup.request for lookup in self.lookups),
            *(fetch.request for fetch in self.loops),
            *(detail.request for detail in details),
        )


CREATION = "post-connection-creation"


VALIDATION = "validate-connection"
