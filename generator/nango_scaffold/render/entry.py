"""The integration's block of nango.yaml, as plain data in writing order. Rules Y01-Y08, Y13, Y14."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..nango_yaml import Block

if TYPE_CHECKING:
    from ..derive.spec import ActionSpec, Endpoint, IntegrationSpec, SyncSpec


def block(spec: IntegrationSpec) -> Block:
    """What the integration contributes to nango.yaml."""
    return Block(
        integration=spec.integration,
        syncs={sync.name: sync_entry(sync) for sync in spec.syncs},
        actions={action.name: action_entry(action) for action in spec.actions},
        models=dict(spec.models),
    )


def sync_entry(sync: SyncSpec) -> dict[str, Any]:
    """One sync below ``syncs:``."""
    entry: dict[str, Any] = {"runs": sync.runs, "description": sync.description, "sync_type": sync.sync_type}
    if sync.track_deletes:
        entry["track_deletes"] = True
    entry["endpoint"] = _endpoint(sync.endpoint)
    if sync.metadata is not None:
        entry["input"] = sync.metadata.name
    entry["output"] = sync.model
    if sync.metadata is not None:
        entry["auto_start"] = False
    return {**entry, "scopes": list(sync.scopes)}


def action_entry(action: ActionSpec) -> dict[str, Any]:
    """One action below ``actions:``."""
    entry: dict[str, Any] = {"description": action.description, "endpoint": _endpoint(action.endpoint)}
    if action.input is not None:
        entry["input"] = action.input.name
    if action.output is not None:
        entry["output"] = action.output.name
    return {**entry, "scopes": list(action.scopes)}


def _endpoint(endpoint: Endpoint) -> dict[str, Any]:
    return {"method": endpoint.method, "path": endpoint.path, "group": endpoint.group}
