"""The integration's block of nango.yaml, as plain data in writing order. Rules Y01-Y08, Y13, Y14."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..models.types import Model
from ..nango_yaml import Block

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..spec.actions import ActionSpec
    from ..spec.integration import IntegrationSpec
    from ..spec.requests import Endpoint
    from ..spec.syncs import OnEvent, SyncSpec


def block(spec: IntegrationSpec) -> Block:
    """What the integration contributes to nango.yaml."""
    return Block(
        integration=spec.integration,
        syncs={sync.name: sync_entry(sync) for sync in spec.syncs},
        actions={action.name: action_entry(action) for action in spec.actions},
        models=dict(spec.models),
        on_events=on_events(spec.on_events),
    )


def sync_entry(sync: SyncSpec) -> dict[str, Any]:
    """One sync below ``syncs:``."""
    entry: dict[str, Any] = {"runs": sync.runs, "description": sync.description, "sync_type": sync.sync_type}
    if sync.sync_type == "full":
        entry["track_deletes"] = sync.track_deletes
    # A sync of one model has its endpoint and its output alone, one of several a list of each in the same order.
    offered = [
        _endpoint(endpoint) for endpoint in (sync.endpoint, *(fetch.endpoint for fetch in sync.further))
    ]
    saved = [sync.model, *(fetch.model for fetch in sync.further)]
    entry["endpoint"] = offered if sync.further else offered[0]
    if sync.metadata is not None:
        entry["input"] = sync.metadata.name
    entry["output"] = saved if sync.further else saved[0]
    if not sync.auto_start:
        entry["auto_start"] = False
    if sync.webhook is not None:
        entry["webhook-subscriptions"] = list(sync.webhook.subscriptions)
    return {**entry, **_version(sync.version), "scopes": list(sync.scopes)}


def action_entry(action: ActionSpec) -> dict[str, Any]:
    """One action below ``actions:``."""
    entry: dict[str, Any] = {"description": action.description, "endpoint": _endpoint(action.endpoint)}
    if isinstance(action.input, Model):
        entry["input"] = action.input.name
    elif action.input is not None:
        from ..models.unparse import unparse  # few actions take a list or a string

        entry["input"] = unparse(action.input.type)
    if action.output is not None:
        entry["output"] = action.output.name
    return {**entry, **_version(action.version), "scopes": list(action.scopes)}


def on_events(events: Iterable[OnEvent]) -> dict[str, list[str]]:
    """The names below ``on-events:``, by event."""
    named: dict[str, list[str]] = {}
    for script in events:
        named.setdefault(script.event, []).append(script.name)
    return named


def _version(version: str | int | None) -> dict[str, Any]:
    return {} if version is None else {"version": version}


def _endpoint(endpoint: Endpoint) -> dict[str, Any]:
    return {"method": endpoint.method, "path": endpoint.path, "group": endpoint.group}
