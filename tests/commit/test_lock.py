"""Concurrent runs take turns, a dead one is no obstacle, and no file of the lock is left."""

from __future__ import annotations

import errno
import os
import re
import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from nango_scaffold.commit import apply, hold, read, recover
from nango_scaffold.commit import lock as lock_room
from nango_scaffold.errors import LockHeldError, ProjectError
from nango_scaffold.plan import Change, Plan
from nango_scaffold.plan.paths import LOCK, NANGO_YAML

from .support.processes import Child, in_child, start
from .support.worlds import tree_of


def add_line(project: Path, line: str, path: str = NANGO_YAML) -> None:
    """One run that reads, plans and writes, as ``new`` does."""
    with hold(project) as lock:
        recover(lock)
        before = read(project, [path])[path]
        apply(lock, Plan((Change(path, before, (before or b"") + line.encode()),)))


def holder_of(project: Path) -> Child:
    """A process that holds the lock until it is killed; returns once it does."""
    held, holding = os.pipe()

    def sleep_on_it() -> None:
        with hold(project):
            os.write(holding, b"!")
            signal.pause()

    child = start(sleep_on_it)
    os.read(held, 1)
    return child


def kill(child: Child) -> None:
    os.kill(child.pid, signal.SIGKILL)
    assert child.outcome() == -signal.SIGKILL


def test_fifty_runs_at_once_all_leave_their_line(folder: Path) -> None:
    project = folder / "project"  # not there: the first has to make it
    lines = [f"line {number}\n" for number in range(50)]
    children = [start(lambda line=line: add_line(project, line)) for line in lines]
    assert [child.outcome() for child in children] == [None] * 50
    assert sorted((project / NANGO_YAML).read_text().splitlines(True)) == sorted(lines)
    assert set(tree_of(project)) == {"nango-integrations", NANGO_YAML}


def test_projects_that_share_a_nango_yaml_take_turns_too(folder: Path) -> None:
    """One has the file, others link to it, also through one another: each finds the lines of the rest."""
    (folder / ".git").mkdir()
    projects = [folder / name for name in ("owner", "linked", "linked-twice")]
    for project in projects:
        (project / "nango-integrations").mkdir(parents=True)
    (projects[0] / NANGO_YAML).write_bytes(b"")
    (projects[1] / NANGO_YAML).symlink_to(projects[0] / NANGO_YAML)
    (projects[2] / NANGO_YAML).symlink_to(projects[1] / NANGO_YAML)
    before = set(tree_of(folder))
    lines = [f"line {number}\n" for number in range(24)]
    children = [
        start(lambda line=line, project=projects[number % 3]: add_line(project, line))
        for number, line in enumerate(lines)
    ]
    assert [child.outcome() for child in children] == [None] * 24
    assert sorted((projects[0] / NANGO_YAML).read_text().splitlines(True)) == sorted(lines)
    assert set(tree_of(folder)) == before
    assert (projects[1] / NANGO_YAML).is_symlink()


def test_a_living_holder_is_named_after_the_wait(folder: Path) -> None:
    child = holder_of(folder)
    began = time.monotonic()
    with pytest.raises(LockHeldError) as refusal, hold(folder, wait=0.2):
        pytest.fail("two runs hold one lock")
    assert time.monotonic() - began >= 0.2
    assert f"process {child.pid} on {socket.gethostname()}, since 20" in str(refusal.value)
    assert refusal.value.exit_code == 4
    assert refusal.value.where == str(folder / LOCK)
    assert refusal.value.fix == "Wait until it has ended, then run again."
    kill(child)


def test_one_process_cannot_hold_a_project_twice(folder: Path) -> None:
    with hold(folder), pytest.raises(LockHeldError), hold(folder, wait=0):
        pytest.fail("held twice")


def test_a_holder_that_has_not_yet_written_down_who_it_is_is_another_run(folder: Path) -> None:
    with hold(folder):
        (folder / LOCK).write_bytes(b"")
        with pytest.raises(LockHeldError) as refusal, hold(folder, wait=0):
            pytest.fail("held twice")
    assert refusal.value.what == "another run is writing to this project."


def test_the_lock_of_a_killed_run_is_taken_over_at_once(folder: Path) -> None:
    kill(holder_of(folder))
    assert (folder / LOCK).exists()
    began = time.monotonic()
    with hold(folder):
        pass
    assert time.monotonic() - began < 1
    assert tree_of(folder) == {}


