"""Where the imports of a file lead."""

from __future__ import annotations

import posixpath


def is_relative(source: str) -> bool:
    """Whether an import is of a file rather than of a package."""
    return source in (".", "..") or source.startswith(("./", "../"))


def resolved(path: str, source: str) -> str | None:
    """The path an import leads to, below the folder that paths begin at and without ``.js`` or ``.ts``.

    Args:
        path: that of the file with the import.
        source: what it imports from.

    Returns:
        The path; None for a package, and for what lies outside of the folder.
    """
    if not is_relative(source):
        return None
    stem = posixpath.normpath(posixpath.join(posixpath.dirname(path), source))
    if stem.startswith("..") or stem == ".":
        return None
    return stem[:-3] if stem.endswith((".js", ".ts")) else stem


def candidates(path: str, source: str) -> tuple[str, ...]:
    """The paths of the files that an import may mean, the likeliest first; none for a package."""
    stem = resolved(path, source)
    return (f"{stem}.ts", f"{stem}/index.ts") if stem is not None else ()
