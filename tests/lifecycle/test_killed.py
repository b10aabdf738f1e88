"""Commands that are terminated or killed at any moment: the tree is whole, and the same command again succeeds."""

from __future__ import annotations

import contextlib
import fcntl
import io
import json
import os
import random
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

import pytest
from tests.commit.support.disks import READS, SWAPS, Call, TrappedDisk
from tests.commit.support.processes import Child, in_child, start
from tests.lifecycle.support import YAML, Project

from nango_scaffold.__main__ import run
from nango_scaffold.commit import lock as lock_room

Tree = dict[str, "bytes | None"]
USERS = {"provider": "hubspot", "sync_names": ["users"]}
ADD = "add sync hubspot teams"


@pytest.fixture
def scaffolded(project: Project) -> Project:
    project.new(USERS)
    return project


def command_of(project: Project, words: str, disk: TrappedDisk | None = None) -> Callable[[], Any]:
    """A command as a process of its own runs it, on a disk that may have traps: its exit code and what it said."""

    def act() -> tuple[int, str, str]:
        if disk is not None:
            lock_room.Disk = lambda: disk  # type: ignore[misc,assignment]
        sys.argv = ["nango-scaffold", *words.split(), "--project", str(project.path)]
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = run()
        return code, out.getvalue(), err.getvalue()

    return act


def signalling(step: int, number: int) -> TrappedDisk:
    """The process gets a signal at one call of the disk."""

    def trap(call: Call) -> object:
        if call.number == step:
            os.kill(os.getpid(), number)
        return call.act()

    return TrappedDisk(trap)


def log_of(project: Project, words: str) -> list[str]:
    """The calls of a command that succeeds; the project is restored afterwards."""
    before = project.tree()
    disk = TrappedDisk()

    def act() -> list[str]:
        command_of(project, words, disk)()
        return disk.log

    log: list[str] = in_child(act)
    restore(project, before)
    return log


def restore(project: Project, tree: Tree) -> None:
    """Restore the project."""
    for path in sorted(project.path.rglob("*"), reverse=True):
        if path.relative_to(project.path).as_posix() not in tree:
            path.rmdir() if path.is_dir() else path.unlink()
    for name, data in tree.items():
        path = project.path / name
        if data is None:
            path.mkdir(exist_ok=True)
        elif not path.exists() or path.read_bytes() != data:
            path.write_bytes(data)


def ends_of(project: Project, words: str) -> tuple[Tree, Tree]:
    """The tree before a command and after it."""
    old = project.tree()
    assert in_child(command_of(project, words))[0] == 0
    new = project.tree()
    restore(project, old)
    assert project.tree() == old
    return old, new


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)]
)
def test_who_is_told_to_end_leaves_the_old_tree_or_the_new_one(
    scaffolded: Project, number: int, code: int
) -> None:
    old, new = ends_of(scaffolded, ADD)
    acts = [step for step, name in enumerate(log_of(scaffolded, ADD), 1) if name not in READS]
    ends = []
    for step in acts[:: 3 if number == signal.SIGTERM else 9]:
        ended, _, err = in_child(command_of(scaffolded, ADD, signalling(step, number)))
        assert (ended, "interrupted" in err) == (code, True), step
        assert scaffolded.tree() in (old, new), step
        ends.append(scaffolded.tree() == new)
        restore(scaffolded, old)
    assert ends == sorted(ends)
    assert set(ends) == {False, True}


def test_a_second_signal_while_files_are_swapped_leaves_no_half(scaffolded: Project) -> None:
    old, new = ends_of(scaffolded, ADD)
    log = log_of(scaffolded, ADD)

    def trap(call: Call) -> object:
        if call.number >= log.index("rename"):
            os.kill(os.getpid(), signal.SIGTERM)
        return call.act()

    assert in_child(command_of(scaffolded, ADD, TrappedDisk(trap)))[0] == 143
    assert scaffolded.tree() in (old, new)


@pytest.mark.parametrize("words", [ADD, "add action hubspot create-user", "remove hubspot users"])
def test_who_is_killed_just_before_the_last_file_gets_through_the_next_time(
    scaffolded: Project, words: str
) -> None:
    if words.startswith("remove"):
        scaffolded.run(ADD)
    _, new = ends_of(scaffolded, words)
    last = max(step for step, name in enumerate(log_of(scaffolded, words), 1) if name in SWAPS)
    assert in_child(command_of(scaffolded, words, signalling(last, signal.SIGKILL))) == -signal.SIGKILL
    ended, _, err = in_child(command_of(scaffolded, words))
    assert ended == 0
    assert "an earlier run was killed while it wrote" in err
    assert "rolled back" in err
    assert scaffolded.tree() == new


@pytest.mark.parametrize("words", ["remove hubspot users", "remove hubspot"])
def test_who_is_killed_just_after_the_last_file_went_has_nothing_left_to_remove(
    scaffolded: Project, words: str
) -> None:
    scaffolded.run(ADD)
    _, new = ends_of(scaffolded, words)
    log = log_of(scaffolded, words)
    last = max(step for step, name in enumerate(log, 1) if name in SWAPS)
    end = last + log[last:].index("unlink") + (2 if YAML in new else 1)
    assert in_child(command_of(scaffolded, words, signalling(end, signal.SIGKILL))) == -signal.SIGKILL
    ended, out, err = in_child(command_of(scaffolded, words))
    assert (ended, "is finished now" in err) == (0, True), err
    assert "ut of" in out
    assert scaffolded.tree() == new
    assert in_child(command_of(scaffolded, words))[0] == 2, "now it is not there, and no run was killed"


