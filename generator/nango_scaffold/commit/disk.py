"""The seam: every operating-system call of ``apply`` and ``recover``, one small method each.

Tests put a disk in its place that fails, or dies, at the n-th call.
"""

from __future__ import annotations

import errno
import os
import signal
import stat
import sys
import time
from contextlib import suppress
from pathlib import Path

from ..regular_file import read_regular

# O_EXCL and O_NOFOLLOW: a name that somebody planted, be it a link, is an error and is never written through.
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)

_PATIENCE = 0.25  # seconds: an editor that saves in place has the file open for a few milliseconds


class Disk:
    """The real disk. Methods raise OSError as the system does, unless they say otherwise."""

    def look(self, path: Path, *, follow: bool = True) -> os.stat_result | None:
        """What stands at the path (with ``follow``: at the end of its links); None when nothing does."""
        try:
            return os.stat(path, follow_symlinks=follow)
        except (FileNotFoundError, NotADirectoryError):
            return None

    def real(self, path: Path) -> Path:
        """The path with every link in it followed."""
        return Path(os.path.realpath(path))

    def may_write(self, path: Path) -> bool:
        """Whether this process may write to the file, or make and remove names in the folder."""
        status = os.stat(path)
        if stat.S_ISDIR(status.st_mode):
            return os.access(path, os.W_OK | os.X_OK)
        # A file nobody may write was closed on purpose, even where root could.
        return bool(status.st_mode & 0o222) and os.access(path, os.W_OK)

    def read(self, path: Path) -> bytes:
        """The bytes of a regular file, which must not be a link; see :func:`read_regular`."""
        return read_regular(path, follow=False)

    def read_released(self, path: Path) -> bytes:
        """As :meth:`read`, once nobody has the file open for writing any more, or after a quarter of a second.

        Only Linux tells who has a file open, and only its owner; elsewhere the file is read at once.
        """
        deadline = time.monotonic() + _PATIENCE
        while _is_open_for_writing(path) and time.monotonic() < deadline:
            time.sleep(_PATIENCE / 100)
        return self.read(path)

    def names(self, folder: Path) -> list[str]:
        """The names in a folder, sorted."""
        return sorted(os.listdir(folder))

    def write(self, path: Path, data: bytes) -> None:
        """Write a new file; one that is there already is an error."""
        with open(os.open(path, _NEW_FILE, 0o666), "wb") as file:
            file.write(data)
            file.flush()
            _begin_to_write_out(file.fileno())

    def dress(self, path: Path, mode: int, owner: tuple[int, int]) -> None:
        """Give a file the mode (permission bits) and, where we may, the owner (uid, gid) of the one it replaces."""
        if hasattr(os, "chown"):
            status = os.stat(path)
            if (status.st_uid, status.st_gid) != owner:
                with suppress(PermissionError):
                    os.chown(path, *owner)
        os.chmod(path, mode)  # after chown, which clears the set-id bits

    def fsync(self, path: Path) -> None:
        """Have the bytes of a file, or the names in a folder, reach the medium."""
        if os.name == "nt" and path.is_dir():
            return  # Windows keeps folder entries itself and opens no folder
        # Windows flushes only what is open for writing; elsewhere a folder opens for reading alone.
        handle = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def rename(self, source: Path, target: Path) -> None:
        """Move a name in one step, over what stands at the target."""
        os.replace(source, target)

    def link(self, source: Path, target: Path) -> None:
        """Give a file a second name, which must be free; a link gets one itself, not what it leads to."""
        if os.link in os.supports_follow_symlinks:
            os.link(source, target, follow_symlinks=False)
        else:
            os.link(source, target)  # Windows, which follows none

    def unlink(self, path: Path) -> None:
        """Remove a file; one that is gone already is fine."""
        path.unlink(missing_ok=True)

    def mkdir(self, path: Path, mode: int = 0o777) -> None:
        """Make a folder."""
        path.mkdir(mode)

    def rmdir(self, path: Path) -> bool:
        """Remove a folder if it is there and empty; tells whether nothing is there now."""
        try:
            path.rmdir()
        except FileNotFoundError:
            return True
        except OSError as error:
            # POSIX lets a system say either of the first two of a folder that is not empty.
            if error.errno in (errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR):
                return False
            raise
        return True


def _begin_to_write_out(handle: int) -> None:
    """Let the system begin with what `fsync` waits for: of many files it then waits for all together, not one by one."""
    if hasattr(os, "posix_fadvise"):
        with suppress(OSError):  # advice: a file system may have no use for it
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)


def _is_open_for_writing(path: Path) -> bool:
    """Whether some process may still write to a file through a handle: then Linux grants no lease for reading it."""
    if sys.platform != "linux":
        return False
    import fcntl

    # A pipe that has taken the file's name must not block us.
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        fcntl.fcntl(handle, fcntl.F_SETSIG, signal.SIGURG)  # who breaks a lease would end us by SIGIO
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    except OSError as error:
        # Anything else: this file system, or this user, gets no lease at all.
        return error.errno == errno.EAGAIN
    finally:
        # Closing gives the lease back.
        os.close(handle)
    return False
