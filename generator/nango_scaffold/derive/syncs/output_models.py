"""The models that syncs save, derived before anything else: models of the answers and actions may name them."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from ...errors import AnswersError
from ...frozen import frozen
from ...models.types import Literal, Primitive, UnionOf
from ...naming.verbs import without_fetching
from ...naming.words import kebab, pascal, singular
from ...spec.patterns import Configuration
from ..models.default_fields import DYNAMIC_RECORD, RECORD_FIELDS
from ..requests.roots import fields_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...answers import SyncAnswer
    from ...models.types import Model, Type
    from ..context import Context
    from ..models.registry import ModelData


@frozen
class Outputs:
    """The models that a sync saves, by name: its own, further ones, and that of the children of each record."""

    first: str
    others: tuple[str, ...] = ()
    child: str = ""


def sync_outputs(context: Context) -> tuple[Outputs, ...]:
    """The output models of each sync, in order. Rules Y09, C09.

    A derived name differs from those of the answers, and from those of earlier syncs.

    Raises:
        AnswersError: two syncs of the answers save one model, which Nango refuses.
    """
    used = _named_outputs(context.answers.syncs)
    return tuple(_outputs(sync, used, context) for sync in context.answers.syncs)


def _outputs(sync: SyncAnswer, used: dict[str, str], context: Context) -> Outputs:
    if sync.output_model is not None:
        first = context.record_model(sync.output_model, _record_fields(sync), fixed=True)
    else:
        first = _derived_output(sync, used, context)
        used[first] = sync.where
    # The first sync of a resource has the say: actions on the resource take and return its model.
    context.records.setdefault(_synced_entity(sync, context), first)
    further = [
        context.record_model(name, _further_fields(name, sync), fixed=True) for name in sync.further_models
    ]
    for name in further:
        context.records.setdefault(context.entity(kebab(name)), name)
    if sync.children is None:
        return Outputs(first, tuple(further))
    # `further_models` has the model of the children last.
    return Outputs(first, tuple(further[:-1]), further[-1])


def _further_fields(name: str, sync: SyncAnswer) -> ModelData:
    """The default fields of a further model; those that its parent fills are among them."""
    if sync.children is None or name != sync.children.model:
        return RECORD_FIELDS
    from_parent = [field for field in sync.children.from_parent if field not in ("id", "name")]
    # The id stands first in a model, whatever is added to it.
    return {"id": "string", **dict.fromkeys(from_parent, "string"), **RECORD_FIELDS}


def _record_fields(sync: SyncAnswer) -> ModelData:
    """The default fields of a sync's records."""
    return DYNAMIC_RECORD if sync.pattern == Configuration.NAME else RECORD_FIELDS


def _synced_entity(sync: SyncAnswer, context: Context) -> str:
    """The resource that a sync fetches, by its name."""
    return context.entity(without_fetching(sync.name))


def refuse_unfit_id(model: Model) -> None:
    """A record needs an id by which Nango tells it from others. Rule S09.

    Raises:
        AnswersError: the model has none, or one that is neither a string nor a number.
    """
    id_ = fields_of(model).get("id")
    if id_ is None:
        raise AnswersError(
            f"the model {model.name} has no id, and Nango tells records apart by it",
            where=f"models.{model.name}",
            fix="add `id: string` or `id: number`",
        )
    if not _is_string_or_number(id_.type):
        raise AnswersError(
            f"the id of {model.name} is neither a string nor a number",
            where=f"models.{model.name}.id",
            fix="accepted: string, number, or a list of values such as A | B",
        )


def _is_string_or_number(of: Type) -> bool:
    if isinstance(of, UnionOf):
        return all(_is_string_or_number(member) for member in of.members)
    if isinstance(of, Literal):
        return not isinstance(of.value, bool)
    return of in (Primitive("string"), Primitive("number"), Primitive("any"))


def _named_outputs(syncs: tuple[SyncAnswer, ...]) -> dict[str, str]:
    """The name of the sync that saves each model that the answers name."""
    seen: dict[str, str] = {}
    for sync in syncs:
        for name, where in _places_of_outputs(sync):
            if name in seen:
                raise AnswersError(
                    f"{seen[name]} saves {name} already, and Nango refuses a model that is saved twice",
                    where=where,
                    fix="give one of them another model",
                )
            seen[name] = sync.name
    return seen


def _places_of_outputs(sync: SyncAnswer) -> Iterator[tuple[str, str]]:
    """Every model that a sync of the answers saves, with its place."""
    if sync.output_model is not None:
        yield sync.output_model, f"{sync.where}.model"
    for name in sync.other_models:
        yield name, f"{sync.where}.models"
    if sync.children:
        yield sync.children.model, f"{sync.where}.children.model"


def _derived_output(sync: SyncAnswer, used: dict[str, str], context: Context) -> str:
    for candidate in _candidates(sync, context):
        if candidate not in used:
            # A model of the project may have the name: then the new one gets another, which may be in use in turn.
            name = context.record_model(candidate, _record_fields(sync), fixed=False)
            if name not in used:
                return name
    raise AssertionError("the candidates are without end")


def _candidates(sync: SyncAnswer, context: Context) -> Iterator[str]:
    whole = pascal(singular(sync.name))
    # The answers may describe the model under the sync's whole name, the provider's part included.
    if context.models.described_name(whole):
        yield whole
    entity = pascal(_synced_entity(sync, context))
    yield entity
    yield f"{context.prefix}{entity}"
    yield from (f"{context.prefix}{entity}{number}" for number in count(2))
