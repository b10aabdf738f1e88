"""One action: from its answer to its description."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...spec.actions import ActionSpec
from ...spec.values import Assign, Build, Plain
from ..requests.endpoints import derive_endpoint, endpoint_method
from ..requests.metadata import metadata_of
from ..requests.parameter_conflicts import filled_by_list, refuse_conflicts, refuse_filled
from ..requests.request import derive_scopes
from .checks import derive_checks
from .dates import derive_dates, with_dates
from .from_sync import derive_synced
from .models import derive_input, derive_output, named_in_action, result_of
from .request import derive_listing, derive_request
from .resource import description_of, endpoint_paths, group_of, resource_of

if TYPE_CHECKING:
    from ...answers import ActionAnswer
    from ...models.types import Model
    from ...spec.actions import ListResult
    from ...spec.requests import Request
    from ..context import Context

RECEIPT_RECORD = Build((Assign("success", Plain(True)),))
"""The output of an action whose response says no more than that it worked."""


def derive_action(action: ActionAnswer, context: Context) -> ActionSpec:
    """The description of an action.

    Raises:
        AnswersError: answers that do not fit together.
    """
    resource = resource_of(action, context)
    output = derive_output(action, resource, context)
    input_ = derive_input(action, resource, output, context)
    metadata = _metadata(action, context)
    request = derive_request(action, resource, input_, metadata, context)
    dates = derive_dates(action, input_)
    returns = result_of(action, resource, output)
    listing = None
    if output and returns == "page":
        listing = derive_listing(action, resource, input_, output, context)
    _refuse_conflicts(action, request, listing)
    mapped = _mapped_model(output, returns, listing)
    if mapped:
        context.mappings.setdefault(mapped, {})[action.where] = dict(action.mapping)
    return ActionSpec(
        name=action.name,
        kind=resource.kind,
        description=action.description or description_of(resource, context),
        entity=resource.entity,
        input=input_,
        output=output,
        endpoint=derive_endpoint(
            action.endpoint,
            endpoint_method(action),
            endpoint_paths(resource),
            group_of(resource),
            context,
            action.where,
        ),
        request=with_dates(request, dates),
        scopes=derive_scopes(action.scopes, context, action.where),
        raw=_raw(action, returns, mapped, context),
        returns=returns,
        response_path=action.request.response_path or "",
        listing=listing,
        constant=RECEIPT_RECORD if returns == "constant" else None,
        dates=dates,
        synced=derive_synced(action, listing, context),
        plural=resource.many,
        metadata=metadata,
        checks=derive_checks(action, input_, metadata),
    )


def _metadata(action: ActionAnswer, context: Context) -> Model | None:
    """The metadata that an action reads: only where the answers name a model, as an action is usually told all it needs."""
    if action.metadata is None:
        return None
    model = metadata_of(action, named_in_action(action, "metadata"), context)
    if model is not None:
        context.models.refuse_dates(model, f"the metadata of {action.name}")
    return model


def _refuse_conflicts(action: ActionAnswer, request: Request, listing: ListResult | None) -> None:
    if listing:
        refuse_filled(request, listing.pagination, filled_by_list(listing), action.where)
    else:
        refuse_conflicts(request, (), in_body=False, where=action.where)


def _mapped_model(output: Model | None, returns: str, listing: ListResult | None) -> str:
    """The model of the records that are mapped from the response; empty for none."""
    if listing:
        return listing.item_model
    return output.name if output and returns == "record" else ""


def _raw(action: ActionAnswer, returns: str, mapped: str, context: Context) -> str:
    """The raw type of the response: that of the record, or of a body that is not the record; empty for none."""
    if returns in ("constant", "nothing"):
        return ""
    is_record = returns == "record" and not action.request.response_path
    return context.raw_name(mapped) if is_record else context.body_name(action.name)
