"""Which script of an integration imports which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .paths import target

if TYPE_CHECKING:
    from .script import Kind, Script
    from .tree import Tree


def imported(script: Script, source: str, tree: Tree) -> Script | None:
    """The script that a relative import comes from; None for a package, and for what is no script of an integration."""
    path = target(tree, script.path, source)
    return tree.script(path) if path else None


def used_by(script: Script, tree: Tree) -> frozenset[Kind]:
    """The kinds of the scripts that a file is part of: its own, or for one that others import, theirs."""
    kinds: set[Kind] = set()
    seen, todo = {script.path}, [script]
    while todo:
        one = todo.pop()
        if one.kind in ("sync", "action", "on-event"):
            kinds.add(one.kind)
            continue
        more = [user for user in tree.users.get(one.path, ()) if user.path not in seen]
        seen.update(user.path for user in more)
        todo.extend(more)
    return frozenset(kinds)


def users(tree: Tree) -> dict[str, list[Script]]:
    """The scripts that import a script, by the path of that."""
    found: dict[str, list[Script]] = {}
    for script in tree.scripts:
        for source in _sources(script):
            other = imported(script, source, tree)
            if other is not None:
                found.setdefault(other.path, []).append(script)
    return found


def _sources(script: Script) -> list[str]:
    nodes = [node.child_by_field_name("source") for node in script.syntax.root.children]
    return [script.of(node)[1:-1] for node in nodes if node is not None]
