"""What the mappers of an integration must not be: files of one name, records that nothing can fill."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...errors import AnswersError
from ...naming.words import kebab
from ...spec.mappers import DynamicMapper

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ...answers import Answers
    from ...spec.actions import ActionSpec
    from ...spec.mappers import Mapper


def refuse_twin_files(mappers: Iterable[Mapper | DynamicMapper]) -> None:
    """Refuse mappers whose files would share a name.

    Raises:
        AnswersError: two models whose names differ only in case or underscores.
    """
    owners: dict[str, str] = {}
    for mapper in mappers:
        owner = owners.setdefault(kebab(mapper.model), mapper.model)
        if owner != mapper.model:
            raise AnswersError(
                f"{owner} and {mapper.model} would have one mapper file, to-{kebab(mapper.model)}.ts",
                where=f"models.{mapper.model}",
                fix="give one of them another name",
            )


def refuse_unmappable(
    answers: Answers, actions: Sequence[ActionSpec], mappers: Sequence[Mapper | DynamicMapper]
) -> None:
    """Refuse an action whose output can only be filled in a sync.

    Raises:
        AnswersError: a model whose fields the metadata names, or that takes a part of its parent's record.
    """
    needs = {mapper.model: need for mapper in mappers if (need := _need(mapper))}
    for action, answer in zip(actions, answers.actions, strict=True):
        model = _mapped_model(action)
        if model in needs:
            raise AnswersError(
                f"{action.name} cannot fill {model}: {needs[model]}, which an action does not have",
                where=f"{answer.where}.output",
                fix="describe a model of its own for the action",
            )


def _need(mapper: Mapper | DynamicMapper) -> str:
    """What a mapper needs besides a record of the API; empty for nothing."""
    if isinstance(mapper, DynamicMapper):
        return "its fields are those that the metadata names"
    return f"a part of it comes from the {mapper.parent} it belongs to" if mapper.parent else ""


def _mapped_model(action: ActionSpec) -> str:
    """The model whose mapper an action calls; empty where it calls none."""
    if action.listing is not None:
        return action.listing.item_model
    return action.output.name if action.output and action.returns == "record" else ""
