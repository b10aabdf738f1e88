"""Answers of the command line as the beginning of a draft: what they say is not asked. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..answers.load import names_of
from .draft import INTEGRATION, PROVIDER, Draft, Slot

if TYPE_CHECKING:
    from collections.abc import Iterator

_TEXTS = {"pattern": "pattern", "runs": "runs", "sync_type": "type"}


def begin(data: Mapping[str, Any]) -> Draft:
    """The draft that says what ``--set`` said.

    Args:
        data: the answers as plain data, as ``with_settings`` gives them. What has the wrong shape is kept as it is:
            the check of the whole will name it.
    """
    said: dict[Slot, str | None] = {}
    rest: dict[int, Mapping[str, Any]] = {}
    for slot in (PROVIDER, INTEGRATION):
        if isinstance(data.get(slot.key), str):
            said[slot] = data[slot.key]
    for number, (kind, script) in enumerate(_scripts(data), 1):
        said[Slot(number, "kind")] = kind
        known, rest[number] = _split(script, data)
        said.update({Slot(number, key): value for key, value in known.items()})
    covered = {"provider", "integration", "syncs", "actions", "sync_names", "action_names"}
    rest[0] = {key: value for key, value in data.items() if key not in covered and value is not None}
    return Draft(said, given=frozenset(said), rest={number: more for number, more in rest.items() if more})


def _scripts(data: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for kind in ("sync", "action"):
        for script in data.get(f"{kind}s") or ():
            if isinstance(script, Mapping):
                yield kind, script
        for name in names_of(data.get(f"{kind}_names")):
            yield kind, {"name": name}


def _split(
    script: Mapping[str, Any], data: Mapping[str, Any]
) -> tuple[dict[str, str | None], Mapping[str, Any]]:
    """What the questions cover of a script, and the rest of it."""
    rest = dict(script)
    known: dict[str, str | None] = {"name": str(rest.pop("name"))} if rest.get("name") else {}
    for key, slot in _TEXTS.items():
        if isinstance(rest.get(key), str):
            known[slot] = rest.pop(key)
    request = rest.get("request")
    if isinstance(request, Mapping):
        for key, slot in (("path", "path"), ("method", "method"), ("incremental", "filter")):
            if key in request:
                known[slot] = None  # said, and kept among the rest
    for key, slot in (
        ("scopes", "scopes"),
        ("metadata", "metadata"),
        ("input", "input"),
        ("output", "fields"),
    ):
        if key in rest:
            known[slot] = None
    if rest.get("model") is not None or rest.get("models") is not None:
        known["fields"] = None
    return known, rest
