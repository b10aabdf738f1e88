"""The only room that writes: one lock, one staged and journalled commit, whole or not at all."""

from __future__ import annotations

from nango_scaffold.commit.disk import Disk
from nango_scaffold.commit.lock import Lock, hold
from nango_scaffold.commit.places import preflight, read
from nango_scaffold.commit.recovery import Recovery, is_unfinished, recover
from nango_scaffold.commit.transaction import WrittenError, apply

__all__ = [
    "Disk",
    "Lock",
    "Recovery",
    "WrittenError",
    "apply",
    "hold",
    "is_unfinished",
    "preflight",
    "read",
    "recover",
]
