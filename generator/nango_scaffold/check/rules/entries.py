"""What an entry of nango.yaml says of its sync or action."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from ..rule import EntryRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..entries import Entry
    from ..finding import Finding
    from ..rule import Rule
    from ..tree import Tree


class FullSyncTracksDeletes(EntryRule):
    """A full sync has ``track_deletes: true``.

    Without it, a record that is gone at the provider stays with Nango for ever.
    """

    id = "Y01"
    kinds: ClassVar = ("sync",)

    def look(self, entry: Entry, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        if entry.sync_type == "full" and entry.data.get("track_deletes") is not True:
            message = f"The full sync {entry.name} does not say track_deletes: true."
            yield self.finding(tree.yaml, entry.span("track_deletes"), message)


RULES: tuple[Rule, ...] = (FullSyncTracksDeletes(),)
