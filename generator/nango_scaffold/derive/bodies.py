"""Response bodies that are not the record itself: pages of a list, records under a key, answers to a delete."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..models.types import ArrayOf, Primitive, Ref, Type, UnionOf
from .raw_types import RawTree, or_null
from .spec import ActionSpec, ListResult, RawType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .context import Context

_CURSOR = UnionOf((Primitive("string"), Primitive("number")))


def body_type(action: ActionSpec, context: Context) -> RawType | None:
    """The raw type of an action's response body; ``None`` where the body is the record."""
    if action.returns == "done":
        return RawType(
            action.raw, Primitive("unknown"), f"What {action.name} gets back; nothing of it is read"
        )
    if action.listing is not None:
        return RawType(action.raw, _page(action.listing), f"One page of {action.name}")
    if action.response_path:
        tree = RawTree()
        record = Ref(context.raw_name(action.output.name))
        tree.put(tuple(action.response_path.split(".")), record, nullable=False)
        return RawType(action.raw, tree.shape(), f"The body of {action.name}")
    return None


def _page(listing: ListResult) -> Type:
    items: Type = ArrayOf(Ref(listing.raw_item))
    path = listing.pagination.response_path
    if not path:
        return items
    tree = RawTree()
    tree.put(tuple(path.split(".")), items, nullable=False)
    for key, of in _next_page(listing.pagination.keys):
        tree.put(tuple(key.split(".")), or_null(of), nullable=True)
    return tree.shape()


def _next_page(keys: Mapping[str, Any]) -> list[tuple[str, Type]]:
    """Where the body says what comes next, and as what."""
    found: list[tuple[str, Type]] = []
    if "cursor_path_in_response" in keys:
        found.append((keys["cursor_path_in_response"], _CURSOR))
    if "link_path_in_response_body" in keys:
        found.append((keys["link_path_in_response_body"], Primitive("string")))
    return found
