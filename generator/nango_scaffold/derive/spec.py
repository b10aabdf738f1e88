"""The description of one integration, complete and checked: what every output format is rendered from."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Any

from ..frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..models.types import Model, Type
    from .action_specs import InputDate, Synced
    from .conversion import Assign, Build
    from .pattern_specs import Configuration, Pattern
    from .sync_specs import Deletion, Fetch, OnEvent, Webhook


@frozen
class Guess:
    """Something the answers did not say and the facts do not tell.

    Attributes:
        answer: the answer that would settle it, such as ``syncs[0].request.path``.
        value: what was taken.
        why: where the value comes from, in a few words.
    """

    answer: str
    value: str
    why: str


@frozen
class Variable:
    """``${metadata.owner}`` or ``${input.id}``: a field of the script's settings or input.

    Attributes:
        root: ``metadata`` or ``input``.
        field: the field's name.
        type: the field's type in its model.
        optional: whether the field may be absent.
    """

    root: str
    field: str
    type: Type
    optional: bool = False


Template = tuple[str | Variable, ...]
"""A text with variables in it: literal pieces and variables in turn."""


@frozen
class Param:
    """A query parameter or a header; a ``Template`` of one variable keeps the variable's own type."""

    name: str
    value: Template | int | float | bool

    @property
    def optional(self) -> bool:
        """Whether the parameter is left out when a field it reads is absent."""
        return isinstance(self.value, tuple) and any(
            isinstance(p, Variable) and p.optional for p in self.value
        )

    def reads(self, root: str) -> bool:
        """Whether it is filled from ``input``, ``metadata`` or another root."""
        return isinstance(self.value, tuple) and any(
            isinstance(p, Variable) and p.root == root for p in self.value
        )


@frozen
class DataObject:
    """A mapping in a request body; a text that reads what may be absent is left out with its name."""

    entries: tuple[tuple[str, Data], ...]


@frozen
class DataList:
    """A list in a request body."""

    items: tuple[Data, ...]


Data = Template | int | float | bool | None | DataObject | DataList
"""A value in a request body, as JSON has it."""


@frozen
class Retry:
    """When a refused request is tried again, beside what Nango's own entry of the provider says.

    Attributes:
        at: the response header with the moment to wait for.
        after: the response header with the seconds to wait.
        codes: statuses that are tried again.
    """

    at: str = ""
    after: str = ""
    codes: tuple[int, ...] = ()


@frozen
class Pagination:
    """How the records of a request are paged.

    Attributes:
        kind: ``cursor``, ``link``, ``offset`` or ``none``.
        keys: every setting in force, by Nango's names.
        written: the settings the script has to state, since the provider's entry lacks them or says otherwise.
        response_path: where the records are in a page, empty for the whole body.
        reason: where this comes from, for a person.
        in_body: whether the parameters of the pagination go in the request body.
    """

    kind: str
    keys: Mapping[str, Any]
    written: Mapping[str, Any]
    response_path: str
    reason: str
    in_body: bool = False


@frozen
class Endpoint:
    """The endpoint by which Nango offers a script."""

    method: str
    path: str
    group: str


@frozen
class Request:
    """One request to the third party.

    Attributes:
        method: the HTTP method in capitals.
        path: what follows the provider's base URL.
        docs: the page of the documentation shown above the endpoint.
        retries: how often a failed request is tried again.
        body: what is sent in the body, in order; empty for none. A field without a name is the whole body.
        encoding: how the body is written: ``json`` or ``form``.
        binary: whether the answer is no JSON but bytes.
        data: what a sync sends in the body; ``None`` for nothing.
        base_url: where Nango's own entry of the provider has another base URL or none; empty where it is right.
        retry: what the answers state of the provider's retry rules.
    """

    method: str
    path: Template
    docs: str
    retries: int
    params: tuple[Param, ...] = ()
    headers: tuple[Param, ...] = ()
    body: tuple[Param, ...] = ()
    encoding: str = "json"
    binary: bool = False
    data: DataObject | None = None
    base_url: str = ""
    retry: Retry | None = None

    def reads(self, root: str) -> bool:
        """Whether anything of the request is filled from ``input`` or ``metadata``."""
        if any(param.reads(root) for param in (*self.params, *self.headers, *self.body)):
            return True
        parts = (*self.path, *variables_of(self.data))
        return any(isinstance(part, Variable) and part.root == root for part in parts)


