"""Requests to the third party, and the endpoints by which Nango offers a script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..models.types import Type
    from .paths import Path
    from .values import Step

CONNECTION = "connection"
"""The root of the values in the connection's configuration."""
LAST_SYNC_DATE = "lastSyncDate"
"""The root that is the date of the last run itself; absent in the first run."""


@frozen
class Variable:
    """``${metadata.owner}`` or ``${input.due:date}``: a value of the script's settings, its input or another root.

    Attributes:
        root: ``metadata``, ``input``, ``connection``, ``lastSyncDate`` and so on.
        field: the field's name; empty where the root is the value itself.
        type: the value's type before it is formatted.
        optional: whether the value may be absent.
        below: the fields on the way from that field to the value.
        format: ``number``, ``text`` or a format of dates, such as ``epoch_seconds``; empty for the value as it is.
    """

    root: str
    field: str
    type: Type
    optional: bool = False
    below: tuple[Step, ...] = ()
    format: str = ""

    @property
    def steps(self) -> tuple[str | int, ...]:
        """The way to the value below its root: ``("address", "city")``; empty where the root is the value itself."""
        below = tuple(step.name for step in self.below)
        return (self.field, *below) if self.field else below

    @property
    def path(self) -> str:
        """That way as the answers write it: ``address.city``."""
        return ".".join(map(str, self.steps))


@frozen
class Computed:
    """``${= input.ids.map((id) => ({ id }))}``: what an expression of TypeScript gives.

    Attributes:
        expression: the expression, on one line.
        variables: what it reads.
        kind: ``text``, ``number``, ``boolean``, ``list`` or ``object``; empty where that does not show.
        optional: whether it may give nothing, so that what it is for is left out then.
    """

    expression: str
    variables: tuple[Variable, ...]
    kind: str = ""
    optional: bool = False


Piece = str | Variable | Computed


@frozen
class OptionalText:
    """``[[ ... ]]``: a stretch of a text that is left out while a value in it is absent."""

    parts: tuple[Piece, ...]


Part = Piece | OptionalText
Template = tuple[Part, ...]
"""A string with values in it: literal parts, variables, expressions, and stretches that may be left out."""


@frozen
class Condition:
    """One TypeScript expression, and what it reads."""

    expression: str
    variables: tuple[Variable, ...]


@frozen
class Param:
    """A query parameter or a header; a ``Template`` of one variable keeps the variable's own type.

    Attributes:
        when: the condition under which it is sent; ``None`` for always.
    """

    name: str
    value: Template | int | float | bool
    when: Condition | None = None

    @property
    def variables(self) -> Iterator[Variable]:
        """Every variable that it is filled from or depends on."""
        yield from variables_of(self.value)
        yield from self.when.variables if self.when else ()

    @property
    def optional(self) -> bool:
        """Whether the parameter is left out when a value it reads is absent."""
        parts = self.value if isinstance(self.value, tuple) else ()
        return any(isinstance(part, (Variable, Computed)) and part.optional for part in parts)

    def reads(self, root: str) -> bool:
        """Whether it is filled from ``input``, ``metadata`` or another root."""
        return any(variable.root == root for variable in self.variables)


@frozen
class DataSpread:
    """An object whose fields are spread into a mapping of a request body."""

    of: Variable


@frozen
class DataObject:
    """A mapping in a request body; a string that reads an absent value is left out with its name.

    The entry of a ``DataSpread`` has a name that says nothing.
    """

    entries: tuple[tuple[str, Data | DataSpread], ...]


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


_OWN_ENDS = frozenset(["more_path", "last_path", "cursor_in_response_header"])


@frozen
class Pagination:
    """How the records of a request are paged.

    Attributes:
        kind: ``cursor``, ``link``, ``offset``, ``last_id``, ``total``, ``graphql`` or ``none``.
        keys: every setting in force, by Nango's names.
        written: the settings written in the script, since the provider's entry lacks them or has others.
        response_path: where the records are in a page, empty for the whole body.
        reason: where this comes from, for a person.
        in_body: whether the parameters of the pagination go in the request body.
        reads_body: what a script reads of each body that ``nango.paginate`` does not show: ``next run``, what the next run
            begins with; ``other records`` or ``other values`` beside the list; ``errors``; empty for nothing.
        item_steps: where the record is in an item of the list; empty where the item is the record.
    """

    kind: str
    keys: Mapping[str, Any]
    written: Mapping[str, Any]
    response_path: str
    reason: str
    in_body: bool = False
    reads_body: str = ""
    item_steps: Path = ()

    @property
    def turns_pages(self) -> bool:
        """Whether the script goes from page to page in a loop of its own, where ``nango.paginate`` cannot. Rule P07."""
        if self.kind == "none":
            return False
        is_own = self.kind in ("last_id", "total", "graphql")
        return is_own or bool(self.reads_body or self.item_steps or _OWN_ENDS & self.keys.keys())

    @property
    def counts(self) -> bool:
        """Whether a page is asked for by a number: an offset, or that of the page."""
        return self.kind in ("offset", "total")

    @property
    def inside(self) -> str:
        """The property of the request body that holds the parameters of the pagination; empty for the body itself."""
        return "variables" if self.kind == "graphql" else ""


