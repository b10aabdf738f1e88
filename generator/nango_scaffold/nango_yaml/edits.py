"""Changes to a nango.yaml, as data."""

from __future__ import annotations

from dataclasses import field
from enum import Enum
from typing import TYPE_CHECKING, Any

from ..frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Path = tuple[str, ...]


class Absent(Enum):
    """The place of a value that is not there; ``None`` is nango.yaml's null."""

    ABSENT = "absent"

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT = Absent.ABSENT


@frozen
class Block:
    """What one integration contributes, as plain data in writing order.

    Attributes:
        integration: its key in nango.yaml; empty for a block of models alone.
        syncs: entries by name.
        actions: entries by name.
        models: fields by model name, in nango.yaml's model language, with keys such as ``body?``.
        on_events: script names by event.
    """

    integration: str
    syncs: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    actions: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    models: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    on_events: Mapping[str, list[str]] = field(default_factory=dict)

    def sections(self) -> dict[str, Mapping[str, Any]]:
        """Its sections that hold something, in writing order, by their key in nango.yaml."""
        named = {"syncs": self.syncs, "actions": self.actions, "on-events": self.on_events}
        return {name: entries for name, entries in named.items() if entries}

    def as_data(self) -> dict[str, dict[str, Any]]:
        """The block as a nango.yaml of its own."""
        body = {self.integration: dict(self.sections())} if self.sections() else {}
        return {"integrations": body, "models": dict(self.models)}


@frozen
class Edit:
    """One change at a key path: a new value, or ``ABSENT`` to take the key out.

    Attributes:
        path: from ``integrations`` or ``models`` inwards.
        value: plain data or ``ABSENT``.
        after: for a new key, the key it follows; None for the last place, the empty string for the first.
    """

    path: Path
    value: Any
    after: str | None = None


@frozen
class Difference:
    """Something that was left as the user has it.

    Attributes:
        path: from ``integrations`` or ``models`` inwards.
        ours: what we would have written, ``ABSENT`` for nothing.
        theirs: what stands in the file, ``ABSENT`` for nothing.
        why: ``edited`` (only the user changed it), ``conflict`` (both did), ``deleted`` (the user took it out) or
            ``used`` (another entry still refers to it).
    """

    path: Path
    ours: Any
    theirs: Any
    why: str


def apply(data: Mapping[str, Any], edits: Iterable[Edit]) -> dict[str, Any]:
    """What a nango.yaml's data is after edits; the original is left alone, sharing what did not change."""
    result = dict(data)
    for edit in edits:
        _apply(result, edit.path, edit.value)
    return result


def _apply(target: dict[str, Any], path: Path, value: Any) -> None:
    name, *rest = path
    if rest:
        inner = dict(target.get(name) or {})
        target[name] = inner
        _apply(inner, tuple(rest), value)
    elif value is ABSENT:
        target.pop(name, None)
    else:
        target[name] = value
