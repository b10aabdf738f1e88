"""Response bodies that are not the record itself: pages of a list, records under a key, answers to a delete."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..errors import AnswersError
from ..models.types import ArrayOf, Primitive, Ref, Type, UnionOf
from .paths import steps_of
from .raw_tree import CrossedPathsError, RawTree
from .raw_types import or_null
from .spec import ActionSpec, ListResult, RawType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .context import Context

_CURSOR = UnionOf((Primitive("string"), Primitive("number")))


def body_type(action: ActionSpec, context: Context, where: str) -> RawType | None:
    """The raw type of an action's response body; ``None`` where the body is the record.

    Raises:
        AnswersError: records and the next page's cursor in one place.
    """
    if action.returns == "done":
        return RawType(
            action.raw, Primitive("unknown"), f"What {action.name} gets back; nothing of it is read"
        )
    if action.listing is not None:
        return RawType(action.raw, _page(action.listing, where), f"One page of {action.name}")
    if action.response_path:
        tree = RawTree()
        record = Ref(context.raw_name(action.output.name))
        tree.put(steps_of(action.response_path), record, nullable=False)
        return RawType(action.raw, tree.shape(), f"The body of {action.name}")
    return None


def _page(listing: ListResult, where: str) -> Type:
    items: Type = ArrayOf(Ref(listing.raw_item))
    path = listing.pagination.response_path
    if not path:
        return items
    tree = RawTree()
    tree.put(steps_of(path), items, nullable=False)
    for key, of in _next_page(listing.pagination.keys):
        try:
            tree.put(steps_of(key), or_null(of), nullable=True)
        except CrossedPathsError:
            raise AnswersError(
                f"the records are read from {path!r}, and what comes next from {key!r}: one of them cannot be",
                where=f"{where}.request",
                fix="check response_path and paginate",
            ) from None
    return tree.shape()


def _next_page(keys: Mapping[str, Any]) -> list[tuple[str, Type]]:
    """Where the body says what comes next, and as what."""
    found: list[tuple[str, Type]] = []
    if "cursor_path_in_response" in keys:
        found.append((keys["cursor_path_in_response"], _CURSOR))
    if "link_path_in_response_body" in keys:
        found.append((keys["link_path_in_response_body"], Primitive("string")))
    return found
