"""What the mappers of an integration must not be: files of one name, records that nothing can fill."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

from ...errors import AnswersError
from ...naming.words import kebab
from ...spec.mappers import BODY, STATUS, DynamicMapper
from .field_source import fields_that_read

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

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


def refuse_readers_without(
    mappers: Sequence[Mapper | DynamicMapper], mappings: Mapping[str, Mapping[str, Mapping[str, Any]]]
) -> None:
    """Refuse a model whose mapper reads the body or the status of a response, where it is read from other responses, too.

    Args:
        mappers: every mapper.
        mappings: for each mapped model, the mapping of each script that has one, by the script's place.

    Raises:
        AnswersError: naming the other reader.
    """
    for mapper, name in product(mappers, (BODY, STATUS)):
        places = mappings.get(mapper.model, {})
        reading = [place for place, mapping in places.items() if fields_that_read(mapping, name)]
        users = [f"models.{other.model}" for other in mappers if mapper.model in other.uses]
        readers = [*(place for place in places if place not in reading[:1]), *users]
        if reading and readers:
            raise AnswersError(
                f"{readers[0]} reads {mapper.model}, too, which takes the {name} of another response",
                where=f"{reading[0]}.mapping",
                fix="remove it, or give the other script a model of its own",
            )


def refuse_unread_responses(responses: Iterable[str], mapped: Collection[str]) -> None:
    """Refuse a raw type of ``responses`` for a model that nothing maps.

    Raises:
        AnswersError: naming it.
    """
    for name in responses:
        if name not in mapped:
            raise AnswersError(
                f"no sync or action reads {name} from the API",
                where=f"responses.{name}",
                fix="" if mapped else "accepted: nothing here",
                accepted=mapped,
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