@frozen
class Endpoint:
    """The endpoint by which Nango offers a script."""

    method: str
    path: str
    group: str


@frozen
class GraphQL:
    """A query or a mutation: its text, and the constant of the script that holds it."""

    name: str
    query: str


@frozen
class Request:
    """One request to the third party.

    Attributes:
        method: the HTTP method in capitals.
        path: the path after the provider's base URL.
        docs: the page of the documentation shown above the endpoint.
        retries: how often a failed request is tried again.
        body: the fields of an action's body, in order; empty for none. A field without a name is the whole body.
        encoding: of the body: ``json`` or ``form``.
        binary: whether the response is bytes, not JSON.
        data: the body as a tree; ``None`` for none.
        base_url: set where Nango's own entry of the provider has another base URL or none; else empty.
        other_base_url: that of a request to another host than the provider's; empty for none.
        graphql: the query, where the body holds one; its variables are in ``data``.
        retry: the retry rules of the answers' provider facts.
        errors_steps: where a response with the status of a success lists errors; empty where it does not.
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
    data: DataObject | DataList | None = None
    base_url: str = ""
    other_base_url: Template = ()
    graphql: GraphQL | None = None
    retry: Retry | None = None
    errors_steps: Path = ()

    @property
    def may_list_errors(self) -> bool:
        """Whether a response with the status of a success may list errors."""
        return self.graphql is not None or bool(self.errors_steps)

    @property
    def variables(self) -> Iterator[Variable]:
        """Every variable that the request is filled from."""
        yield from variables_of(self.other_base_url)
        yield from variables_of(self.path)
        for param in (*self.params, *self.headers, *self.body):
            yield from param.variables
        yield from variables_of(self.data)

    def reads(self, root: str) -> bool:
        """Whether anything of the request is filled from ``input``, ``metadata`` or another root."""
        return any(variable.root == root for variable in self.variables)


@frozen
class SavedRecords:
    """The records that a sync saved, as Nango's own API gives them to whoever has a secret key.

    Attributes:
        sync: the sync's name.
        model: the model it saves.
        key_variable: the environment variable in Nango that holds a secret key.
        host_variable: the one that holds the address of a self-hosted Nango.
    """

    sync: str
    model: str
    key_variable: str
    host_variable: str


@frozen
class Lookup:
    """A request that is sent before the others, for a value that they need: ``${lookup.NAME}``.

    Attributes:
        name: the value's name.
        request: what is sent; the path is the id of the record where that is one of `saved`.
        pick: where the value is in the body or the record: names, and indices of lists.
        body: the raw type of the body; empty where the value is of a saved record.
        saved: the records among which the one is; ``None`` where it is the API that is asked.
    """

    name: str
    request: Request
    pick: tuple[str | int, ...]
    body: str
    saved: SavedRecords | None = None


LOOKUP = "lookup"
"""The root of the values that are looked up."""


def variables_of(data: Data | DataSpread) -> Iterator[Variable]:
    """Every variable in a text or a request body, in order."""
    if isinstance(data, DataObject):
        for _, item in data.entries:
            yield from variables_of(item)
    elif isinstance(data, DataList):
        for item in data.items:
            yield from variables_of(item)
    elif isinstance(data, DataSpread):
        yield data.of
    elif isinstance(data, tuple):
        yield from _variables_in(data)


def _variables_in(template: Template) -> Iterator[Variable]:
    for piece in (piece for part in template for piece in pieces_of(part)):
        if isinstance(piece, Computed):
            yield from piece.variables
        elif isinstance(piece, Variable):
            yield piece


def pieces_of(part: Part) -> tuple[Piece, ...]:
    """The pieces of a part of a text: those of a stretch that may be left out, or the part itself."""
    return part.parts if isinstance(part, OptionalText) else (part,)


@frozen
class Incremental:
    """How a sync uses the date of its last run: by a parameter of the API, or by a field of the raw record."""

    param: str = ""
    field: tuple[str, ...] = ()
    field_may_be_null: bool = False
