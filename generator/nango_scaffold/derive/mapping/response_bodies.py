"""The raw types of response bodies that are not the record itself: pages of a list, records under a key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...errors import AnswersError
from ...models.types import ArrayOf, Primitive, Type, UnionOf, is_nullable, or_null
from ...spec.mappers import BODY, RawType
from ...spec.paths import steps_of
from ...spec.patterns import Extended
from ...spec.values import RECORD
from .raw_reads import hinted_reads
from .raw_tree import CrossedPathsError, RawTree
from .raw_types import raw_ref

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ...models.types import Model
    from ...spec.actions import ActionSpec, ListResult
    from ...spec.paths import Path
    from ...spec.requests import Pagination
    from ...spec.syncs import Fetch, SyncSpec
    from ..context import Context
    from .raw_reads import RawRead

_CURSOR = UnionOf((Primitive("string"), Primitive("number")))


def sync_body_type(sync: SyncSpec, where: str) -> RawType | None:
    """The raw type of a body of a sync's own request; ``None`` where that has no name of its own.

    Raises:
        AnswersError: records and the next cursor in one place.
    """
    if not sync.body:
        return None
    computed = [saved for saved in sync.saved_fields if saved.expression]
    hints = [read for saved in computed for read in hinted_reads(saved.expression, RECORD, saved.type)]
    hints += [read for text, of in sync.body_reads for read in hinted_reads(text, BODY, of)]
    if not sync.body_steps:
        _refuse_names_in_list(hints, where)
    beside = list(_beside_records(sync))
    shape = _records(_items(sync.raw, sync.pagination), sync.body_steps, beside, where, hints)
    return RawType(sync.body, shape, "body", sync.name)


def _refuse_names_in_list(reads: Iterable[RawRead], where: str) -> None:
    """Refuse expressions that read a name of a response which is the list of the records itself."""
    for read in reads:
        name = read.path[0] if read.path else ""
        if isinstance(name, str) and name not in ("", "length"):
            raise AnswersError(
                f"an expression reads {name} of the response, which is the list of the records itself",
                where=f"{where}.save_metadata",
                fix="read the items, such as response[0].id, or set request.response_path to where the records are",
            )


def _beside_records(sync: SyncSpec) -> Iterator[tuple[Path, Type]]:
    """What a sync reads of a body beside its own records: the next page, other records, what the next run begins with."""
    following = _read_beside(sync.pagination)
    if isinstance(sync.pattern, Extended) and sync.pattern.cursor_steps:
        cursor = (sync.pattern.cursor_steps, or_null(_CURSOR))
        yield cursor
        # The pattern's cursor may be that of the pagination as well.
        following = [place for place in following if place != cursor]
    yield from following
    yield from ((fetch.body_steps, ArrayOf(raw_ref(fetch.raw))) for fetch in sync.others if fetch.source)
    yield from ((saved.steps, or_null(saved.type)) for saved in sync.saved_fields if saved.steps)


def further_body_types(sync: SyncSpec, where: str) -> list[RawType]:
    """The raw types of the bodies of a sync's other requests.

    Raises:
        AnswersError: see ``sync_body_type``.
    """
    nested = [
        RawType(fetch.body, body_of_list(fetch, where), "nested body", sync.name, fetch.model)
        for fetch in sync.further
        if fetch.body and not fetch.source
    ]
    listing = sync.deleted_list
    if listing is None or not listing.body:
        return nested
    return [*nested, RawType(listing.body, body_of_list(listing, where), "deleted list", sync.name)]


def body_of_list(fetch: Fetch, where: str) -> Type:
    """What a whole body of a list is.

    Raises:
        AnswersError: see ``sync_body_type``.
    """
    items = _items(fetch.raw, fetch.pagination)
    return _records(items, fetch.body_steps, _read_beside(fetch.pagination), where)


def body_type(action: ActionSpec, context: Context, where: str) -> RawType | None:
    """The raw type of an action's response body; ``None`` where the body is the record.

    Raises:
        AnswersError: records and the next page's cursor in one place.
    """
    if action.returns == "binary":
        return RawType(action.raw, Primitive("ArrayBuffer"), "file", action.name)
    if not action.raw:
        return None
    if action.listing is not None:
        return RawType(action.raw, _page(action.listing, where), "page", action.name)
    if action.returns == "value" and action.output is not None:
        return _value_body(action, action.output)
    if action.response_path and action.output is not None:
        tree = RawTree()
        record = raw_ref(context.raw_name(action.output.name))
        tree.put(steps_of(action.response_path), record, nullable=False)
        return RawType(action.raw, tree.shape(), "response", action.name)
    return None


def _value_body(action: ActionSpec, output: Model) -> RawType:
    # In an object of its own, since the body itself may be the value.
    tree = RawTree()
    tree.put(("body", *steps_of(action.response_path)), output.shape.fields[0].type, nullable=False)
    return RawType(action.raw, tree.shape().fields[0].type, "response", action.name)


def _page(listing: ListResult, where: str) -> Type:
    pagination = listing.pagination
    following = _next_page(pagination.keys) if pagination.kind != "none" else []
    items = _items(listing.raw_item, pagination)
    return _records(items, steps_of(pagination.response_path), following, where)


def _items(raw: str, pagination: Pagination) -> Type:
    """A list of records, each within an item of it where that is not the record itself."""
    item = raw_ref(raw)
    if pagination.item_steps:
        tree = RawTree()
        tree.put(pagination.item_steps, item, nullable=True)
        item = tree.shape()
    return ArrayOf(item)


def _records(
    items: Type, steps: Path, beside: list[tuple[Path, Type]], where: str, hints: Iterable[RawRead] = ()
) -> Type:
    """A body that holds a list of records at some steps, and what is read beside them at others.

    Raises:
        AnswersError: what is read in one place stands on the way to another.
    """
    if not steps and not beside:
        return items
    tree = RawTree()
    try:
        tree.put(steps, items, nullable=False)
        for place, of in beside:
            tree.put(place, of, nullable=is_nullable(of))
    except CrossedPathsError:
        # What leads to the next page is missing from the last one; a list of other records is always there.
        what, where_is = "other ones", "the other records are"
        if is_nullable(of):
            what, where_is = "what comes next", "the next page is"
        raise AnswersError(
            f"the records are read from {'.'.join(steps)!r}, and {what} from {'.'.join(place)!r}: "
            "one of them cannot be",
            where=f"{where}.request",
            fix=f"check response_path and where {where_is}",
        ) from None
    for hint in hints:
        tree.suggest(hint.path, hint.type, hint.nullable)
    return tree.shape()


def _read_beside(pagination: Pagination) -> list[tuple[Path, Type]]:
    """What a sync reads of a body beside the records, where it turns the pages itself."""
    return _next_page(pagination.keys) if pagination.turns_pages else []


def _next_page(keys: Mapping[str, Any]) -> list[tuple[Path, Type]]:
    """The path and the type of what the body holds to get the next page: a cursor, a link, whether there is one."""
    places: list[tuple[Path, Type]] = []
    if "cursor_path_in_response" in keys:
        places.append((steps_of(keys["cursor_path_in_response"]), or_null(_CURSOR)))
    if "link_path_in_response_body" in keys:
        places.append((steps_of(keys["link_path_in_response_body"]), or_null(Primitive("string"))))
    flags = (keys[key] for key in ("more_path", "last_path") if key in keys)
    places += ((steps_of(flag), or_null(Primitive("boolean"))) for flag in flags)
    if "total_path" in keys:
        places.append((steps_of(keys["total_path"]), or_null(Primitive("number"))))
    return places
