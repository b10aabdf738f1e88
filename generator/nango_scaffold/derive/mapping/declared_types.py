"""Raw types are declared where something is read of them; the others are ``unknown`` where one is named."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from ...models.types import ObjectOf, Primitive, Ref, Type, UnionOf
from ...models.walk import referenced_models, with_parts
from ...spec.mappers import UNREAD

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from ...spec.actions import ActionSpec
    from ...spec.integration import IntegrationSpec
    from ...spec.mappers import DynamicMapper, Mapper, RawType
    from ...spec.syncs import Fetch, SyncSpec

_Typed = TypeVar("_Typed", bound="Mapper | DynamicMapper | Fetch")
_UNKNOWN = Primitive(UNREAD)


def with_read_types(spec: IntegrationSpec) -> IntegrationSpec:
    """The integration without raw types of which no script and no mapper reads anything."""
    empty = {raw.name for raw in spec.raw_types if raw.shape == ObjectOf(())}
    spec = replace(
        spec,
        syncs=tuple(_sync(sync, empty) for sync in spec.syncs),
        actions=tuple(_action(action, empty) for action in spec.actions),
        mappers=tuple(_typed(mapper, empty) for mapper in spec.mappers),
    )
    declared = [
        replace(raw, shape=_without(raw.shape, empty)) for raw in spec.raw_types if raw.name not in empty
    ]
    # A record that is written out as a constant leaves a raw type behind that nothing names.
    named = _with_referenced(set(_named(spec)), declared)
    return replace(spec, raw_types=tuple(raw for raw in declared if raw.name in named))


def _name(raw: str, empty: Collection[str]) -> str:
    return UNREAD if raw in empty else raw


def _typed(of: _Typed, empty: Collection[str]) -> _Typed:
    return replace(of, raw=_name(of.raw, empty))


def _sync(sync: SyncSpec, empty: Collection[str]) -> SyncSpec:
    listing = sync.deleted_list and _typed(sync.deleted_list, empty)
    deleted = sync.deleted and replace(sync.deleted, listing=listing)
    return replace(
        sync,
        raw=_name(sync.raw, empty),
        others=tuple(_typed(other, empty) for other in sync.others),
        children=sync.children and _typed(sync.children, empty),
        parents=sync.parents and _typed(sync.parents, empty),
        deleted=deleted,
    )


def _action(action: ActionSpec, empty: Collection[str]) -> ActionSpec:
    listing = action.listing and replace(action.listing, raw_item=_name(action.listing.raw_item, empty))
    return replace(action, raw=_name(action.raw, empty), listing=listing)


def _without(of: Type, empty: Collection[str]) -> Type:
    """The type with ``unknown`` in place of types of which nothing is read."""
    if isinstance(of, Ref):
        return _UNKNOWN if of.model in empty else of
    replaced = with_parts(of, lambda part: _without(part, empty))
    # A union with unknown in it holds anything.
    if isinstance(replaced, UnionOf) and _UNKNOWN in replaced.members:
        return _UNKNOWN
    return replaced


def _named(spec: IntegrationSpec) -> Iterator[str]:
    """Every raw type that a script or a mapper names."""
    for sync in spec.syncs:
        yield from _named_by_loops(sync)
    for action in spec.actions:
        yield from (action.raw, action.read_back.written if action.read_back else "")
    yield from (lookup.body for script in spec.scripts for lookup in script.lookups)
    yield from (mapper.raw for mapper in spec.mappers)


def _named_by_loops(sync: SyncSpec) -> Iterator[str]:
    """The raw types of the records of each loop, of the bodies that hold them, and of those that hold details."""
    for fetch in sync.loops:
        yield from (fetch.body, fetch.raw)
    yield from (fetch.detail.body for fetch in sync.saved if fetch.detail)


def _with_referenced(names: set[str], declared: Iterable[RawType]) -> set[str]:
    """The names, and those of the types that their types are made of."""
    by_name = {raw.name: raw for raw in declared}
    pending = [name for name in names if name in by_name]
    while pending:
        for name in referenced_models(by_name[pending.pop()].shape):
            if name in by_name and name not in names:
                names.add(name)
                pending.append(name)
    return names
