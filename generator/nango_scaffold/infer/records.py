"""Whether a response is a list or one record, and where its records are, by a document or by a sample."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from ..answers.parts import IN_RESPONSE
from ..frozen import frozen
from ..naming.words import plural, plural_word, words
from .shape import Cut, List, Object, Scalar, Shape, Union, at

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    IsNamed = Callable[[str], bool]
    """Whether a list has the name of the resource."""

Path = tuple[str, ...]

IDS = ("id", "Id", "ID", "_id", "uuid", "guid", "gid", "uid", "sid")
"""The usual names of an id, of which one makes an object a record."""
_BESIDE_RECORDS = frozenset(
    "errors warnings messages links _links order sort facets aggregations includes included notices meta scopes".split()
)
_OF_ONE = frozenset(("info", "get", "me", "current", "retrieve"))
_USUAL = (
    "data items results records _results values entries value list nodes edges result content elements rows objects "
    "collection children hits"
).split()
_WRAPPERS = frozenset(
    (*_USUAL, "response", "payload", "body", "meta", "_embedded", "embedded", "output", "d", "page")
)
_PAGED = tuple("has_more hasMore next next_page nextPage next_page_token nextPageToken next_cursor".split())
_NO_PART = _BESIDE_RECORDS | frozenset((*_WRAPPERS, "metadata", "pagination", "paging", "cursor", "cursors"))
_DEEPEST = 3
_OPEN = ("depth", "recursion", "untyped")


@frozen
class Records:
    """Where the records of a response are.

    Attributes:
        path: the names that lead to the list, or to the one record; empty where the response is it.
        is_list: whether there is a list of them; None where that is not certain.
        reason: what that is read from, or what makes it uncertain.
        others: other lists that may be meant.
    """

    path: Path
    is_list: bool | None
    reason: str
    others: tuple[Path, ...] = ()

    def record_in(self, body: Shape) -> Shape:
        """The shape of one of them in a response."""
        inner = at(body, self.path)
        if self.is_list is False:
            return inner or body
        return inner.item if isinstance(inner, List) else Cut("untyped")


def records_of(body: Shape | None, url_path: str) -> Records:
    """Where the records of an operation are, with certainty or not at all.

    The body is None where the document describes none; ``url_path`` has ``{name}`` for parameters.
    """
    body = _without_union(body)
    if isinstance(body, List):
        return Records((), True, "the response is a list")
    if not isinstance(body, Object):
        return Records((), None, "the document does not describe the response")

    def is_named(name: str) -> bool:
        return _is_named_as(name, url_path)

    lists = list(_lists_of_records(body, is_named))
    if not lists:
        return Records(_record_path(body), False, "the response holds no list of records")
    # One record may hold lists of others.
    if url_path.rstrip("/").endswith("}") and not _is_paged(body):
        return Records(_record_path(body), False, "the path ends in the id of one record")
    path = _likeliest(lists, is_named)
    if path is None:
        return Records((), None, f"the response has several lists: {paths_text(lists[:4])}")
    if _is_odd_record(path[-1], url_path) or _is_part(path, body, url_path):
        return Records((), None, f"{'.'.join(path)} may be one record, or a part of one")
    return Records(path, True, f"{'.'.join(path)} of the response is the list")


def records_in(body: Shape, names: Collection[str] = (), *, is_one: bool = False) -> Records:
    """Where the records of a response most likely are.

    A list of them is likely called as one of ``names`` (the resource, the integration); with ``is_one`` there is none.
    """
    plurals = {_plural(name) for name in names}

    def is_named(name: str) -> bool:
        return _plural(name) in plurals

    if isinstance(body, List):
        return Records((), True, "the response is a list")
    paths = [] if is_one or not isinstance(body, Object) else _all_lists(body, is_named)
    if not paths:
        return Records(_record_path(body), False, "the response holds no list of records")
    likeliest, *others = sorted(paths, key=lambda path: (_rank(path[-1], is_named), len(path)))
    is_only = not others or [len(path) for path in paths].count(1) == 1
    is_likely = is_only or _rank(likeliest[-1], is_named) <= len(_USUAL)
    # Doubt is for whoever asked: a wizard can ask back, a command notes the other lists.
    return Records(likeliest, True if is_likely else None, "the likeliest list", tuple(others))


@lru_cache(maxsize=10_000)
def is_one_step(key: str) -> bool:
    """Whether a path of the answers can name a key, by itself."""
    return "." not in key and not any(IN_RESPONSE.problems(key, ""))


def paths_text(paths: Iterable[Path]) -> str:
    """Paths in a sentence."""
    return ", ".join(".".join(path) for path in paths)


def _likeliest(lists: list[Path], is_named: IsNamed) -> Path | None:
    """The list with the name of the path, else the only one that is nearest to the top, else one with a usual name."""
    top = min(map(len, lists))
    nearest = [path for path in lists if len(path) == top]
    by_name = ([path for path in nearest if path[-1] == name] for name in _USUAL)
    usual: list[Path] = next(filter(None, by_name), [])
    named = [path for path in lists if is_named(path[-1])]
    return next((paths[0] for paths in (named, nearest, usual) if len(paths) == 1), None)


def _all_lists(body: Object, is_named: IsNamed) -> list[Path]:
    """The lists of an envelope; where they all go beside records, those that lie deeper in objects of any name, too."""
    lists = list(_lists(body, is_named))
    if any(path[-1] not in _BESIDE_RECORDS for path in lists):
        return lists
    deeper = [path for path in _lists(body, is_named, is_anywhere=True) if path not in lists]
    return [*lists, *deeper]


def _lists_of_records(body: Object, is_named: IsNamed) -> Iterator[Path]:
    for path in _lists(body, is_named):
        if path[-1] not in _BESIDE_RECORDS or is_named(path[-1]):
            yield path


def _lists(body: Object, is_named: IsNamed, path: Path = (), *, is_anywhere: bool = False) -> Iterator[Path]:
    """The paths of the lists of objects in an envelope; in what is a record itself, only one named as the resource."""
    if len(path) == _DEEPEST:
        return
    values = _values(body)
    lists = [name for name, value in values.items() if _is_list_of_records(value)]
    if _is_record(body):
        # An id beside the list is that of the envelope where the list has the name of what was asked for.
        if not path:
            yield from ((name,) for name in filter(is_named, lists))
        return
    yield from ((*path, name) for name in lists)
    for name, value in _envelopes_in(values, is_anywhere=is_anywhere):
        yield from _lists(value, is_named, (*path, name), is_anywhere=is_anywhere)


def _values(body: Object) -> dict[str, Shape | None]:
    """The shapes of the properties that a path can name."""
    return {entry.name: _without_union(entry.shape) for entry in body.properties if is_one_step(entry.name)}


def _envelopes_in(values: Mapping[str, Shape | None], *, is_anywhere: bool) -> Iterator[tuple[str, Object]]:
    """The objects in an envelope that may have the list: by their names, or all of them."""
    is_any = is_anywhere or len(values) == 1
    for name, value in values.items():
        if isinstance(value, Object) and (is_any or _is_wrapper(name, value)):
            yield name, value


def _is_wrapper(name: str, value: Object) -> bool:
    return name in _WRAPPERS or _is_page(value)


def _is_part(path: Path, body: Object, url_path: str) -> bool:
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
    """Whether an object is a record, whatever lists it has, and no page of them."""
    return any(body.get(name) is not None for name in IDS) and not _is_paged(body)


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
    # The last word has the number: `pull_requests` of `/requests`.
    return list(map(plural_word, words(name)[-1:])) == list(map(plural_word, last[-1:]))


def _rank(key: str, is_named: IsNamed) -> int:
    """How unlikely it is that a list of this name holds the records."""
    if is_named(key):
        return 0
    return _USUAL.index(key) + 1 if key in _USUAL else len(_USUAL) + 1


def _plural(name: str) -> str:
    return plural("-".join(words(name)))


def _record_path(body: Shape) -> Path:
    """The path of the one record that an envelope holds; empty where the response is the record."""
    if not isinstance(body, Object) or _is_record(body) or len(body.properties) > 3:
        return ()
    # An envelope has little beside the record: a flag, a message.
    objects = {entry.name: entry.shape for entry in body.properties if isinstance(entry.shape, Object)}
    names = [name for name, shape in objects.items() if _is_record(shape)]
    return (names[0],) if len(names) == 1 and is_one_step(names[0]) else ()


def _without_union(shape: Shape | None) -> Shape | None:
    """The first member of a union that holds anything, for want of a better one."""
    if not isinstance(shape, Union):
        return shape
    telling = (member for member in shape.members if not isinstance(member, (Scalar, Cut)))
    return next(telling, shape.members[0])
