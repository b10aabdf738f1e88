"""A sync from an operation that lists records."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..errors import AnswersError
from ..naming.words import singular
from .ids import id_sources, record_within
from .inference import Context, Draft, Inference
from .names import longer_script_name, model_name, resource_of, script_name
from .pagination import evidence_of, paginate_of
from .records import Records, paths_text, records_in, records_of
from .request import api_path, ask_with_parameters, describe_request, plain_type
from .shape import Cut, List, Object, at, record_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from .document import Document
    from .operations import Operation
    from .paging_rules import Paging

_PAGING_NAMES = ("cursor_name_in_request", "offset_name_in_request", "limit_name_in_request")


def records_of_operation(operation: Operation, integration: str) -> Records | None:
    """The records of an operation's response, for one that may list them; None where it has no body that can be read."""
    if operation.response is None:
        return None
    records = records_of(operation.response.shape, operation.path)
    if records.is_list:
        return records
    names = (resource_of(operation), integration)
    return records_in(operation.response.shape, names, is_one=records.is_list is False)


def is_list(operation: Operation) -> bool:
    """Whether an operation certainly lists records, which a sync can fetch."""
    if operation.method != "GET" or operation.response is None:
        return False
    body = operation.response.shape
    verdict = records_of(body, operation.path)
    records = at(body, verdict.path)
    return verdict.is_list is True and isinstance(records, List) and record_of(records.item) is not None


def sync_of(operation: Operation, context: Context, document: Document | None = None) -> Inference:
    """The answers for a sync that fetches what an operation lists.

    The other lists of ``document`` tell what its silence on pages means.

    Raises:
        AnswersError: its response holds no list of objects.
    """
    records = records_of_operation(operation, context.integration)
    body = operation.response_shape
    record = record_of(records.record_in(body)) if records and body else None
    if records is None or record is None or operation.method != "GET":
        raise AnswersError(
            f"{operation.id} lists no records that the document describes",
            where=operation.source,
            fix="another operation, a sample of its response (--sample), or answers by hand",
        )
    draft = Draft("sync", context)
    names = [script_name(operation, is_list=True), longer_script_name(operation, is_list=True)]
    name = draft.name(names, f"the path {operation.path}")
    add_record_model(draft, record, name)
    path, settings = api_path(operation, draft, "metadata")
    draft.ask("path", path, f"{operation.method} {operation.path}")
    describe_request(operation, draft)
    paging = _ask_for_pages(operation, records, draft, document)
    ask_with_parameters(operation, draft, "metadata", settings, without=paging)
    if settings:
        names = [model_name(context.prefix, f"{name}-metadata")]
        model = draft.add_model(names, settings, f"parameters of {operation.id}")
        draft.set("metadata", model, "its path and its parameters")
    return draft.inference()


def _ask_for_pages(
    operation: Operation, records: Records, draft: Draft, document: Document | None
) -> list[str]:
    """Say where the records are and how they are paged; the names of the parameters that page."""
    body = operation.response_shape
    source = (body and body.source) or operation.source
    draft.ask("response_path", ".".join(records.path), source)
    if records.others:
        others = paths_text(records.others)
        draft.note(f"the records are taken from {paths_text([records.path])}; other lists: {others}")
    paging = paginate_of(operation, document, records=records.path, facts=draft.context.facts)
    ask_for_paging(paging, draft)
    # nango.paginate fills these, so that the sync does not ask anybody for them.
    settings = paging.settings or {}
    return [str(settings[key]) for key in _PAGING_NAMES if key in settings] + _pages(operation)


def ask_for_paging(paging: Paging, draft: Draft) -> None:
    """Set the pagination, or note why it is not known."""
    if paging.settings is None:
        draft.note(f"the pagination is not known: {paging.reason}")
    else:
        draft.ask("paginate", dict(paging.settings), paging.reason)


def _pages(operation: Operation) -> list[str]:
    """The parameters that page: which page it is, is never for the caller of a sync to set."""
    evidence = evidence_of(operation)
    backward = [entry for entry in evidence.parameters if "before" in entry.words]
    return [entry.name for entry in (*evidence.page_parameters, *backward) if not entry.is_of_time]


def add_record_model(
    draft: Draft, record: Object, name: str, is_unique: Callable[[str], bool] = lambda path: True
) -> None:
    """Add the model of a sync's records, with an id.

    ``is_unique`` tells whether each record that is seen has a value of its own at a path.
    """
    resource = singular(name)
    record, within = _within_entry(record, resource, draft)
    names = _free_names(record, name, draft)
    fields, mapping = draft.describe(record, names[0])
    sources = id_sources(record, resource, lambda path: is_unique(within + path))
    fields = _with_id(fields, record, sources, draft)
    if sources != ["id"]:
        mapping["id"] = sources[0] if len(sources) == 1 else {"join": sources, "with": ":"}  # type: ignore[assignment]
        draft.note(f"id is filled from {' and '.join(sources)}")
    model = draft.add_model(names, fields, record.source or "the response")
    draft.set("model", model, record.source)
    draft.context.saved.add(model)
    if mapping:
        draft.set("mapping", mapping, "names that the model cannot have, and the id")


def _within_entry(entry: Object, resource: str, draft: Draft) -> tuple[Object, str]:
    """The record in an entry of a list, and the path to it there; empty where the entry is the record."""
    within = record_within(entry, resource)
    record = entry.get(within)
    if not isinstance(record, Object):
        return entry, ""
    draft.ask("record_path", within, f"{within} of each entry is the record")
    return replace(record, source=record.source or entry.source), f"{within}."


def _free_names(record: Object, name: str, draft: Draft) -> list[str]:
    """The names that the model of a sync's records may have: no other sync saves one of them."""
    resource = singular(name)
    prefix, saved = draft.context.prefix, draft.context.saved
    texts = (record.name or resource, f"{resource}-record", f"{name}-record")
    candidates = [model_name(prefix, text) for text in texts]
    return [model for model in candidates if model not in saved] or [f"{candidates[-1]}{len(saved)}"]


def _with_id(fields: dict[str, Any], record: Object, sources: list[str], draft: Draft) -> dict[str, Any]:
    """The fields with a required id."""
    if not sources:
        raise AnswersError(
            f"a {singular(draft.script['name'])} has nothing that can be its id",
            where=record.source or draft.script["name"],
            fix="another operation, or answers with `mapping: { id: ... }`",
        )
    required = _required_fields(sources, record)
    others = {key: value for key, value in fields.items() if key.removesuffix("?") not in required}
    return {**required, **others}


def _required_fields(sources: list[str], record: Object) -> dict[str, Any]:
    """The id and the properties that it comes from, which every record has."""
    types = {path: plain_type(at(record, tuple(path.split("."))) or Cut("untyped")) for path in sources}
    id_type = types[sources[0]] if len(sources) == 1 else "string"
    return {**{path: type_ for path, type_ in types.items() if "." not in path}, "id": id_type}
