"""The input and the output of an action: said, or made from what the action is about. Rules A03, A05, A06."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..answers.answers import NOTHING
from ..errors import AnswersError
from ..models.types import Field, Model, Primitive
from ..naming.words import pascal
from .action_files import derive_content, is_binary
from .dates import refuse_dates
from .entities import (
    RECEIPT,
    create_fields,
    field_name,
    id_type,
    list_fields,
    replace_fields,
    update_fields,
    with_fields,
)
from .outputs import record_model
from .raw_types import without_null
from .subjects import is_list_of_models
from .templates import named_fields

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..answers import ActionAnswer
    from .context import Context
    from .subjects import Subject

_TEXT = Primitive("string")
_CHANGES = ("create", "update", "delete")


def derive_output(action: ActionAnswer, subject: Subject, context: Context) -> Model | None:
    """The output of an action; an object always, or ``None`` where the answers say that there is none.

    Raises:
        AnswersError: an output that a list action cannot fill; something to read for no output.
    """
    if action.output == NOTHING:
        _refuse_reading(action, subject)
        return None
    if is_binary(action):
        return derive_content(action, subject, context)
    book, said = context.book, action.output
    if said is not None and book.has(said):
        model = book.model(said)
        if subject.kind == "list":
            _check_page(action, subject, model)
        return model
    if subject.kind == "delete":
        name = book.make(said or "SuccessResponse", RECEIPT, fixed=said is not None)
        if said is not None:
            context.guess(f"models.{name}", "success", "nobody described what a delete gives back")
        return book.model(name)
    if subject.kind != "list":
        wanted = said or subject.model
        if said is None and book.has(wanted) and wanted in context.records.values():
            return book.model(wanted)
        return book.model(record_model(wanted, subject.record, context, fixed=said is not None))
    return book.model(_made_page(action, subject, context))


def list_field(model: Model, subject: Subject) -> Field:
    """The field of a page that holds the items: the one named after them, else the first list of a model."""
    lists = [field for field in model.shape.fields if is_list_of_models(field.type)]
    named = [field for field in lists if field.name == field_name(subject.many)]
    return (named or lists)[0]


def result_of(action: ActionAnswer, subject: Subject, output: Model | None) -> str:
    """What an action gives back, in a word: see ``ActionSpec.returns``."""
    if output is None:
        return "nothing"
    if is_binary(action):
        return "binary"
    if subject.kind == "list":
        return "page"
    return "constant" if _is_receipt(output, action, subject.kind) else "record"


def _refuse_reading(action: ActionAnswer, subject: Subject) -> None:
    """Refuse an action without output that would have to have one."""
    places = (
        ("output", subject.kind == "list"),
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
    action: ActionAnswer, subject: Subject, output: Model | None, context: Context
) -> Model | None:
    """The input of an action; ``None`` where the answers say so, or where nothing is read from one.

    Raises:
        AnswersError: an input without the cursor that pages need, or with values that JSON cannot hold.
    """
    if action.input == NOTHING:
        _refuse_pages(action, subject)
        return None
    book = context.book
    name = pascal(action.name)
    if subject.kind == "list" or (output and name == output.name):
        name = f"{name}Input"
    said = action.input or (name if name in context.answers.models else None)
    if said is not None and book.has(said):
        model = book.model(said)
        refuse_dates(model, book, f"the input of {action.name}")
        if subject.paged:
            _check_cursor(action, model)
        return model
    fields = _input_fields(action, subject)
    if action.input is None and not fields:
        return None
    made = book.make(action.input or name, fields, fixed=action.input is not None)
    if action.input is not None or subject.kind in ("create", "update", "other"):
        context.guess(f"models.{made}", ", ".join(fields), "what such an action takes in most APIs")
    model = book.model(made)
    refuse_dates(model, book, f"the input of {action.name}")
    return model


def _refuse_pages(action: ActionAnswer, subject: Subject) -> None:
    if subject.paged:
        raise AnswersError(
            f"{action.name} returns pages, and without an input nobody can ask for the next one",
            where=f"{action.where}.input",
            fix="leave it out, or say `paginated: false`",
        )


def _made_page(action: ActionAnswer, subject: Subject, context: Context) -> str:
    item = subject.model
    if item == action.output:  # the name is the page's, as the user said
        item = f"{context.prefix}{item}"
    if not (context.book.has(item) and item in context.records.values()):
        item = record_model(item, subject.record, context, fixed=False)
    fields: dict[str, Any] = {field_name(subject.many): f"{item}[]"}
    if subject.paged:
        fields["next_cursor?"] = "string"
    name = context.book.make(
        action.output or f"{pascal(action.name)}Response", fields, fixed=action.output is not None
    )
    if action.output is not None:
        context.guess(f"models.{name}", ", ".join(fields), "nobody described the page")
    return name


def _check_page(action: ActionAnswer, subject: Subject, model: Model) -> None:
    where = f"models.{model.name}"
    if not any(is_list_of_models(field.type) for field in model.shape.fields):
        raise AnswersError(
            f"the output {model.name} of the list action {action.name} holds no list of a model",
            where=where,
            fix="add a field such as `users: User[]`",
        )
    cursor = next((field for field in model.shape.fields if field.name == "next_cursor"), None)
    if subject.paged and (cursor is None or not cursor.optional or without_null(cursor.type) != _TEXT):
        raise AnswersError(
            f"{model.name} has no place for the cursor of the next page",
            where=where,
            fix="add `next_cursor?: string`, or say `paginated: false`",
        )
    filled = {list_field(model, subject).name, "next_cursor" if subject.paged else ""}
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


def _input_fields(action: ActionAnswer, subject: Subject) -> dict[str, Any]:
    """The fields of an input nobody described: those the request names, and those such actions have."""
    request = action.request
    named = named_fields(request, "input")
    usual = _usual_fields(subject)
    if request.path is not None and "id" not in named and subject.kind in ("get", "update", "delete"):
        usual.pop("id", None)  # the path says by what the record is found
    if subject.kind == "list" and not subject.paged and named:
        usual = {}  # all there is of what the request names, in one response
    if request.body is not None:
        raise AnswersError(
            f"{request.body} is the whole body, and what it holds is nowhere described",
            where=f"{action.where}.request.body",
            fix="describe the input under models, such as `CreateUsers: { users: 'NewUser[]' }`",
        )
    if request.data is not None:
        data = request.data.values() if isinstance(request.data, Mapping) else request.data
        usual = _only(usual, dict.fromkeys(data), subject)
    return with_fields(usual, named, subject.record)


def _usual_fields(subject: Subject) -> dict[str, Any]:
    # A list without pages may come back from an action that changes something: its input is that of the verb.
    changes_list = subject.kind == "list" and not subject.paged and subject.verb.kind in _CHANGES
    kind = subject.verb.kind if changes_list else subject.kind
    if kind == "list":
        return list_fields(paged=subject.paged)
    if kind in ("get", "delete"):
        return {"id": id_type(subject.record)}
    if kind != "update":
        return create_fields(subject.record)
    whole = subject.verb.method == "PUT"
    return replace_fields(subject.record) if whole else update_fields(subject.record)


def _only(usual: Mapping[str, Any], data: Iterable[str], subject: Subject) -> dict[str, Any]:
    """Those of ``data``: as usual, else a text; and what the action needs beside its body."""
    mark = "?" if subject.kind == "update" else ""
    kept = {key: value for key, value in usual.items() if key == "id" or subject.kind == "list"}
    for name in data:
        known = [key for key in (name, f"{name}?") if key in usual]
        key = known[0] if known else f"{name}{mark}"
        kept[key] = usual.get(key, "string")
    return kept
