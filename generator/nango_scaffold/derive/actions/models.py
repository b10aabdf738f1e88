"""The input and the output of an action: described in the answers, or derived from its resource. Rules A03, A05, A06."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ...answers.answers import NOTHING, model_in
from ...answers.body import SPREAD
from ...errors import AnswersError
from ...models.types import Alias, Field, Model, Primitive, without_null
from ...naming.words import pascal
from ..models.default_fields import (
    RECEIPT,
    create_fields,
    field_name,
    id_type,
    list_fields,
    replace_fields,
    update_fields,
    with_fields,
)
from ..models.registry import bare
from ..requests.request_texts import named_fields
from ..requests.roots import fields_of
from .resource import holds_plain_list, is_list_of_models, owner_key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from ...answers import ActionAnswer
    from ...naming.verbs import Verb
    from ..context import Context
    from .resource import Resource

_TEXT = Primitive("string")
INPUT = "input"
_CHANGES = ("create", "update", "delete")


def derive_output(action: ActionAnswer, resource: Resource, context: Context) -> Model | None:
    """The output of an action; an object always, or ``None`` where the answers set ``output: none``.

    Raises:
        AnswersError: an output that a list action cannot fill; something to read for no output.
    """
    if action.output == NOTHING:
        _refuse_reading(action, resource)
        return None
    if action.plain_output:
        from .bare_types import derive_plain_output  # few actions give or take anything but an object

        return derive_plain_output(action, resource, context)
    if action.request.is_binary:
        from .binary import derive_content  # few APIs answer with bytes

        return derive_content(action, resource, context)
    models = context.models
    if action.output is None or not models.has(action.output):
        return models.model(_derived_output(action, resource, context))
    model = models.model(action.output)
    if resource.kind == "list" and not holds_plain_list(model.shape.fields):
        _check_page(action, resource, model)
    return model


def _derived_output(action: ActionAnswer, resource: Resource, context: Context) -> str:
    """The name of the output where nobody describes it."""
    if resource.kind == "list":
        return _derived_page(action, resource, context)
    if resource.kind == "delete" or resource.verb.links:
        return _derived_receipt(action, context)
    # The model of a sync is taken as it is: what a sync saves and what an action returns are one record.
    if action.output is None and context.is_saved(resource.model):
        return resource.model
    return context.record_model(
        action.output or resource.model, resource.record, fixed=action.output is not None
    )


def _derived_receipt(action: ActionAnswer, context: Context) -> str:
    is_named = action.output is not None
    name = context.models.add(action.output or "SuccessResponse", RECEIPT, fixed=is_named)
    if is_named:
        context.guess(f"models.{name}", "success", "nobody described what such an action gives back")
    return name


def list_field(model: Model, resource: Resource) -> Field:
    """The field of a page that holds the items: the one named after them, else the first list of a model."""
    lists = [field for field in model.shape.fields if is_list_of_models(field.type)]
    named = [field for field in lists if field.name == field_name(resource.many)]
    return (named or lists)[0]


def result_of(action: ActionAnswer, resource: Resource, output: Model | None) -> str:
    """The value of ``ActionSpec.returns``."""
    if output is None:
        return "nothing"
    if action.plain_output or (resource.kind == "list" and holds_plain_list(output.shape.fields)):
        return "value"
    if action.request.is_binary:
        return "binary"
    if resource.kind == "list":
        return "page"
    return "constant" if _is_receipt(output, action, resource.kind) else "record"


def _refuse_reading(action: ActionAnswer, resource: Resource) -> None:
    """Refuse an action without output whose other answers need one."""
    places = (
        ("output", resource.kind == "list"),
        ("mapping", action.mapping),
        ("request.response_path", action.request.response_path),
        ("request.response_type", action.request.is_binary),
    )
    for place, value in places:
        if value:
            raise AnswersError(
                f"{action.name} gives nothing back, and what it would read has no place to go",
                where=f"{action.where}.{place}",
                fix="name an output model" if place == "output" else "leave it out, or name an output model",
            )


def _is_receipt(output: Model, action: ActionAnswer, kind: str) -> bool:
    """Whether an output says no more than that the action worked, and the answers do not read that from the response."""
    from_api = action.request.response_path or action.mapping
    is_receipt = output.shape.fields == (Field("success", Primitive("boolean")),)
    return is_receipt and kind not in ("get", "list") and not from_api


def derive_input(
    action: ActionAnswer, resource: Resource, output: Model | None, context: Context
) -> Model | Alias | None:
    """The input of an action; ``None`` where the answers set ``input: none``, or where nothing is read from one.

    Raises:
        AnswersError: an input without the cursor that pages need, or with values that JSON cannot hold.
    """
    if action.input == NOTHING:
        _refuse_pages(action, resource)
        return None
    # The model in a list is another text than the list, and a plain type has none.
    if action.input != model_in(action.input):
        from .bare_types import bare_input

        return bare_input(action, resource, context)
    models = context.models
    default_name = _input_name(action, resource, output)
    name = action.input or models.described_name(default_name)
    if name is None or not models.has(name):
        return _derived_input(action, resource, default_name, context)
    model = models.model(name)
    models.refuse_dates(model, f"the input of {action.name}")
    if resource.paged:
        _check_cursor(action, model)
    return model


def _input_name(action: ActionAnswer, resource: Resource, output: Model | None) -> str:
    """The default name of the input; an output, or the response of a list, has the action's own name."""
    name = pascal(action.name)
    is_output = output is not None and name == output.name
    return f"{name}Input" if is_output or resource.kind == "list" else name


