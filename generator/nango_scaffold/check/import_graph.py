"""What a script of an integration reaches beyond itself, and what it is part of."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from ..frozen import frozen
from ..typescript.nodes import inside, source_text
from ..typescript.syntax import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..typescript.source_file import Import
    from ..typescript.syntax import Node
    from .script import Kind, Script
    from .tree import Tree

_WITHOUT_CODE = ("models", "schema.zod", "types")  # what is generated, and declarations of types


def used_by(script: Script, tree: Tree) -> frozenset[Kind]:
    """The kinds of the scripts that a file is part of: its own, or for one that others import, theirs."""
    kinds: set[Kind] = set()
    seen, waiting = {script.path}, [script]
    while waiting:
        current = waiting.pop()
        if current.kind in ("sync", "action", "on-event"):
            kinds.add(current.kind)
            continue  # who imports such a script is no part of it
        new = [user for user in tree.users.get(current.path, ()) if user.path not in seen]
        seen.update(user.path for user in new)
        waiting.extend(new)
    return frozenset(kinds)


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
        for script in self.scripts:
            for node in walk(script.syntax.root) if word in script.text else ():
                if node.type.endswith(("identifier", "identifier_pattern")) and source_text(node) == word:
                    yield script, node


def reach(script: Script, tree: Tree) -> Reach:
    """What a script reaches."""
    reached = {script.path: script}
    waiting, is_whole = [script], True
    while waiting:
        current = waiting.pop(0)
        for imported in filter(_brings_code, current.imports):
            # A file that is not known, or is broken, may do anything.
            other = tree.imported_script(current, imported.source)
            is_whole = is_whole and other is not None and other.syntax.is_whole
            if other is not None and other.path not in reached:
                reached[other.path] = other
                waiting.append(other)
    return Reach(tuple(reached.values()), is_whole)


def sends_request(script: Script, node: Node, tree: Tree) -> bool:
    """Whether a piece of a script sends a request, or names a function that does."""
    # Functions may call each other in a circle, over files as well.
    seen: set[tuple[str, int]] = set()
    waiting = [(script, node)]
    while waiting:
        current, piece = waiting.pop()
        if (current.path, piece.start_byte) in seen:
            continue
        seen.add((current.path, piece.start_byte))
        if any(inside(call.node, piece) for call in current.requests):
            return True
        waiting.extend(_functions_named(current, piece, tree))
    return False


def _functions_named(script: Script, piece: Node, tree: Tree) -> Iterator[tuple[Script, Node]]:
    """The functions that a piece of a script names: those of the script, and those that it imports."""
    names = {source_text(node) for node in walk(piece, "identifier")}
    yield from ((script, node) for name, node in script.functions.items() if name in names)
    for imported in script.imports:
        other = tree.imported_script(script, imported.source) if not imported.is_type else None
        if other is None:
            continue
        for name, original in zip(imported.names, imported.originals, strict=True):
            if name in names and original in other.functions:
                yield other, other.functions[original]


def _is_logged(script: Script, node: Node) -> bool:
    """Whether a node stands in the arguments of ``nango.log``."""
    logs = [call.node for call in script.calls if call.method == "log"]
    return any(log.start_byte <= node.start_byte < log.end_byte for log in logs)


def _brings_code(imported: Import) -> bool:
    name = posixpath.basename(imported.source).removesuffix(".js").removesuffix(".ts")
    return not imported.is_type and imported.source.startswith(".") and name not in _WITHOUT_CODE