def variables_of(data: Data) -> Iterator[Variable]:
    """Every variable in a request body."""
    if isinstance(data, DataObject):
        for _, item in data.entries:
            yield from variables_of(item)
    elif isinstance(data, DataList):
        for item in data.items:
            yield from variables_of(item)
    elif isinstance(data, tuple):
        yield from (part for part in data if isinstance(part, Variable))


@frozen
class Incremental:
    """How a sync uses the date of its last run: by a parameter of the API, or by a field of the raw record."""

    param: str = ""
    field: tuple[str, ...] = ()
    field_may_be_null: bool = False


@frozen
class RawType:
    """A type of the third party, for types.ts; ``note`` says in a few words what it is."""

    name: str
    shape: Type
    note: str


@frozen
class Mapper:
    """How a raw record becomes a model's record.

    Attributes:
        parent: the model whose record is handed to the mapper beside the raw one; empty where none is.
        uses: the models whose mappers this one calls.
        keeps_the_rest: the model takes any key (``__string``), so what is not named is handed on.
    """

    model: str
    raw: str
    fields: tuple[Assign, ...]
    uses: tuple[str, ...] = ()
    keeps_the_rest: bool = False
    parent: str = ""


@frozen
class DynamicMapper:
    """How a raw record becomes one whose fields the metadata names. Pattern CB, E10."""

    model: str
    raw: str
    configuration: Configuration
    uses: tuple[str, ...] = ()


@frozen
class SyncSpec:
    """One sync.

    Attributes:
        others: further models, each with a request of its own.
        children: the request that is made for each record.
        deleted: how records that are gone are known.
        webhook: what is done with the payload of a webhook.
        body: the raw type of a whole body; empty where that is a list of records and has no name of its own.
        body_steps: where the list of records is in a body.
        constant: the record that is always saved, where nothing of the response goes into one.
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

    @property
    def is_paged(self) -> bool:
        """Whether ``nango.paginate`` asks for its records, page by page."""
        return self.pagination.kind != "none"

    @property
    def further(self) -> tuple[Fetch, ...]:
        """What it saves beyond its first model."""
        return (*self.others, *([self.children] if self.children else ()))

    @property
    def requests(self) -> tuple[Request, ...]:
        """Every request it makes, but for those of its pattern."""
        listing = self.deleted.listing if self.deleted else None
        fetches = (*self.further, *([listing] if listing else ()))
        return (self.request, *(fetch.request for fetch in fetches))

    @property
    def track_deletes(self) -> bool:
        """A full sync sees every record, so what it no longer sees is gone. Rule Y01."""
        return self.sync_type == "full"


@frozen
class ListResult:
    """What a list action gives back.

    Attributes:
        field: the field of its output that holds the items.
        item_model: the model of an item.
        pagination: how the next page is found; of the kind ``none`` where there is only one.
        raw_item: the raw type of an item.
        takes_limit: whether the input has a field ``limit``, the records a page.
        constant: what every item is, where nothing of the response goes into one.
    """

    field: str
    item_model: str
    pagination: Pagination
    raw_item: str
    takes_limit: bool = False
    constant: Build | None = None


@frozen
class ActionSpec:
    """One action.

    Attributes:
        kind: ``create``, ``update``, ``delete``, ``get``, ``list`` or ``other``.
        raw: the raw type of the response body; empty where nothing of it is read.
        input: ``None`` for an action that takes nothing.
        output: ``None`` for an action that gives nothing back.
        returns: ``record``, ``page``, ``constant``, ``nothing`` or ``binary``.
        constant: the output, where nothing of the response goes into it.
        response_path: where the record is in the body; empty for the whole body.
        listing: set when the action returns one page of a list.
        dates: the fields of the input that are turned into the API's dates.
        synced: set when records of a sync are given back first.
    """

    name: str
    kind: str
    description: str
    entity: str
    input: Model | None
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


@frozen
class IntegrationSpec:
    """One integration, ready to be rendered.

    Attributes:
        models: nango.yaml's model data by name, in writing order: the answers' and the derived ones.
        guesses: what was neither said nor known.
    """

    integration: str
    provider: str
    display_name: str
    syncs: tuple[SyncSpec, ...]
    actions: tuple[ActionSpec, ...]
    models: Mapping[str, Mapping[str, Any]]
    raw_types: tuple[RawType, ...]
    mappers: tuple[Mapper | DynamicMapper, ...]
    on_events: tuple[OnEvent, ...] = ()
    guesses: tuple[Guess, ...] = field(default=())
