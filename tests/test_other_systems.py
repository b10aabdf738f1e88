"""What differs on Windows and macOS, run on any system with stand-ins for their modules, folders and terminals."""

from __future__ import annotations

import errno
import json
import os
import signal
import sys
from collections.abc import Callable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import platformdirs.macos
import platformdirs.windows
import pytest

from nango_scaffold.commit import Disk
from nango_scaffold.commit import disk as disk_room
from nango_scaffold.commit import lock as lock_room
from nango_scaffold.errors import LockHeldError, ProjectError
from nango_scaffold.plan.paths import LOCK
from nango_scaffold.programs import find_program
from nango_scaffold.providers import cache
from nango_scaffold.signals import Ending
from nango_scaffold.wizard.terminal import can_move_cursor


class Msvcrt(ModuleType):
    """Locks as the C library of Windows does: a range of bytes from where the handle stands, until the handle closes."""

    LK_NBLCK = 2

    def __init__(self) -> None:
        super().__init__("msvcrt")
        self.holders: dict[tuple[int, int], int] = {}
        self.broken = False

    def locking(self, handle: int, mode: int, count: int) -> None:
        assert (mode, count) == (self.LK_NBLCK, 1)
        if self.broken:
            raise OSError(errno.EINVAL, "no locks here")
        key = (os.fstat(handle).st_ino, os.lseek(handle, 0, os.SEEK_CUR))
        if key in self.holders:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        self.holders[key] = handle

    def closed(self, handle: int) -> None:
        self.holders = {key: holder for key, holder in self.holders.items() if holder != handle}


@pytest.fixture
def msvcrt() -> Msvcrt:
    return Msvcrt()


