"""The details of each record: one more request, whose response is merged into the raw record."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ...errors import AnswersError
from ...spec.mappers import RawType
from ...spec.paths import steps_of
from ...spec.syncs import Detail
from ...spec.template_text import variable_text
from ...spec.values import Step
from ..mapping.field_source import plain_path
from ..mapping.raw_tree import RawTree
from ..mapping.raw_types import raw_ref
from ..requests.raw_roots import RECORD, key_field, named_paths, raw_field, raw_root
from ..requests.request import SYNC_RETRIES
from ..requests.request_variables import with_variables
from ..requests.single_request import single_request

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from ...answers import FurtherRequest
    from ...models.types import Model
    from ...spec.requests import Variable
    from ...spec.syncs import SyncSpec
    from ..context import Context
    from ..requests.roots import Roots


def derive_detail(
    answer: FurtherRequest,
    model: Model,
    mapping: Mapping[str, Any],
    roots: Roots,
    where: str,
    context: Context,
) -> Detail:
    """The request for the details of a loop's records; ``${record.x}`` in it may name a field of the model, by its mapping.

    Raises:
        AnswersError: a request that does not name the record.
    """
    place = f"{where}.detail"
    paths = named_paths(answer.request, RECORD, place)
    if not paths:
        raise AnswersError(
            "the request is the same for each record",
            where=f"{place}.path",
            fix="name the record in it, such as ${record.id}",
        )
    fields = {field.name: raw_field(field) for field in model.shape.fields}
    types = {path: fields.get(".".join(path), key_field(path)) for path in paths}
    named = roots.and_also(**{RECORD: raw_root(RECORD, types, place)})
    request = single_request(answer.request, model.name, named, SYNC_RETRIES, place, context)
    # The script has the raw record in hand, while the answers may name fields of the model.
    request = with_variables(request, lambda variable: _as_sent(variable, mapping, where))
    steps = steps_of(answer.request.response_path or "")
    body = ""
    if steps:
        body = context.models.raw_name(f"{context.prefix}{model.name}Detail", f"detail {model.name}")
    return Detail(request, body, steps)


def refuse_unfit_webhook(detail: Detail, where: str) -> None:
    """Refuse webhooks beside details that are asked for with more than the record, which is all that a webhook brings.

    Raises:
        AnswersError: naming what else it is.
    """
    for variable in detail.request.variables:
        if variable.root != RECORD:
            raise AnswersError(
                f"a webhook brings a record alone, and its details are asked for with {variable_text(variable)}, too",
                where=f"{where}.webhook_subscriptions",
                fix="name the record alone in detail, or write a second sync of another model for the webhook",
            )


def detail_types(sync: SyncSpec) -> Iterator[RawType]:
    """The raw types of the bodies that hold details below a property."""
    for fetch in sync.saved:
        if fetch.detail and fetch.detail.body:
            tree = RawTree()
            tree.put(fetch.detail.steps, raw_ref(fetch.raw), nullable=False)
            yield RawType(fetch.detail.body, tree.shape(), "detail", fetch.model)


def _as_sent(variable: Variable, mapping: Mapping[str, Any], where: str) -> Variable:
    """The variable at the path where the API sends the field of the model that it names."""
    if variable.root != RECORD or variable.below or variable.field not in mapping:
        return variable
    first, *rest = steps_of(plain_path(mapping, variable.field, where))
    return replace(variable, field=first, below=tuple(map(Step, rest)))
