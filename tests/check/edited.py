"""The findings that are left when their edits have been applied."""

from __future__ import annotations

from nango_scaffold.check import Tree, fixed

from .support import findings


def mended(rule: str, folder: Tree, rounds: int = 5) -> Tree:
    """A folder after some rounds of one rule's edits."""
    for _ in range(rounds):
        changed = fixed(folder.files, findings(rule, folder))
        folder = Tree({**folder.files, **changed}, folder.base_paths)
    return folder


def with_line_ends(folder: Tree, end: str = "\r\n") -> Tree:
    """The same folder with these line ends."""
    return Tree({path: text.replace("\n", end) for path, text in folder.files.items()}, folder.base_paths)