@pytest.fixture
def windows_lock(msvcrt: Msvcrt, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The lock as it is imported on Windows."""
    spec = spec_from_file_location("nango_scaffold.commit.lock", lock_room.__file__)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    with monkeypatch.context() as windows:
        windows.setattr(sys, "platform", "win32")
        windows.setitem(sys.modules, "msvcrt", msvcrt)
        windows.setitem(sys.modules, spec.name, module)
        for name in ("O_NOFOLLOW", "O_NONBLOCK"):
            windows.delattr(os, name, raising=False)
        spec.loader.exec_module(module)
    assert os.O_RDWR | os.O_CREAT == module._OPEN
    monkeypatch.delattr(os, "uname", raising=False)
    monkeypatch.setenv("COMPUTERNAME", "DESK")
    close = os.close

    def close_and_unlock(handle: int) -> None:
        msvcrt.closed(handle)
        close(handle)

    monkeypatch.setattr(os, "close", close_and_unlock)
    return module


class TestLockOfWindows:
    def test_one_run_at_a_time(self, windows_lock: Any, tmp_path: Path) -> None:
        for _ in range(2):
            with windows_lock.hold(tmp_path):
                with (
                    pytest.raises(LockHeldError, match=r"process \d+ on DESK"),
                    windows_lock.hold(tmp_path, 0),
                ):
                    pytest.fail("two runs hold one lock")
                assert (tmp_path / LOCK).exists()
            assert list(tmp_path.iterdir()) == []

    def test_the_text_of_the_lock_stays_readable(
        self, windows_lock: Any, msvcrt: Msvcrt, tmp_path: Path
    ) -> None:
        """A lock of Windows keeps others from reading the bytes it covers."""
        with windows_lock.hold(tmp_path):
            text = (tmp_path / LOCK).read_bytes()
            assert json.loads(text)["pid"] == os.getpid()
            assert all(position > 2**20 > len(text) for _, position in msvcrt.holders)

    def test_a_lock_file_that_another_run_has_open_stays_and_is_taken_over(
        self, windows_lock: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Windows removes no file that is open."""
        unlink = Path.unlink

        def refuse(path: Path, missing_ok: bool = False) -> None:
            raise PermissionError(errno.EACCES, "in use", str(path))

        monkeypatch.setattr(Path, "unlink", refuse)
        with windows_lock.hold(tmp_path):
            pass
        assert (tmp_path / LOCK).exists()
        monkeypatch.setattr(Path, "unlink", unlink)
        with windows_lock.hold(tmp_path, 0):
            pass
        assert list(tmp_path.iterdir()) == []

    def test_a_disk_without_locks_is_refused(self, windows_lock: Any, msvcrt: Msvcrt, tmp_path: Path) -> None:
        msvcrt.broken = True
        with pytest.raises(ProjectError, match="cannot lock"), windows_lock.hold(tmp_path):
            pytest.fail("held without a lock")


class System:
    """The module ``os`` of another system: some of its names are otherwise or not there."""

    def __init__(self, *without: str, **names: Any) -> None:
        self._without = without
        self.__dict__.update(names)

    def __getattr__(self, name: str) -> Any:
        if name in self._without:
            raise AttributeError(name)
        return getattr(os, name)


class TestDiskOfWindows:
    @pytest.fixture
    def opened(self, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
        """What is opened, and how."""
        opened = []

        def open_file(path: Path, flags: int, *mode: int) -> int:
            opened.append((Path(path).name, flags))
            return os.open(path, flags, *mode)

        windows = System("chown", name="nt", supports_follow_symlinks=frozenset(), open=open_file)
        monkeypatch.setattr(disk_room, "os", windows)
        return opened

    def test_no_folder_is_opened_and_files_are_synced_by_a_handle_that_writes(
        self, opened: list[tuple[str, int]], tmp_path: Path
    ) -> None:
        (tmp_path / "a").write_bytes(b"a")
        Disk().fsync(tmp_path)
        Disk().fsync(tmp_path / "a")
        assert opened == [("a", os.O_RDWR)]

    @pytest.mark.usefixtures("opened")
    def test_files_have_no_owner_and_second_names_follow_no_link(self, tmp_path: Path) -> None:
        (tmp_path / "a").write_bytes(b"a")
        Disk().dress(tmp_path / "a", 0o600, (12345, 12345))
        Disk().link(tmp_path / "a", tmp_path / "b")
        assert (tmp_path / "b").read_bytes() == b"a"
        assert os.stat(tmp_path / "a").st_mode & 0o777 == 0o600

    @pytest.mark.parametrize("system", ["win32", "darwin"])
    def test_leases_are_those_of_linux(
        self, system: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "a").write_bytes(b"a")
        monkeypatch.setattr(disk_room, "sys", SimpleNamespace(platform=system))
        with (tmp_path / "a").open("ab"):
            assert not disk_room._is_open_for_writing(tmp_path / "a")


class TestSignalsOfWindows:
    def test_what_cannot_be_held_back_is_let_through(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delattr(signal, "pthread_sigmask", raising=False)
        with lock_room.uninterrupted(), lock_room.interruptible():
            pass

    def test_a_signal_that_is_not_there_is_not_listened_to(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delattr(signal, "SIGHUP", raising=False)
        before, ending = signal.getsignal(signal.SIGTERM), Ending()
        ending.listen()
        assert signal.getsignal(signal.SIGTERM) == ending.interrupt
        ending.stop_listening()
        assert signal.getsignal(signal.SIGTERM) == before


@pytest.mark.parametrize(
    ("system", "folder"),
    [
        (platformdirs.windows.Windows, "AppData/Local/nango-scaffold"),
        (platformdirs.macos.MacOS, "Library/Caches/nango-scaffold"),
    ],
)
def test_the_cache_is_where_the_system_keeps_caches(
    system: Callable[..., Any], folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "AppData/Local"))
    for name in ("_RESOLVE_WIN_FOLDER", "get_win_folder"):  # by their calls of the system, in some release
        environment_only = platformdirs.windows.get_win_folder_from_env_vars
        monkeypatch.setattr(platformdirs.windows, name, environment_only, raising=False)
    monkeypatch.setattr("platformdirs.PlatformDirs", system)
    assert Path(cache.folder()) == tmp_path / folder
    assert cache.write("a", "text").read_text("utf-8") == cache.read("a") == "text"


@pytest.mark.parametrize(
    ("system", "terminal", "moves"),
    [
        ("win32", None, True),
        ("win32", "xterm-256color", True),
        ("win32", "dumb", False),
        ("darwin", "xterm-256color", True),
        ("darwin", None, False),
        ("linux", None, False),
    ],
)
def test_a_console_of_windows_needs_no_variable_to_move_its_cursor(
    system: str, terminal: str | None, moves: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.delenv("TERM", raising=False)
    if terminal is not None:
        monkeypatch.setenv("TERM", terminal)
    assert can_move_cursor() is moves


def test_a_program_in_the_current_folder_is_not_one_on_the_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows looks there first, and names it without a folder."""
    monkeypatch.setattr("shutil.which", lambda name, path: f".\\{name}.EXE")
    assert find_program("git") is None