def _derived_input(
    action: ActionAnswer, resource: Resource, default_name: str, context: Context
) -> Model | None:
    fields = _input_fields(action, resource)
    is_named = action.input is not None
    if not fields and not is_named:
        return None
    # Of the other kinds of actions the request names the fields, or they follow from the kind.
    name = context.models.add(action.input or default_name, fields, fixed=is_named)
    if is_named or resource.kind in ("create", "update", "other"):
        context.guess(f"models.{name}", ", ".join(fields), "what such an action takes in most APIs")
    model = context.models.model(name)
    context.models.refuse_dates(model, f"the input of {action.name}")
    return model


def named_in_action(action: ActionAnswer, root: str) -> list[str]:
    """The fields of ``root`` (``metadata`` or ``input``) that the request and the checks of an action read."""
    named = dict.fromkeys(named_fields(action.every_request, root))
    if not action.checks:
        return list(named)
    from ...typescript.expression_reads import readings  # brings the parser, which most answers do without

    read = [reading for check in action.checks for reading in readings(check["unless"])]
    of_checks = (reading.path[0] for reading in read if reading.root == root and reading.path)
    return list(named | dict.fromkeys(name for name in of_checks if isinstance(name, str)))


def _refuse_pages(action: ActionAnswer, resource: Resource) -> None:
    if resource.paged:
        raise AnswersError(
            f"{action.name} returns pages, and without an input nobody can ask for the next one",
            where=f"{action.where}.input",
            fix="leave it out, or set `paginated: false`",
        )


def _derived_page(action: ActionAnswer, resource: Resource, context: Context) -> str:
    item = resource.model
    # That name is the page's, and a page cannot be an item of itself.
    if item == action.output:
        item = f"{context.prefix}{item}"
    if not context.is_saved(item):
        item = context.record_model(item, resource.record, fixed=action.listed_model is not None)
    fields: dict[str, Any] = {field_name(resource.many): f"{item}[]"}
    if resource.paged:
        fields["next_cursor?"] = "string"
    is_named = action.output_model is not None
    name = context.models.add(action.output_model or f"{pascal(action.name)}Response", fields, fixed=is_named)
    if action.listed_model:
        from .bare_types import note_wrapped

        note_wrapped(action, name, next(iter(fields)), context)
    if is_named:
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
    # Whatever else the output requires, the script has nothing to put there.
    filled = [list_field(model, resource).name]
    if resource.paged:
        _check_next_cursor(model, where)
        filled.append("next_cursor")
    for field in model.shape.fields:
        if field.name not in filled and not field.optional:
            raise AnswersError(
                f"a list action fills {' and '.join(sorted(set(filled)))}, and {field.name} is required",
                where=f"{where}.{field.name}",
                fix=f"write `{field.name}?`, or remove it",
            )


def _check_next_cursor(model: Model, where: str) -> None:
    cursor = fields_of(model).get("next_cursor")
    if cursor is None or not cursor.optional or without_null(cursor.type) != _TEXT:
        raise AnswersError(
            f"{model.name} has no place for the cursor of the next page",
            where=where,
            fix="add `next_cursor?: string`, or set `paginated: false`",
        )


def _check_cursor(action: ActionAnswer, model: Model) -> None:
    cursor = fields_of(model).get("cursor")
    if cursor is None or without_null(cursor.type) != _TEXT:
        raise AnswersError(
            f"{model.name} has no cursor, and {action.name} returns pages",
            where=f"models.{model.name}",
            fix="add `cursor?: string`, or set `paginated: false`",
        )


