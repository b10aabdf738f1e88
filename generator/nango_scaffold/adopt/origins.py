"""Where the values of a mapping are read from: the object of a record, or the item of a list, that several share."""

from __future__ import annotations

from typing import Any

from ..frozen import frozen


@frozen
class FromParent:
    """A value that is taken from the record that a list was fetched for; its path there."""

    path: str


def origin_of(value: Any) -> Any:
    """Where a value of a mapping is read from: a path, or an item of a list and a path in it; ``None`` for other values."""
    if isinstance(value, str):
        return {"from": value}
    if not isinstance(value, dict) or "from" not in value:
        return None
    return {key: value[key] for key in ("from", "where", "pick") if key in value}


def shared_origin(origins: list[Any]) -> tuple[dict[str, Any], int] | None:
    """The object that some values are all read from, and the length of its path; ``None`` where there is none."""
    if not origins or None in origins:
        return None
    if any("where" in origin for origin in origins):
        return _shared_item(origins)
    prefixes = [origin["from"].split(".")[:-1] for origin in origins]
    common = min(prefixes, key=len)
    is_shared = all(prefix[: len(common)] == common for prefix in prefixes)
    return ({"from": ".".join(common)}, len(common)) if common and is_shared else None


def _shared_item(origins: list[dict[str, Any]]) -> tuple[dict[str, Any], int] | None:
    """The item of a list that all values are picked of."""
    if not all("pick" in origin for origin in origins):
        return None
    items = [{key: value for key, value in origin.items() if key != "pick"} for origin in origins]
    return (items[0], 0) if all(item == items[0] for item in items) else None


def within(value: Any, length: int) -> Any:
    """A value as it is read from an object: without the steps that lead to that."""
    if isinstance(value, str):
        return ".".join(value.split(".")[length:])
    if "pick" in value:
        rest = {key: item for key, item in value.items() if key not in ("from", "where", "pick")}
        return {"from": value["pick"]} | rest if rest else value["pick"]
    return value | {"from": ".".join(value["from"].split(".")[length:])}


def with_default(value: Any, otherwise: Any) -> Any:
    """A value with a default; one that is computed in a way that has none gives ``None``."""
    if not isinstance(value, (str, dict)):
        return None
    origin = as_mapping(value)
    is_computed = origin.keys() & {"const", "expression", "join", "is", "each"}
    return None if is_computed else origin | {"otherwise": otherwise}


def as_mapping(path: Any) -> dict[str, Any]:
    """A path, or the item of a list, as the mapping that further keys are added to."""
    return path if isinstance(path, dict) else {"from": path}
