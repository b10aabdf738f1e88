"""What of nango.yaml the answers do not say: the block they give, set against the entries that are there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..render.paths import YAML
from .entries import as_list, endpoints_of, sync_type_of
from .notes import Unexpressed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..nango_yaml import Block, Document

_DEFAULTS: dict[str, Any] = {"auto_start": True, "track_deletes": False, "scopes": [], "description": ""}
_NOTHING = object()


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
    yield from _of_value(
        f"{YAML}: {block.integration}.on-events", block.on_events, entry.get("on-events") or {}
    )
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
        meant["description"] = meant["description"].strip()
    return {
        key: value for key, value in meant.items() if value != _DEFAULTS.get(key, _NOTHING) and value != []
    }


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
    for key in dict.fromkeys([*right, *left]):
        yield from _of_value(f"{place}.{key}", left.get(key, _NOTHING), right.get(key, _NOTHING))


def _of_value(place: str, ours: Any, theirs: Any) -> Iterator[Unexpressed]:
    if ours == theirs and (not isinstance(ours, dict) or list(ours) == list(theirs)):
        return
    if theirs is _NOTHING:
        yield Unexpressed(place, f"it is not there, and the answers give {shown(ours)}")
    elif ours is _NOTHING:
        yield Unexpressed(place, f"{shown(theirs)}: the answers have no word for it")
    else:
        yield Unexpressed(place, f"{shown(theirs)}, and the answers give {shown(ours)}")


def shown(value: Any) -> str:
    """A value on one line, not too long."""
    text = ascii(value) if isinstance(value, str) and not value.isprintable() else str(value)
    return text if len(text) <= 80 else f"{text[:77]}..."