@pytest.mark.parametrize("is_json", [False, True])
def test_who_is_killed_just_after_it_is_told_and_has_nothing_left_to_do(
    scaffolded: Project, is_json: bool
) -> None:
    _, new = ends_of(scaffolded, ADD)
    log = log_of(scaffolded, ADD)
    last = max(step for step, name in enumerate(log, 1) if name in SWAPS)
    end = last + log[last:].index("unlink") + 2  # the staged file has left
    assert in_child(command_of(scaffolded, ADD, signalling(end, signal.SIGKILL))) == -signal.SIGKILL
    ended, out, err = in_child(command_of(scaffolded, ADD + " --json" * is_json))
    assert ended == 0
    assert "an earlier run was killed when its" in err
    assert "is finished now" in err
    assert scaffolded.tree() == new
    if is_json:
        recovered = json.loads(out)["recovered"]
        assert recovered["outcome"] == "finished"
        assert YAML in recovered["files"]
        assert recovered["left"] == []
    else:
        assert "Nothing to do" in out
    assert in_child(command_of(scaffolded, ADD))[2] == "", "it is told once"


def killed_after(child: Child, number: int, delay: float) -> Any:
    time.sleep(delay)
    os.kill(child.pid, number)
    return child.outcome()


def kill_at_random(project: Project, count: int) -> None:
    """Kill commands at random moments, and let each succeed the next time; no tree is ever a mixture of two."""
    random_ = random.Random(count)
    project.run(ADD)
    old = project.tree()
    cases = {
        words: ends_of(project, words)
        for words in (
            "add sync hubspot owners",
            "remove hubspot teams",
            "new --set provider=slack --set sync_names=channels",
        )
    }
    began = time.perf_counter()
    in_child(command_of(project, "add sync hubspot owners"))
    longest = time.perf_counter() - began
    restore(project, old)
    ends = set()
    for _ in range(count):
        words, number = random_.choice(list(cases)), random_.choice([signal.SIGKILL, signal.SIGTERM])
        _, new = cases[words]
        delay = random_.uniform(0, longest)
        outcome = killed_after(start(command_of(project, words)), number, delay)
        if number == signal.SIGTERM and outcome != -signal.SIGTERM:  # killed before it could listen
            assert outcome[0] in (0, 143)
            assert project.tree() in (old, new), (words, delay)
        ended, _, err = in_child(command_of(project, words))
        is_through = words.startswith("remove") and ended == 2  # it had removed it
        assert is_through or ended == 0, err
        assert "Traceback" not in err
        assert project.tree() == new, (words, number, delay)
        ends.add(outcome if isinstance(outcome, int) else outcome[0])
        restore(project, old)
    assert len(ends) > 1


def test_of_some_kills_none_leaves_half_a_tree(scaffolded: Project) -> None:
    kill_at_random(scaffolded, 12)


@pytest.mark.nightly
def test_of_many_kills_none_leaves_half_a_tree(scaffolded: Project) -> None:
    kill_at_random(scaffolded, 320)


@pytest.mark.parametrize(("name", "code"), [("SIGTERM", 143), ("SIGHUP", 129)])
def test_the_exit_code_of_a_real_process_tells_the_signal(scaffolded: Project, name: str, code: int) -> None:
    """It reads its answers from a pipe, so the moment is known."""
    old = scaffolded.tree()
    with answering(scaffolded) as process:
        process.send_signal(getattr(signal, name))
        _, err = process.communicate(timeout=60)
    assert process.returncode == code
    assert "interrupted" in err
    assert "Traceback" not in err
    assert scaffolded.tree() == old


def signalled_at_line(project: Project, step: int) -> Any:
    """The outcome of a command whose process gets SIGTERM at one line of ``run``; None when it has fewer lines."""

    def act() -> tuple[int, str, str] | None:
        lines = 0

        def trace(frame: FrameType, event: str, _: object) -> Any:
            nonlocal lines
            if frame.f_code.co_filename != run.__code__.co_filename:
                return None
            if event == "line":
                lines += 1
                if lines == step:
                    os.kill(os.getpid(), signal.SIGTERM)
            return trace

        sys.settrace(trace)
        outcome: tuple[int, str, str] = command_of(project, ADD)()
        sys.settrace(None)
        return outcome if lines >= step else None

    return in_child(act)


def test_a_signal_at_any_line_of_the_program_s_outermost_function_ends_it_without_a_traceback(
    scaffolded: Project,
) -> None:
    old, new = ends_of(scaffolded, ADD)
    outcomes = []
    for step in range(1, 40):
        outcome = signalled_at_line(scaffolded, step)
        if outcome is None:
            break
        assert outcome == -signal.SIGTERM or outcome[0] == 143, (step, outcome)
        outcomes.append(scaffolded.tree())
        restore(scaffolded, old)
    assert outcomes[0] == old
    assert outcomes[-1] == new


def test_who_is_told_to_ignore_the_end_of_its_terminal_goes_on(scaffolded: Project) -> None:
    with answering(scaffolded, "nohup") as process:
        process.send_signal(signal.SIGHUP)
        process.communicate("hubspot\nsync_names: [users]\n", timeout=60)
    assert process.returncode == 0


@contextlib.contextmanager
def answering(project: Project, *before: str) -> Iterator[subprocess.Popen[str]]:
    """A run of ``new`` that has read the beginning of its answers from a pipe, and waits for the rest."""
    command = [*before, sys.executable, "-m", "nango_scaffold", "new", "--answers", "-"]
    with subprocess.Popen(
        [*command, "--project", str(project.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin
        process.stdin.write("provider: ")
        process.stdin.flush()
        while fcntl.ioctl(process.stdin, termios.FIONREAD, b"\0" * 4) != b"\0" * 4:
            time.sleep(0.01)
        yield process
