"""Which of its properties identifies a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..naming.words import singular, words
from .records import IDS, is_one_step
from .shape import Object, Scalar, Shape, Union

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_OTHER_IDS = tuple("uri name code sha number href url email title label login username".split())
_ID_ENDS = ("_id", "Id", "ID", "_uuid", "_key", "Key", "_code", "Code", "_sid", "Sid")
_AROUND_RECORD = ("node", "data", "resource", "attributes", "item", "record", "entity", "object", "sys")
"""Objects that hold the record itself, or its id, beside what a list says of it: ``node`` of an edge, ``sys`` of an entry."""
_OF_ENTRY = frozenset(("cursor", "kind", "type", "object", "score", "etag"))
"""What an entry of a list says beside its record that nobody keeps."""


def id_sources(
    record: Object, resource: str, is_unique: Callable[[str], bool] = lambda path: True
) -> list[str]:
    """The path to what identifies a record: ``id``, else the likeliest other; two that do so together; none.

    Args:
        record: its shape.
        resource: what it is: a ``team_id`` identifies a team.
        is_unique: whether each record that is seen has a value of its own at a path.
    """
    keys = _keys(record)
    if "id" in keys:
        return ["id"]
    likely = likely_ids(record, resource)
    foreign = [name for name in keys if name.endswith(_ID_ENDS)]
    # Without one that is likely, a record that ties two others together is known by the ids of both.
    for paths in (list(filter(is_unique, likely))[:1], likely[:1], foreign[:2]):
        if paths:
            return paths
    return keys[:1]


def record_within(entry: Object, resource: str) -> str:
    """The property that holds the record itself, in an entry that says nothing beside: ``node`` of an edge; empty for none."""
    names = {of.name for of in entry.properties} - _OF_ENTRY
    if len(names) != 1:
        return ""
    name = names.pop()
    inner = entry.get(name)
    # These two hold an id or the fields, and other parts of the record stand beside them.
    is_named = name in {*_AROUND_RECORD, *_entity(resource)} - {"attributes", "sys"}
    return name if is_named and isinstance(inner, Object) and _ids_in(inner) else ""


def likely_ids(record: Object, resource: str) -> list[str]:
    """The paths of which each may lead to the id by its name, the likeliest first."""
    keys = _keys(record)
    inner = list(_inner_ids(record, resource))
    near = ("id", *_AROUND_RECORD, *_entity(resource))
    paths = [*IDS, *(path for path in inner if path.partition(".")[0] in near), "key", "slug"]
    paths.extend(_own_keys(keys, resource))
    # An id of another record tells only where it is the only one.
    foreign = [name for name in keys if name.endswith(_ID_ENDS)]
    if len(foreign) == 1:
        paths.extend(foreign)
    paths.extend(_OTHER_IDS)
    if len(inner) == 1:
        paths.extend(inner)
    known = {*keys, *inner}
    return [path for path in dict.fromkeys(paths) if path in known]


def _inner_ids(record: Object, resource: str) -> Iterator[str]:
    """The paths to the ids of the objects that a record always has."""
    for entry in record.properties:
        shape = entry.shape
        is_always_there = entry.required and not shape.nullable
        if isinstance(shape, Object) and is_always_there and is_one_step(entry.name):
            ids = _parts_of_id(shape, resource) if entry.name == "id" else _ids_in(shape)
            yield from (f"{entry.name}.{key}" for key in ids)


def _parts_of_id(id_: Object, resource: str) -> list[str]:
    """The properties of an id that is an object: that of the record itself first, then the last of them."""
    keys = _required_keys(id_)
    own = _own_keys(keys, resource)
    return [*own, *(key for key in reversed(keys) if key not in own)]


def _ids_in(inner: Object) -> list[str]:
    """The id of an object; ``id.value`` where each of its values has a label beside it."""
    labelled = inner.get("id")
    if isinstance(labelled, Object) and "value" in _required_keys(labelled):
        return ["id.value"]
    keys = _required_keys(inner)
    return [key for key in IDS if key in keys][:1]


def _required_keys(of: Object) -> list[str]:
    return [entry.name for entry in of.properties if _is_key(entry.shape) and entry.required]


def _entity(resource: str) -> tuple[str, ...]:
    """What a record is called in the singular, in the forms that a property has: ``saved-track`` -> ``track`` too."""
    name = words(singular(resource)) if resource else ()
    return ("_".join(name), "".join(name), *name[-1:])


def _keys(record: Object) -> list[str]:
    """The properties with a single value: those that are always there first, enums last."""
    entries = [entry for entry in record.properties if _is_key(entry.shape)]
    entries.sort(key=lambda entry: (_is_enum(entry.shape), not entry.required))
    return [entry.name for entry in entries]


def _is_enum(shape: Shape) -> bool:
    return isinstance(shape, Scalar) and bool(shape.words)


def _own_keys(keys: Iterable[str], resource: str) -> list[str]:
    """The properties that are named after the resource, such as ``teamId`` of a team."""
    if not resource:
        return []
    by_word = {"".join(words(name)): name for name in keys}
    name = "".join(words(singular(resource)))
    own = (f"{name}{end}" for end in ("id", "key", "code", "number", "name", "uuid", "sid"))
    return [by_word[word] for word in own if word in by_word]


def _is_key(shape: Shape) -> bool:
    if isinstance(shape, Union):
        return all(map(_is_key, shape.members))
    return isinstance(shape, Scalar) and shape.kind != "boolean"
