"""Answers with scripts added or removed: plain data in, plain data out, checked when they are loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from .load import names_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

ScriptKind = Literal["sync", "action"]
_DESCRIBED = ("models", "responses")


def with_scripts(
    raw: Mapping[str, Any], kind: ScriptKind, scripts: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """The answers with more syncs or actions, after those they have.

    The short form stays as long as names are all that there is.

    Args:
        raw: plain answers.
        kind: the kind of the scripts.
        scripts: each as an item of ``syncs`` or ``actions``; ``name`` at least.
    """
    full, short = f"{kind}s", f"{kind}_names"
    names = names_of(raw.get(short))
    only_names = all(set(script) == {"name"} for script in scripts)
    if only_names and (names or not raw.get(full)):
        names += [script["name"] for script in scripts]
        return {**raw, short: _as_written(names, raw.get(short))}
    # The short form holds no more than names: those in it move to the long one, where they stood before the new ones.
    named_alone = [{"name": name} for name in names]
    rest = {key: value for key, value in raw.items() if key != short}
    return {**rest, full: [*(raw.get(full) or ()), *named_alone, *map(dict, scripts)]}


def _as_written(names: list[str], before: Any) -> str | list[str]:
    """Names in the form that the answers have them in: a string with commas, or a list."""
    return ", ".join(names) if isinstance(before, str) else names


def with_descriptions(raw: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """The answers with the models and responses of other answers added."""
    described = {key: {**(raw.get(key) or {}), **more[key]} for key in _DESCRIBED if more.get(key)}
    return {**raw, **described}


def without_scripts(raw: Mapping[str, Any], names: Collection[str]) -> dict[str, Any]:
    """The answers without the syncs, actions and scripts of events that have one of these names."""
    result = dict(raw)
    for short in ("sync_names", "action_names"):
        if short in raw:
            result[short] = _as_written(_without(names_of(raw[short]), names), raw[short])
    for full in filter(raw.get, ("syncs", "actions")):
        result[full] = [item for item in raw[full] if item["name"] not in names]
    if raw.get("on_events"):
        result["on_events"] = _events_without(raw["on_events"], names)
    return {key: value for key, value in result.items() if value or not raw.get(key)}


def _events_without(events: Mapping[str, Any], names: Collection[str]) -> dict[str, list[str]]:
    return {event: _without(scripts or (), names) for event, scripts in events.items()}


def _without(names: Iterable[str], removed: Collection[str]) -> list[str]:
    return [name for name in names if name not in removed]


def without_descriptions(raw: Mapping[str, Any], names: Collection[str]) -> dict[str, Any]:
    """The answers without the descriptions of some models."""
    described = {
        key: {name: fields for name, fields in raw[key].items() if name not in names}
        for key in _DESCRIBED
        if raw.get(key)
    }
    result = {**raw, **described}
    return {key: value for key, value in result.items() if value or key not in described}


def scripts_of(raw: Mapping[str, Any], kind: ScriptKind) -> list[Mapping[str, Any]]:
    """The syncs or the actions of valid answers, each as an item of the long form."""
    named_alone = [{"name": name} for name in names_of(raw.get(f"{kind}_names"))]
    return [*(raw.get(f"{kind}s") or ()), *named_alone]


def named_scripts(raw: Mapping[str, Any]) -> dict[str, ScriptKind]:
    """The names of all syncs and actions in valid answers, each with its kind."""
    kinds: tuple[ScriptKind, ...] = ("sync", "action")
    return {script["name"]: kind for kind in kinds for script in scripts_of(raw, kind)}
