"""Actions: input, output and request; dates to convert, records of a sync to return first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..frozen import frozen

if TYPE_CHECKING:
    from ..models.types import Alias, Model, ObjectOf
    from .paths import Path
    from .requests import Endpoint, Lookup, Pagination, Request
    from .values import Build


@frozen
class InputDate:
    """A field of the input that holds a date. Rule V04.

    Attributes:
        form: the form that the API accepts: ``iso``, ``date``, ``epoch_seconds`` or ``epoch_milliseconds``.
        optional: whether the field may be absent, or null.
    """

    field: str
    form: str
    optional: bool


@frozen
class Check:
    """What the input and the metadata must hold beyond what their schemas say.

    Attributes:
        unless: an expression of TypeScript that is true where they do.
        message: what the caller is told where they do not.
        roots: the names that it reads: ``input``, ``metadata``.
    """

    unless: str
    message: str
    roots: frozenset[str]


@frozen
class Synced:
    """The records of a sync that an action returns before it calls the API. Pattern AS.

    Attributes:
        sync: the sync's name.
        model: the model it saves.
        key_variable: the environment variable in Nango that holds a secret key.
        host_variable: the one that holds the address of a self-hosted Nango.
        record_type: the name of the type of a record as Nango stores it.
        page_type: the name of the type of a page of them.
    """

    sync: str
    model: str
    key_variable: str
    host_variable: str
    record_type: str
    page_type: str


@frozen
class ListResult:
    """The output of a list action.

    Attributes:
        field: the field of its output that holds the items.
        item_model: the model of an item.
        pagination: how the next page is found; of the kind ``none`` where there is only one.
        raw_item: the raw type of an item.
        takes_limit: whether the input has a field ``limit``, the records a page.
        constant: the value of every item, where it takes nothing from the response.
    """

    field: str
    item_model: str
    pagination: Pagination
    raw_item: str
    takes_limit: bool = False
    constant: Build | None = None


@frozen
class ReadBack:
    """The request that reads what an action wrote; its response becomes the output.

    Attributes:
        written: the raw type of the response to the write; empty where nothing of that is read.
        shape: what is read of it.
        needed: where the values that the request takes from it are in it.
    """

    request: Request
    written: str
    shape: ObjectOf
    needed: tuple[Path, ...]


@frozen
class ActionSpec:
    """One action.

    Attributes:
        kind: ``create``, ``update``, ``delete``, ``get``, ``list`` or ``other``.
        raw: the raw type of the response body; empty where nothing of it is read.
        input: a model, or the type of a list or a plain value; ``None`` for an action without input.
        output: ``None`` for an action without output.
        returns: ``record``, ``page``, ``constant``, ``nothing``, ``binary``, or ``value``: one value of the response.
        constant: the output, where it takes nothing from the response.
        response_path: where the record is in the body; empty for the whole body.
        listing: set when the action returns one page of a list.
        dates: the fields of the input that are converted into the API's dates.
        synced: set when records of a sync are returned first.
        plural: the plural of the entity, as the answers spell it.
        metadata: the metadata of the connection that it reads; ``None`` for none.
        checks: what is checked before the API is asked.
        lookups: the requests that are sent first, in order.
        reads_status: whether an expression of its mapping reads the status of the response.
        read_back: the request that reads what was written; then ``raw`` and ``response_path`` are of its response.
    """

    name: str
    kind: str
    description: str
    entity: str
    input: Model | Alias | None
    output: Model | None
    endpoint: Endpoint
    request: Request
    scopes: tuple[str, ...]
    raw: str
    returns: str
    response_path: str = ""
    listing: ListResult | None = None
    constant: Build | None = None
    version: str | int | None = None
    dates: tuple[InputDate, ...] = ()
    synced: Synced | None = None
    plural: str = ""
    metadata: Model | None = None
    checks: tuple[Check, ...] = ()
    lookups: tuple[Lookup, ...] = ()
    read_back: ReadBack | None = None
    reads_status: bool = False

    @property
    def requests(self) -> tuple[Request, ...]:
        """Every request that it sends, in order."""
        read_back = [self.read_back.request] if self.read_back else []
        return (*(lookup.request for lookup in self.lookups), self.request, *read_back)


CONTENT_TYPE = "content_type"
