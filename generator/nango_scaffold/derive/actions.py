"""One action: from its answer to its description."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .action_dates import derive_dates, with_dates
from .action_models import derive_input, derive_output, result_of
from .action_requests import derive_listing, derive_request
from .action_sources import derive_synced
from .conversion import Assign, Build, Plain
from .doubles import filled_by_list, refuse_doubles
from .endpoints import derive_endpoint
from .requests import derive_scopes
from .spec import ActionSpec
from .subjects import description_of, endpoint_paths, group_of, subject_of

if TYPE_CHECKING:
    from ..answers import ActionAnswer
    from .context import Context


RECEIPT_RECORD = Build((Assign("success", Plain(True)),))
"""What an action gives back that has no more to say than that it worked."""


def derive_action(action: ActionAnswer, context: Context) -> ActionSpec:
    """Settle everything about an action.

    Raises:
        AnswersError: answers that do not fit together.
    """
    subject = subject_of(action, context)
    output = derive_output(action, subject, context)
    given = derive_input(action, subject, output, context)
    request = derive_request(action, subject, given, context)
    dates = derive_dates(action, given)
    returns = result_of(action, subject, output)
    listing = (
        derive_listing(action, subject, given, output, context) if output and returns == "page" else None
    )
    filled = filled_by_list(listing) if listing else ()
    in_body = bool(listing and listing.pagination.in_body)
    refuse_doubles(request, filled, in_body=in_body, where=action.where)
    mapped = listing.item_model if listing else output.name if output and returns == "record" else ""
    if mapped:
        context.mappings.setdefault(mapped, {})[action.where] = dict(action.mapping)
    return ActionSpec(
        name=action.name,
        kind=subject.kind,
        description=action.description or description_of(subject, context),
        entity=subject.entity,
        input=given,
        output=output,
        endpoint=derive_endpoint(
            action.endpoint,
            request.method,
            endpoint_paths(subject),
            group_of(subject),
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
    )


def _raw(action: ActionAnswer, returns: str, mapped: str, context: Context) -> str:
    """The raw type of the response; a record of its own has one, anything else a body that is not the record."""
    if returns in ("constant", "nothing"):
        return ""
    is_record = returns == "record" and not action.request.response_path
    return context.raw_name(mapped) if is_record else context.body_name(action.name)
