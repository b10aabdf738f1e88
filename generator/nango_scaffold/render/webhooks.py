"""What the template of a webhook's function is filled with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..frozen import frozen
from ..naming.words import pascal
from ..typescript.printer import (
    Arrow,
    Binary,
    Call,
    Expression,
    Index,
    ListLiteral,
    Member,
    Name,
    Text,
    constant,
    doc_comment,
    expression_statement,
    layout,
    returned,
)
from .deletions import marked, with_id
from .fetches import records_of
from .statements import at, nango_call
from .values import NULL, record_source

if TYPE_CHECKING:
    from ..spec.syncs import SyncSpec


@frozen
class WebhookView:
    """The texts of ``onWebhookPayloadReceived`` and its helpers.

    Attributes:
        comment: lines of the comment above it.
        record: finds the record in the payload; empty where the payload is the record.
        nested: whether there is anything to be found in the payload.
        guard: the name of the function that tells whether a value is a raw record.
        deleted: whether the record is marked as deleted; empty where none is.
        delete: deletes the record.
        save: saves the record.
        raw: the raw type.
        whole: the guard's answer.
    """

    comment: tuple[str, ...]
    record: str
    nested: bool
    guard: str
    deleted: str
    delete: str
    save: str
    raw: str
    whole: str


def webhook_view(sync: SyncSpec) -> WebhookView | None:
    """Everything the template needs, ``None`` for a sync that hears of no webhook."""
    webhook = sync.webhook
    if webhook is None:
        return None
    steps = ListLiteral(tuple(Text(step) for step in webhook.steps))
    found: Expression = Call(Name("valueAt"), (Name("payload"), steps)) if webhook.steps else Name("payload")
    one = ListLiteral((record_source(sync.model, sync.constant, Name("record")),))
    mark = sync.deleted.mark if sync.deleted else None
    delete = ""
    if sync.deleted and mark:
        gone = ListLiteral((with_id(sync.deleted),))
        delete = at(2, expression_statement(nango_call("batchDelete", gone, Text(sync.model))))
    return WebhookView(
        comment=tuple(
            doc_comment(
                [f"Saves what a webhook tells of the {records_of(sync.model)}, between two runs of the sync."]
            )
        ),
        record=at(1, constant("record", found)),
        nested=bool(webhook.steps),
        guard=f"is{pascal(sync.model)}",
        deleted=at(1, layout(marked(mark, present=True))) if mark else "",
        delete=delete,
        save=at(1, expression_statement(nango_call("batchSave", one, Text(sync.model)))),
        raw=sync.raw,
        whole=at(1, returned(_is_whole(webhook.needed))),
    )


def _is_whole(needed: tuple[str, ...]) -> Expression:
    """``isObject(value) && ['id', 'name'].every((field) => value[field] != null)``."""
    is_object: Expression = Call(Name("isObject"), (Name("value"),))
    if not needed:
        return is_object
    names = ListLiteral(tuple(Text(name) for name in needed))
    there = Arrow(("field",), Binary(Index(Name("value"), Name("field")), "!=", NULL))
    return Binary(is_object, "&&", Call(Member(names, "every"), (there,)))
