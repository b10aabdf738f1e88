"""One action: from its answer to its description."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..errors import AnswersError
from ..models.types import ArrayOf, Field, Model, Primitive, Ref, Type
from ..naming.verbs import Verb, read_verb
from ..naming.words import article, pascal, plural, singular, snake, spoken
from .endpoints import derive_endpoint, resource
from .entities import RECORD_FIELDS, create_fields, list_fields, update_fields, with_fields
from .pagination import derive_pagination
from .requests import ACTION_RETRIES, derive_docs, derive_params, derive_path
from .spec import ActionSpec, ListResult, Param, Request, Template, Variable
from .syncs import derive_scopes, record_model
from .templates import is_single, mentioned

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..answers import ActionAnswer
    from .context import Context

_BODYLESS = frozenset({"GET", "DELETE"})
_ENOUGH = 50
_DONE = {"success": "boolean"}


@dataclass(frozen=True)
class _Subject:
    """What an action is about.

    Attributes:
        entity: the resource in the singular, kebab-case, without the provider's name.
        record: the model of the resource, as nango.yaml data.
    """

    verb: Verb
    entity: str
    record: Mapping[str, Any]

    @property
    def many(self) -> str:
        """The resource in the plural."""
        return plural(self.entity)


def derive_action(action: ActionAnswer, context: Context) -> ActionSpec:
    """Settle everything about an action.

    Raises:
        AnswersError: answers that do not fit together.
    """
    verb = read_verb(action.name)
    kind = (
        "list"
        if action.paginated
        else verb.kind if action.paginated is None or verb.kind != "list" else "get"
    )
    subject = _subject(action, verb, context)
    output, listing_field = _output(action, kind, subject, context)
    given = _input(action, kind, subject, output, context)
    request, listing = _request(action, kind, subject, given, listing_field, context)
    returns = "page" if listing else "done" if kind == "delete" and _is_done(output) else "record"
    if returns != "done":
        mapped = listing.item_model if listing else output.name
        context.mappings.setdefault(mapped, {})[action.where] = dict(action.mapping)
    method = request.method
    return ActionSpec(
        name=action.name,
        kind=kind,
        description=action.description or _description(kind, subject, context),
        entity=subject.entity,
        input=given,
        output=output,
        endpoint=derive_endpoint(
            action.endpoint, method, subject.many, _paths(kind, subject), context, action.where
        ),
        request=request,
        scopes=derive_scopes(action.scopes, context, action.where),
        raw=_raw(action, returns, output, context),
        returns=returns,
        response_path=action.request.response_path or "",
        listing=listing,
    )


def _subject(action: ActionAnswer, verb: Verb, context: Context) -> _Subject:
    entity = resource(singular(verb.entity), context.answers.integration)
    named = action.output if action.output and action.paginated is not True and verb.kind != "list" else None
    wanted = named or pascal(entity)
    known = context.book.own(wanted) or (named if named and context.book.has(named) else None)
    return _Subject(verb, entity, context.book.data(known) if known else RECORD_FIELDS)


def _output(
    action: ActionAnswer, kind: str, subject: _Subject, context: Context
) -> tuple[Model, Field | None]:
    """The output model, and for a list action the field of it that holds the items."""
    book = context.book
    if action.output is not None and book.has(action.output):
        model = book.model(action.output)
        return model, _list_field(action, model) if kind == "list" else None
    if kind == "delete":
        return (
            book.model(book.make(action.output or "SuccessResponse", _DONE, fixed=action.output is not None)),
            None,
        )
    if kind != "list":
        wanted = action.output or pascal(subject.entity)
        return (
            book.model(record_model(wanted, subject.record, context, fixed=action.output is not None)),
            None,
        )
    item = record_model(pascal(subject.entity), subject.record, context, fixed=False)
    fields = {snake(subject.many): f"{item}[]", "next_cursor?": "string"}
    name = action.output or f"{pascal(action.name)}Response"
    model = book.model(book.make(name, fields, fixed=action.output is not None))
    return model, model.shape.fields[0]


def _list_field(action: ActionAnswer, model: Model) -> Field:
    where = f"models.{model.name}"
    lists = [field for field in model.shape.fields if _is_list_of_models(field.type)]
    if not lists:
        raise AnswersError(
            f"the output {model.name} of the list action {action.name} holds no list of a model",
            where=where,
            fix="add a field such as `users: User[]`",
        )
    if "next_cursor" not in {field.name for field in model.shape.fields}:
        raise AnswersError(
            f"{model.name} has no place for the cursor of the next page",
            where=where,
            fix="add `next_cursor?: string`",
        )
    return lists[0]


def _is_list_of_models(of: Type) -> bool:
    return isinstance(of, ArrayOf) and isinstance(of.item, Ref)


def _input(action: ActionAnswer, kind: str, subject: _Subject, output: Model, context: Context) -> Model:
    book = context.book
    name = action.input or _input_name(action, kind, output)
    if book.is_said(name) or (action.input is not None and book.has(name)):
        model = book.model(name)
        if kind == "list" and "cursor" not in {field.name for field in model.shape.fields}:
            raise AnswersError(
                f"{model.name} has no cursor, and {action.name} returns pages",
                where=f"models.{model.name}",
                fix="add `cursor?: string`",
            )
        return model
    fields = with_fields(_input_fields(kind, subject), _mentioned(action))
    made = book.make(name, fields, fixed=action.input is not None)
    if kind not in ("get", "delete", "list"):
        context.guess(f"models.{made}", ", ".join(fields), "the fields of the record that a caller can set")
    return book.model(made)


def _input_name(action: ActionAnswer, kind: str, output: Model) -> str:
    """``CreateUser`` for create-user; ``ListUsersInput`` for list-users, whose output is ``ListUsersResponse``."""
    name = pascal(action.name)
    return f"{name}Input" if kind == "list" or name == output.name else name


def _input_fields(kind: str, subject: _Subject) -> dict[str, Any]:
    if kind == "list":
        return list_fields()
    if kind in ("get", "delete"):
        return {"id": subject.record.get("id", "string")}
    return update_fields(subject.record) if kind == "update" else create_fields(subject.record)


def _mentioned(action: ActionAnswer) -> list[str]:
    request = action.request
    texts = [request.path or "", *request.params.values(), *request.headers.values()]
    return [name for text in texts if isinstance(text, str) for name in mentioned(text, "input")]


def _request(
    action: ActionAnswer, kind: str, subject: _Subject, given: Model, listed: Field | None, context: Context
) -> tuple[Request, ListResult | None]:
    said, where = action.request, action.where
    method = said.method or subject.verb.method
    roots = {"input": given}
    path = derive_path(
        said, _default_path(kind, subject, given, said.path is None, where), roots, context, where
    )
    params = derive_params(said.params, roots, f"{where}.request.params")
    headers = derive_params(said.headers, roots, f"{where}.request.headers")
    listing = _listing(action, subject, listed, context) if listed else None
    used = {
        part.field
        for template in (path, *_templates(params), *_templates(headers))
        for part in template
        if isinstance(part, Variable)
    }
    if listing:
        used |= {"cursor", "limit"}
    left = [field for field in given.shape.fields if field.name not in used]
    body = _body(action, given, left, method)
    if method in _BODYLESS and said.data is None:
        params = (*params, *_as_params(left, where))
    if not subject.verb.known and said.method is None:
        context.guess(f"{where}.request.method", method, f"{action.name} starts with no verb we know")
    request = Request(
        method=method,
        path=path,
        docs=derive_docs(said, context, where),
        retries=said.retries or ACTION_RETRIES,
        params=params,
        headers=headers,
        body=body,
    )
    return request, listing


def _templates(params: tuple[Param, ...]) -> list[Template]:
    return [param.value for param in params if isinstance(param.value, tuple)]


def _default_path(kind: str, subject: _Subject, given: Model, needed: bool, where: str) -> str:
    if kind in ("create", "list", "other"):
        return f"/{subject.many}"
    required = [field.name for field in given.shape.fields if not field.optional]
    keys = (
        [name for name in required if name == "id"]
        or [name for name in required if name.lower().endswith("id")]
        or required
    )
    if not keys and needed:
        raise AnswersError(
            f"which record is meant is not said: {given.name} has no required field",
            where=f"{where}.request.path",
            fix="name a path, or add `id: string`",
        )
    return f"/{subject.many}/${{input.{keys[0]}}}" if keys else f"/{subject.many}"


def _body(action: ActionAnswer, given: Model, left: list[Field], method: str) -> tuple[str, ...]:
    said = action.request.data
    if said is None:
        return () if method in _BODYLESS else tuple(field.name for field in left)
    known = [field.name for field in given.shape.fields]
    for index, name in enumerate(said):
        if name not in known:
            raise AnswersError(
                f"the input {given.name} has no field {name!r}",
                where=f"{action.where}.request.data[{index}]",
                fix=f"accepted: {', '.join(known)}",
            )
    return said


def _as_params(left: list[Field], where: str) -> list[Param]:
    """Input fields that a request without a body sends in the query."""
    for field in left:
        if not is_single(field.type):
            raise AnswersError(
                f"the input field {field.name} cannot go into a query",
                where=f"{where}.request.data",
                fix="name in `data` the fields of the body, or none with []",
            )
    return [Param(field.name, (Variable("input", field.name, field.type, field.optional),)) for field in left]


def _listing(action: ActionAnswer, subject: _Subject, listed: Field, context: Context) -> ListResult:
    pagination, guesses = derive_pagination(action.request, context.facts, subject.many, action.where)
    context.guesses.extend(guesses)
    item = listed.type.item if isinstance(listed.type, ArrayOf) else None
    if not isinstance(item, Ref):
        raise AnswersError(
            f"the items of {listed.name} are no model",
            where=f"{action.where}.output",
            fix="name a model, such as User[]",
        )
    return ListResult(listed.name, item.model, pagination, context.raw_name(item.model))


def _is_done(output: Model) -> bool:
    """Whether an output says no more than that it worked."""
    return output.shape.fields == (Field("success", Primitive("boolean")),)


def _raw(action: ActionAnswer, returns: str, output: Model, context: Context) -> str:
    """The raw type of the body: the record's own where the body is the record, else one of the action's."""
    if returns != "record" or action.request.response_path:
        return f"{context.prefix}{pascal(action.name)}Body"
    return context.raw_name(output.name)


def _paths(kind: str, subject: _Subject) -> list[str]:
    """Candidates for the endpoint's path: one record has the singular, a list beside a sync the word page."""
    first = f"/{subject.entity}" if kind == "get" else f"/{subject.many}"
    second = f"/{subject.many}/{'page' if kind == 'list' else subject.verb.phrase.split()[0].lower().rstrip('s') or 'run'}"
    return [first, second, *(f"/{subject.many}/{kind}{number}" for number in range(2, _ENOUGH))]


def _description(kind: str, subject: _Subject, context: Context) -> str:
    name = context.facts.display_name or context.facts.key
    if kind == "list":
        return f"{subject.verb.phrase} {spoken(subject.many)} in {name}, one page at a time."
    if not subject.verb.known:
        return f"Runs {spoken(subject.entity)} in {name}."
    return f"{subject.verb.phrase} {article(spoken(subject.entity))} in {name}."
