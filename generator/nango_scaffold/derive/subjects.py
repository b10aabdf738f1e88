"""What an action is about, and what kind of action it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..frozen import frozen
from ..models.types import ArrayOf, Ref
from ..naming.verbs import Verb, read_verb
from ..naming.words import article, pascal, plural, spoken, title
from .action_files import is_binary
from .endpoints import numbered, resource
from .entities import RECEIPT, RECORD_FIELDS
from .outputs import entity_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..answers import ActionAnswer
    from ..models.types import Field, Type
    from .context import Context


@frozen
class Subject:
    """What an action is about.

    Attributes:
        kind: ``create``, ``update``, ``delete``, ``get``, ``list`` or ``other``.
        entity: the resource in the singular, kebab-case, without the provider's name.
        many: the resource as paths name it: in the plural; as written where no verb says what it is.
        model: the model of the resource, or the name it would have.
        record: the fields of that model as nango.yaml data.
        paged: for a list: whether it takes a cursor and gives the next one.
    """

    kind: str
    verb: Verb
    entity: str
    many: str
    model: str
    record: Mapping[str, Any]
    paged: bool = False


def subject_of(action: ActionAnswer, context: Context) -> Subject:
    """Read what an action is about from its name, its output, and the syncs of the same resource."""
    verb = read_verb(action.name)
    holds_list = _holds_one_list(action, context)
    kind = "list" if action.paginated or holds_list else verb.kind
    entity = entity_of(verb.entity, context)
    many = plural(entity) if verb.known else resource(verb.entity, context.answers.integration)
    model = _record_of(action, kind, entity, context)
    record = context.book.data(model) if context.book.has(model) else RECORD_FIELDS
    paged = _is_paged(action, kind) and (
        verb.kind == "list" or not holds_list or _has_cursor(action, context)
    )
    return Subject(kind, verb, entity, many, model, record, paged)


def endpoint_paths(subject: Subject) -> Iterator[str]:
    """Candidates for the endpoint's path: one record has the singular, a list beside a sync the word page."""
    first = f"/{subject.entity}" if subject.kind == "get" else f"/{subject.many}"
    word = "page" if subject.verb.word == "list" else subject.verb.word
    return numbered(first, f"/{subject.many}/{word}" if subject.verb.known else f"/{subject.many}/run")


def group_of(subject: Subject) -> str:
    """The resource in words, for the endpoint's group."""
    return title(subject.many)


def description_of(subject: Subject, context: Context) -> str:
    """A sentence for an action that the answers do not describe."""
    name = context.provider_name
    if subject.kind == "list":
        paging = ", one page at a time" if subject.paged else ""
        verb = "Lists" if subject.verb.kind in ("get", "other") else subject.verb.phrase
        return f"{verb} {spoken(plural(subject.entity))} in {name}{paging}."
    if not subject.verb.known:
        return f"Runs {spoken(subject.many)} in {name}."
    return f"{subject.verb.phrase} {article(spoken(subject.entity))} in {name}."


def _record_of(action: ActionAnswer, kind: str, entity: str, context: Context) -> str:
    """The resource's model: the output, unless that is a page or no more than a receipt; else the sync's."""
    output, synced = action.output_model, context.saved.get(action.from_sync or "")
    if synced is not None:
        return synced
    receipt = output is not None and context.book.data(output) == RECEIPT
    if output is not None and not receipt and not is_binary(action) and kind not in ("list", "delete"):
        return context.book.own(output) or output
    wanted = pascal(entity)
    return context.records.get(entity) or context.book.own(wanted) or wanted


def _holds_one_list(action: ActionAnswer, context: Context) -> bool:
    """Whether the described output holds a list of a model, and no more than the cursor of the next page beside it.

    A mapping of the list itself says that the API wraps it: then the output is a record like any other.
    """
    if is_binary(action):
        return False
    fields = _output_fields(action, context)
    lists = [field.name for field in fields if is_list_of_models(field.type)]
    others = [field for field in fields if field.name not in lists and not field.optional]
    mapped = {path.split(".")[0] for path in action.mapping}
    return len(lists) == 1 and not others and lists[0] not in mapped


def _has_cursor(action: ActionAnswer, context: Context) -> bool:
    return action.paginated is True or any(
        field.name == "next_cursor" for field in _output_fields(action, context)
    )


def _output_fields(action: ActionAnswer, context: Context) -> tuple[Field, ...]:
    """The fields of an output that the answers or the project describe."""
    output = action.output_model
    return context.book.model(output).shape.fields if output and context.book.has(output) else ()


def is_list_of_models(of: Type) -> bool:
    """Whether a field holds a list of records of a model."""
    return isinstance(of, ArrayOf) and isinstance(of.item, Ref)


def _is_paged(action: ActionAnswer, kind: str) -> bool:
    single = action.paginated is False or (action.request.paginate or {}).get("type") == "none"
    return kind == "list" and not single
