"""One run at a time: a lock of the operating system, which dies with its process.

The lock file's text (pid, host, since when) only serves the message; whether the lock is held is the system's
knowledge, so a dead run's file is simply taken over. A second lock stands beside the real nango.yaml, because
several projects may share one through links.

Signals that ask a run to end wait while it swaps files: that takes a moment, and half of it is worth nothing.
"""

from __future__ import annotations

import json
import os
import signal
import stat
import sys
import time
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import LockHeldError, ProjectError
from ..frozen import frozen
from ..plan.paths import LOCK, NANGO_YAML, STAGING
from .disk import Disk
from .places import beyond_reach, cannot, find_project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

# Another name than the project's lock: two projects could otherwise wait for each other.
_YAML_LOCK = f"{LOCK}-yaml"
# Nobody waits for the other end of a pipe that has the name of the lock.
_OPEN = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_NEEDED = "Nothing was changed; the project must be writable, and this name free for the lock file."
_TRIES = 100  # how often the project folder may vanish under us before we believe it cannot be made
_FIRST_PAUSE, _LONGEST_PAUSE = 0.002, 0.05  # seconds between two tries


@frozen
class Lock:
    """The right to write to a project, for as long as the ``with`` block of :func:`hold` lasts.

    Attributes:
        project: the real path of the project folder, which exists now.
        disk: the disk that ``apply`` and ``recover`` work on.
    """

    project: Path
    disk: Disk = field(default_factory=Disk)


@contextmanager
def hold(
    project: Path, wait: float = 30.0, *, last: str = NANGO_YAML, disk: Disk | None = None
) -> Iterator[Lock]:
    """Hold the lock of a project, and of the nango.yaml it may share with others.

    The folder is made when it is not there, and removed again if it is still empty at the end.

    Args:
        project: the project folder.
        wait: seconds to wait for another run.
        last: the path of nango.yaml in the project.
        disk: handed on in the lock.

    Yields:
        The lock that ``apply`` and ``recover`` ask for.

    Raises:
        LockHeldError: another run still holds it after ``wait``; names its pid, host and start.
        ProjectError: the project is no folder, or no lock file can be made in it.
    """
    disk = disk or Disk()
    root = find_project(disk, project)
    deadline = time.monotonic() + wait
    with ExitStack() as stack:
        # A signal between making a lock file and the duty to remove it would leave the file behind. Everybody takes the
        # project's lock first, so that no two runs wait for each other.
        with uninterrupted():
            stack.enter_context(_project_lock(root, deadline))
            stack.enter_context(_yaml_lock(root, root / last, deadline))
        yield Lock(root, disk)


@contextmanager
def _project_lock(root: Path, deadline: float) -> Iterator[None]:
    folders_created, handle = _enter(root, deadline)
    # A killed run that had made the folder leaves the duty to remove it in its lock file.
    folders_created = max(folders_created, int(_text_of(handle).get("made", 0)))
    try:
        _sign(root / LOCK, handle, folders_created)
        yield
    finally:
        if folders_created and (root / STAGING).exists():
            os.close(handle)  # the disk failed us: who recovers this run finds the duty in the file, too
        else:
            _release(root / LOCK, handle)
            _remove_folders(root, folders_created)


def _enter(root: Path, deadline: float) -> tuple[int, int]:
    """Make the project folder and lock it: how many folders were made, and the handle of the lock."""
    for _ in range(_TRIES):
        folders_created = 0
        try:
            folders_created = _make_folders(root)
            return folders_created, _acquire(root / LOCK, deadline)
        except FileNotFoundError:
            continue  # a run that had made the folder, and wrote nothing, has just removed it
        except BaseException:
            _remove_folders(root, folders_created)
            raise
    raise ProjectError("cannot make files in this folder.", where=str(root), fix="Nothing was changed.")


@contextmanager
def _yaml_lock(root: Path, link: Path, deadline: float) -> Iterator[None]:
    while os.path.exists(link) or _is_away(link):
        real = Path(os.path.realpath(link))
        if _is_beyond_reach(root, real):
            break  # no file of ours lies out there; whoever reads nango.yaml is told why it cannot be used
        path = real.parent / _YAML_LOCK
        try:
            handle = _acquire(path, deadline)
        except FileNotFoundError:
            continue  # the folder went away with its nango.yaml
        try:
            if Path(os.path.realpath(link)) != real:
                continue  # the link was changed while we waited: this is the lock of another file
            _sign(path, handle, 0)
            yield
            return
        finally:
            _release(path, handle)
            _remove_emptied(link, real)
    yield


def _is_beyond_reach(root: Path, real: Path) -> bool:
    try:
        return bool(beyond_reach(Disk(), root, real))
    except OSError:
        return True


