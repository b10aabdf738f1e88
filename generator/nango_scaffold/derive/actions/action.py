"""One action: from its answer to its description."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...spec.actions import ActionSpec
from ...spec.values import Assign, Build, Plain
from ..requests.endpoints import derive_endpoint
from ..requests.parameter_conflicts import filled_by_list, refuse_doubles
from ..requests.request import derive_scopes
from .dates import derive_dates, with_dates
from .from_sync import derive_synced
from .models import derive_input, derive_output, result_of
from .request import derive_listing, derive_request
from .resource import description_of, endpoint_paths, group_of, resource_of

if TYPE_CHECKING:
    from ...answers import ActionAnswer
    from ..context import Context


RECEIPT_RECORD = Build((Assign("success", Plain(True)),))
"""What an action gives back that has no more to say than that it worked."""


def derive_action(action: ActionAnswer, context: Context) -> ActionSpec:
    """Settle everything about an action.

    Raises:
        AnswersError: answers that do not fit together.
    """
    resource = resource_of(action, context)
    output = derive_output(action, resource, context)
    given = derive_input(action, resource, output, context)
    request = derive_request(action, resource, given, context)
    dates = derive_dates(action, given)
    returns = result_of(action, resource, output)
    listing = (
        derive_listing(action, resource, given, output, context) if output and returns == "page" else None
    )
    filled = filled_by_list(listing) if listing else ()
    in_body = bool(listing and listing.pagination.in_body)
    refuse_doubles(request, filled, in_body=in_body, where=action.where)
    mapped = listing.item_model if listing else output.name if output and returns == "record" else ""
    if mapped:
        context.mappings.setdefault(mapped, {})[action.where] = dict(action.mapping)
    return ActionSpec(
        name=action.name,
        kind=resource.kind,
        description=action.description or description_of(resource, context),
        entity=resource.entity,
        input=given,
        output=output,
        endpoint=derive_endpoint(
            action.endpoint,
            request.method,
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
    )


def _raw(action: ActionAnswer, returns: str, mapped: str, context: Context) -> str:
    """The raw type of the response; a record of its own has one, anything else a body that is not the record."""
    if returns in ("constant", "nothing"):
        return ""
    is_record = returns == "record" and not action.request.response_path
    return context.raw_name(mapped) if is_record else context.body_name(action.name)
