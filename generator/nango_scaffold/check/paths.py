"""Where the imports of a script lead."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .tree import Tree


def is_relative(source: str) -> bool:
    """Whether an import is of a file rather than of a package."""
    return source in (".", "..") or source.startswith(("./", "../"))


def resolved(path: str, source: str) -> str | None:
    """The path an import leads to, below the folder of nango.yaml and without ``.js`` or ``.ts``.

    Args:
        path: that of the file with the import.
        source: what it imports from.

    Returns:
        The path; None for a package, and for what lies outside of the folder.
    """
    if not is_relative(source):
        return None
    found = posixpath.normpath(posixpath.join(posixpath.dirname(path), source))
    if found.startswith("..") or found == ".":
        return None
    return found[:-3] if found.endswith((".js", ".ts")) else found


def target(tree: Tree, path: str, source: str) -> str | None:
    """The file of the folder that an import means; None when there is none at hand."""
    stem = resolved(path, source)
    if stem is None:
        return None
    return next((one for one in (f"{stem}.ts", f"{stem}/index.ts") if one in tree.files), None)
