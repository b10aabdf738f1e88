"""Where the records are in a response, and which of their fields is the id."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..frozen import frozen
from ..naming.words import plural, singular, words
from .shape import List, Object, Scalar, Shape, Union, at

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

Path = tuple[str, ...]

_USUAL_LISTS = ("entries", "results", "data", "records", "items", "values", "value", "list", "nodes")
_UNLIKELY = len(_USUAL_LISTS) + 1
_DEEPEST = 3
_ONE_STEP = re.compile(r"[^\x00-\x1f\x7f.\[\]]+")
_IDS = ("Id", "ID", "_id", "uuid", "guid", "gid", "uid", "key", "slug")
_OTHER_IDS = (
    "uri",
    "name",
    "code",
    "sha",
    "number",
    "href",
    "url",
    "email",
    "title",
    "label",
    "login",
    "username",
)
_ID_ENDS = ("_id", "Id", "ID", "_uuid", "_key", "Key", "_code", "Code", "_sid", "Sid")
_PAGE_MARKS = frozenset(
    ("has_more", "hasMore", "next", "next_page", "nextPage", "next_cursor", "nextPageToken", "next_page_token",
     "meta", "paging", "pagination", "links", "_links", "total", "total_count", "count", "is_last", "isLast", "offset", "limit")
)  # fmt: skip
_RECORD_MARKS = frozenset(("id", *_IDS)) - {"key", "slug"}


@frozen
class Records:
    """The records of a response.

    Attributes:
        path: where they are; empty for the whole body.
        shape: of one of them.
        is_list: whether there is a list of them.
        others: other lists that may be meant.
        is_likely: whether the list has a name that most APIs use, or the resource's own.
    """

    path: Path
    shape: Shape
    is_list: bool
    others: tuple[Path, ...] = ()
    is_likely: bool = True


def records_in(body: Shape, names: Collection[str] = (), *, is_one: bool = False) -> Records:
    """The records of a response.

    Args:
        body: of the response.
        names: likely names of a list of them: the resource, the integration.
        is_one: whether the path says that it is one record.
    """
    if isinstance(body, List):
        return Records((), body.item, True)
    paths = [] if is_one or not isinstance(body, Object) else list(_list_paths(body))
    if not paths:
        path = _record_path(body)
        return Records(path, at(body, path) or body, False)
    likeliest, *others = sorted(paths, key=lambda path: (_rank(path[-1], names), len(path)))
    records = at(body, likeliest)
    item = records.item if isinstance(records, List) else body
    is_only = not others or [len(path) for path in paths].count(1) == 1
    is_likely = is_only or _rank(likeliest[-1], names) < _UNLIKELY
    return Records(likeliest, item, True, tuple(others), is_likely)


def _list_paths(of: Object, depth: int = 0) -> Iterator[Path]:
    """The path of each list of records, the nearest first."""
    if depth == _DEEPEST or _is_record(of):
        return
    reachable = [entry for entry in of.properties if is_one_step(entry.name)]
    yield from ((entry.name,) for entry in reachable if _is_list_of_records(entry.shape))
    for entry in reachable:
        if isinstance(entry.shape, Object):
            yield from ((entry.name, *path) for path in _list_paths(entry.shape, depth + 1))


def _is_record(of: Object) -> bool:
    """Whether an object is a record, whatever lists it has, and no page of them."""
    names = {entry.name for entry in of.properties}
    return not names.isdisjoint(_RECORD_MARKS) and names.isdisjoint(_PAGE_MARKS)


def _is_list_of_records(shape: Shape) -> bool:
    return isinstance(shape, List) and isinstance(shape.item, (Object, Union))


def _record_path(body: Shape) -> Path:
    """The path of the one record that a response holds and nothing else; empty if it holds none."""
    entries = body.properties if isinstance(body, Object) else ()
    if len(entries) != 1 or not isinstance(entries[0].shape, Object):
        return ()
    names = {entry.name for entry in entries[0].shape.properties}
    return (entries[0].name,) if "id" in names and is_one_step(entries[0].name) else ()


def is_one_step(key: str) -> bool:
    """Whether a path can name a key."""
    return bool(_ONE_STEP.fullmatch(key))


def _rank(key: str, names: Collection[str]) -> int:
    """How unlikely it is that a list of this name holds the records."""
    if _plural(key) in {_plural(name) for name in names}:
        return 0
    return _USUAL_LISTS.index(key) + 1 if key in _USUAL_LISTS else _UNLIKELY


def _plural(name: str) -> str:
    return plural("-".join(words(name)))


def id_sources(record: Object, resource: str, *, is_certain: bool = False) -> list[str]:
    """The properties that identify a record: ``id``, else the likeliest other; two that do so together; none.

    Args:
        record: its shape.
        resource: what it is: a ``team_id`` identifies a team.
        is_certain: whether to give nothing but the properties of which each may be the id by its name.
    """
    keys = _keys(record)
    foreign = [name for name in keys if name.endswith(_ID_ENDS)]
    alone = foreign if len(foreign) == 1 else []
    candidates = ("id", *_IDS, *_own_keys(keys, resource), *alone, *_OTHER_IDS)
    likely = [name for name in candidates if name in keys]
    if is_certain:
        return likely
    return likely[:1] or foreign[:2] or keys[:1]


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
    own = [
        "".join(words(singular(resource))) + end
        for end in ("id", "key", "code", "number", "name", "uuid", "sid")
    ]
    return [by_word[word] for word in own if word in by_word]


def _is_key(shape: Shape) -> bool:
    if isinstance(shape, Union):
        return all(map(_is_key, shape.members))
    return isinstance(shape, Scalar) and shape.kind != "boolean"


def paths_text(paths: Iterable[Path]) -> str:
    """Paths in a sentence."""
    return ", ".join(".".join(path) for path in paths)
