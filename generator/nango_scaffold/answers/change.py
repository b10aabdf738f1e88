"""Answers with scripts added or taken out: plain data in, plain data out, checked by whoever loads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from .load import names_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

ScriptKind = Literal["sync", "action"]
_DESCRIBED = ("models", "responses")


def with_scripts(
    raw: Mapping[str, Any], kind: ScriptKind, scripts: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """The answers with more syncs or actions, after those they have.

    The short form stays as long as it can say everything.

    Args:
        raw: answers as they were given.
        kind: what the scripts are.
        scripts: each as an item of ``syncs`` or ``actions``; ``name`` at least.
    """
    full, short = f"{kind}s", f"{kind}_names"
    listed = names_of(raw.get(short))
    if all(set(script) == {"name"} for script in scripts) and (listed or not raw.get(full)):
        names = [*listed, *(script["name"] for script in scripts)]
        return {**raw, short: ", ".join(names) if isinstance(raw.get(short), str) else names}
    items = [*(raw.get(full) or ()), *({"name": name} for name in listed), *map(dict, scripts)]
    return {**{key: value for key, value in raw.items() if key != short}, full: items}


def with_descriptions(raw: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """The answers with the models and responses that other answers have beside."""
    described = {key: {**(raw.get(key) or {}), **more[key]} for key in _DESCRIBED if more.get(key)}
    return {**raw, **described}


def without_scripts(raw: Mapping[str, Any], names: Collection[str]) -> dict[str, Any]:
    """The answers without the syncs, actions and scripts of events that have one of these names."""
    result = dict(raw)
    for kind in ("sync", "action"):
        short, full = f"{kind}_names", f"{kind}s"
        if short in raw:
            left = [name for name in names_of(raw[short]) if name not in names]
            result[short] = ", ".join(left) if isinstance(raw[short], str) else left
        if raw.get(full):
            result[full] = [item for item in raw[full] if item["name"] not in names]
    if raw.get("on_events"):
        result["on_events"] = {
            event: [name for name in scripts or () if name not in names]
            for event, scripts in raw["on_events"].items()
        }
    return {key: value for key, value in result.items() if value or not raw.get(key)}


def without_descriptions(raw: Mapping[str, Any], names: Collection[str]) -> dict[str, Any]:
    """The answers without what they say of some models."""
    described = {
        key: {name: fields for name, fields in raw[key].items() if name not in names}
        for key in _DESCRIBED
        if raw.get(key)
    }
    result = {**raw, **described}
    return {key: value for key, value in result.items() if value or key not in described}


def scripts_of(raw: Mapping[str, Any], kind: ScriptKind) -> list[Mapping[str, Any]]:
    """The syncs or the actions of answers of the right shape, each as an item of the long form."""
    return [*(raw.get(f"{kind}s") or ()), *({"name": name} for name in names_of(raw.get(f"{kind}_names")))]


def named_scripts(raw: Mapping[str, Any]) -> dict[str, ScriptKind]:
    """The names of all syncs and actions in answers of the right shape, each with what it is."""
    found: dict[str, ScriptKind] = {}
    kinds: tuple[ScriptKind, ...] = ("sync", "action")
    for kind in kinds:
        full = (item["name"] for item in raw.get(f"{kind}s") or ())
        found.update((name, kind) for name in (*full, *names_of(raw.get(f"{kind}_names"))))
    return found
