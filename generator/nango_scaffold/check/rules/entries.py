"""What an entry of nango.yaml says of its sync or action."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from ..rule import EntryRule
from ..yaml_edits import key_said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..entries import Entry
    from ..finding import Finding
    from ..rule import Rule
    from ..script import Script
    from ..syntax import Node
    from ..tree import Tree

_WRITES_METADATA = frozenset({"setMetadata", "updateMetadata"})


class FullSyncTracksDeletes(EntryRule):
    """A full sync has ``track_deletes: true``.

    Without it, a record that is gone at the provider stays with Nango for ever.
    """

    id = "Y01"
    mends: ClassVar = True
    kinds: ClassVar = ("sync",)

    def look(self, entry: Entry, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        if entry.data and entry.sync_type == "full" and entry.data.get("track_deletes") is not True:
            message = f"The full sync {entry.name} does not say track_deletes: true."
            edits = key_said(entry, "track_deletes", "true", after=("sync_type", "runs"))
            yield self.finding(tree.yaml, entry.span("track_deletes"), message, *edits)


class SyncWithMetadataWaits(EntryRule):
    """A sync that needs metadata has ``auto_start: false``.

    Otherwise its first run comes as soon as there is a connection, before anybody can have set the metadata. A sync
    that takes no input and writes its metadata itself does not need any.
    """

    id = "Y02"
    mends: ClassVar = True
    kinds: ClassVar = ("sync",)

    def look(self, entry: Entry, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        needs_metadata = bool(entry.input or _metadata_read(tree.script(entry.script)))
        if needs_metadata and entry.data and entry.data.get("auto_start") is not False:
            message = f"The sync {entry.name} needs metadata, but does not say auto_start: false."
            edits = key_said(
                entry, "auto_start", "false", after=("input", "track_deletes", "sync_type", "runs")
            )
            yield self.finding(tree.yaml, entry.span("auto_start"), message, *edits)


class MetadataIsInput(EntryRule):
    """The metadata that a sync reads is a model, and that model is its input in nango.yaml."""

    id = "Y03"
    kinds: ClassVar = ("sync",)

    def look(self, entry: Entry, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        script = tree.script(entry.script)
        if script is None or not _metadata_read(script) or not entry.data:
            return
        if not entry.input:
            message = f"The sync {entry.name} reads metadata but has no input: the model of its metadata belongs there."
            yield self.finding(tree.yaml, entry.span(), message)
        elif entry.input not in entry.document.models:
            message = f"The sync {entry.name} reads metadata, but its input {entry.input} is no model of nango.yaml."
            yield self.finding(tree.yaml, entry.value_span("input"), message)
        else:
            yield from self._other_types(entry, script)

    def _other_types(self, entry: Entry, script: Script) -> Iterator[Finding]:
        for node, name in _imported_types(script):
            if name != entry.input:
                message = f"The sync {entry.name} reads its metadata as {name}, but its input in nango.yaml is {entry.input}."
                yield self.finding(script, script.span(node), message)


class ScopesAreStated(EntryRule):
    """Every sync and action states the scopes it needs: ``scopes: []`` where the provider knows none."""

    id = "Y04"

    def look(self, entry: Entry, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        if entry.data and entry.data.get("scopes") in (None, ""):
            message = f"The {entry.kind} {entry.name} does not state its scopes: list them, or write scopes: [] if it needs none."
            yield self.finding(tree.yaml, entry.span("scopes"), message)


class SyncIsDescribed(EntryRule):
    """Every sync has a description."""

    id = "Y13"
    kinds: ClassVar = ("sync",)

    def look(self, entry: Entry, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        if entry.data and not str(entry.data.get("description") or "").strip():
            message = f"The sync {entry.name} has no description: say what it fetches."
            yield self.finding(tree.yaml, entry.span("description"), message)


def _metadata_read(script: Script | None) -> bool:
    """Whether a script reads metadata that somebody else has set."""
    methods = {call.method for call in script.calls} if script else set()
    return "getMetadata" in methods and not methods & _WRITES_METADATA


def _imported_types(script: Script) -> Iterator[tuple[Node, str]]:
    """The types that metadata is read as, when they are plain names that the script imports, by their own names."""
    names = {
        name: original
        for one in script.imports
        for name, original in zip(one.names, one.originals, strict=True)
    }
    for call in script.calls:
        arguments = call.node.child_by_field_name("type_arguments")
        nodes = arguments.named_children if call.method == "getMetadata" and arguments else []
        for node in nodes[:1]:
            name = names.get(script.of(node), "")
            if name not in ("", "default", "*"):
                yield node, name


RULES: tuple[Rule, ...] = (
    FullSyncTracksDeletes(),
    SyncWithMetadataWaits(),
    MetadataIsInput(),
    ScopesAreStated(),
    SyncIsDescribed(),
)
