"""The settings of a sync pattern: those that it keeps in the metadata, and those in the answers.

Source: conventions, section 2, where each pattern's elements are listed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ...errors import AnswersError
from ...models.types import ArrayOf, Model, ObjectOf, Primitive, Ref, without_null
from ...naming.words import pascal, snake
from ...spec.paths import steps_of
from ...spec.patterns import Configuration, Extended, Selection, Window
from ..mapping.field_source import plain_path
from ..models.default_fields import with_fields
from ..requests.request import derive_path
from ..requests.request_texts import named_fields
from ..requests.roots import fields_of
from .incremental import guess_no_filter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...answers import SyncAnswer
    from ...models.types import Field, Type
    from ...spec.patterns import Pattern
    from ...spec.requests import Pagination, Request
    from ..context import Context
    from ..requests.roots import Roots

_TEXT = Primitive("string")
WINDOW_FIELDS: Mapping[str, Any] = {"fromDate?": "string", "toDate?": "string", "useMetadata?": "boolean"}
PROGRESS_FIELDS: Mapping[str, Any] = {
    "currentStartTime?": "string | null",
    "lastProcessedId?": "string | null",
    "totalProcessed?": "number",
    "changedSince?": "string | null",
}
_PROGRESS: Mapping[str, Mapping[str, Any]] = {Window.NAME: WINDOW_FIELDS, Extended.NAME: PROGRESS_FIELDS}
_CHANGED_SINCE = "changedSince"
"""Without this field in its metadata, a sync of the pattern extended asks for everything in each pass."""
_CONFIGURED_FIELD = {"id": "string", "name": "string", "type": "string"}
_FOLDER_WORDS = ("folder", "director", "drive", "project", "space", "site", "parent", "collection", "list")
_LOOKBACK_YEARS = 5
_BATCH = 100
_MAX_HOURS = 23.5


def pattern_metadata(sync: SyncAnswer, context: Context) -> Model:
    """The metadata model of a pattern: that of the answers, checked, or a derived one. Elements CB E2, SB E1, WT E1, EX E3.

    Raises:
        AnswersError: a model that lacks what the pattern keeps in it.
    """
    models = context.models
    if sync.metadata is not None and models.has(sync.metadata):
        model = models.model(sync.metadata)
        _check_metadata(sync, model)
        return model
    fields = with_fields(_metadata_fields(sync, context), named_fields(sync.every_request, "metadata"))
    name = sync.metadata or f"{pascal(sync.name)}Metadata"
    return models.model(models.add(name, fields, fixed=sync.metadata is not None))


def _metadata_fields(sync: SyncAnswer, context: Context) -> Mapping[str, Any]:
    if sync.pattern == Window.NAME:
        return WINDOW_FIELDS
    if sync.pattern == Extended.NAME:
        return PROGRESS_FIELDS
    if sync.pattern == Selection.NAME:
        items, folders = _selection_names(sync)
        return {f"{items}?": "string[]", f"{folders}?": "string[]"}
    field = context.models.add("Field", _CONFIGURED_FIELD)
    configuration = context.models.add("Configuration", {"model": "string", "fields": f"{field}[]"})
    return {"configurations": f"{configuration}[]"}


def _selection_names(sync: SyncAnswer) -> tuple[str, str]:
    settings = sync.selection or {}
    folders = str(settings.get("folders", "folders"))
    items = str(settings.get("items", snake(sync.name)))
    # A sync may be called folders itself.
    return (items if items != folders else "items"), folders


def _check_metadata(sync: SyncAnswer, model: Model) -> None:
    by_name = fields_of(model)
    for key, text in _PROGRESS.get(str(sync.pattern), {}).items():
        name = key.removesuffix("?")
        type_ = Primitive(text.removesuffix(" | null"))
        field = by_name.get(name)
        is_fit = field is not None and field.optional and without_null(field.type) == type_
        if not is_fit and name != _CHANGED_SINCE:
            raise AnswersError(
                f"the pattern {sync.pattern} keeps its progress in {name} of the metadata, which is not there on the first run",
                where=f"models.{model.name}.{name}",
                fix=f"write `{key}: {text}`",
            )


def settings_of(
    sync: SyncAnswer,
    metadata: Model,
    model: Model,
    request: Request,
    pagination: Pagination,
    roots: Roots,
    context: Context,
) -> Pattern:
    """The settings of the pattern of a sync that has one; see ``derive_pattern``."""
    if sync.pattern == Window.NAME:
        return _window(sync, context)
    if sync.pattern == Extended.NAME:
        return _extended(sync, metadata, pagination, context)
    if sync.pattern == Selection.NAME:
        return _selection(sync, metadata, request, roots, context)
    return _configuration(sync, metadata, model, context)


def _window(sync: SyncAnswer, context: Context) -> Window:
    settings, where = sync.window or {}, f"{sync.where}.window"
    return Window(
        unit=settings.get("unit", "month"),
        lookback_years=settings.get("lookback_years", _LOOKBACK_YEARS),
        from_param=_param(settings, "from_param", "from", where, context),
        to_param=_param(settings, "to_param", "to", where, context),
        date_format=settings.get("date_format", "iso"),
    )


_BATCH_SETTINGS = {
    "cursor_path": "cursor_path_in_response",
    "cursor_param": "cursor_name_in_request",
    "limit_param": "limit_name_in_request",
}
_OWN_BATCH_SETTINGS = {"id_path": "id_path", "limit": "limit", "cursor_param": "offset_name_in_request"}


def _batch_settings(sync: SyncAnswer, pagination: Pagination) -> dict[str, Any]:
    """The settings of the pattern extended: those of the answers over those of a pagination by cursor or in an own loop."""
    names: list[tuple[str, str]] = []
    if pagination.turns_pages:
        names.extend(_OWN_BATCH_SETTINGS.items())
    # Behind those, so that a cursor's parameter replaces that of an offset.
    if pagination.turns_pages or pagination.kind == "cursor":
        names.extend(_BATCH_SETTINGS.items())
    paged = {name: pagination.keys[key] for name, key in names if key in pagination.keys}
    return {**paged, **(sync.extended or {})}


def _extended(sync: SyncAnswer, metadata: Model, pagination: Pagination, context: Context) -> Extended:
    _refuse_headers(pagination, f"{sync.where}.request.paginate")
    settings, where = _batch_settings(sync, pagination), f"{sync.where}.extended"
    return Extended(
        cursor_param=_param(settings, "cursor_param", "after", where, context),
        cursor_steps=steps_of(settings.get("cursor_path", "")),
        limit_param=_param(settings, "limit_param", "limit", where, context),
        limit=settings.get("limit", _BATCH),
        max_hours=settings.get("max_hours", _MAX_HOURS),
        since_param=_since_param(sync, context) if _CHANGED_SINCE in fields_of(metadata) else "",
        page=context.models.raw_name(f"{context.prefix}{pascal(sync.name)}Batch", f"sync {sync.name}"),
        record_steps=steps_of(pagination.response_path),
        id_steps=steps_of(settings["id_path"]) if "id_path" in settings else _id_steps(sync),
    )


def _refuse_headers(pagination: Pagination, where: str) -> None:
    """Refuse to look at headers where a batch is a body and nothing else."""
    others = {
        "total_header": "write `type: offset`, which ends at an empty batch, or total_path",
        "cursor_in_response_header": "write cursor_path_in_response, or `type: offset` for numbered pages",
    }
    for key, fix in others.items():
        if key in pagination.keys:
            raise AnswersError(
                "the pattern extended reads the bodies of responses alone", where=f"{where}.{key}", fix=fix
            )


def _param(settings: Mapping[str, Any], key: str, default: str, where: str, context: Context) -> str:
    """The name of a parameter; the default is noted as a guess."""
    if key not in settings:
        context.guess(f"{where}.{key}", default, "what such a parameter is called in many APIs")
    return str(settings.get(key, default))


def _since_param(sync: SyncAnswer, context: Context) -> str:
    """The parameter for the date of the last run; empty where it is unset."""
    incremental = sync.request.incremental
    if incremental is None:
        guess_no_filter(f"{sync.where}.request.incremental", context)
        return ""
    return incremental.param or ""


def _selection(
    sync: SyncAnswer, metadata: Model, listing: Request, roots: Roots, context: Context
) -> Selection:
    settings = sync.selection or {}
    items, folders = _selected_lists(sync, metadata)
    where = f"{sync.where}.selection"
    default = f"/{items.replace('_', '-')}/${{item}}"
    # Headers that the API needs in each request it needs in this one, too; query and body are those of a listing.
    request = replace(
        listing,
        method="GET",
        path=derive_path(settings.get("item_path"), default, roots, context, f"{where}.item_path"),
        params=(),
        headers=tuple(header for header in listing.headers if not header.reads("folder")),
        data=None,
    )
    return Selection(
        folders=folders,
        items=items,
        item_request=request,
        kind_field=str(settings.get("kind_field", "type")),
        folder_kind=str(settings.get("folder_kind", "folder")),
        item_kind=str(settings.get("item_kind", "file")),
        id_steps=_id_steps(sync),
    )


def _selected_lists(sync: SyncAnswer, metadata: Model) -> tuple[str, str]:
    """The metadata's lists of single items and of folders, distinguished by their names."""
    lists = [field.name for field in metadata.shape.fields if without_null(field.type) == ArrayOf(_TEXT)]
    # Both are lists of ids, so that nothing else tells them apart.
    settings = sync.selection or {}
    folders = str(settings.get("folders", next(filter(_is_folder_name, lists), "folders")))
    others = (name for name in lists if name != folders)
    items = str(settings.get("items", next(others, "items")))
    if not {folders, items} <= set(lists):
        raise AnswersError(
            f"{metadata.name} needs two lists of ids, one of folders and one of single items",
            where=f"models.{metadata.name}",
            fix="write `files: string[]` and `folders: string[]`, or name others under `selection`",
        )
    return items, folders


