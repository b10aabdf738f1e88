"""What an action is about, and what kind of action it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..frozen import frozen
from ..naming.verbs import Verb, read_verb
from ..naming.words import article, pascal, spoken, title
from .action_files import is_binary
from .endpoints import numbered, resource
from .entities import RECEIPT, RECORD_FIELDS
from .outputs import entity_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..answers import ActionAnswer
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
    kind = "list" if action.paginated else verb.kind
    entity = entity_of(verb.entity, context)
    many = context.many(entity) if verb.known else resource(verb.entity, context.answers.integration)
    model = _record_of(action, kind, entity, context)
    record = context.book.data(model) if context.book.has(model) else RECORD_FIELDS
    return Subject(kind, verb, entity, many, model, record, _is_paged(action, kind))


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
        verb = subject.verb.phrase if subject.verb.kind == "list" else "Lists"
        return f"{verb} {spoken(subject.many)} in {name}{paging}."
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


def _is_paged(action: ActionAnswer, kind: str) -> bool:
    single = action.paginated is False or (action.request.paginate or {}).get("type") == "none"
    return kind == "list" and not single
