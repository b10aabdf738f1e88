"""Rules for tests of the command alone: one of each level, with mends and without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from nango_scaffold.check.finding import Edit, Finding
from nango_scaffold.check.rule import EntryRule, ScriptRule

if TYPE_CHECKING:
    from nango_scaffold.check import Tree
    from nango_scaffold.check.entries import Entry
    from nango_scaffold.check.script import Script


class FullSyncTracksDeletes(EntryRule):
    """A full sync has ``track_deletes: true``."""

    id = "Y01"
    kinds: ClassVar = ("sync",)

    def look(self, entry: Entry, tree: Tree) -> Iterator[Finding]:
        if entry.data.get("track_deletes") is not True:
            message = f"The full sync {entry.name} does not say track_deletes: true."
            yield self.finding(tree.yaml, entry.span("track_deletes"), message)


class ScriptsSayFresh(ScriptRule):
    """A script says `fresh`, not `old`."""

    id = "X01"
    level = "error"
    fixable = True

    def look(self, script: Script, tree: Tree) -> Iterator[Finding]:
        for match in re.finditer(r"\bold\b", script.text):
            edit = Edit(script.path, *match.span(), "fresh")
            yield self.finding(script, match.span(), f"{script.path} says old; say fresh.", edit)


class ScriptsAreShort(ScriptRule):
    """A script is short."""

    id = "X02"
    level = "note"

    def look(self, script: Script, tree: Tree) -> Iterator[Finding]:
        yield self.finding(script, (0, 0), f"{script.path} may be long.")


class EntriesHaveInputs(EntryRule):
    """An action has an input."""

    id = "X03"
    kinds: ClassVar = ("action",)

    def look(self, entry: Entry, tree: Tree) -> Iterator[Finding]:
        if not entry.input:
            start, end = entry.span()
            line_end = tree.yaml.text.index("\n", end) + 1
            newline = "\r\n" if "\r\n" in tree.yaml.text else "\n"
            edit = Edit("nango.yaml", line_end, line_end, f"                input: Order{newline}")
            yield self.finding(tree.yaml, (start, end), f"The action {entry.name} has no input.", edit)


class BreaksScripts(ScriptRule):
    """A fix that breaks the script."""

    id = "X04"

    def look(self, script: Script, tree: Tree) -> Iterator[Finding]:
        if "{{{" not in script.text:
            yield self.finding(script, (0, 6), "It has no braces.", Edit(script.path, 0, 0, "{{{"))
