"""An integration's entries in nango.yaml in the words of the answers, and what of them no answer says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..answers.answers import NOTHING
from ..answers.parts import METHODS
from ..frozen import frozen
from ..render.paths import YAML

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..nango_yaml import Block, Document

_DEFAULTS: dict[str, Any] = {"auto_start": True, "track_deletes": False, "scopes": [], "description": ""}
_NOTHING = object()
_DEFAULT_METHODS = {"syncs": "GET", "actions": "POST"}


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
        # The CLI pairs outputs and endpoints by position.
        further = zip(outputs[1:], endpoints[1:], strict=False)
        answer["requests"] = {str(model): {"endpoint": endpoint} for model, endpoint in further}
    else:
        answer["model"] = outputs[0] if outputs else None
    return _set_only(answer)


def _track_deletes(entry: Mapping[str, Any]) -> bool | None:
    """Of a full sync, whether it tracks deletes: the CLI's default is not to. ``None`` for an incremental one."""
    return entry.get("track_deletes") is True if sync_type_of(entry) == "full" else None


def action_answer(name: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    """An action as nango.yaml has it."""
    endpoints = endpoints_of(entry, "actions")
    answer = {
        "name": name,
        "description": entry.get("description"),
        "version": entry.get("version"),
        "input": entry.get("input") or NOTHING,
        "output": entry.get("output") or NOTHING,
        "scopes": as_list(entry.get("scopes")),
        "endpoint": endpoints[0] if endpoints else None,
    }
    return _set_only(answer)


def endpoints_of(entry: Mapping[str, Any], section: str) -> list[dict[str, str]]:
    """The endpoints of a script, in whichever form they are written: method, path, and group where there is one."""
    endpoints = []
    for endpoint in as_list(entry.get("endpoint")):
        if isinstance(endpoint, str):
            method, _, path = endpoint.strip().rpartition(" ")
            endpoints.append({"method": method.strip() or _DEFAULT_METHODS[section], "path": path})
        elif isinstance(endpoint, dict):
            endpoints.append(_endpoint(endpoint, _DEFAULT_METHODS[section]))
    return endpoints


def _endpoint(endpoint: Mapping[str, Any], default: str) -> dict[str, str]:
    for method in METHODS:
        # The older form: `GET: /users`.
        if isinstance(endpoint.get(method), str):
            return {"method": method, "path": endpoint[method]}
    group = {"group": endpoint["group"]} if endpoint.get("group") else {}
    return {"method": endpoint.get("method") or default, "path": endpoint.get("path") or "", **group}


def sync_type_of(entry: Mapping[str, Any]) -> Any:
    """The type of a sync; full is the default."""
    sync_type = entry.get("sync_type") or "full"
    # The CLI takes any case; what is no string is left for the reader of the answers to refuse.
    return sync_type.lower() if isinstance(sync_type, str) else sync_type


def as_list(value: Any) -> list[Any]:
    """A list, of one where one value is written."""
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def _set_only(answer: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in answer.items() if value is not None}


# What the answers do not say.


@frozen
class Unexpressed:
    """Something of an integration that its answers do not hold: it stays as it is, where it is.

    Attributes:
        place: a file with a line, or a path of nango.yaml.
        reason: what it is, in a few words.
    """

    place: str
    reason: str


def differences(block: Block, document: Document, left_out: Mapping[str, str]) -> Iterator[Unexpressed]:
    """Everything in which the block differs from the file in meaning, however it is written.

    Args:
        block: what the answers give.
        document: nango.yaml.
        left_out: the scripts that the answers do not name, each with the reason.
    """
    entry = document.integrations[block.integration]
    for section, ours in (("syncs", block.syncs), ("actions", block.actions)):
        place = f"{YAML}: {block.integration}.{section}"
        yield from _of_section(place, ours, entry.get(section) or {}, left_out)
    events = f"{YAML}: {block.integration}.on-events"
    yield from _of_value(events, block.on_events, entry.get("on-events") or {})
    for key in entry:
        if key not in ("syncs", "actions", "on-events"):
            yield Unexpressed(f"{YAML}: {block.integration}.{key}", "the answers have no word for it")
    for name, fields in block.models.items():
        yield from _of_value(f"{YAML}: models.{name}", fields, document.models.get(name, _NOTHING))


def meaning(section: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    """What an entry means to the CLI: defaults filled in, every form of an endpoint or a list as one."""
    meant = {key: value for key, value in entry.items() if value is not None}
    meant["endpoint"] = endpoints_of(entry, section)
    meant["output"] = as_list(entry.get("output"))
    for key in ("scopes", "webhook-subscriptions"):
        meant[key] = as_list(entry.get(key))
    if section == "syncs":
        meant["sync_type"] = sync_type_of(entry)
    if isinstance(meant.get("description"), str):
        # A block scalar ends with a line break that nobody wrote on purpose.
        meant["description"] = meant["description"].strip()
    present = {key: value for key, value in meant.items() if value != []}
    return {key: value for key, value in present.items() if value != _DEFAULTS.get(key, _NOTHING)}


def _of_section(
    place: str, ours: Mapping[str, Any], theirs: Mapping[str, Any], left_out: Mapping[str, str]
) -> Iterator[Unexpressed]:
    section = place.rpartition(".")[2]
    for name, script in theirs.items():
        if name in ours:
            yield from _of_script(section, ours[name], script, f"{place}.{name}")
        else:
            yield Unexpressed(f"{place}.{name}", left_out.get(name, "the answers do not name it"))
    for name in [name for name in ours if name not in theirs]:
        yield Unexpressed(place, f"the answers would add {name}, which is not there")


def _of_script(section: str, ours: Mapping[str, Any], theirs: Any, place: str) -> Iterator[Unexpressed]:
    if not isinstance(theirs, dict):
        yield Unexpressed(place, "it is not a mapping")
        return
    left, right = meaning(section, ours), meaning(section, theirs)
    # In the order of the user's file, so that the report reads along with it.
    for key in dict.fromkeys([*right, *left]):
        yield from _of_value(f"{place}.{key}", left.get(key, _NOTHING), right.get(key, _NOTHING))


def _of_value(place: str, ours: Any, theirs: Any) -> Iterator[Unexpressed]:
    # The order of a mapping counts: a model's fields are declared in it.
    if ours == theirs and (not isinstance(ours, dict) or list(ours) == list(theirs)):
        return
    if theirs is _NOTHING:
        yield Unexpressed(place, f"it is not there, and the answers give {shown(ours)}")
    elif ours is _NOTHING:
        yield Unexpressed(place, f"{shown(theirs)}: the answers have no word for it")
    else:
        yield Unexpressed(place, f"{shown(theirs)}, and the answers give {shown(ours)}")


def shown(value: Any) -> str:
    """A value on one line of at most 80 characters."""
    text = str(value)
    if isinstance(value, str) and not value.isprintable():
        # A file may hold control characters that a terminal would obey.
        text = ascii(value)
    return text if len(text) <= 80 else f"{text[:77]}..."
