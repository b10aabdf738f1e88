"""The resource that an action is about, and what kind of action it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...answers.action_format import PLAIN_TYPES
from ...frozen import frozen
from ...models.types import ArrayOf, Primitive, Ref
from ...naming.resources import resource_name
from ...naming.verbs import Verb, read_verb
from ...naming.words import article, pascal, snake, spoken
from ..models.default_fields import RECEIPT, RECORD_FIELDS, field_name
from ..requests.endpoints import numbered

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ...answers import ActionAnswer
    from ...models.types import Field, Type
    from ..context import Context


@frozen
class Resource:
    """The resource that an action is about.

    Attributes:
        kind: ``create``, ``update``, ``delete``, ``get``, ``list`` or ``other``.
        entity: the resource in the singular, kebab-case, without the provider's name.
        many: the resource as paths name it: in the plural; as written where the verb is unknown.
        model: the model of the resource, or the name it would have.
        record: the fields of that model as nango.yaml data.
        paged: for a list: whether it takes a cursor and gives the next one.
        owners: the owner or goal of the entity, as paths name it; empty for none.
    """

    kind: str
    verb: Verb
    entity: str
    many: str
    model: str
    record: Mapping[str, Any]
    paged: bool = False
    owners: str = ""

    @property
    def is_of_collection(self) -> bool:
        """Whether the path is that of the collection, and not of one record."""
        verb = self.verb
        if verb.is_on_record:
            return False
        return self.kind in ("create", "list", "other") or self.record_key == ""

    @property
    def record_key(self) -> str:
        """The field of the input that identifies the record in the path; empty where the query does."""
        key = snake(self.verb.key)
        if not key:
            return f"{field_name(self.entity)}_id" if self.verb.owner and self.kind == "delete" else "id"
        in_path = self.kind != "get" or key in PATH_KEYS
        return key if in_path and self.kind not in ("create", "list") else ""

    @property
    def filters(self) -> tuple[str, ...]:
        """The fields of the input that filter records in the query."""
        if self.verb.key and self.is_of_collection and self.kind in ("get", "list"):
            return (snake(self.verb.key),)
        return ("query",) if self.verb.is_search and self.kind == "list" else ()


_PLAIN = tuple(map(Primitive, PLAIN_TYPES))
PATH_KEYS = frozenset({"id", "uuid", "guid", "key", "slug"})
"""Names of fields that identify a record in paths."""


def owner_key(verb: Verb) -> str:
    """The field of the input that identifies the owner: ``team_id``."""
    return f"{field_name(verb.owner)}_id"


def resource_of(action: ActionAnswer, context: Context) -> Resource:
    """The resource of an action, by its name, its output, and the syncs of the same resource."""
    verb = read_verb(action.name)
    holds_list = _holds_one_list(action, context)
    kind = "list" if action.paginated or holds_list else verb.kind
    entity = context.entity(verb.entity)
    many = context.many(entity) if verb.known else resource_name(verb.entity, context.answers.integration)
    model = _record_of(action, kind, entity, context)
    record = context.models.data(model) if context.models.has(model) else RECORD_FIELDS
    owners = context.many(verb.owner) if verb.owner else ""
    # An action that holds a list though its verb is another one is only paged if its output has a cursor.
    may_be_paged = verb.kind == "list" or not holds_list or _has_cursor(action, context)
    paged = may_be_paged and _is_paged(action, kind) and not holds_plain_list(_output_fields(action, context))
    return Resource(kind, verb, entity, many, model, record, paged, owners)


def endpoint_paths(resource: Resource) -> Iterator[str]:
    """Candidates for the endpoint's path: one record has the singular, a list beside a sync the word page."""
    verb = resource.verb
    if verb.owner and not verb.is_on_record:
        return numbered(f"/{verb.owner}/{resource.many}", f"/{verb.owner}-{resource.many}/{verb.word}")
    if verb.key:
        of = resource.many if resource.kind == "list" else resource.entity
        return numbered(f"/{of}/by-{verb.key}", f"/{of}-by-{verb.key}/{verb.word}")
    # `GET /users` is for a sync of these records, if there is one.
    word = "page" if verb.word == "list" else verb.word
    last = f"/{resource.many}/{word}" if verb.known else f"/{resource.many}/run"
    if verb.is_on_record:
        return numbered(last)
    return numbered(f"/{resource.entity}" if resource.kind == "get" else f"/{resource.many}", last)


