"""The one object of a record, or the one item of a list, that several values of a mapping are read from."""

from __future__ import annotations

from typing import Any


def origin_of(value: Any) -> Any:
    """Where a value of a mapping is read from: a path, or an item of a list and a path in it; ``None`` for other values."""
    if isinstance(value, str):
        return {"from": value}
    if not isinstance(value, dict) or "from" not in value:
        return None
    return {key: value[key] for key in ("from", "where", "pick") if key in value}


def shared_origin(origins: list[Any]) -> tuple[dict[str, Any], int] | None:
    """The object that some values are all read from, and the length of its path; ``None`` where there is none."""
    if not origins or any(origin is None for origin in origins):
        return None
    first = origins[0]
    if all("pick" in origin for origin in origins):
        item = {key: first[key] for key in ("from", "where")}
        is_shared = all({key: origin[key] for key in item} == item for origin in origins)
        return (item, 0) if is_shared else None
    if any("where" in origin for origin in origins):
        return None
    prefixes = [origin["from"].split(".")[:-1] for origin in origins]
    common = min(prefixes, key=len)
    if not common or any(prefix[: len(common)] != common for prefix in prefixes):
        return None
    return {"from": ".".join(common)}, len(common)


def within(value: Any, length: int) -> Any:
    """A value as it is read from an object: without the steps that lead to that."""
    if isinstance(value, str):
        return ".".join(value.split(".")[length:])
    if "pick" in value:
        rest = {key: item for key, item in value.items() if key not in ("from", "where", "pick")}
        return {"from": value["pick"]} | rest if rest else value["pick"]
    return value | {"from": ".".join(value["from"].split(".")[length:])}
