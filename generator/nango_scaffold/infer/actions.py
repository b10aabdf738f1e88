"""An action from any operation: what it takes, what it sends, what it gives back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..errors import AnswersError
from ..naming.verbs import read_verb
from ..naming.words import singular
from .fields import listed
from .inference import Context, Draft, Inference
from .names import longer_script_name, model_name, resource_of, script_name
from .records import records_of
from .request import api_path, ask_with_parameters, describe_request
from .shape import List, Object, Property, Scalar, Shape, at, either, record_of

if TYPE_CHECKING:
    from .operations import Body, Operation

_FORM = "form-urlencoded"
_WITHOUT_BODY = ("GET", "DELETE")
_WHOLE = "items"
_WRAPPERS = ("data", "result", "response")


def action_of(operation: Operation, context: Context) -> Inference:
    """The answers for an action that calls an operation.

    Raises:
        AnswersError: its body is of a kind that no action sends.
    """
    _refuse_unsendable(operation)
    draft = Draft("action", context)
    names = [script_name(operation, is_list=False), longer_script_name(operation, is_list=False)]
    name = draft.name(map(_not_listing, names), f"{operation.method} {operation.path}")
    draft.ask("method", operation.method, "the operation")
    path, fields = api_path(operation, draft, "input")
    draft.ask("path", path, f"{operation.method} {operation.path}")
    describe_request(operation, draft)
    ask_with_parameters(operation, draft, "input", fields)
    if operation.request:
        fields = _with_body(operation, operation.request, fields, draft)
    if fields:
        source = f"parameters and body of {operation.id}"
        model = draft.add_model([model_name(context.prefix, f"{name}-input")], fields, source)
        draft.set("input", model, "its path, parameters and body")
    else:
        draft.set("input", "none", "no parameters and no body")
    _describe_output(operation, name, draft)
    return draft.inference()


def _not_listing(name: str) -> str:
    """A name whose verb does not say that the action lists records."""
    return f"run-{name}" if read_verb(name).kind == "list" else name


def _refuse_unsendable(operation: Operation) -> None:
    media_type = operation.request.media_type if operation.request else "json"
    if not any(word in media_type for word in ("json", _FORM)) and media_type != "*/*":
        raise AnswersError(
            f"{operation.id} takes a body of {media_type}, which an action of Nango's proxy does not send",
            where=operation.source,
            fix="write that action by hand",
        )


def _with_body(operation: Operation, body: Body, fields: dict[str, Any], draft: Draft) -> dict[str, Any]:
    """The fields of the input with those of the body, and what is sent of them."""
    record = record_of(body.shape)
    if record is None:
        return _with_whole_body(operation, body, fields, draft)
    own, mapping = draft.describe(record, "", "input")
    if not own:
        draft.note(f"the document does not say what the body of {operation.id} holds")
        return fields
    # A request may do without the whole body, so without each of its fields.
    if not body.required:
        own = {f"{_bare(name)}?": type_ for name, type_ in own.items()}
    names = _free_names(own, fields)
    merged = {**fields, **{_renamed(key, names): type_ for key, type_ in own.items()}}
    if _FORM in body.media_type:
        return _with_form(own, names, merged, draft)
    data = {mapping.get(name, name): names[name] for name in map(_bare, own)}
    _ask_for_data(operation, data, draft)
    return merged


def _ask_for_data(operation: Operation, data: dict[str, str], draft: Draft) -> None:
    """Say which fields the body has, where that is not all that nothing else uses, under their own names."""
    is_plain = all(key == name for key, name in data.items())
    # What nothing else uses is sent in the body by default, but in the query of a DELETE.
    if operation.method in _WITHOUT_BODY or not is_plain:
        draft.ask("data", list(data) if is_plain else data, "the body of the document")


def _bare(key: str) -> str:
    return key.removesuffix("?")


def _free_names(own: dict[str, Any], fields: dict[str, Any]) -> dict[str, str]:
    """The fields of the input for those of the body: a parameter may have the name already."""
    taken_names = set(map(_bare, fields))
    return {name: f"body_{name}" if name in taken_names else name for name in map(_bare, own)}


def _renamed(key: str, names: dict[str, str]) -> str:
    return f"{names[_bare(key)]}?" if key.endswith("?") else names[key]


def _with_form(
    own: dict[str, Any], names: dict[str, str], fields: dict[str, Any], draft: Draft
) -> dict[str, Any]:
    """The fields with a form for their body: single values, and those of objects under ``name[inner]``."""
    tree: dict[str, str] = {}
    form_fields = dict(fields)
    lists: list[str] = []
    for key, type_ in own.items():
        field = _renamed(key, names)
        branches = _form_values(_bare(key), names[_bare(key)], type_)
        tree.update(branches)
        if not branches:
            lists.append(_bare(key))
            del form_fields[field]
        elif isinstance(type_, dict):
            # The parts that the form cannot hold would be asked for, and never sent.
            form_fields[field] = {part: inner for part, inner in type_.items() if _is_single(inner)}
    if lists:
        draft.note(f"left out, as a form holds single values: {listed(lists)}")
    if tree:
        draft.ask("encoding", "form", "the media type of the body")
        draft.ask("json", tree, "the body of the document")
    return form_fields


def _form_values(key: str, name: str, type_: Any) -> dict[str, str]:
    """What a field is in a form: a value, or that of each of its own fields; nothing for what a form cannot hold."""
    if _is_single(type_):
        return {key: f"${{input.{name}}}"}
    if not isinstance(type_, dict) or "__string" in type_:
        return {}
    parts = [_bare(part) for part, inner in type_.items() if _is_single(inner)]
    return {f"{key}[{part}]": f"${{input.{name}.{part}}}" for part in parts}


def _is_single(type_: Any) -> bool:
    # A type that begins with a capital is a model.
    return isinstance(type_, str) and "[]" not in type_ and not type_[:1].isupper()


def _with_whole_body(
    operation: Operation, body: Body, fields: dict[str, Any], draft: Draft
) -> dict[str, Any]:
    """The fields with the one that is the whole body, such as a list."""
    # As the property of an object, since only objects are described. A body is not null.
    holder = Object((Property(_WHOLE, replace(body.shape, nullable=False), required=True),))
    own, _ = draft.describe(holder, "", "input")
    type_ = own.get(_WHOLE) or own.get(f"{_WHOLE}?")
    if type_ is None:
        draft.note(f"the document does not say what the body of {operation.id} holds")
        return fields
    name = _WHOLE if _WHOLE not in map(_bare, fields) else f"body_{_WHOLE}"
    draft.ask("body", name, "a body that is no object")
    return {**fields, name: type_}


def _describe_output(operation: Operation, name: str, draft: Draft) -> None:
    """Set the output, and where it is in the response."""
    body = operation.response
    if body is None:
        draft.set("output", "none", "a response without a body")
    elif "json" not in body.media_type and body.media_type != "*/*":
        draft.ask("response_type", "binary", f"a response of {body.media_type}")
    else:
        _describe_json(operation, body.shape, name, draft)


def _describe_json(operation: Operation, shape: Shape, name: str, draft: Draft) -> None:
    path = _record_path(shape, operation)
    record = None if isinstance(shape, List) else record_of(at(shape, path) or shape)
    if record is None:
        _describe_plain(operation, shape, name, draft)
        return
    prefix, resource = draft.context.prefix, singular(resource_of(operation))
    model = model_name(prefix, record.name or resource)
    fields, mapping = draft.describe(record, model)
    # A model without fields would promise an object and tell nothing of it.
    if not fields:
        draft.set("output", "none", "a response of which no fields are known")
        return
    if mapping:
        draft.set("mapping", mapping, "names that the model cannot have")
    names = [model, model_name(prefix, f"{name}-output")]
    model = draft.add_model(names, fields, record.source or operation.source)
    draft.set("output", model, shape.source or operation.source)
    if path:
        draft.ask("response_path", ".".join(path), "the one object in the response")


def _record_path(shape: Shape, operation: Operation) -> tuple[str, ...]:
    """Where the one record is: in what is known to wrap it, else the response itself."""
    records = records_of(shape, operation.path)
    if records.path and not records.is_list:
        return records.path
    entries = shape.properties if isinstance(shape, Object) else ()
    is_wrapper = len(entries) == 1 and entries[0].name in _WRAPPERS and isinstance(entries[0].shape, Object)
    return (entries[0].name,) if is_wrapper else ()


def _describe_plain(operation: Operation, shape: Shape, name: str, draft: Draft) -> None:
    """Set an output that is no object: a list, or a single value."""
    source = shape.source or operation.source
    type_ = ""
    if isinstance(shape, Scalar):
        type_ = shape.plain_kind
    elif isinstance(shape, List):
        type_ = _item_type(shape.item, name, draft, source)
    if type_:
        draft.set("output", type_, source)
        return
    draft.set("output", "none", "a response of which no fields are known")
    draft.note(f"the document does not say what {operation.id} gives back")


def _item_type(item: Shape, name: str, draft: Draft, source: str) -> str:
    """The type of a list that is the whole output: of a new model, or of single values; empty for other items."""
    record = record_of(item)
    # Exact, as no mapper goes through a list that is handed on as it is.
    fields = draft.describe(either([record]), "", exact=True)[0] if record else {}
    if fields:
        return f"{draft.add_model([model_name(draft.context.prefix, f'{name}-item')], fields, source)}[]"
    return f"{item.plain_kind}[]" if isinstance(item, Scalar) else ""