def _is_away(link: Path) -> bool:
    """Whether a run may have taken nango.yaml away: one that is at work, or one that was killed and left its lock.

    A link that leads to nothing tells no more than that, so what it leads to is locked whenever that can be.
    """
    if os.path.islink(link):
        return os.path.isdir(os.path.dirname(os.path.realpath(link)))
    return not os.path.lexists(link) and os.path.lexists(link.parent / _YAML_LOCK)


def _remove_emptied(link: Path, real: Path) -> None:
    """Remove the folder of a nango.yaml that this run took away, if nothing else is in it: only our lock kept it."""
    # Windows would remove a folder that is a link, whatever is in it.
    if real == link and not os.path.lexists(link):
        with suppress(OSError):  # not empty
            link.parent.rmdir()


def _acquire(path: Path, deadline: float) -> int:
    """Open and lock the file; the handle is the lock.

    Raises:
        FileNotFoundError: its folder is not there.
        LockHeldError: held by another run until the deadline.
        ProjectError: the file cannot be made or locked.
    """
    pause = _FIRST_PAUSE
    while True:
        handle = _open(path)
        try:
            if _try_lock(handle):
                if _is_still_there(path, handle):
                    return handle
                # Its last holder removed the file between our open and our lock.
                os.close(handle)
                continue
        except OSError as error:
            os.close(handle)
            raise cannot("lock", error, str(path)) from error
        if time.monotonic() >= deadline:
            held = _held(path, _text_of(handle))
            os.close(handle)
            raise held
        # Opened anew each time: its holder removes the file in the end, which Windows allows only while nobody has it open.
        os.close(handle)
        # Ctrl-C may end the wait: nothing is written yet, and what is held is released on the way out.
        with interruptible():
            time.sleep(pause)
        pause = min(pause * 2, _LONGEST_PAUSE)


def _open(path: Path) -> int:
    try:
        handle = os.open(path, _OPEN, 0o666)
    except FileNotFoundError:
        raise  # the caller makes the folder again
    except OSError as error:
        raise ProjectError(
            f"cannot write in the folder {path.parent}: {error.strerror}.", where=str(path), fix=_NEEDED
        ) from error
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise ProjectError("the lock file is not a regular file.", where=str(path), fix=_NEEDED)
    return handle


def _is_still_there(path: Path, handle: int) -> bool:
    """Whether the file that a handle is of still has the lock's name: a lock on one that has not locks nobody out."""
    try:
        return os.path.samestat(os.stat(path, follow_symlinks=False), os.fstat(handle))
    except FileNotFoundError:
        return False


def _held(path: Path, text: dict[str, Any]) -> LockHeldError:
    who = "another run"
    if text:
        who = f"another run (process {text.get('pid')} on {text.get('host')}, since {text.get('since')})"
    return LockHeldError(
        f"{who} is writing to this project.", where=str(path), fix="Wait until it has ended, then run again."
    )


def _sign(path: Path, handle: int, folders_created: int) -> None:
    """Write down who holds the lock."""
    now = time.strftime("%Y-%m-%dT%H:%M:%S%z")
    text = {"pid": os.getpid(), "host": _host(), "since": now, "made": folders_created}
    try:
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, json.dumps(text).encode())
    except OSError as error:
        raise cannot("write the lock file", error, str(path)) from error


def _host() -> str:
    """The name of this machine; the module ``socket`` costs 3 ms of import."""
    return os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")


def _text_of(handle: int) -> dict[str, Any]:
    # Half-written, of another version, or somebody's own file: whoever holds the lock, its text is only a hint.
    with suppress(OSError, ValueError, RecursionError):
        os.lseek(handle, 0, os.SEEK_SET)
        text = json.loads(os.read(handle, 4096))
        if isinstance(text, dict) and isinstance(text.get("made", 0), int):
            return text
    return {}


def _make_folders(root: Path) -> int:
    """Make the project folder with all above it; tells how many were made."""
    missing = [folder for folder in (root, *root.parents) if not os.path.exists(folder)]
    try:
        for folder in reversed(missing):
            folder.mkdir(exist_ok=True)  # another run may be making it just so
    except FileNotFoundError:
        raise  # another run removed a folder that we counted on
    except OSError as error:
        raise cannot("make the folder", error, str(root)) from error
    return len(missing)


def _remove_folders(root: Path, count: int) -> None:
    with suppress(OSError):  # not empty: the folder is in use, by us or by another run
        for folder in (root, *root.parents)[:count]:
            folder.rmdir()


if sys.platform == "win32":
    import msvcrt

    _BYTE = 1 << 30  # far behind the text: a lock of Windows keeps others from reading what it covers

    def _try_lock(handle: int) -> bool:
        os.lseek(handle, _BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

    def _release(path: Path, handle: int) -> None:
        os.close(handle)
        with suppress(OSError):  # another run has it open already, and will remove it
            path.unlink()

else:
    import fcntl

    def _try_lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _release(path: Path, handle: int) -> None:
        # Removed while still locked: who opened it meanwhile sees that it is gone, and starts over.
        with suppress(OSError):
            path.unlink()
        os.close(handle)


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
