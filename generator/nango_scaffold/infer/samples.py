"""From samples of responses to a shape, and from that to the fields of a model.

A sample shows what is there, not what may be: a null, or a key that some records lack, makes a field optional; values
of several types make a union. What looks like a date stays a string, as JSON has nothing else, and a string that
repeats makes no enum. What a sample shows only as null or empty is left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import field, replace
from itertools import chain
from typing import Any

from ..errors import AnswersError
from ..frozen import frozen
from .fields import Selection, model_fields, usable
from .ids import likely_ids
from .records import Records, paths_text, records_in
from .request import plain_type
from .shape import (
    Cut,
    List,
    Map,
    Object,
    Property,
    Scalar,
    ScalarKind,
    Shape,
    Union,
    at,
    kind_of,
    or_null,
    record_of,
    value_at,
)

WHOLE = Selection(depth=32, most=10_000)
"""All that a sample shows."""
_ORDER: tuple[ScalarKind, ...] = ("string", "integer", "number", "boolean")
_RECORDED = frozenset(("method", "endpoint", "url", "request", "requestIdentity", "status", "statusCode"))
_MOST_WRAPPERS = 4
_ID_TYPES = ("string", "number")
_IS_ID = re.compile(r"[0-9]+|[0-9a-f]{8}-[0-9a-f-]{27}|[0-9]{4}-[0-9]{2}-[0-9]{2}", re.IGNORECASE)
"""Keys that no API calls a property: numbers, UUIDs, dates. An object with such keys alone is a map."""


@frozen
class Described:
    """A model as a user described it.

    Attributes:
        fields: in nango.yaml's model language.
        mapping: model field -> path in the record, where the two cannot have the same name.
        response_path: where the records are in the sample; empty for the whole of it.
        is_list: whether there is a list of them.
        notes: what the user should know about how the sample was read, a sentence each.
    """

    fields: Mapping[str, Any]
    mapping: Mapping[str, str] = field(default_factory=dict)
    response_path: str = ""
    is_list: bool = False
    notes: tuple[str, ...] = ()


@frozen
class Recorded:
    """A response without what a recorder put round it.

    Attributes:
        body: of the response.
        headers: those that the recorder kept; empty for none.
        endpoint: the path that was asked; empty where it is not known.
    """

    body: Any
    headers: Mapping[str, str] = field(default_factory=dict)
    endpoint: str = ""


def describe_sample(data: Any, *, needs_id: bool = False, names: Collection[str] = ()) -> Described:
    """Describe the records of a sample: one record, a list of them, or a whole response with such a list in it.

    Args:
        data: the parsed JSON.
        needs_id: whether the model must have an ``id``; without one, another unique field is mapped to it.
        names: likely names of a list of the records: the script, the integration.

    Raises:
        AnswersError: there is no record in it.
    """
    body = unwrapped(data).body
    records, notes = sample_records([body], names)
    record = record_of(records.record_in(shape_of_values([body])))
    if record is None or not record.properties:
        raise no_record()
    # A person has picked the sample, so all of it is wanted.
    described = model_fields(record, WHOLE)
    fields, misread = usable("Model", described.fields, ())
    mapping = {name: path for name, path in described.mapping.items() if name.split(".")[0] not in misread}
    source = ""
    if needs_id and fields.get("id") not in _ID_TYPES:
        source = _unique_id([body], records, record)
    type_ = plain_type(at(record, tuple(source.split("."))) or Cut("untyped"))
    if source and type_ in _ID_TYPES:
        fields, mapping["id"] = _with_id(fields, type_), mapping.get(source, source)
        notes = (*notes, f"id is filled from {source}")
    path, notes = ".".join(records.path), (*notes, *described.notes)
    return Described(fields, mapping, path, bool(records.is_list), notes)


def no_record() -> AnswersError:
    """The refusal of a sample without records."""
    return AnswersError("the sample holds no record with fields", fix="paste a record that has some")


def _with_id(fields: Mapping[str, Any], type_: str) -> dict[str, Any]:
    """Fields with an ``id`` of a type."""
    others = {key: value for key, value in fields.items() if key.removesuffix("?") != "id"}
    return {"id": type_, **others}


def sample_records(bodies: Sequence[Any], names: Collection[str] = ()) -> tuple[Records, tuple[str, ...]]:
    """The records in the responses, of which one has what another lacks; notes on how they were read.

    Args:
        bodies: of the responses.
        names: likely names of a list of the records.

    Raises:
        AnswersError: a response is neither a record, nor a list of records.
    """
    for body in bodies:
        is_list = isinstance(body, list) and all(isinstance(item, Mapping) for item in body)
        if not is_list and not isinstance(body, Mapping):
            raise AnswersError(
                "the sample is neither a record nor a list of records",
                fix='paste an object such as { "id": 1 }, or a list of them',
            )
    records = records_in(shape_of_values(bodies), names)
    if not records.others:
        return records, ()
    if records.is_list:
        others = paths_text(records.others)
        return records, (f"the records are taken from {paths_text([records.path])}; other lists: {others}",)
    lists = paths_text((records.path, *records.others))
    note = f"read as one record, as none of its lists is likely to hold the records: {lists}"
    return replace(records, path=(), is_list=False), (note,)


def shape_of_values(values: Iterable[Any]) -> Shape:
    """The shape of all of some JSON values."""
    values = list(values)
    present = [value for value in values if value is not None]
    if not present:
        return Cut("null", nullable=bool(values))
    return or_null(_shape_of_present(present), len(present) < len(values))


def _shape_of_present(values: list[Any]) -> Shape:
    types = {type(value) for value in values}
    if len(types) > 1 and not types.isdisjoint((dict, list)):
        return Cut("mixed")
    if dict in types:
        return _object(values)
    if list in types:
        items = list(chain.from_iterable(values))
        return List(shape_of_values(items) if items else Cut("empty"))
    return _scalar(values)


def _scalar(values: list[Any]) -> Shape:
    kinds = {kind_of(value) for value in values}
    if "number" in kinds:
        kinds.discard("integer")
    scalars = tuple(Scalar(kind) for kind in _ORDER if kind in kinds)
    return scalars[0] if len(scalars) == 1 else Union(scalars)


def _object(records: list[Mapping[str, Any]]) -> Shape:
    keys = dict.fromkeys(chain.from_iterable(records))
    if not keys:
        return Cut("empty")
    if all(map(_IS_ID.fullmatch, keys)):
        return Map(shape_of_values(value for record in records for value in record.values()))
    return Object(tuple(_property(key, records) for key in keys))


def _property(key: str, records: list[Mapping[str, Any]]) -> Property:
    values = [record[key] for record in records if key in record]
    return Property(key, shape_of_values(values), required=len(values) == len(records))


def _unique_id(bodies: Sequence[Any], records: Records, record: Object) -> str:
    """The path that can be the id: likely by its name, and with a value of its own in each record; empty for none."""
    resource = records.path[-1] if records.path else ""
    unique = (path for path in likely_ids(record, resource) if is_unique(path, bodies, records))
    return next(unique, "")


def is_unique(path: str, bodies: Sequence[Any], records: Records) -> bool:
    """Whether each record in some responses has a value of its own at a path, and none is empty."""
    items = chain.from_iterable(_items(body, records) for body in bodies)
    values = [value_at(item, path.split(".")) for item in items]
    # As JSON: lists and objects cannot stand in a set, where True and 1 would be one value besides.
    are_different = len(set(map(json.dumps, values))) == len(values)
    return are_different and all(value not in (None, "") for value in values)


def _items(body: Any, records: Records) -> list[Any]:
    body = value_at(body, records.path)
    return body if isinstance(body, list) else [body]


def filled(sample: Shape, document: Shape | None) -> Shape:
    """What a sample shows, and for what it does not show the type of, what the document says."""
    if document is None:
        return sample
    if isinstance(sample, Cut):
        return replace(document, nullable=True) if sample.reason == "null" else document
    if isinstance(sample, List) and isinstance(document, List):
        return replace(sample, item=filled(sample.item, document.item))
    if isinstance(sample, Object) and isinstance(document, Object):
        return _filled_object(sample, document)
    return _filled_scalar(sample, document)


def _filled_object(sample: Object, document: Object) -> Object:
    shapes = ((entry, filled(entry.shape, document.get(entry.name))) for entry in sample.properties)
    properties = tuple(replace(entry, shape=shape) for entry, shape in shapes)
    return replace(sample, properties=properties, name=document.name)


def _filled_scalar(sample: Shape, document: Shape) -> Shape:
    """The document knows the values of an enum, of which a sample has some."""
    is_same = isinstance(sample, Scalar) and isinstance(document, Scalar) and document.kind == sample.kind
    return replace(document, nullable=sample.nullable) if is_same else sample


def unwrapped(data: Any) -> Recorded:
    """A response without what a recorder put round it: ``{ method, endpoint, response, headers }``, HAR, axios."""
    recorded = Recorded(data)
    # One may be inside another: the content of HAR is text of JSON, in an entry, in a log.
    for _ in range(_MOST_WRAPPERS):
        inner = _inner(recorded)
        if inner is None:
            break
        recorded = inner
    return recorded


def _inner(recorded: Recorded) -> Recorded | None:
    """What is inside one wrapper; None where there is none."""
    body = recorded.body
    if not isinstance(body, Mapping):
        return None
    if (entry := _har_entry(body)) is not None:
        return replace(recorded, body=entry)
    # The content of a response in HAR.
    if "mimeType" in body and isinstance(body.get("text"), str):
        return replace(recorded, body=_parsed(body["text"]))
    key = next((key for key in ("response", "body", "content") if _is_wrapped(body, key)), None)
    return None if key is None else _opened(recorded, body, key)


def _opened(recorded: Recorded, body: Mapping[str, Any], key: str) -> Recorded:
    endpoint = recorded.endpoint or body.get("endpoint")
    headers = {**recorded.headers, **headers_of(body.get("headers"))}
    return Recorded(_parsed(body[key]), headers, endpoint if isinstance(endpoint, str) else "")


def _har_entry(body: Mapping[str, Any]) -> Any:
    """The first entry of a HAR file; None where it is none."""
    log = body.get("log") if len(body) == 1 else None
    entries = log.get("entries") if isinstance(log, Mapping) else None
    return entries[0] if isinstance(entries, list) and entries else None


def _is_wrapped(body: Mapping[str, Any], key: str) -> bool:
    """Whether a key holds a response, by what stands beside it."""
    # A record of an API may have a body or a status as well, but hardly without an id.
    beside = body.keys() - {key}
    is_recorded = not beside.isdisjoint(_RECORDED) and "id" not in body
    return is_recorded and isinstance(body.get(key), (Mapping, list, str))


def _parsed(value: Any) -> Any:
    """A body that a recorder kept as text."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value


def headers_of(data: Any) -> dict[str, str]:
    """Headers, from a mapping or from a list of names and values."""
    if isinstance(data, Mapping):
        return {str(name): str(value) for name, value in data.items()}
    entries = data if isinstance(data, list) else []
    named = (entry for entry in entries if isinstance(entry, Mapping) and "name" in entry)
    return {str(entry["name"]): str(entry.get("value", "")) for entry in named}


def parsed_headers(text: str) -> dict[str, str]:
    """The headers in a file: a mapping of JSON, or lines such as ``Link: <...>; rel="next"``."""
    if text.lstrip().startswith("{"):
        return headers_of(_parsed(text))
    pairs = (line.partition(":") for line in text.splitlines() if ":" in line)
    return {name.strip(): value.strip() for name, _, value in pairs}
