"""A sync from an operation that lists records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..naming.words import singular
from .envelope import id_sources, paths_text, records_in
from .fields import record_of
from .inference import Context, Draft, Inference, refusal
from .names import longer_script_name, model_name, resource_of, script_name
from .pagination import evidence_of, paginate_of
from .request import api_path, ask_with_parameters, describe_request, plain_type
from .shape import Cut

if TYPE_CHECKING:
    from .document import Document
    from .envelope import Records
    from .operations import Operation
    from .shape import Object


def records_of_operation(operation: Operation, integration: str) -> Records | None:
    """The records of an operation's response; None where it has no body that can be read."""
    if operation.response is None:
        return None
    is_one = operation.path.rstrip("/").endswith("}") or operation.method != "GET"
    names = (resource_of(operation), integration)
    return records_in(operation.response.shape, names, is_one=is_one)


def is_list(operation: Operation, integration: str) -> bool:
    """Whether an operation lists records, which a sync can fetch."""
    records = records_of_operation(operation, integration)
    is_read = operation.method == "GET" and records is not None and records.is_list
    return is_read and records is not None and record_of(records.shape) is not None


def sync_of(operation: Operation, context: Context, document: Document | None = None) -> Inference:
    """The answers for a sync that fetches what an operation lists.

    Args:
        operation: the operation.
        context: of the integration.
        document: the one it is in, which may tell by its other lists how to read what this one does not say.

    Raises:
        AnswersError: its response holds no list of objects.
    """
    records = records_of_operation(operation, context.integration)
    record = record_of(records.shape) if records else None
    if records is None or record is None or operation.method != "GET":
        raise refusal(
            f"{operation.id} lists no records that the document describes",
            operation.source,
            "another operation, a sample of its response (--sample), or answers by hand",
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
        model = draft.add_model(
            [model_name(context.prefix, f"{name}-metadata")], settings, f"parameters of {operation.id}"
        )
        draft.set("metadata", model, "its path and its parameters")
    return draft.inference()


def _ask_for_pages(
    operation: Operation, records: Records, draft: Draft, document: Document | None
) -> list[str]:
    """Say where the records are and how they are paged; the names of the parameters that page."""
    source = operation.response.shape.source if operation.response else ""
    draft.ask("response_path", ".".join(records.path), source or operation.source)
    if not records.is_likely or records.others:
        draft.note(
            f"the records are taken from {paths_text([records.path])}; other lists: {paths_text(records.others)}"
        )
    paging = paginate_of(operation, document, records=records.path, facts=draft.context.facts)
    if paging.settings is None:
        draft.note(f"the pagination is not certain: {paging.reason}")
    draft.ask("paginate", paging.settings, paging.reason)
    return [entry.name for entry in evidence_of(operation).page_parameters]


def add_record_model(draft: Draft, record: Object, name: str) -> None:
    """Add the model of a sync's records, with an id."""
    resource = singular(name)
    prefix = draft.context.prefix
    model = model_name(prefix, record.name or resource)
    fields, mapping = draft.describe(record, model)
    fields, sources = _with_id(fields, record, resource, draft)
    draft.set("model", "", record.source)
    if sources != ["id"]:
        mapping["id"] = sources[0] if len(sources) == 1 else {"join": sources, "with": ":"}  # type: ignore[assignment]
        draft.note(f"id is filled from {' and '.join(sources)}")
    names = [model, model_name(prefix, f"{resource}-record"), model_name(prefix, f"{name}-record")]
    draft.script["model"] = draft.add_model(names, fields, record.source or "the response")
    if mapping:
        draft.set("mapping", mapping, "names that the model cannot have, and the id")


def _with_id(
    fields: dict[str, Any], record: Object, resource: str, draft: Draft
) -> tuple[dict[str, Any], list[str]]:
    """The fields with a required id, and the properties that it comes from."""
    sources = id_sources(record, resource)
    if not sources:
        raise refusal(
            f"a {resource} has nothing that can be its id",
            record.source or draft.script["name"],
            "another operation, or answers with `mapping: { id: ... }`",
        )
    required = _required_fields(sources, record)
    others = {key: value for key, value in fields.items() if key.removesuffix("?") not in required}
    return {**required, **others}, sources


def _required_fields(sources: list[str], record: Object) -> dict[str, Any]:
    """The id and the properties that it comes from, which every record has."""
    types = {name: plain_type(record.get(name) or Cut("untyped")) for name in sources}
    id_type = types[sources[0]] if len(sources) == 1 else "string"
    return {"id": id_type, **types}
