"""What the templates of the scripts for a connection's events are filled with beside their spec."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..frozen import frozen
from ..spec.syncs import CREATION, VALIDATION

if TYPE_CHECKING:
    from ..spec.syncs import OnEvent

_PARTS = {CREATION: "creation", VALIDATION: "validation"}


@frozen
class OnEventView:
    """One script; ``part``: the template of its function."""

    name: str
    spec: OnEvent
    part: str


def on_event_view(script: OnEvent) -> OnEventView:
    """Everything the template needs to write a script."""
    return OnEventView(script.name, script, _PARTS.get(script.event, "deletion"))
