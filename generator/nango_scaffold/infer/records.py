"""Whether a response is a list or one record, and where its records are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..frozen import frozen
from ..naming.words import plural_word, words
from .shape import Cut, List, Object, Scalar, Shape, Union

if TYPE_CHECKING:
    from collections.abc import Iterator

_BESIDE_RECORDS = frozenset(
    "errors warnings messages links _links order sort facets aggregations includes included notices meta scopes".split()
)
_OF_ONE = frozenset(("info", "get", "me", "current", "retrieve"))
_USUAL = "data items results records values entries value list nodes result content elements rows objects collection hits".split()
_WRAPPERS = frozenset(
    (*_USUAL, "response", "payload", "body", "meta", "_embedded", "embedded", "output", "d", "page")
)
_IDS = ("id", "_id", "uuid", "guid", "gid", "uid")
_PAGED = (
    "has_more",
    "hasMore",
    "next",
    "next_page",
    "nextPage",
    "next_page_token",
    "nextPageToken",
    "next_cursor",
)
_NO_PART = _BESIDE_RECORDS | frozenset((*_WRAPPERS, "metadata", "pagination", "paging", "cursor", "cursors"))
_DEEPEST = 3
_OPEN = ("depth", "recursion", "untyped")


_Path = tuple[str, ...]


@frozen
class Records:
    """Where the records of a response are.

    Attributes:
        path: the names that lead to the list, or to the one record; empty where the response is it.
        is_list: whether there is a list of them; None where that is not certain.
        reason: what that is read from, or what makes it uncertain.
    """

    path: _Path
    is_list: bool | None
    reason: str


def records_of(body: Shape | None, url_path: str) -> Records:
    """Where the records of an operation are.

    Args:
        body: of its response; None where the document describes none.
        url_path: of the operation, with ``{name}`` for parameters.
    """
    body = _without_union(body)
    if isinstance(body, List):
        return Records((), True, "the response is a list")
    if not isinstance(body, Object):
        return Records((), None, "the document does not describe the response")
    lists = list(_lists_of_records(body, url_path))
    if not lists:
        return Records(_record_path(body), False, "the response holds no list of records")
    if url_path.rstrip("/").endswith("}") and not _is_paged(body):
        return Records(_record_path(body), False, "the path ends in the id of one record")
    path = _likeliest(lists, url_path)
    if path is None:
        names = ", ".join(".".join(names) for names in lists[:4])
        return Records((), None, f"the response has several lists: {names}")
    if _is_odd_record(path[-1], url_path) or _is_part(path, body, url_path):
        return Records((), None, f"{'.'.join(path)} may be one record, or a part of one")
    return Records(path, True, f"{'.'.join(path)} of the response is the list")


def _likeliest(lists: list[_Path], url_path: str) -> _Path | None:
    """The list with the name of the path, else the only one that is nearest to the top, else one with a usual name."""
    top = min(map(len, lists))
    nearest = [path for path in lists if len(path) == top]
    by_name = ([path for path in nearest if path[-1] == name] for name in _USUAL)
    usual: list[_Path] = next(filter(None, by_name), [])
    named = [path for path in lists if _is_named_as(path[-1], url_path)]
    return next((paths[0] for paths in (named, nearest, usual) if len(paths) == 1), None)


def _lists_of_records(body: Object, url_path: str) -> Iterator[_Path]:
    for path in _lists(body):
        if path[-1] not in _BESIDE_RECORDS or _is_named_as(path[-1], url_path):
            yield path


def _lists(body: Object, path: _Path = ()) -> Iterator[_Path]:
    """The paths of the lists of objects in an envelope; none in what is a record itself."""
    if _is_record(body) or len(path) == _DEEPEST:
        return
    values = {entry.name: _without_union(entry.shape) for entry in body.properties}
    yield from ((*path, name) for name, value in values.items() if _is_list_of_records(value))
    for name, value in values.items():
        if isinstance(value, Object) and (len(values) == 1 or _is_wrapper(name, value)):
            yield from _lists(value, (*path, name))


def _is_wrapper(name: str, value: Object) -> bool:
    return name in _WRAPPERS or _is_page(value)


def _is_part(path: _Path, body: Object, url_path: str) -> bool:
    """Whether a list with a name of its own stands beside objects, in what is asked for in the singular."""
    if path[-1] in _USUAL or _is_named_as(path[-1], url_path) or _is_paged(body):
        return False
    others = [entry for entry in body.properties if isinstance(entry.shape, Object)]
    is_beside = any(_NO_PART.isdisjoint((entry.name, *words(entry.name))) for entry in others)
    last = words(url_path.rstrip("/").rsplit("/", 1)[-1])
    return is_beside and bool(last) and last[-1] != "list" and plural_word(last[-1]) != last[-1]


def _is_odd_record(name: str, url_path: str) -> bool:
    """Whether a list is the odd form of one record: ``user`` of ``/users.info``."""
    is_plural = plural_word(name.lower()) == name.lower() or name in _USUAL
    return not is_plural and not _OF_ONE.isdisjoint(words(url_path.rsplit("/", 1)[-1]))


def _is_record(body: Object) -> bool:
    return any(body.get(name) is not None for name in _IDS) and not _is_paged(body)


def _is_paged(body: Object) -> bool:
    return any(body.get(name) is not None for name in _PAGED)


def _is_page(value: Object) -> bool:
    """Whether an object is a page by itself: ``albums: { items: [...], next: ... }``."""
    return _is_paged(value) and any(value.get(name) is not None for name in _USUAL)


def _is_list_of_records(value: Shape | None) -> bool:
    if not isinstance(value, List):
        return False
    item = _without_union(value.item)
    return isinstance(item, Object) or (isinstance(item, Cut) and item.reason in _OPEN)


def _is_named_as(name: str, url_path: str) -> bool:
    resources = [step for step in url_path.split("/") if step and "{" not in step]
    if not resources:
        return False
    last = words(resources[-1].partition(".")[0])
    return [*map(plural_word, words(name)[-1:])] == [*map(plural_word, last[-1:])]


def _record_path(body: Object) -> _Path:
    """The path of the one record that an envelope holds; empty where the response is the record."""
    if _is_record(body) or len(body.properties) > 3:
        return ()
    inner = [
        entry for entry in body.properties if isinstance(entry.shape, Object) and _is_record(entry.shape)
    ]
    return (inner[0].name,) if len(inner) == 1 else ()


def _without_union(shape: Shape | None) -> Shape | None:
    """The first member of a union that holds anything, for want of a better one."""
    if not isinstance(shape, Union):
        return shape
    return next(
        (member for member in shape.members if not isinstance(member, (Scalar, Cut))), shape.members[0]
    )
