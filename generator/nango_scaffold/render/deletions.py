"""How a sync tells deleted records from others, and deletes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..typescript.printer import (
    Arrow,
    Binary,
    Call,
    Expression,
    Member,
    Name,
    Not,
    ObjectLiteral,
    Property,
    Text,
)
from .statements import data_source, nango_call
from .values import property_of, value_source

if TYPE_CHECKING:
    from ..spec.syncs import Deletion, Mark

RECORD = Name("record")
DELETED = "deleted"


def marked(mark: Mark, *, present: bool) -> Expression:
    """Whether ``record`` is marked as deleted: ``record.deleted_at``, or ``record.status === 'deleted'``."""
    field: Expression = RECORD
    for index, step in enumerate(mark.steps):
        field = property_of(field, step, optional=mark.safe and index > 0)
    if mark.value is None:
        return field if present else Not(field)
    return Binary(field, "===" if present else "!==", data_source(mark.value))


def keep_and_deleted(records: Expression, mark: Mark) -> tuple[Expression, Expression]:
    """The records that are not marked as deleted, and those that are."""
    kept, gone = (
        Call(Member(records, "filter"), (Arrow(("record",), marked(mark, present=present)),))
        for present in (False, True)
    )
    return kept, gone


def deletion_save(records: Expression, deletion: Deletion, model: str) -> Expression:
    """``await nango.batchDelete(deleted.map((record) => ({ id: record.id })), 'User')``."""
    turned = Call(Member(records, "map"), (Arrow(("record",), with_id(deletion)),))
    return nango_call("batchDelete", turned, Text(model))


def with_id(deletion: Deletion) -> Expression:
    """``{ id: record.id }``: all that Nango needs to delete a record."""
    assert deletion.id is not None  # settled with the mappers
    return ObjectLiteral((Property("id", value_source(deletion.id)),), expanded=False)
