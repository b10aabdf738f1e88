"""One sync, action or model at a time, by the same rules as a whole block."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from .edits import Block
from .merge import Merged, Removed, merge, remove

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal["sync", "action", "model"]


def put(
    text: str | None,
    kind: Kind,
    name: str,
    value: Mapping[str, Any],
    *,
    integration: str = "",
    base: Mapping[str, Any] | None = None,
) -> Merged:
    """Add or replace one entry. Put a model in before the sync or action that refers to it.

    Args:
        text: the file; None or empty for none yet.
        kind: what the entry is.
        name: its key.
        value: its data.
        integration: where a sync or an action belongs; unused for a model.
        base: the entry as we last wrote it, None when we never did.

    Raises:
        Refused: the file cannot be edited without risk, or an entry of that name is not ours.
        ModelClash: a model of that name exists with other fields.
    """
    return merge(
        text,
        _block(kind, name, value, integration),
        None if base is None else _block(kind, name, base, integration),
    )


def take(text: str, kind: Kind, name: str, base: Mapping[str, Any], *, integration: str = "") -> Removed:
    """Take one entry out if it is as we last wrote it; a model, if nothing refers to it either.

    Args:
        text: the file.
        kind: what the entry is.
        name: its key.
        base: the entry as we last wrote it.
        integration: where a sync or an action belongs; unused for a model.

    Raises:
        Refused: the file cannot be edited without risk.
    """
    return remove(text, _block(kind, name, base, integration))


def _block(kind: Kind, name: str, value: Mapping[str, Any], integration: str) -> Block:
    entry = {name: value}
    if kind == "sync":
        return Block(integration, syncs=entry)
    return Block(integration, actions=entry) if kind == "action" else Block(integration, models=entry)
