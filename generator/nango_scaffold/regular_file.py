"""Read a file that anybody may have put there: never a pipe or a device, and never more than fits."""

from __future__ import annotations

import errno
import json
import os
import stat
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

LIMIT = 8 * 1024 * 1024
"""The most bytes of one file: a nango.yaml with every provider there is takes less than one of these eight MB."""

# Bytes that are asked for at once: a buffer of the limit would cost more than most files do.
_SMALL, _LARGE = 4096, 1024 * 1024

_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
# A pipe that is swapped in between our look and our open must not keep us waiting for its other end.
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def read_regular(path: str | Path, *, follow: bool = True, limit: int = LIMIT) -> bytes:
    """Read a regular file whole.

    Args:
        path: where it lies.
        follow: whether the last name of the path may be a link.
        limit: the most bytes it may have.

    Raises:
        OSError: it cannot be read, is no regular file (EINVAL), or is larger than the limit (EFBIG).
    """
    # Looked at before it is opened, as well: to open a device can be to start something.
    _refuse_irregular(os.stat(path, follow_symlinks=follow), path)
    handle = os.open(path, _READ if follow else _READ | _NOFOLLOW)
    try:
        status = os.fstat(handle)
        _refuse_irregular(status, path)
        data = _read_at_most(handle, limit + 1, at_once=min(max(status.st_size + 1, _SMALL), _LARGE))
    finally:
        os.close(handle)
    if len(data) > limit:
        raise OSError(errno.EFBIG, f"it is larger than {limit // 1024 // 1024} MB", str(path))
    return data


def read_json(path: str | Path, *, limit: int = LIMIT) -> dict[str, Any]:
    """A JSON file's mapping, such as a package.json's; an empty one when it cannot be read as one."""
    try:
        data = json.loads(read_regular(path, limit=limit).decode("utf-8-sig", "replace"))
    except (OSError, ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def _read_at_most(handle: int, most: int, at_once: int) -> bytes:
    """What an open file holds, whatever size its status has: a file may grow, and those of /proc have none."""
    parts = []
    while most and (part := os.read(handle, min(most, at_once))):
        parts.append(part)
        most -= len(part)
    return b"".join(parts)


def _refuse_irregular(status: os.stat_result, path: str | Path) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "it is not a regular file", str(path))
