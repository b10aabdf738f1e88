"""Values that stand beside the records of a list, and go into each of them: ``body`` in expressions of the mapping."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...errors import AnswersError
from ...models.types import Primitive, without_null
from ...spec.mappers import BODY
from ..mapping.field_source import expressions_in, fields_that_read
from ..requests.roots import fields_of, is_single

if TYPE_CHECKING:
    from ...answers import SyncAnswer
    from ...models.types import Field, Model, Type
    from ...spec.requests import Pagination

_ANY = Primitive("any")


def derive_body_reads(sync: SyncAnswer, model: Model, pagination: Pagination) -> tuple[tuple[str, Type], ...]:
    """The expressions of a mapping, some of which read the whole body: those that do, each with the type of the field that it gives.

    Raises:
        AnswersError: a sync that gets its records in other ways than from lists, or from lists that are the whole body.
    """
    fields = fields_that_read(sync.mapping, BODY)
    where = f"{sync.where}.mapping.{fields[0]}.expression"
    if not sync.is_paginated or sync.webhook_subscriptions:
        raise AnswersError(
            "the records do not come from a list alone, beside which a body has other values",
            where=where,
            fix="read from `response`; `body` is known to the pattern paginated, without webhook_subscriptions",
        )
    if not pagination.response_path:
        raise AnswersError(
            "the body is the list of the records itself, and holds nothing beside it",
            where=where,
            fix="set request.response_path to where the records are, or read from `response`",
        )
    by_name = fields_of(model)
    read = ((name, text) for name, text in expressions_in(sync.mapping) if name in fields)
    # An expression that is one part of a field's source says nothing of what the others give.
    return tuple(
        (text, result_type(by_name.get(name) if sync.mapping[name] == {"expression": text} else None))
        for name, text in read
    )


def result_type(field: Field | None) -> Type:
    """The type of a raw value that an expression hands on to a field unchanged; ``any`` for what is no single value."""
    of = without_null(field.type) if field else _ANY
    return of if is_single(of) else _ANY
