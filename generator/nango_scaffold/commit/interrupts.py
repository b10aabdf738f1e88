"""Signals that ask a run to end wait while it swaps files: that takes a moment, and half of it is worth nothing."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

ENDING = frozenset(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
"""The signals that ask a run to end; SIGHUP is not there on Windows."""


def uninterrupted() -> AbstractContextManager[None]:
    """Hold back the signals that ask a run to end until the block is over; on Windows they cannot be."""
    return _masked("SIG_BLOCK")


def interruptible() -> AbstractContextManager[None]:
    """Let the signals through again that `uninterrupted` holds back, while there is nothing to leave half-done."""
    return _masked("SIG_UNBLOCK")


@contextmanager
def _masked(how: str) -> Iterator[None]:
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(getattr(signal, how), ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