def _input_fields(action: ActionAnswer, resource: Resource) -> dict[str, Any]:
    """The fields of an input nobody described: those the request names, and those such actions usually have."""
    request = action.request
    if request.body is not None:
        raise AnswersError(
            f"{request.body} is the whole body, and what it holds is nowhere described",
            where=f"{action.where}.request.body",
            fix="describe the input under models, such as `CreateUsers: { users: 'NewUser[]' }`",
        )
    named = named_in_action(action, "input")
    fields = _usual_fields(resource)
    if request.path is not None:
        fields = _without_path_fields(fields, named, resource)
    # Such a request filters, and all that matches comes in one response: cursor and limit have no use.
    if named and resource.kind == "list" and not resource.paged:
        fields = {}
    if request.json is not None and not _spreads_input(request.json):
        fields = _only(fields, named, resource)
    if request.data is not None:
        data = request.data.values() if isinstance(request.data, Mapping) else request.data
        fields = _only(fields, dict.fromkeys(data), resource)
    return with_fields(fields, named, resource.record)


def _spreads_input(tree: Any) -> bool:
    """Whether the whole input stands in a tree."""
    if isinstance(tree, Mapping):
        return any(_spreads_input(item) for item in tree.values()) or tree.get(SPREAD) == INPUT
    if isinstance(tree, (list, tuple)):
        return any(map(_spreads_input, tree))
    return bool(tree == f"${{{INPUT}}}")


def _without_path_fields(
    fields: Mapping[str, Any], named: Collection[str], resource: Resource
) -> dict[str, Any]:
    """The fields without those that stand in the derived path, where the answers have a path of their own."""
    path_fields = set(_owner_fields(resource))
    if resource.record_key != "id":
        path_fields.add(resource.record_key)
    # A path of the answers that does not name the id identifies the record by something else.
    if "id" not in named and not resource.is_of_collection:
        path_fields.add("id")
    return {key: value for key, value in fields.items() if key not in path_fields}


def _owner_fields(resource: Resource) -> dict[str, str]:
    """The field that identifies the owner in the path; none for an action on a record."""
    verb = resource.verb
    return {owner_key(verb): "string"} if verb.owner and not verb.is_on_record else {}


def _usual_fields(resource: Resource) -> dict[str, Any]:
    owner = _owner_fields(resource)
    if resource.filters:
        return owner | dict.fromkeys(resource.filters, "string") | _fields_of_kind(resource)
    if resource.record_key not in ("", "id"):
        return owner | _fields_by_key(resource)
    return owner | _fields_of_kind(resource)


def _fields_by_key(resource: Resource) -> dict[str, Any]:
    """The key that identifies the record, and the fields beside it: of an update, all the rest."""
    rest = _fields_of_kind(resource)
    others = {key: value for key, value in rest.items() if bare(key) not in ("id", resource.record_key)}
    return {resource.record_key: "string", **others}


def _input_kind(resource: Resource) -> str:
    """The kind of action that the input is one of.

    A list without pages may come back from an action that changes something: its input is that of the verb.
    """
    changes_list = resource.kind == "list" and not resource.paged and resource.verb.kind in _CHANGES
    return resource.verb.kind if changes_list else resource.kind


def _fields_of_kind(resource: Resource) -> dict[str, Any]:
    verb = resource.verb
    kind = _input_kind(resource)
    if kind == "list":
        return list_fields(paged=resource.paged)
    if verb.is_on_record:
        return {"id": id_type(resource.record), **_goal_of(verb)}
    if verb.links:
        return {f"{field_name(resource.entity)}_id": "string"}
    if verb.word == "upload":
        return {"name": "string", "content": "string"}
    # The filter identifies the record, in the place of an id.
    if resource.filters:
        return {}
    if kind in ("get", "delete"):
        return {"id": id_type(resource.record)}
    if kind != "update":
        return create_fields(resource.record)
    # A PUT replaces the record, so that what is left out would be lost; a PATCH changes what it names.
    return replace_fields(resource.record) if verb.method == "PUT" else update_fields(resource.record)


def _goal_of(verb: Verb) -> dict[str, Any]:
    """The field of an action on a record that names its goal: ``assign-task-to-user``."""
    if verb.owner:
        return {owner_key(verb): "string"}
    return {"assignee_id": "string"} if verb.word == "assign" else {}


def _only(usual: Mapping[str, Any], data: Iterable[str], resource: Resource) -> dict[str, Any]:
    """The fields that ``data`` names, by default strings; and those that the action needs outside its body."""
    mark = "?" if resource.kind == "update" else ""
    fields = {key: value for key, value in usual.items() if key == "id" or resource.kind == "list"}
    for name in data:
        key = next((key for key in (name, f"{name}?") if key in usual), f"{name}{mark}")
        fields[key] = usual.get(key, "string")
    return fields
