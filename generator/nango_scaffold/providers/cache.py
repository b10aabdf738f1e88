"""Our folder in the user's cache: what lies there can be made again, so nothing may depend on it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_NAME = "nango-scaffold"


def folder() -> str:
    """Where our folder is, or would be: below ``XDG_CACHE_HOME``, else where the system keeps caches."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    return os.path.join(base if os.path.isabs(base) else os.path.expanduser(_systems_own()), _NAME)


def read(name: str) -> str | None:
    """A file's text; None when it is not there or cannot be read."""
    try:
        with open(os.path.join(folder(), name), encoding="utf-8") as file:
            return file.read()
    except (OSError, ValueError):
        return None


def write(name: str, text: str) -> Path:
    """Write a file in one piece: whoever reads it sees the former text or all of this one.

    Raises:
        OSError: it cannot be written; the former file stays then.
    """
    path = Path(folder(), name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_bytes(text.encode())
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    return path


def _systems_own() -> str:
    if sys.platform == "win32":
        return os.environ.get("LOCALAPPDATA") or os.path.join("~", "AppData", "Local")
    return os.path.join("~", "Library", "Caches") if sys.platform == "darwin" else os.path.join("~", ".cache")
