"""How a list action reads the records of a sync from Nango's own API before it asks the live one. Pattern AS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..frozen import frozen
from ..naming.words import pascal, spoken
from ..typescript.printer import (
    Await,
    Call,
    Expression,
    Member,
    Name,
    Text,
    constant,
    expression_statement,
    object_key,
    string_literal,
)
from .patterns import signature
from .statements import NANGO, at

if TYPE_CHECKING:
    from ..spec.actions import ActionSpec

HOST = "https://api.nango.dev"


@frozen
class SyncedView:
    """The texts of reading synced records.

    Attributes:
        sources: the order of the sources and what they need, for the comment above the action.
        part: the template of the function: ``page`` for one page at a time, ``all`` for the whole list.
        call: the statement that reads the records.
        signature: the head of the function that does.
        what: what is read, in words.
        model: the model of the records.
        names_model: the statement that asks for it.
        key: the environment variable of the secret key, and
        host: that of Nango's address, as strings.
        field: the field of the output that holds the items, as a property key.
        record_type: a record as Nango keeps it, and
        page_type: a page of them, as names.
        takes_limit: whether the caller says how many records a page holds.
    """

    sources: tuple[str, ...]
    part: str
    call: str
    signature: str
    what: str
    model: str
    names_model: str
    key: str
    host: str
    default_host: str
    field: str
    record_type: str
    page_type: str
    takes_limit: bool


def synced_view(action: ActionSpec, given: Expression) -> SyncedView:
    """Everything the template needs to read synced records; ``given`` is the expression of the checked input."""
    synced, listing, output = action.synced, action.listing, action.output
    if synced is None or listing is None or output is None:
        raise AssertionError("only a list has records to read first")
    what = spoken(action.plural)
    paged = listing.pagination.kind != "none"
    handed = [
        Member(given, name)
        for name, is_read in (("cursor", paged), ("limit", paged and listing.takes_limit))
        if is_read
    ]
    takes = ["cursor?: string | null", "limit?: string | number | boolean | null"][: len(handed)]
    name = f"getSynced{pascal(action.plural)}"
    ask = Call(Member(Name("url.searchParams"), "set"), (Text("model"), Text(synced.model)))
    return SyncedView(
        sources=_sources(what, action),
        part="page" if paged else "all",
        call=at(1, constant("synced", Await(Call(Name(name), (NANGO, *handed))))),
        signature=signature(name, ("nango: NangoAction", *takes), f"{output.name} | undefined"),
        what=what,
        model=synced.model,
        names_model=at(1, expression_statement(ask)),
        key=string_literal(synced.key_variable),
        host=string_literal(synced.host_variable),
        default_host=string_literal(HOST),
        field=object_key(listing.field),
        record_type=synced.record_type,
        page_type=synced.page_type,
        takes_limit=len(handed) > 1,
    )


def _sources(what: str, action: ActionSpec) -> tuple[str, ...]:
    synced = action.synced
    if synced is None:
        return ()
    return (
        "",
        "Where they come from, in this order:",
        f"1. What the sync {synced.sync} saved, read from Nango's own API. That needs a secret key in the variable",
        f"{synced.key_variable} of the environment (Nango's dashboard); {synced.host_variable} there names a self-hosted Nango.",
        "2. The live API, when no such records are there or the variable is not set.",
    )