def _is_folder_name(name: str) -> bool:
    return any(word in name.lower() for word in _FOLDER_WORDS)


def _configuration(sync: SyncAnswer, metadata: Model, model: Model, context: Context) -> Configuration:
    configurations, item = _list_of_models(metadata, context, metadata.name)
    field_list = next((field for field in item.shape.fields if isinstance(field.type, ArrayOf)), None)
    strings = [field.name for field in item.shape.fields if field.type == _TEXT]
    if field_list is None or not strings:
        raise AnswersError(
            f"{item.name} needs the name of a model and the list of its fields",
            where=f"models.{item.name}",
            fix="write `model: string` and `fields: Field[]`",
        )
    # Checked here: the mapper writes into these fields whatever the metadata names.
    record_model_field, record_values_field = _dynamic_fields(model)
    return Configuration(
        configurations=configurations,
        item_model=item.name,
        model_field="model" if "model" in strings else strings[0],
        fields_field=field_list.name,
        name_field=_name_field(field_list, context),
        id_steps=_id_steps(sync),
        record_model_field=record_model_field,
        record_values_field=record_values_field,
    )


def _id_steps(sync: SyncAnswer) -> tuple[str, ...]:
    return steps_of(plain_path(sync.mapping, "id", sync.where))


def _list_of_models(model: Model, context: Context, where: str) -> tuple[str, Model]:
    for field in model.shape.fields:
        if isinstance(field.type, ArrayOf) and isinstance(field.type.item, Ref):
            return field.name, context.models.model(field.type.item.model)
    raise AnswersError(
        f"{where} needs a list of configurations",
        where=f"models.{where}",
        fix="write `configurations: Configuration[]`",
    )


