"""An integration's entries in nango.yaml in the words of the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..answers.answers import NOTHING
from ..answers.parts import METHODS

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_METHOD = {"syncs": "GET", "actions": "POST"}


def sync_answer(name: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    """A sync as nango.yaml has it."""
    outputs = as_list(entry.get("output"))
    endpoints = endpoints_of(entry, "syncs")
    answer: dict[str, Any] = {
        "name": name,
        "description": entry.get("description"),
        "runs": entry.get("runs"),
        "sync_type": sync_type_of(entry),
        "track_deletes": _track_deletes(entry),
        "auto_start": entry.get("auto_start") is not False,
        "version": entry.get("version"),
        "metadata": entry.get("input"),
        "scopes": as_list(entry.get("scopes")),
        "webhook_subscriptions": as_list(entry.get("webhook-subscriptions")) or None,
        "endpoint": endpoints[0] if endpoints else None,
    }
    if len(outputs) > 1:
        answer["models"] = outputs
        further = zip(outputs[1:], endpoints[1:], strict=False)
        answer["requests"] = {str(model): {"endpoint": endpoint} for model, endpoint in further}
    else:
        answer["model"] = outputs[0] if outputs else None
    return _said(answer)


def _track_deletes(entry: Mapping[str, Any]) -> bool | None:
    """Of a full sync, whether it tracks deletes: the CLI's default is not to. ``None`` for an incremental one."""
    return entry.get("track_deletes") is True if sync_type_of(entry) == "full" else None


def action_answer(name: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    """An action as nango.yaml has it."""
    endpoints = endpoints_of(entry, "actions")
    return _said(
        {
            "name": name,
            "description": entry.get("description"),
            "version": entry.get("version"),
            "input": entry.get("input") or NOTHING,
            "output": entry.get("output") or NOTHING,
            "scopes": as_list(entry.get("scopes")),
            "endpoint": endpoints[0] if endpoints else None,
        }
    )


def endpoints_of(entry: Mapping[str, Any], section: str) -> list[dict[str, str]]:
    """The endpoints of a script, in whichever form they are written: method, path, and group where there is one."""
    endpoints = []
    for endpoint in as_list(entry.get("endpoint")):
        if isinstance(endpoint, str):
            method, _, path = endpoint.strip().rpartition(" ")
            endpoints.append({"method": method.strip() or DEFAULT_METHOD[section], "path": path})
        elif isinstance(endpoint, dict):
            endpoints.append(_endpoint(endpoint, DEFAULT_METHOD[section]))
    return endpoints


def _endpoint(endpoint: Mapping[str, Any], default: str) -> dict[str, str]:
    by_method = next(((key, endpoint[key]) for key in METHODS if isinstance(endpoint.get(key), str)), None)
    if by_method:
        return {"method": by_method[0], "path": by_method[1]}
    group = {"group": endpoint["group"]} if endpoint.get("group") else {}
    return {"method": endpoint.get("method") or default, "path": endpoint.get("path") or "", **group}


def sync_type_of(entry: Mapping[str, Any]) -> Any:
    """The type of a sync, which is full where nothing is said."""
    sync_type = entry.get("sync_type") or "full"
    return sync_type.lower() if isinstance(sync_type, str) else sync_type


def as_list(value: Any) -> list[Any]:
    """A list, of one where one value is written."""
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def _said(answer: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in answer.items() if value is not None}
