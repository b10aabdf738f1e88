"""Write, then read back: the output of an action is mapped from a request behind the one that writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...errors import AnswersError
from ...naming.words import pascal
from ...spec.actions import ReadBack
from ...spec.mappers import RawType
from ..requests.raw_roots import RESPONSE, key_field, named_paths, raw_root
from ..requests.request import ACTION_RETRIES
from ..requests.single_request import single_request

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ...answers import ActionAnswer
    from ...spec.actions import ActionSpec
    from ..context import Context
    from ..requests.roots import Roots


def derive_read_back(action: ActionAnswer, returns: str, roots: Roots, context: Context) -> ReadBack:
    """The request that reads what an action wrote; for ``returns`` see ``ActionSpec.returns``.

    Raises:
        AnswersError: an action that returns no record; an invalid request.
    """
    answer, where = action.read_back, f"{action.where}.read_back"
    assert answer is not None  # only called for actions that read back
    if returns != "record":
        raise AnswersError(
            f"{action.name} returns no record that could be read back",
            where=where,
            fix="name the model of the record in output, or remove it",
        )
    if action.request.response_path:
        raise AnswersError(
            "the output is mapped from what is read back, not from this response",
            where=f"{action.where}.request.response_path",
            fix="write it as read_back.response_path; ${response.x} reads from the whole response to the write",
        )
    needed = named_paths(answer.request, RESPONSE, where)
    response = raw_root(RESPONSE, {path: key_field(path) for path in needed}, where)
    named = roots.and_also(**{RESPONSE: response})
    request = single_request(answer.request, "read back", named, ACTION_RETRIES, where, context)
    name = f"{context.prefix}{pascal(action.name)}Written"
    written = context.models.raw_name(name, f"write of {action.name}") if needed else ""
    return ReadBack(request, written, response.shape, needed)


def written_types(actions: Iterable[ActionSpec]) -> Iterator[RawType]:
    """The raw types of the responses to writes of which something is read."""
    for action in actions:
        if action.read_back and action.read_back.written:
            yield RawType(action.read_back.written, action.read_back.shape, "written", action.name)