def test_a_lock_file_removed_between_opening_and_locking_it_is_no_lock(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The race at every hand-over: who waits has opened the file that the holder is about to remove."""
    real = lock_room._try_lock

    def hand_over(handle: int) -> bool:
        monkeypatch.undo()
        (folder / LOCK).unlink()
        return real(handle)

    monkeypatch.setattr(lock_room, "_try_lock", hand_over)
    with hold(folder):
        assert (folder / LOCK).exists()
        with pytest.raises(LockHeldError), hold(folder, wait=0):
            pytest.fail("two runs hold the lock, each its own file")


def test_a_project_folder_that_another_run_removes_under_us_is_made_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = lock_room._make_folders

    def make_and_lose(root: Path) -> int:
        monkeypatch.undo()
        lock = real(root)
        root.rmdir()
        return lock

    monkeypatch.setattr(lock_room, "_make_folders", make_and_lose)
    with hold(folder / "project") as lock:
        assert lock.project.is_dir()
    assert tree_of(folder) == {}


def test_a_folder_in_which_no_file_can_be_made_is_refused_soon() -> None:
    with pytest.raises(ProjectError) as refusal, hold(Path("/proc/self/nowhere")):
        pytest.fail("made a folder in /proc")
    assert refusal.value.what == "cannot make files in this folder."
    assert refusal.value.where.startswith("/proc/")
    assert refusal.value.fix == "Nothing was changed."


def test_any_text_in_a_stale_lock_file_will_do(folder: Path) -> None:
    for text in (b"", b"\xff", b"[]", b'{"made": "all"}', b'{"made": 99}', b'{"made": -1}'):
        (folder / "project").mkdir(exist_ok=True)
        (folder / "project" / "file").write_bytes(b"")
        (folder / "project" / LOCK).write_bytes(text)
        with hold(folder / "project"):
            pass
        assert set(tree_of(folder)) == {"project", "project/file"}


def test_a_project_folder_made_for_nothing_is_removed_again(folder: Path) -> None:
    with hold(folder / "deep" / "project") as lock:
        assert lock.project.is_dir()
    assert tree_of(folder) == {}


def test_who_takes_over_from_a_killed_run_removes_the_folders_it_had_made(folder: Path) -> None:
    kill(holder_of(folder / "deep" / "project"))
    with hold(folder / "deep" / "project"):
        pass
    assert tree_of(folder) == {}


def test_an_error_inside_gives_the_lock_back(folder: Path) -> None:
    with pytest.raises(ZeroDivisionError), hold(folder):
        raise ZeroDivisionError
    assert tree_of(folder) == {}


def test_a_project_in_which_we_may_not_write_is_refused_in_one_sentence(open_folder: Path) -> None:
    open_folder.chmod(0o555)
    raised = in_child(lambda: add_line(open_folder, "x"), as_nobody=True)
    assert (raised.kind, raised.exit_code) == ("ProjectError", 3)
    assert re.search(r"cannot write in the folder .*: Permission denied\.\n", raised.text)
    open_folder.chmod(0o777)
    assert tree_of(open_folder) == {}


@pytest.mark.parametrize("inside", ["", "below"])
def test_a_file_where_the_project_should_be_is_refused(folder: Path, inside: str) -> None:
    (folder / "file").write_bytes(b"")
    with pytest.raises(ProjectError), hold(folder / "file" / inside):
        pytest.fail("held a file")


def test_a_lock_that_is_a_link_or_a_folder_is_not_followed(folder: Path) -> None:
    (folder / "victim").write_bytes(b"precious")
    (folder / LOCK).symlink_to("victim")
    with pytest.raises(ProjectError, match="lock file"), hold(folder):
        pytest.fail("locked through a link")
    assert (folder / "victim").read_bytes() == b"precious"
    (folder / LOCK).unlink()
    (folder / LOCK).mkdir()
    with pytest.raises(ProjectError, match="lock file"), hold(folder):
        pytest.fail("locked a folder")


def test_a_lock_beside_a_nango_yaml_that_a_killed_run_took_away_goes_with_its_folder(folder: Path) -> None:
    yaml = folder / "nango-integrations/.nango-scaffold-lock-yaml"
    yaml.parent.mkdir()
    yaml.write_text("{}")
    with hold(folder):
        assert yaml.exists()
    assert not yaml.parent.exists()


def test_an_empty_folder_that_was_there_stays(folder: Path) -> None:
    (folder / "nango-integrations").mkdir()
    with hold(folder):
        pass
    assert (folder / "nango-integrations").is_dir()


def test_a_linked_folder_is_not_removed_with_its_nango_yaml(folder: Path) -> None:
    (folder / "real").mkdir()
    (folder / "nango-integrations").symlink_to("real")
    (folder / "real/nango.yaml").write_text("")
    with hold(folder):
        (folder / "real/nango.yaml").unlink()
    assert (folder / "real").is_dir()


def test_a_link_to_nothing_beside_a_lock_that_was_left_keeps_nobody_waiting(folder: Path) -> None:
    (folder / "nango-integrations").mkdir()
    (folder / "nango-integrations/.nango-scaffold-lock-yaml").write_text("{}")
    (folder / "nango-integrations/nango.yaml").symlink_to(folder / "gone/nango.yaml")
    with hold(folder, wait=0):
        pass


@pytest.mark.parametrize("name", [LOCK, f"nango-integrations/{LOCK}-yaml"])
@pytest.mark.parametrize("make", [os.mkfifo, Path.mkdir, lambda path: path.symlink_to("/dev/zero")])
def test_what_is_no_file_in_the_place_of_a_lock_is_refused_at_once(
    folder: Path, name: str, make: Callable[[Path], None]
) -> None:
    (folder / "nango-integrations").mkdir()
    (folder / NANGO_YAML).write_bytes(b"")
    make(folder / name)
    before = sorted(path.name for path in folder.rglob("*"))
    with pytest.raises(ProjectError, match="lock file") as refusal, hold(folder, wait=0):
        pytest.fail("locked what is no file")
    assert refusal.value.exit_code == 3
    assert refusal.value.where == str(folder / name)
    assert refusal.value.fix == (
        "Nothing was changed; the project must be writable, and this name free for the lock file."
    )
    assert sorted(path.name for path in folder.rglob("*")) == before


def test_a_lock_whose_text_is_nested_deeply_is_taken_over(folder: Path) -> None:
    (folder / LOCK).write_text("[" * 10_000)
    with hold(folder):
        assert b"pid" in (folder / LOCK).read_bytes()
    assert tree_of(folder) == {}


@pytest.mark.parametrize("name", [LOCK, f"nango-integrations/{LOCK}-yaml"])
def test_a_disk_that_is_too_full_for_the_lock_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    project = folder / "project"
    if name != LOCK:
        (project / NANGO_YAML).parent.mkdir(parents=True)
        (project / NANGO_YAML).write_bytes(b"")
    before, write = tree_of(folder), os.write

    def full(handle: int, data: bytes) -> int:
        if os.path.exists(project / name) and os.path.samestat(os.fstat(handle), os.stat(project / name)):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(handle, data)

    monkeypatch.setattr(os, "write", full)
    with (
        pytest.raises(ProjectError, match="cannot write the lock file: No space left") as refusal,
        hold(project),
    ):
        pytest.fail("held on a full disk")
    assert refusal.value.exit_code == 3
    assert tree_of(folder) == before


def test_a_project_below_a_folder_we_may_not_enter_is_refused(open_folder: Path) -> None:
    (open_folder / "closed").mkdir()
    (open_folder / "closed").chmod(0)
    raised = in_child(lambda: add_line(open_folder / "closed/project", "x"), as_nobody=True)
    assert (raised.kind, raised.exit_code) == ("ProjectError", 3)
    assert "Permission denied" in raised.text


def test_a_nango_yaml_that_is_away_while_another_run_swaps_it_is_waited_for(folder: Path) -> None:
    """Through a link, too: it leads to nothing for a moment."""
    for name in ("owner", "linked"):
        (folder / name / "nango-integrations").mkdir(parents=True)
    (folder / ".git").mkdir()
    real = folder / "owner" / NANGO_YAML
    real.write_bytes(b"")
    (folder / "linked" / NANGO_YAML).symlink_to(real)
    for first, second in (("owner", "linked"), ("linked", "owner")):
        with hold(folder / first):
            real.rename(folder / "away")
            with pytest.raises(LockHeldError), hold(folder / second, wait=0):
                pytest.fail("held while it was away")
            (folder / "away").rename(real)
