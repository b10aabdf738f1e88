"""A TypeScript file of an integration: its place, and the entry of nango.yaml that it is the script of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..frozen import frozen
from ..typescript.source_file import SourceFile

if TYPE_CHECKING:
    from typing import Literal, TypeAlias

    from .entries import Entry

    Kind: TypeAlias = 'Literal["sync", "action", "on-event", "mapper", "types", "helper"]'

SENDERS = ("sync", "action", "on-event", "helper", "mapper")
"""The kinds of scripts that may send a request."""

_FOLDERS: dict[str, Kind] = {
    "syncs": "sync",
    "actions": "action",
    "on-events": "on-event",
    "post-connection-scripts": "on-event",
    "mappers": "mapper",
}


def kind_of(path: str) -> Kind | None:
    """What a file of an integration is, by its path below the folder of nango.yaml; None for none that rules look at."""
    parts = path.split("/")
    if not path.endswith(".ts") or path.endswith((".d.ts", ".test.ts")) or len(parts) < 2:
        return None
    if len(parts) == 3 and parts[1] in _FOLDERS:
        return _FOLDERS[parts[1]]
    if parts[1:] == ["types.ts"]:
        return "types"
    return None if parts[1] in ("tests", "mocks", "fixtures") else "helper"


@frozen
class Script(SourceFile):
    """A TypeScript file of an integration.

    Attributes:
        path: posix, below the folder of nango.yaml.
        text: what it holds.
        integration: the key of its integration.
        kind: what it is, by its place.
        entry: its sync or action in nango.yaml; None when that has none.
    """

    path: str
    text: str
    integration: str
    kind: Kind
    entry: Entry | None

    @property
    def title(self) -> str:
        """Its name at the beginning of a sentence: ``The sync users``, ``The file shop/helpers/page.ts``."""
        stem = self.path.rsplit("/", 1)[-1].removesuffix(".ts")
        if self.kind in ("sync", "action", "mapper"):
            return f"The {self.kind} {stem}"
        return f"The file {self.path}"
