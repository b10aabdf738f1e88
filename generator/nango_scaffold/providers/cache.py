"""Our folder in the user's cache: what lies there can be made again, so nothing may depend on it."""

from __future__ import annotations

import os
from pathlib import Path

_NAME = "nango-scaffold"


def folder() -> str:
    """Where our folder is, or would be: below ``XDG_CACHE_HOME`` on every system, else where the system keeps caches.

    Raises:
        OSError: the user has no home.
    """
    base = os.environ.get("XDG_CACHE_HOME", "")
    if os.path.isabs(base):
        return os.path.join(base, _NAME)
    from platformdirs import user_cache_dir  # seldom needed

    try:
        return user_cache_dir(_NAME, appauthor=False, opinion=False)
    except RuntimeError as error:
        # What pathlib says where there is no home; callers do without a cache then, as for any OSError.
        raise OSError(str(error)) from None


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
    # By process: two that write the same file at once do not write into each other's draft.
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_bytes(text.encode())
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    return path