def description_of(resource: Resource, context: Context) -> str:
    """A sentence for an action that the answers do not describe."""
    name = context.provider_name
    if resource.kind == "list":
        paging = ", one page at a time" if resource.paged else ""
        # The phrase of such a verb is about one record.
        verb = "Lists" if resource.verb.kind in ("get", "other") else resource.verb.phrase
        return f"{verb} {spoken(resource.many)}{_beside(resource.verb)} in {name}{paging}."
    if not resource.verb.known:
        return f"Runs {spoken(resource.many)} in {name}."
    return f"{resource.verb.phrase} {article(spoken(resource.entity))}{_beside(resource.verb)} in {name}."


def _beside(verb: Verb) -> str:
    """The words behind the entity: `` by email``, `` to a team``."""
    if verb.key:
        return f" by {spoken(verb.key)}"
    return f" {verb.preposition} {article(spoken(verb.owner))}" if verb.owner else ""


def _record_of(action: ActionAnswer, kind: str, entity: str, context: Context) -> str:
    """The resource's model: the output, unless that is a page or no more than a receipt; else the sync's."""
    if action.listed_model:
        return _own_model(action.listed_model, context)
    # What comes first from a sync and then from the API are records of one model.
    saved = context.saved.get(action.from_sync or "")
    if saved is not None:
        return saved
    output = action.output_model
    if output is not None and _returns_record(action, kind) and context.models.data(output) != RECEIPT:
        return _own_model(output, context)
    return context.records.get(entity) or _own_model(pascal(entity), context)


def _own_model(name: str, context: Context) -> str:
    return context.models.own_name(name) or name


def _returns_record(action: ActionAnswer, kind: str) -> bool:
    """Whether the output of an action is usually the record."""
    # A script that links two records is answered with the link, or with nothing.
    returns_other = kind in ("list", "delete") or read_verb(action.name).links
    return not returns_other and not action.request.is_binary


def _holds_one_list(action: ActionAnswer, context: Context) -> bool:
    """Whether the output is a list of a model, or holds one with at most the cursor of the next page beside it.

    Where the list itself is mapped, the API wraps it: then the output is a record like any other.
    """
    if action.request.is_binary:
        return False
    if action.listed_model:
        return True
    return _is_list_with_cursor(_output_fields(action, context), action)


def _is_list_with_cursor(fields: Sequence[Field], action: ActionAnswer) -> bool:
    lists = [field.name for field in fields if is_list_of_models(field.type)]
    others = [field for field in fields if field.name not in lists and not field.optional]
    mapped = {path.split(".")[0] for path in action.mapping}
    return len(lists) == 1 and not others and lists[0] not in mapped


def _has_cursor(action: ActionAnswer, context: Context) -> bool:
    names = {field.name for field in _output_fields(action, context)}
    return action.paginated is True or "next_cursor" in names


def _output_fields(action: ActionAnswer, context: Context) -> tuple[Field, ...]:
    """The fields of an output that the answers or the project describe."""
    output = action.output_model
    return context.models.model(output).shape.fields if output and context.models.has(output) else ()


def is_list_of_models(of: Type) -> bool:
    """Whether a field holds a list of records of a model."""
    return isinstance(of, ArrayOf) and isinstance(of.item, Ref)


def holds_plain_list(fields: Sequence[Field]) -> bool:
    """Whether an output has one field, a list of strings, numbers or flags."""
    of = fields[0].type if len(fields) == 1 else None
    return isinstance(of, ArrayOf) and of.item in _PLAIN


def _is_paged(action: ActionAnswer, kind: str) -> bool:
    has_single_page = action.paginated is False or action.request.has_single_page
    return kind == "list" and not has_single_page and action.plain_output is None
