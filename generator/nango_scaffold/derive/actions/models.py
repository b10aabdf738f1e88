"""The input and the output of an action: said, or made from what the action is about. Rules A03, A05, A06."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ...answers.answers import NOTHING
from ...errors import AnswersError
from ...models.types import Field, Model, Primitive
from ...naming.words import pascal
from ..mapping.raw_types import without_null
from ..models.default_fields import (
    RECEIPT,
    bare,
    create_fields,
    field_name,
    id_type,
    list_fields,
    replace_fields,
    update_fields,
    with_fields,
)
from ..models.json_dates import refuse_dates
from ..requests.placeholders import named_fields
from ..syncs.output_models import record_model
from .binary import derive_content, is_binary
from .resource import is_list_of_models, owner_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ...answers import ActionAnswer
    from ...naming.verbs import Verb
    from ..context import Context
    from .resource import Resource

_TEXT = Primitive("string")
_CHANGES = ("create", "update", "delete")


def derive_output(action: ActionAnswer, resource: Resource, context: Context) -> Model | None:
    """The output of an action; an object always, or ``None`` where the answers say that there is none.

    Raises:
        AnswersError: an output that a list action cannot fill; something to read for no output.
    """
    if action.output == NOTHING:
        _refuse_reading(action, resource)
        return None
    if is_binary(action):
        return derive_content(action, resource, context)
    book, said = context.book, action.output
    if said is not None and book.has(said):
        model = book.model(said)
        if resource.kind == "list":
            _check_page(action, resource, model)
        return model
    if resource.kind == "delete" or resource.verb.links:
        name = book.make(said or "SuccessResponse", RECEIPT, fixed=said is not None)
        if said is not None:
            context.guess(f"models.{name}", "success", "nobody described what such an action gives back")
        return book.model(name)
    if resource.kind != "list":
        wanted = said or resource.model
        if said is None and book.has(wanted) and wanted in context.records.values():
            return book.model(wanted)
        return book.model(record_model(wanted, resource.record, context, fixed=said is not None))
    return book.model(_made_page(action, resource, context))


def list_field(model: Model, resource: Resource) -> Field:
    """The field of a page that holds the items: the one named after them, else the first list of a model."""
    lists = [field for field in model.shape.fields if is_list_of_models(field.type)]
    named = [field for field in lists if field.name == field_name(resource.many)]
    return (named or lists)[0]


def result_of(action: ActionAnswer, resource: Resource, output: Model | None) -> str:
    """What an action gives back, in a word: see ``ActionSpec.returns``."""
    if output is None:
        return "nothing"
    if is_binary(action):
        return "binary"
    if resource.kind == "list":
        return "page"
    return "constant" if _is_receipt(output, action, resource.kind) else "record"


def _refuse_reading(action: ActionAnswer, resource: Resource) -> None:
    """Refuse an action without output that would have to have one."""
    places = (
        ("output", resource.kind == "list"),
        ("mapping", action.mapping),
        ("request.response_path", action.request.response_path),
        ("request.response_type", is_binary(action)),
    )
    for place, said in places:
        if said:
            raise AnswersError(
                f"{action.name} gives nothing back, and what it would read has no place to go",
                where=f"{action.where}.{place}",
                fix="name an output model" if place == "output" else "leave it out, or name an output model",
            )


def _is_receipt(output: Model, action: ActionAnswer, kind: str) -> bool:
    """Whether an output says no more than that it worked, and nobody says where the API would say so."""
    from_api = action.request.response_path or action.mapping
    receipt = output.shape.fields == (Field("success", Primitive("boolean")),)
    return receipt and kind not in ("get", "list") and not from_api


def derive_input(
    action: ActionAnswer, resource: Resource, output: Model | None, context: Context
) -> Model | None:
    """The input of an action; ``None`` where the answers say so, or where nothing is read from one.

    Raises:
        AnswersError: an input without the cursor that pages need, or with values that JSON cannot hold.
    """
    if action.input == NOTHING:
        _refuse_pages(action, resource)
        return None
    book = context.book
    name = pascal(action.name)
    if resource.kind == "list" or (output and name == output.name):
        name = f"{name}Input"
    said = action.input or book.described(name)
    if said is not None and book.has(said):
        model = book.model(said)
        refuse_dates(model, book, f"the input of {action.name}")
        if resource.paged:
            _check_cursor(action, model)
        return model
    fields = _input_fields(action, resource)
    if action.input is None and not fields:
        return None
    made = book.make(action.input or name, fields, fixed=action.input is not None)
    if action.input is not None or resource.kind in ("create", "update", "other"):
        context.guess(f"models.{made}", ", ".join(fields), "what such an action takes in most APIs")
    model = book.model(made)
    refuse_dates(model, book, f"the input of {action.name}")
    return model


def _refuse_pages(action: ActionAnswer, resource: Resource) -> None:
    if resource.paged:
        raise AnswersError(
            f"{action.name} returns pages, and without an input nobody can ask for the next one",
            where=f"{action.where}.input",
            fix="leave it out, or say `paginated: false`",
        )


def _made_page(action: ActionAnswer, resource: Resource, context: Context) -> str:
    item = resource.model
    if item == action.output:  # the name is the page's, as the user said
        item = f"{context.prefix}{item}"
    if not (context.book.has(item) and item in context.records.values()):
        item = record_model(item, resource.record, context, fixed=False)
    fields: dict[str, Any] = {field_name(resource.many): f"{item}[]"}
    if resource.paged:
        fields["next_cursor?"] = "string"
    name = context.book.make(
        action.output or f"{pascal(action.name)}Response", fields, fixed=action.output is not None
    )
    if action.output is not None:
        context.guess(f"models.{name}", ", ".join(fields), "nobody described the page")
    return name


def _check_page(action: ActionAnswer, resource: Resource, model: Model) -> None:
    where = f"models.{model.name}"
    if not any(is_list_of_models(field.type) for field in model.shape.fields):
        raise AnswersError(
            f"the output {model.name} of the list action {action.name} holds no list of a model",
            where=where,
            fix="add a field such as `users: User[]`",
        )
    cursor = next((field for field in model.shape.fields if field.name == "next_cursor"), None)
    if resource.paged and (cursor is None or not cursor.optional or without_null(cursor.type) != _TEXT):
        raise AnswersError(
            f"{model.name} has no place for the cursor of the next page",
            where=where,
            fix="add `next_cursor?: string`, or say `paginated: false`",
        )
    filled = {list_field(model, resource).name, "next_cursor" if resource.paged else ""}
    for field in model.shape.fields:
        if field.name not in filled and not field.optional:
            raise AnswersError(
                f"a list action fills {' and '.join(sorted(filter(None, filled)))}, and {field.name} is required",
                where=f"{where}.{field.name}",
                fix=f"write `{field.name}?`, or take it out",
            )


def _check_cursor(action: ActionAnswer, model: Model) -> None:
    cursor = next((field for field in model.shape.fields if field.name == "cursor"), None)
    if cursor is None or without_null(cursor.type) != _TEXT:
        raise AnswersError(
            f"{model.name} has no cursor, and {action.name} returns pages",
            where=f"models.{model.name}",
            fix="add `cursor?: string`, or say `paginated: false`",
        )


def _input_fields(action: ActionAnswer, resource: Resource) -> dict[str, Any]:
    """The fields of an input nobody described: those the request names, and those such actions have."""
    request = action.request
    named = named_fields(request, "input")
    usual = _usual_fields(resource)
    if request.path is not None:
        usual = {key: value for key, value in usual.items() if key not in _told_by_path(resource)}
    if request.path is not None and "id" not in named and not resource.is_of_collection:
        usual.pop("id", None)  # the path says by what the record is found
    if resource.kind == "list" and not resource.paged and named:
        usual = {}  # all there is of what the request names, in one response
    if request.body is not None:
        raise AnswersError(
            f"{request.body} is the whole body, and what it holds is nowhere described",
            where=f"{action.where}.request.body",
            fix="describe the input under models, such as `CreateUsers: { users: 'NewUser[]' }`",
        )
    if request.data is not None:
        data = request.data.values() if isinstance(request.data, Mapping) else request.data
        usual = _only(usual, dict.fromkeys(data), resource)
    return with_fields(usual, named, resource.record)


def _told_by_path(resource: Resource) -> tuple[str, ...]:
    """The fields of an input that stand in the derived path alone, beside the id of the record itself."""
    owner = (owner_key(resource.verb),) if resource.verb.owner and not resource.verb.is_on_record else ()
    return (*owner, resource.record_key) if resource.record_key not in ("", "id") else owner


def _usual_fields(resource: Resource) -> dict[str, Any]:
    verb = resource.verb
    owner = {} if verb.is_on_record or not verb.owner else {owner_key(verb): "string"}
    if resource.filters:
        owner |= dict.fromkeys(resource.filters, "string")
    elif resource.record_key not in ("", "id"):
        return owner | _fields_by_key(resource)
    return owner | _fields_of_kind(resource)


def _fields_by_key(resource: Resource) -> dict[str, Any]:
    """The fields beside what tells the record: it is no id, so what an update would change is all the rest."""
    rest = _fields_of_kind(resource)
    others = {key: value for key, value in rest.items() if bare(key) not in ("id", resource.record_key)}
    return {resource.record_key: "string", **others}


def _fields_of_kind(resource: Resource) -> dict[str, Any]:
    verb = resource.verb
    # A list without pages may come back from an action that changes something: its input is that of the verb.
    changes_list = resource.kind == "list" and not resource.paged and verb.kind in _CHANGES
    kind = verb.kind if changes_list else resource.kind
    if kind == "list":
        return list_fields(paged=resource.paged)
    if verb.is_on_record:
        return {"id": id_type(resource.record), **_goal_of(verb)}
    if verb.links:
        return {f"{field_name(resource.entity)}_id": "string"}
    if verb.word == "upload":
        return {"name": "string", "content": "string"}
    if resource.filters:
        return {}
    if kind in ("get", "delete"):
        return {"id": id_type(resource.record)}
    if kind != "update":
        return create_fields(resource.record)
    whole = resource.verb.method == "PUT"
    return replace_fields(resource.record) if whole else update_fields(resource.record)


def _goal_of(verb: Verb) -> dict[str, Any]:
    """Where a record goes, or to whom, when something is done to it: ``assign-task-to-user``."""
    if verb.owner:
        return {owner_key(verb): "string"}
    return {"assignee_id": "string"} if verb.word == "assign" else {}


def _only(usual: Mapping[str, Any], data: Iterable[str], resource: Resource) -> dict[str, Any]:
    """Those of ``data``: as usual, else a text; and what the action needs beside its body."""
    mark = "?" if resource.kind == "update" else ""
    kept = {key: value for key, value in usual.items() if key == "id" or resource.kind == "list"}
    for name in data:
        known = [key for key in (name, f"{name}?") if key in usual]
        key = known[0] if known else f"{name}{mark}"
        kept[key] = usual.get(key, "string")
    return kept
