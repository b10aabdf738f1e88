"""Values that stand beside the records of a list, and go into each of them: ``body`` in expressions of the mapping."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...errors import AnswersError
from ...models.types import Primitive, without_null
from ...spec.mappers import BODY
from ..mapping.field_source import expressions_in, fields_that_read
from ..requests.roots import is_single

if TYPE_CHECKING:
    from ...answers import SyncAnswer
    from ...models.types import Field, Model, Type
    from ...spec.requests import Pagination

_ANY = Primitive("any")


def derive_body_reads(sync: SyncAnswer, model: Model, pagination: Pagination) -> tuple[tuple[str, Type], ...]:
    """The expressions of a sync's mapping that read the whole body, each with the type of the field that it gives.

    Raises:
        AnswersError: a sync that gets its records in other ways than from lists, or from lists that are the whole body.
    """
    fields = fields_that_read(sync.mapping, BODY)
    if not fields:
        return ()
    where = f"{sync.where}.mapping.{fields[0]}.expression"
    if sync.pattern not in (None, "paginated") or sync.webhook_subscriptions:
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
    by_name = {field.name: field for field in model.shape.fields}
    read = ((name, text) for name, text in expressions_in(sync.mapping) if name in fields)
    return tuple(
        (text, _result(by_name.get(name) if sync.mapping[name] == {"expression": text} else None))
        for name, text in read
    )


def _result(field: Field | None) -> Type:
    """The type of a value of the body that becomes that of a field unchanged."""
    of = without_null(field.type) if field else _ANY
    return of if is_single(of) else _ANY
