"""Requests to the third party, and the endpoints by which Nango offers a script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..models.types import Type


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
"""A string with variables in it: literal parts and variables."""


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
    """A mapping in a request body; a string that reads an absent value is left out with its name."""

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
        kind: ``cursor``, ``link``, ``offset``, ``last_id``, ``total``, ``graphql`` or ``none``.
        keys: every setting in force, by Nango's names.
        written: the settings written in the script, since the provider's entry lacks them or has others.
        response_path: where the records are in a page, empty for the whole body.
        reason: where this comes from, for a person.
        in_body: whether the parameters of the pagination go in the request body.
        reads_body: whether the script reads more of each body than ``nango.paginate`` shows.
    """

    kind: str
    keys: Mapping[str, Any]
    written: Mapping[str, Any]
    response_path: str
    reason: str
    in_body: bool = False
    reads_body: bool = False

    @property
    def turns_pages(self) -> bool:
        """Whether the script goes from page to page in a loop of its own, where ``nango.paginate`` cannot. Rule P07."""
        if self.kind == "none":
            return False
        is_own = self.kind in ("last_id", "total", "graphql")
        return is_own or self.reads_body or bool({"more_path", "last_path"} & self.keys.keys())

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
        data: the body of a sync's request; ``None`` for none.
        base_url: set where Nango's own entry of the provider has another base URL or none; else empty.
        retry: the retry rules of the answers' provider facts.
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
