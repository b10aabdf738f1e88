"""Fault injection: whichever call of the disk fails, or is the last one of a killed process, the tree is whole."""

from __future__ import annotations

import errno
import signal
from collections.abc import Callable, Iterator

import pytest

from nango_scaffold.commit import WrittenError
from nango_scaffold.errors import ProjectError
from nango_scaffold.plan.paths import NANGO_YAML

from .support.disks import (
    CALLS,
    READS,
    SWAPS,
    Call,
    TrappedDisk,
    anew,
    failing_after,
    failing_before,
    gone_from,
    killing_at,
)
from .support.processes import in_child
from .support.worlds import World

FULL = OSError(errno.ENOSPC, "No space left on device")
Failing = Callable[[int, BaseException], TrappedDisk]
Steps = Callable[[World], list[int]]


def steps_of(world: World) -> list[int]:
    """The numbers of the calls a run makes: all that change something, and the first and last read from each place.

    What fails is told to the same line of ours whichever file it is about.
    """
    disk = TrappedDisk(is_tracing=True)
    world.run(disk)
    world.renew()
    # A first run has no mode to keep and no file to look at again, and one that only deletes names no file.
    seldom = {"dress", "link", "read_released"}
    assert set(disk.log) >= CALLS - seldom, "the world exercises the whole seam"
    first: dict[tuple[str, ...], int] = {}
    last: dict[tuple[str, ...], int] = {}
    for number, site in enumerate(disk.sites, 1):
        first.setdefault(site, number)
        last[site] = number
    return sorted({*first.values(), *last.values(), *acts_in(disk.log)})


def all_steps_of(world: World) -> list[int]:
    """The numbers of all calls a run makes."""
    return list(range(1, len(log_of(world)) + 1))


def acts_in(log: list[str]) -> list[int]:
    """The numbers of the calls that change something: what is killed at a read was as good as killed at the next."""
    return [step for step, name in enumerate(log, 1) if name not in READS]


def calls(world: World, *names: str) -> list[int]:
    return [number for number, called in enumerate(log_of(world), 1) if called in names]


def log_of(world: World) -> list[str]:
    disk = TrappedDisk()
    world.run(disk)
    world.renew()
    return disk.log


def acts_of(world: World) -> list[int]:
    return acts_in(log_of(world))


WAYS_TO_FAIL = [
    pytest.param(failing_before, steps_of, id="before"),
    pytest.param(failing_after, acts_of, id="after"),
]


def each_step(world: World, steps: list[int]) -> Iterator[int]:
    for step in steps:
        yield step
        world.renew()


@pytest.mark.parametrize(("failing", "steps_of"), WAYS_TO_FAIL)
def test_an_error_at_any_call_leaves_the_old_tree_or_says_it_is_the_new(
    world: World, failing: Failing, steps_of: Steps
) -> None:
    ends = set()
    for step in each_step(world, steps_of(world)):
        with pytest.raises(ProjectError, match="No space left") as refusal:
            world.run(failing(step, FULL))
        is_written = isinstance(refusal.value, WrittenError)
        assert world.tree() == (world.new if is_written else world.old), step
        assert refusal.value.__cause__ is not None
        ends.add(is_written)
    assert ends == {False, True}


@pytest.mark.parametrize(("failing", "steps_of"), WAYS_TO_FAIL)
def test_ctrl_c_at_any_call_leaves_one_whole_tree_and_stays_what_it_is(
    world: World, failing: Failing, steps_of: Steps
) -> None:
    ends = []
    for step in each_step(world, steps_of(world)):
        with pytest.raises(KeyboardInterrupt):
            world.run(failing(step, KeyboardInterrupt()))
        assert world.tree() in (world.old, world.new), step
        ends.append(world.tree() == world.new)
    assert ends == sorted(ends), "once it is the new tree, a later Ctrl-C does not undo it"
    assert set(ends) == {False, True}


def test_a_disk_that_is_gone_for_good_is_mended_by_the_next_run(world: World) -> None:
    for step in each_step(world, steps_of(world)):
        with pytest.raises(ProjectError):
            world.run(gone_from(step, FULL))
        world.recover()
        assert world.tree() in (world.old, world.new), step