def _name_field(field_list: Field, context: Context) -> str:
    """The field that holds a configured field's name; empty where the list holds the names themselves."""
    item = field_list.type.item if isinstance(field_list.type, ArrayOf) else field_list.type
    shape: Type = context.models.model(item.model).shape if isinstance(item, Ref) else item
    if not isinstance(shape, ObjectOf):
        return ""
    names = [field.name for field in shape.fields if field.type == _TEXT]
    return "name" if "name" in names or not names else names[0]


def _dynamic_fields(model: Model) -> tuple[str, str]:
    """The fields of a dynamic record with the name of the provider's model, and with the values. Pattern CB, E3."""
    fields = model.shape.fields
    strings = [field.name for field in fields if field.type == _TEXT]
    name = next((string for string in strings if string != "id"), "")
    values = next((field.name for field in fields if _takes_any_key(field.type)), "")
    if "" in (name, values) or "id" not in strings or _requires_others(model, {"id", name, values}):
        raise AnswersError(
            f"{model.name} cannot hold records whose fields the metadata names",
            where=f"models.{model.name}",
            fix="write `id: string`, `model: string` and `data: { __string: any }`",
        )
    return name, values


def _requires_others(model: Model, names: set[str]) -> bool:
    return any(field.name not in names and not field.optional for field in model.shape.fields)


def _takes_any_key(of: Type) -> bool:
    return isinstance(of, ObjectOf) and of.index is not None
