"""What the CLI takes as the endpoint of a sync or an action."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..answers.shapes import shown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from .entries import Entry

_METHODS = {"sync": ("GET",), "action": ("GET", "POST", "PUT", "PATCH", "DELETE")}
_TEXTS = {
    "sync": re.compile(r"(GET\s)?/[a-zA-Z0-9./_-]+"),
    "action": re.compile(r"((GET|POST|PUT|PATCH|DELETE)\s)?/[a-zA-Z0-9:{}./_-]+"),
}
_PATH = re.compile(r"/[a-zA-Z0-9:{}./_-]+")
_GROUP = re.compile(r"[a-zA-Z _-]{1,64}")
_KEYS = ("method", "path", "group")
_PARAMETER = re.compile(r"\{([^}]+)\}")


def endpoints_amiss(entry: Entry) -> Iterator[tuple[str, str]]:
    """What is wrong with the endpoints of an entry: the key below ``endpoint`` that is meant, if one is, and a sentence."""
    value = entry.data["endpoint"]
    owner = f"the {entry.kind} {entry.name}"
    values = value if isinstance(value, list) and entry.kind == "sync" else [value]
    for one in values:
        yield from _amiss(one, entry.kind, owner)
        yield from _unknown_model(one, entry, owner)
    if entry.kind == "sync" and entry.outputs and len(values) != len(entry.outputs):
        counts = f"{len(values)} for {len(entry.outputs)}"
        yield "", f"The sync {entry.name} should have one endpoint for each of its outputs, but has {counts}."


def _amiss(value: Any, kind: str, owner: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        yield from _mapping_amiss(value, kind, owner)
    elif not isinstance(value, str):
        yield "", f"The endpoint {shown(value)} of {owner} should be a mapping of method, path and group."
    elif not _TEXTS[kind].fullmatch(value):
        example = "GET /contacts" if kind == "sync" else "POST /contacts"
        yield "", f"The endpoint {shown(value)} of {owner} should be like {example}."


def _mapping_amiss(value: dict[str, Any], kind: str, owner: str) -> Iterator[tuple[str, str]]:
    for key in value:
        if key not in _KEYS:
            yield key, f"The endpoint of {owner} has the key {key}, but only method, path and group are known."
    method, path, group = (value.get(key) for key in _KEYS)
    if "method" in value and method not in _METHODS[kind]:
        yield "method", f"The method {shown(method)} of {owner} should be {_either(_METHODS[kind])}."
    if "path" not in value:
        yield "", f"The endpoint of {owner} has no path."
    elif not _is_match(_PATH, path):
        yield "path", f"The path {shown(path)} of {owner} should be a slash and letters, digits, dashes and slashes behind it."
    if "group" in value and not _is_match(_GROUP, group):
        yield "group", f"The group {shown(group)} of {owner} should be letters, blanks and dashes, at most 64."


def _unknown_model(value: Any, entry: Entry, owner: str) -> Iterator[tuple[str, str]]:
    path = value.get("path") if isinstance(value, dict) else value
    found = _PARAMETER.search(path) if isinstance(path, str) else None
    model = found[1].split(":")[0] if found else ""
    models: Collection[str] = entry.document.models
    if model and model not in models:
        yield "path", f"The path {path} of {owner} has {model} in braces, which is not a model of nango.yaml."


def _is_match(pattern: re.Pattern[str], value: Any) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _either(words: tuple[str, ...]) -> str:
    return " or ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)
