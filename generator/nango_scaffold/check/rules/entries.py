"""Entries of nango.yaml."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from ...typescript.nodes import part
from ..import_graph import reach
from ..metadata import reads_metadata, requires_metadata
from ..rule import EntryRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...typescript.syntax import Node
    from ..entries import Entry
    from ..finding import Finding
    from ..script import Script
    from ..tree import Tree


class FullSyncTracksDeletes(EntryRule):
    """A full sync has ``track_deletes: true``.

    Without it, a record that was deleted at the provider stays in Nango forever. Where that is wanted, the answers of the
    integration say so with ``track_deletes: false``, and a project without answers with a comment above the entry.

    A full sync that reads ``nango.lastSyncDate`` does not fetch everything: Nango hands that date to every sync, and
    ``track_deletes`` would delete each record that a run did not save again. It is an incremental sync, or has to fetch
    everything.
    """

    id = "Y01"
    kinds: ClassVar = ("sync",)

    def look(self, entry: Entry, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        if not entry.data or entry.sync_type != "full":
            return
        tracks = entry.data.get("track_deletes") is True
        if _reads_last_sync_date(entry, tree):
            danger = "it deletes" if tracks else "track_deletes: true would delete"
            message = (
                f"The full sync {entry.name} reads nango.lastSyncDate: it should be sync_type: incremental, or fetch "
                f"everything; {danger} every record that a run does not save."
            )
            yield self.finding(tree.yaml, entry.span("sync_type"), message)
        elif not tracks and entry.script not in tree.without_track_deletes:
            message = f"The full sync {entry.name} does not say track_deletes: true."
            yield self.finding(tree.yaml, entry.span("track_deletes"), message)


class SyncWithMetadataWaits(EntryRule):
    """A sync that cannot do without metadata has ``auto_start: false``.

    Otherwise its first run starts as soon as there is a connection, before anybody can set the metadata. A sync
    that has a default for it, leaves it out where it is missing, or writes it itself needs none.
    """

    id = "Y02"
    kinds: ClassVar = ("sync",)

    def look(self, entry: Entry, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        if entry.data and entry.data.get("auto_start") is not False and requires_metadata(entry, tree):
            message = f"The sync {entry.name} needs metadata, but does not say auto_start: false."
            yield self.finding(tree.yaml, entry.span("auto_start"), message)


class MetadataIsInput(EntryRule):
    """The metadata that a sync reads is a model, and that model is its input in nango.yaml."""

    id = "Y03"
    kinds: ClassVar = ("sync",)

    def look(self, entry: Entry, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        script = tree.script(entry.script)
        if script is None or not reads_metadata(script) or not entry.data:
            return
        if not entry.input:
            message = f"The sync {entry.name} reads metadata but has no input: the model of its metadata belongs there."
            yield self.finding(tree.yaml, entry.span(), message)
        elif entry.input not in entry.document.models:
            message = f"The sync {entry.name} reads metadata, but its input {entry.input} is not a model of nango.yaml."
            yield self.finding(tree.yaml, entry.value_span("input"), message)
        else:
            yield from self._other_types(entry, script)

    def _other_types(self, entry: Entry, script: Script) -> Iterator[Finding]:
        for node, name in _imported_types(script):
            if name != entry.input:
                message = f"The sync {entry.name} reads its metadata as {name}, but its input in nango.yaml is {entry.input}."
                yield self.finding(script, script.span(node), message)


class ScopesAreStated(EntryRule):
    """Every sync and action lists the scopes it needs: ``scopes: []`` if the provider has none."""

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


def _reads_last_sync_date(entry: Entry, tree: Tree) -> bool:
    script = tree.script(entry.script)
    return script is not None and reach(script, tree).decides_by("lastSyncDate")


def _imported_types(script: Script) -> Iterator[tuple[Node, str]]:
    """The types that metadata is read as, when they are plain names that the script imports, by their own names."""
    for call in script.calls:
        arguments = part(call.node, "type_arguments")
        nodes = arguments.named_children if call.method == "getMetadata" and arguments else []
        for node in nodes[:1]:
            imported = script.import_of(script.of(node))
            if imported is not None and imported[1] not in ("default", "*"):
                yield node, imported[1]
