"""One action: from its answer to its description."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import AnswersError
from .action_models import derive_input, derive_output, is_done
from .action_requests import derive_listing, derive_request
from .endpoints import derive_endpoint
from .requests import derive_scopes
from .spec import ActionSpec
from .subjects import description_of, endpoint_paths, group_of, subject_of

if TYPE_CHECKING:
    from ..answers import ActionAnswer
    from .context import Context


def derive_action(action: ActionAnswer, context: Context) -> ActionSpec:
    """Settle everything about an action.

    Raises:
        AnswersError: answers that do not fit together.
    """
    subject = subject_of(action, context)
    output = derive_output(action, subject, context)
    given = derive_input(action, subject, output, context)
    request = derive_request(action, subject, given, context)
    listing = derive_listing(action, subject, given, output, context) if subject.kind == "list" else None
    done = is_done(output, action, subject.kind)
    returns = "page" if listing else "done" if done else "record"
    if not done:
        mapped = listing.item_model if listing else output.name
        context.mappings.setdefault(mapped, {})[action.where] = dict(action.mapping)
    # A record of its own has a raw type; a page, a receipt, or a record below a key has a body round it.
    own_body = returns != "record" or bool(action.request.response_path)
    raw = context.body_name(action.name) if own_body else context.raw_name(output.name)
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
        request=request,
        scopes=derive_scopes(action.scopes, context, action.where),
        raw=raw,
        returns=returns,
        response_path=action.request.response_path or "",
        listing=listing,
    )


def refuse_unbuilt_action(action: ActionAnswer) -> None:
    """Refuse what this version of the format has words for, but this version of the tool cannot build.

    Raises:
        AnswersError: records of a sync asked for.
    """
    if action.from_sync:
        raise AnswersError(
            "an action cannot read the records of a sync in this version",
            where=f"{action.where}.from_sync",
            fix="leave it out, or empty",
        )
