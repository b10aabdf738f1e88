"""Actions on models whose mappers need more than a record of the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...errors import AnswersError
from ...spec.mappers import DynamicMapper

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...answers import Answers
    from ...spec.actions import ActionSpec
    from ...spec.mappers import Mapper


def refuse_unmappable(
    answers: Answers, actions: Sequence[ActionSpec], mappers: Sequence[Mapper | DynamicMapper]
) -> None:
    """Refuse an action that would have to fill a model from what only a sync has.

    Raises:
        AnswersError: a model whose fields the metadata names, or that takes a part of its parent's record.
    """
    needs = {mapper.model: need for mapper in mappers if (need := _need(mapper))}
    for action, said in zip(actions, answers.actions, strict=True):
        model = _mapped(action)
        if model in needs:
            raise AnswersError(
                f"{action.name} cannot fill {model}: {needs[model]}, which an action does not have",
                where=f"{said.where}.output",
                fix="describe a model of its own for the action",
            )


def _need(mapper: Mapper | DynamicMapper) -> str:
    if isinstance(mapper, DynamicMapper):
        return "its fields are those that the metadata names"
    return f"a part of it comes from the {mapper.parent} it belongs to" if mapper.parent else ""


def _mapped(action: ActionSpec) -> str:
    if action.listing is not None:
        return action.listing.item_model
    return action.output.name if action.output and action.returns == "record" else ""
