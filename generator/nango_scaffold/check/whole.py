"""Rules that look at scripts without syntax errors only: a part of a script does not show what is missing in it."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from .rule import ScriptRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .finding import Finding
    from .script import Script
    from .tree import Tree


class WholeScriptRule(ScriptRule):
    """A rule about the script of a sync or an action that is TypeScript from end to end."""

    def look(self, script: Script, tree: Tree) -> Iterator[Finding]:  # noqa: D102
        if script.syntax.is_whole:
            yield from self.look_at_whole(script, tree)

    @abstractmethod
    def look_at_whole(self, script: Script, tree: Tree) -> Iterator[Finding]:
        """What breaks the rule in one file."""
