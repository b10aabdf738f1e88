"""One action: from its answer to its description."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ...errors import AnswersError
from ...models.types import Alias
from ...naming.words import title
from ...spec.actions import ActionSpec
from ...spec.mappers import STATUS
from ...spec.requests import CONNECTION
from ...spec.values import Assign, Build, Plain
from ..mapping.field_source import fields_that_read
from ..requests.endpoints import derive_endpoint, endpoint_method
from ..requests.graphql import refuse_ambiguous_queries
from ..requests.lookups import derive_lookups
from ..requests.metadata import metadata_of
from ..requests.parameter_conflicts import filled_by_list, refuse_conflicts, refuse_filled
from ..requests.request import ACTION_RETRIES, derive_scopes
from ..requests.roots import CONNECTION_VALUES, Roots
from .dates import ROOT as DATES
from .dates import derive_dates, with_dates, with_formats
from .from_sync import derive_synced
from .input_fields import derive_checks
from .models import derive_input, derive_output, named_in_action, result_of
from .request import derive_listing, derive_request
from .resource import description_of, endpoint_paths, resource_of

if TYPE_CHECKING:
    from ...answers import ActionAnswer
    from ...models.types import Model
    from ...spec.actions import InputDate, ListResult, ReadBack
    from ...spec.requests import Endpoint, Request
    from ..context import Context
    from .resource import Resource

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
    lookups, roots = derive_lookups(action, _roots(input_, metadata, context), ACTION_RETRIES, context)
    request = derive_request(action, resource, input_, lookups, roots, context)
    dates = derive_dates(action, input_)
    dated = with_dates(request, dates)
    returns = result_of(action, resource, output)
    read_back = _read_back(action, returns, roots, context)
    reads_status = _reads_status(action, returns)
    listing = None
    if output and returns == "page":
        listing = derive_listing(action, resource, input_, output, context)
    _refuse_conflicts(action, request, listing)
    mapped = _mapped_model(output, returns, listing)
    if mapped:
        context.mappings.setdefault(mapped, {})[action.where] = dict(action.mapping)
    spec = ActionSpec(
        name=action.name,
        kind=resource.kind,
        description=action.description or description_of(resource, context),
        entity=resource.entity,
        input=input_,
        output=output,
        endpoint=_endpoint(action, resource, context),
        request=dated,
        scopes=derive_scopes(action.scopes, context, action.where),
        raw=_raw(action, returns, mapped, context),
        returns=returns,
        response_path=_response_path(action),
        listing=listing,
        constant=RECEIPT_RECORD if returns == "constant" else None,
        dates=_dates_sent(dates, dated),
        synced=derive_synced(action, listing, context),
        plural=resource.many,
        metadata=metadata,
        checks=derive_checks(action, input_, metadata),
        # These are sent by functions of their own, where the converted dates are not known.
        lookups=tuple(replace(lookup, request=with_formats(lookup.request, dates)) for lookup in lookups),
        reads_status=reads_status,
        read_back=read_back and replace(read_back, request=with_formats(read_back.request, dates)),
    )
    refuse_ambiguous_queries(spec.requests, action.where)
    return spec


def _endpoint(action: ActionAnswer, resource: Resource, context: Context) -> Endpoint:
    paths, group = endpoint_paths(resource), title(resource.many)
    return derive_endpoint(action.endpoint, endpoint_method(action), paths, group, context, action.where)


def _read_back(action: ActionAnswer, returns: str, roots: Roots, context: Context) -> ReadBack | None:
    if action.read_back is None:
        return None
    from .read_back import derive_read_back  # most APIs answer with what was written

    return derive_read_back(action, returns, roots, context)


def _reads_status(action: ActionAnswer, returns: str) -> bool:
    """Whether the output is made of the status of the response, too, which has to be the only one."""
    fields = fields_that_read(action.mapping, STATUS)
    if fields and (returns != "record" or action.read_back):
        raise AnswersError(
            f"{action.name} returns no record of the one response whose status this could be",
            where=f"{action.where}.mapping.{fields[0]}.expression",
            fix="read from `response` alone, or remove it",
        )
    return bool(fields)


def _metadata(action: ActionAnswer, context: Context) -> Model | None:
    """The metadata that an action reads: only where the answers name a model, as an action is usually told all it needs."""
    if action.metadata is None:
        return None
    model = metadata_of(action, named_in_action(action, "metadata"), context)
    if model is not None:
        context.models.refuse_dates(model, f"the metadata of {action.name}")
    return model


def _roots(input_: Model | Alias | None, metadata: Model | None, context: Context) -> Roots:
    """What the placeholders of an action may name beside what it looks up."""
    whole_input = input_.type if isinstance(input_, Alias) else input_
    of_metadata = {"metadata": metadata} if metadata else {}
    return Roots({"input": whole_input, **of_metadata, CONNECTION: CONNECTION_VALUES}, context.models)


def _dates_sent(dates: tuple[InputDate, ...], request: Request) -> tuple[InputDate, ...]:
    """The dates that a request sends converted."""
    fields = {variable.field for variable in request.variables if variable.root == DATES}
    return tuple(date for date in dates if date.field in fields)


def _refuse_conflicts(action: ActionAnswer, request: Request, listing: ListResult | None) -> None:
    if action.request.record_path and not listing:
        raise AnswersError(
            f"{action.name} gives back no list whose items could hold the records",
            where=f"{action.where}.request.record_path",
            fix="write the whole path in response_path",
        )
    if listing:
        refuse_filled(request, listing.pagination, filled_by_list(listing), action.where)
    else:
        # Such a script fills nothing by itself; two headers of one name are refused here, too.
        refuse_conflicts(request, (), in_body=False, where=action.where)


def _mapped_model(output: Model | None, returns: str, listing: ListResult | None) -> str:
    """The model of the records that are mapped from the response; empty for none."""
    if listing:
        return listing.item_model
    return output.name if output and returns == "record" else ""


def _response_path(action: ActionAnswer) -> str:
    """Where the record is, in the response that the output is mapped from."""
    request = action.read_back.request if action.read_back else action.request
    return request.response_path or ""


def _raw(action: ActionAnswer, returns: str, mapped: str, context: Context) -> str:
    """The raw type of the response: that of the record, or of a body that is not the record; empty for none."""
    if returns in ("constant", "nothing"):
        return ""
    is_record = returns == "record" and not _response_path(action)
    return context.raw_name(mapped) if is_record else context.body_name(action.name)