def test_kill_9_at_any_call_is_mended_by_the_next_run(world: World) -> None:
    ends = []
    for step in each_step(world, acts_of(world)):
        assert in_child(lambda step=step: world.run(killing_at(step))) == -signal.SIGKILL
        recovery = world.recover()
        assert world.tree() in (world.old, world.new), step
        ends.append(world.tree() == world.new)
        if recovery is not None and recovery.paths:
            assert recovery.outcome == ("finished" if ends[-1] else "rolled back")
            assert recovery.left == ()
        if not ends[-1]:
            world.run()
        assert world.tree() == world.new, "the same answers again give the new tree"
    assert ends == sorted(ends)
    assert set(ends) == {False, True}


def test_kill_9_while_recovering_is_mended_by_the_run_after(world: World) -> None:
    """A kill in the middle of the swaps, and when the last is done, then one at each call of the recovery."""
    for step in [*calls(world, *SWAPS)[1::4], acts_of_settling(world)[0]]:
        for recovery_step in recovery_acts(world, step):
            with pytest.raises(ProjectError):  # leaves what a killed process leaves, without the fork
                world.run(gone_from(step, FULL))
            assert in_child(lambda at=recovery_step: world.recover(killing_at(at))) == -signal.SIGKILL
            world.recover()
            assert world.tree() in (world.old, world.new), (step, recovery_step)
            world.renew()


def acts_of_settling(world: World) -> list[int]:
    """The calls that change something after the last step is done: from the end of ``apply`` on."""
    log = log_of(world)
    last = max(number for number, name in enumerate(log, 1) if name in SWAPS)
    return [number for number in acts_in(log) if number > last + log[last:].index("fsync")][2:]


def recovery_acts(world: World, step: int) -> list[int]:
    """The calls of the recovery from a kill at ``step`` that change something."""
    with pytest.raises(ProjectError):
        world.run(gone_from(step, FULL))
    disk = TrappedDisk()
    world.recover(disk)
    world.renew()
    acts = acts_in(disk.log)
    assert acts
    return acts


@pytest.mark.nightly
def test_any_kill_then_any_kill_while_recovering(world: World) -> None:
    """The whole square. A disk that is gone leaves what a killed process leaves, without the fork."""
    for step in all_steps_of(world):
        for recovery_step in range(1, 1000):
            with pytest.raises(ProjectError):
                world.run(gone_from(step, FULL))
            disk = gone_from(recovery_step, FULL)
            try:
                world.recover(disk)
                finished = True
            except ProjectError:
                finished = False
            world.recover()
            assert world.tree() in (world.old, world.new), (step, recovery_step)
            world.renew()
            if finished:
                break


@pytest.mark.parametrize("name", ["rename", "link", "unlink", "rmdir", "fsync"])
def test_a_single_error_while_rolling_back_is_made_good(plain_world: World, name: str) -> None:
    """The first failure starts the roll back, the second hits it, and still nothing is left."""
    first = calls(plain_world, "rename")[3]
    hit: list[int] = []

    def trap(call: Call) -> object:
        if call.number == first:
            raise anew(FULL)
        if call.number > first and call.name == name and not hit:
            hit.append(call.number)
            raise anew(FULL)
        return call.act()

    with pytest.raises(ProjectError, match="No space left"):
        plain_world.run(TrappedDisk(trap))
    assert hit
    assert plain_world.tree() == plain_world.old


def test_on_a_file_system_whose_files_have_but_one_name_each_the_same_holds(world: World) -> None:
    """As on FAT, and on some network file systems."""

    def disk_of(step: int) -> TrappedDisk:
        def trap(call: Call) -> object:
            if call.number == step:
                raise anew(FULL)
            if call.name == "link":
                raise OSError(errno.EPERM, "Operation not permitted")
            return call.act()

        return TrappedDisk(trap)

    whole = disk_of(0)
    world.run(whole)
    assert world.tree() == world.new
    world.renew()
    for step in each_step(world, acts_in(whole.log)):
        with pytest.raises(ProjectError, match="No space left") as refusal:
            world.run(disk_of(step))
        assert world.tree() == (world.new if isinstance(refusal.value, WrittenError) else world.old), step


def test_nango_yaml_is_the_last_to_change(world: World) -> None:
    """A reader never meets an entry whose files are not there."""
    yaml = world.project / NANGO_YAML
    swaps = calls(world, *SWAPS)
    for step in each_step(world, [*swaps, swaps[-1] + 1]):
        in_child(lambda step=step: world.run(killing_at(step)))
        is_new = (yaml.read_bytes() if yaml.exists() else None) == world.plan.changes[0].after
        assert is_new == (step > swaps[-1])
        world.recover()
