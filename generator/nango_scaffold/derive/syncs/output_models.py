"""The models that syncs save, settled before anything else: models of the answers and actions may name them."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from ...errors import AnswersError
from ...frozen import frozen
from ...models.types import Literal, Primitive, Type, UnionOf
from ...naming.verbs import without_fetching
from ...naming.words import kebab, pascal, singular
from ...spec.patterns import Configuration
from ..models.default_fields import DYNAMIC_RECORD, RECORD_FIELDS
from ..requests.endpoints import entity_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...answers import SyncAnswer
    from ...models.types import Model
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

    A name the user said stands; a derived one gives way to it, and to those of earlier syncs.

    Raises:
        AnswersError: two syncs are said to save one model, which Nango refuses.
    """
    used = _said_outputs(context.answers.syncs)
    return tuple(_outputs(sync, used, context) for sync in context.answers.syncs)


def _outputs(sync: SyncAnswer, used: dict[str, str], context: Context) -> Outputs:
    said = said_output(sync)
    if said is not None:
        first = record_model(said, record_fields(sync), context, fixed=True)
    else:
        first = _derived_output(sync, used, context)
        used[first] = sync.where
    context.records.setdefault(synced_entity(sync, context), first)
    further = [record_model(name, _fields_of(name, sync), context, fixed=True) for name in said_further(sync)]
    for name in further:
        context.records.setdefault(entity_of(kebab(name), context), name)
    if sync.children is None:
        return Outputs(first, tuple(further))
    return Outputs(first, tuple(further[:-1]), further[-1])


def _fields_of(name: str, sync: SyncAnswer) -> ModelData:
    """The fields of a further model nobody described; those that its parent fills are among them."""
    if sync.children is None or name != sync.children.model:
        return RECORD_FIELDS
    filled = [field for field in sync.children.from_parent if field not in ("id", "name")]
    return {"id": "string", **dict.fromkeys(filled, "string"), **RECORD_FIELDS}


def record_fields(sync: SyncAnswer) -> ModelData:
    """The fields of a record that nobody described."""
    return DYNAMIC_RECORD if sync.pattern == Configuration.NAME else RECORD_FIELDS


def said_output(sync: SyncAnswer) -> str | None:
    """The output model of the answers: ``model``, or the only one of ``models``."""
    return sync.model if sync.model is not None or not sync.models else sync.models[0]


def said_further(sync: SyncAnswer) -> tuple[str, ...]:
    """The models of the answers that a sync saves beyond its first: the rest of ``models``, then its children."""
    rest = (sync.models or ())[0 if sync.model is not None else 1 :]
    return (*rest, *([sync.children.model] if sync.children else ()))


def entity_of(name: str, context: Context) -> str:
    """The resource a name is about: singular, kebab-case, without the provider's name."""
    return entity_in(name, context.answers.integration)


def synced_entity(sync: SyncAnswer, context: Context) -> str:
    """The resource that a sync fetches, by its name."""
    return entity_of(without_fetching(sync.name), context)


def record_model(wanted: str, fields: ModelData, context: Context, *, fixed: bool) -> str:
    """The model of a resource: the integration's own, one of the project that the user named, or a new one."""
    book = context.book
    own = book.own(wanted)
    if own is not None or (fixed and book.has(wanted)):
        return own or wanted
    made = book.make(wanted, fields, fixed=fixed)
    context.guess(f"models.{made}", ", ".join(fields), "nobody described the record")
    return made


def refuse_unfit_id(model: Model) -> None:
    """A record needs an id by which Nango tells it from others. Rule S09.

    Raises:
        AnswersError: the model has none, or one that is neither text nor number.
    """
    found = next((field for field in model.shape.fields if field.name == "id"), None)
    if found is None:
        raise AnswersError(
            f"the model {model.name} has no id, and Nango tells records apart by it",
            where=f"models.{model.name}",
            fix="add `id: string` or `id: number`",
        )
    if not _is_text_or_number(found.type):
        raise AnswersError(
            f"the id of {model.name} is neither a string nor a number",
            where=f"models.{model.name}.id",
            fix="accepted: string, number, or a list of values such as A | B",
        )


def _is_text_or_number(of: Type) -> bool:
    if isinstance(of, UnionOf):
        return all(_is_text_or_number(member) for member in of.members)
    if isinstance(of, Literal):
        return not isinstance(of.value, bool)
    return of in (Primitive("string"), Primitive("number"), Primitive("any"))


def _said_outputs(syncs: tuple[SyncAnswer, ...]) -> dict[str, str]:
    seen: dict[str, str] = {}
    for sync in syncs:
        for name, where in _said(sync):
            if name in seen:
                raise AnswersError(
                    f"{seen[name]} saves {name} already, and Nango refuses a model that is saved twice",
                    where=where,
                    fix="give one of them another model",
                )
            seen[name] = sync.name
    return seen


def _said(sync: SyncAnswer) -> Iterator[tuple[str, str]]:
    """Every model a sync is said to save, with its place."""
    first = said_output(sync)
    if first is not None:
        yield first, f"{sync.where}.model"
    child = [sync.children.model] if sync.children else []
    for name in said_further(sync)[: -1 if child else None]:
        yield name, f"{sync.where}.models"
    yield from ((name, f"{sync.where}.children.model") for name in child)


def _derived_output(sync: SyncAnswer, used: dict[str, str], context: Context) -> str:
    for candidate in _candidates(sync, context):
        if candidate not in used:
            name = record_model(candidate, record_fields(sync), context, fixed=False)
            if name not in used:
                return name
    raise AssertionError("the candidates are without end")


def _candidates(sync: SyncAnswer, context: Context) -> Iterator[str]:
    whole = pascal(singular(sync.name))
    if context.book.described(whole):  # described under the sync's whole name, the provider's part and all
        yield whole
    entity = pascal(synced_entity(sync, context))
    yield entity
    yield f"{context.prefix}{entity}"
    yield from (f"{context.prefix}{entity}{number}" for number in count(2))
