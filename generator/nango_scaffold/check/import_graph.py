"""What a script reaches beyond itself: the files of its integration that it imports."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from ..frozen import frozen
from ..typescript.syntax import walk
from .modules import imported_script
from .script import REQUESTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..typescript.syntax import Node
    from .script import Import, Script
    from .tree import Tree

_WITHOUT_CODE = ("models", "schema.zod", "types")


@frozen
class Reach:
    """A script and what it imports.

    Attributes:
        scripts: itself, then the scripts that it imports values from, and those that these do.
        is_whole: whether all relative imports of values lead to a file that is known.
    """

    scripts: tuple[Script, ...]
    is_whole: bool

    def mentions(self, word: str) -> bool:
        """Whether a name is written in any of the scripts."""
        return any(True for _ in self._written(word))

    def decides_by(self, word: str) -> bool:
        """Whether a name is written in any of the scripts elsewhere than in what is logged."""
        return any(not _is_logged(script, node) for script, node in self._written(word))

    def _written(self, word: str) -> Iterator[tuple[Script, Node]]:
        for one in self.scripts:
            for node in walk(one.syntax.root) if word in one.text else ():
                if node.type.endswith(("identifier", "identifier_pattern")) and one.of(node) == word:
                    yield one, node


def reach(script: Script, tree: Tree) -> Reach:
    """What a script reaches."""
    found = {script.path: script}
    waiting, is_whole = [script], True
    while waiting:
        one = waiting.pop(0)
        for imported in one.imports:
            if not _brings_code(imported):
                continue
            other = imported_script(one, imported.source, tree)
            is_whole = is_whole and other is not None and other.syntax.is_whole
            if other is not None and other.path not in found:
                found[other.path] = other
                waiting.append(other)
    return Reach(tuple(found.values()), is_whole)


def sends_request(script: Script, node: Node, tree: Tree) -> bool:
    """Whether a piece of a script sends a request, or names a function that does."""
    seen: set[tuple[str, int]] = set()
    waiting = [(script, node)]
    while waiting:
        one, piece = waiting.pop()
        if (one.path, piece.start_byte) in seen:
            continue
        seen.add((one.path, piece.start_byte))
        if any(
            call.method in REQUESTS and piece.start_byte <= call.node.start_byte < piece.end_byte
            for call in one.calls
        ):
            return True
        waiting.extend(_named(one, piece, tree))
    return False


def _named(script: Script, piece: Node, tree: Tree) -> list[tuple[Script, Node]]:
    names = {script.of(node) for node in walk(piece, "identifier")}
    found = [(script, node) for name, node in script.functions.items() if name in names]
    for imported in script.imports:
        other = imported_script(script, imported.source, tree) if not imported.is_type else None
        if other is None:
            continue
        theirs = other.functions
        found += [
            (other, theirs[original])
            for name, original in zip(imported.names, imported.originals, strict=True)
            if name in names and original in theirs
        ]
    return found


def _is_logged(script: Script, node: Node) -> bool:
    """Whether a node stands in the arguments of ``nango.log``."""
    logs = [call.node for call in script.calls if call.method == "log"]
    return any(one.start_byte <= node.start_byte < one.end_byte for one in logs)


def _brings_code(imported: Import) -> bool:
    name = posixpath.basename(imported.source).removesuffix(".js").removesuffix(".ts")
    return not imported.is_type and imported.source.startswith(".") and name not in _WITHOUT_CODE
