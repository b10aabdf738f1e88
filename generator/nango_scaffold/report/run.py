"""What a report knows of a run besides its outcome."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from ..frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..project import Advice, NangoProject


@frozen
class Integration:
    """One integration that a run writes.

    Attributes:
        name: its folder and key.
        provider: the provider's key; empty when it is not told.
        source: where the facts about the provider come from.
        syncs: the names of its syncs.
        actions: the names of its actions.
    """

    name: str
    provider: str = ""
    source: str = ""
    syncs: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()

    @property
    def script(self) -> str:
        """The script to try first; empty when none is told."""
        return next(iter((*self.syncs, *self.actions)), "")


@frozen
class Run:
    """A run of a command that writes integrations.

    Attributes:
        project: the project.
        integrations: what is written, in order.
        dry: whether nothing is written.
        tools: those of `next_steps.TOOLS` that the project has.
        seconds: how long each step took, by its name.
        remarks: what is to be said of the project as it is now.
    """

    project: NangoProject
    integrations: tuple[Integration, ...]
    dry: bool = False
    tools: tuple[str, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)
    remarks: tuple[Advice, ...] = ()
