"""The only room that writes: one lock, one staged and journalled commit, whole or not at all."""

from __future__ import annotations

from .disk import Disk
from .lock import Lock, hold
from .merging import git_merger, merge_file
from .places import folders_in, preflight, read
from .recovery import Recovery, is_unfinished, recover
from .transaction import WrittenError, apply

__all__ = [
    "Disk",
    "Lock",
    "Recovery",
    "WrittenError",
    "apply",
    "folders_in",
    "git_merger",
    "hold",
    "is_unfinished",
    "merge_file",
    "preflight",
    "read",
    "recover",
]
