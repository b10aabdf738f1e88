"""Child processes, as cheap as a fork."""

from __future__ import annotations

import os
import pickle
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

NOBODY = 65534
_ENDING = (signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True)
class ChildError:
    """An exception that was raised in a child process."""

    kind: str
    text: str
    exit_code: int | None


@dataclass(frozen=True)
class Child:
    """A process that was started, and the pipe its outcome comes through."""

    pid: int
    pipe: int

    def outcome(self) -> Any:
        """What it returned, the ``ChildError`` it raised, or, negative, the signal that killed it; waits for its end."""
        with open(self.pipe, "rb") as pipe:
            pickled = pipe.read()
        _, status = os.waitpid(self.pid, 0)
        return -os.WTERMSIG(status) if os.WIFSIGNALED(status) else pickle.loads(pickled)


def start(act: Callable[[], Any], *, as_nobody: bool = False) -> Child:
    """Call ``act`` in a child; ``as_nobody``: without the rights of root, if we have them."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writer)
        return Child(pid, reader)
    # A process of its own starts without the handlers that commands run in this one have left.
    for number in _ENDING:
        signal.signal(number, signal.SIG_DFL)
    try:
        if as_nobody and os.getuid() == 0:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        outcome = act()
    except BaseException as error:
        outcome = ChildError(type(error).__name__, str(error), getattr(error, "exit_code", None))
    # What it came to is told, also when it is told to end now.
    signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    os.write(writer, pickle.dumps(outcome))
    os._exit(0)


def in_child(act: Callable[[], Any], *, as_nobody: bool = False) -> Any:
    """The outcome of ``act`` in a process of its own."""
    return start(act, as_nobody=as_nobody).outcome()
