"""Disks that fail, or kill their process, at the n-th call."""

from __future__ import annotations

import errno
import os
import signal
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nango_scaffold.commit import Disk

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import FrameType


@dataclass(frozen=True)
class Call:
    """One call of the seam: its number from 1, its name and arguments, and how to do it, wholly or cut short."""

    number: int
    name: str
    args: tuple[Any, ...]
    act: Callable[[], Any]
    half: Callable[[], Any]


class TrappedDisk(Disk):
    """The real disk, without the wait for the medium; ``trap`` stands before every call.

    Attributes:
        log: the names of all calls so far.
        sites: with ``is_tracing``, from which lines of the room each of them came.
    """

    def __init__(
        self, trap: Callable[[Call], Any] = lambda call: call.act(), *, is_tracing: bool = False
    ) -> None:
        self.log: list[str] = []
        self.sites: list[tuple[str, ...]] = []
        self._is_tracing = is_tracing
        self._trap = trap

    def fsync(self, path: Path) -> None:
        os.close(os.open(path, os.O_RDONLY))

    def __getattribute__(self, name: str) -> Any:
        value = super().__getattribute__(name)
        return self._guard(name, value) if name in CALLS else value

    def _guard(self, name: str, act: Callable[..., Any]) -> Callable[..., Any]:
        def guarded(*args: Any, **kwargs: Any) -> Any:
            self.log.append(name)
            if self._is_tracing:
                self.sites.append(_site())
            half = (lambda: act(args[0], args[1][: len(args[1]) // 2])) if name == "write" else (lambda: None)
            return self._trap(Call(len(self.log), name, args, lambda: act(*args, **kwargs), half))

        return guarded


def _site() -> tuple[str, ...]:
    """The lines that led to a call, from within the commit room."""
    frame: FrameType | None = sys._getframe(2)
    lines = []
    while frame:
        # By the module, not the file: a mutant's frames have those of mutmut in between, and a folder any name.
        if frame.f_globals["__name__"].startswith("nango_scaffold.commit."):
            lines.append(f"{frame.f_code.co_name}:{frame.f_lineno}")
        frame = frame.f_back
    return tuple(lines)


# The copies of a method that mutmut adds have names that are not ASCII.
CALLS = frozenset(name for name in vars(Disk) if name.isascii() and not name.startswith("_"))
SWAPS = ("rename", "link")  # the calls that put a file into its place, or move it away from there
READS = frozenset(
    {"look", "real", "may_write", "read", "read_released", "names"}
)  # the calls that change nothing


class MountedDisk(TrappedDisk):
    """A folder of it looks like another file system: it has another device number, and no rename crosses into it."""

    def __init__(self, mount: Path, trap: Callable[[Call], Any] = lambda call: call.act()) -> None:
        super().__init__(trap)
        self._mount = mount

    def look(self, path: Path, *, follow: bool = True) -> os.stat_result | None:
        status = super().look(path, follow=follow)
        if status is None or not path.is_relative_to(self._mount):
            return status
        return os.stat_result([*status[:2], status.st_dev + 1, *status[3:]])

    def rename(self, source: Path, target: Path) -> None:
        if source.is_relative_to(self._mount) != target.is_relative_to(self._mount):
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        super().rename(source, target)


def anew(error: BaseException) -> BaseException:
    """A copy of the error without a traceback: one that is raised again keeps all frames of earlier raises."""
    return type(error)(*error.args)


def failing_before(step: int, error: BaseException) -> TrappedDisk:
    """One call fails, without effect; a write is cut short."""

    def trap(call: Call) -> Any:
        if call.number == step:
            call.half()
            raise anew(error)
        return call.act()

    return TrappedDisk(trap)


def failing_after(step: int, error: BaseException) -> TrappedDisk:
    """One call does its work, and then raises."""

    def trap(call: Call) -> Any:
        result = call.act()
        if call.number == step:
            raise anew(error)
        return result

    return TrappedDisk(trap)


def gone_from(step: int, error: BaseException) -> TrappedDisk:
    """One call fails, and every later one too: what the project looks like then is what a killed process leaves."""

    def trap(call: Call) -> Any:
        if call.number < step:
            return call.act()
        if call.number == step:
            call.half()
        raise anew(error)

    return TrappedDisk(trap)


def killing_at(step: int) -> TrappedDisk:
    """The process is killed at one call; a write is cut short."""

    def trap(call: Call) -> Any:
        if call.number == step:
            call.half()
            os.kill(os.getpid(), signal.SIGKILL)
        return call.act()

    return TrappedDisk(trap)
