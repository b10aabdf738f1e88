"""Which script of an integration imports which."""

from __future__ import annotations

from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .script import Kind, Script
    from .tree import Tree

_ENDS = ("", ".ts", "/index.ts")


def imported(script: Script, source: str, tree: Tree) -> Script | None:
    """The script that a relative import comes from; None for a package, and for what is no script of an integration."""
    if not source.startswith("."):
        return None
    path = normpath(join(dirname(script.path), source))
    stem = path.removesuffix(".js")
    return next((found for end in _ENDS if (found := tree.script(stem + end))), None)


def used_by(script: Script, tree: Tree) -> frozenset[Kind]:
    """The kinds of the scripts that a file is part of: its own, or for one that others import, theirs."""
    kinds: set[Kind] = set()
    seen, todo = {script.path}, [script]
    while todo:
        one = todo.pop()
        if one.kind in ("sync", "action", "on-event"):
            kinds.add(one.kind)
        for user in _users(one, tree):
            if user.path not in seen:
                seen.add(user.path)
                todo.append(user)
    return frozenset(kinds)


def _users(script: Script, tree: Tree) -> list[Script]:
    return [
        other
        for other in tree.scripts
        if other is not script and any(imported(other, source, tree) is script for source in _sources(other))
    ]


def _sources(script: Script) -> list[str]:
    nodes = [node.child_by_field_name("source") for node in script.syntax.root.children]
    return [script.of(node)[1:-1] for node in nodes if node is not None]
