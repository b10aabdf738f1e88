"""Editors do not take the lock: what they save while a run is at work is what is on disk in the end."""

from __future__ import annotations

import os
import random
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from nango_scaffold.commit import Disk, apply, hold, recover
from nango_scaffold.commit import disk as disk_room
from nango_scaffold.errors import ProjectError
from nango_scaffold.plan import Change, Plan
from nango_scaffold.plan.paths import NANGO_YAML

from .support.disks import READS, SWAPS, Call, TrappedDisk
from .support.processes import start
from .support.worlds import GITHUB, Tree, World

SAVED = b"saved by an editor\n"
TYPES, GONE, NEW = f"{GITHUB}/types.ts", f"{GITHUB}/syncs/gone.ts", f"{GITHUB}/actions/new.ts"
SMALL_PLAN = Plan(
    (
        Change(NANGO_YAML, b"old yaml\n", b"new yaml\n"),
        Change("package.json", b"{}\n", b"{}\n"),
        Change(TYPES, b"old types\n", b"new types\n"),
        Change(GONE, b"gone\n", None),
        Change(NEW, None, b"action\n"),
    )
)
Save = Callable[[Path], None]


def build(top: Path) -> None:
    """A file of each kind."""
    for change in SMALL_PLAN.changes:
        if change.before is not None:
            file = top / "project" / change.path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(change.before)


def build_linked(top: Path) -> None:
    """The same with a nango.yaml that is linked to."""
    build(top)
    (top / ".git").mkdir()
    (top / "shared").mkdir()
    link = top / "project" / NANGO_YAML
    link.rename(top / "shared/all.yaml")
    link.symlink_to("../../shared/all.yaml")


@pytest.fixture
def small_world(folder: Path) -> World:
    """A project with a file of each kind."""
    return World(folder / "top", SMALL_PLAN, build)


def in_place(file: Path) -> None:
    """As nano does it, and a shell's redirection."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(SAVED)


def by_rename(file: Path) -> None:
    """As most editors and formatters do it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    backup = file.with_name("4913~")
    backup.write_bytes(SAVED)
    backup.replace(file)


def without(tree: Tree, file: str) -> Tree:
    """A tree without a file, and without the folders above it."""
    above = {str(path) for path in Path(file).parents}
    return {name: entry for name, entry in tree.items() if name != file and name not in above}


def steps_between_plan_and_end(world: World) -> list[int]:
    """The calls from the last look before the journal to the end of the run: those that act or read bytes.

    Between two of them a save is the same at whichever call it comes.
    """
    disk = TrappedDisk()
    world.run(disk)
    world.renew()
    begin = disk.log.index("rename") - 3
    return [step for step, name in enumerate(disk.log, 1) if step >= begin and name not in READS - {"read"}]


def run_with_a_save(world: World, disk: Disk) -> bool:
    """Whether the plan was written; if not, it was refused as it should be."""
    try:
        world.run(disk)
    except ProjectError as error:
        refusal = error
    else:
        return True
    assert refusal.exit_code == 3
    assert "Nothing was changed" in refusal.fix
    return False


@pytest.mark.parametrize(
    ("path", "save"),
    [
        (NANGO_YAML, in_place),
        (NANGO_YAML, by_rename),
        (TYPES, in_place),
        (TYPES, by_rename),
        (GONE, by_rename),
        (NEW, in_place),
        ("package.json", by_rename),
    ],
)
def test_a_save_at_any_call_is_there_in_the_end(small_world: World, path: str, save: Save) -> None:
    """Of the last file, of others, of one that goes, of one that comes, and of one the plan was only made on."""
    world, file = small_world, small_world.project / path

    def trap(call: Call) -> object:
        if call.number == step:
            save(file)
        return call.act()

    ends = []
    for step in steps_between_plan_and_end(world):
        is_written = run_with_a_save(world, TrappedDisk(trap))
        assert file.read_bytes() == SAVED, step
        whole = world.new if is_written else world.old
        assert without(world.tree(), f"project/{path}") == without(whole, f"project/{path}"), step
        ends.append(is_written)
        world.renew()
    assert ends == sorted(ends), "once it is written, a later save undoes nothing"
    assert set(ends) == {False, True}


@pytest.mark.parametrize("path", [TYPES, GONE, NEW, "package.json"])
def test_a_save_over_any_file_just_before_the_last_swap_takes_the_plan_back(
    small_world: World, path: str
) -> None:
    def trap(call: Call) -> object:
        if call.name == "unlink" and not saved:  # the first file is where it belongs
            saved.append(path)
            in_place(small_world.project / path)
        return call.act()

    saved: list[str] = []
    assert not run_with_a_save(small_world, TrappedDisk(trap))
    assert (small_world.project / path).read_bytes() == SAVED
    assert small_world.tree()[f"project/{NANGO_YAML}"] == small_world.old[f"project/{NANGO_YAML}"]


def test_a_save_through_a_link_at_any_call_is_there_in_the_end(folder: Path) -> None:
    """Also one that puts a file in the place of the link, as some editors do."""
    linked_world = World(folder / "top", SMALL_PLAN, build_linked)
    link, real = linked_world.project / NANGO_YAML, linked_world.top / "shared/all.yaml"
    for save in (in_place, by_rename):
        for step in steps_between_plan_and_end(linked_world):

            def trap(call: Call, save: Save = save, step: int = step) -> object:
                if call.number == step:
                    save(link)
                return call.act()

            is_written = run_with_a_save(linked_world, TrappedDisk(trap))
            assert link.read_bytes() == SAVED, step
            if not link.is_symlink():
                whole = linked_world.new if is_written else linked_world.old
                assert real.read_bytes() == whole["shared/all.yaml"][2], step
            linked_world.renew()


@pytest.mark.parametrize("path", [NANGO_YAML, TYPES, GONE])
def test_who_has_the_file_open_since_before_the_run_loses_nothing(
    small_world: World, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bytes go to the file that was moved away; it is looked at for the last time after the last swap."""
    monkeypatch.setattr(disk_room, "_PATIENCE", 0.01)
    world, file = small_world, small_world.project / path

    def trap(call: Call) -> object:
        if call.number == step:
            os.ftruncate(handle, 0)
            os.pwrite(handle, SAVED, 0)
        return call.act()

    disk = TrappedDisk()
    world.run(disk)
    world.renew()
    swapped = max(number for number, name in enumerate(disk.log, 1) if name in SWAPS)
    looks = [
        number for number, name in enumerate(disk.log, 1) if name == "read_released" and number > swapped
    ]
    for step in range(disk.log.index("rename") - 3, min(looks) + 1):
        handle = os.open(file, os.O_RDWR)
        assert not run_with_a_save(world, TrappedDisk(trap)), step
        os.close(handle)
        assert file.read_bytes() == SAVED, step
        assert without(world.tree(), f"project/{path}") == without(world.old, f"project/{path}"), step
        world.renew()


@pytest.mark.skipif(sys.platform != "linux", reason="no other system tells who has a file open")
@pytest.mark.parametrize("path", [NANGO_YAML, TYPES, GONE])
def test_who_has_the_file_open_at_the_last_look_is_waited_for(small_world: World, path: str) -> None:
    """An editor has opened the file in place before the run, and writes while it is looked at for the last time."""
    world, file = small_world, small_world.project / path
    editors = []

    def save(handle: int) -> None:
        time.sleep(0.03)
        os.ftruncate(handle, 0)
        os.pwrite(handle, SAVED, 0)
        os.close(handle)

    def trap(call: Call) -> object:
        if call.name == "read_released" and not editors:
            editors.append(threading.Thread(target=save, args=[handle]))
            editors[0].start()
        return call.act()

    handle = os.open(file, os.O_RDWR)
    assert not run_with_a_save(world, TrappedDisk(trap))
    editors[0].join()
    assert file.read_bytes() == SAVED
    assert without(world.tree(), f"project/{path}") == without(world.old, f"project/{path}")


def test_a_plan_that_ends_with_changes_is_rolled_back_to_what_was_there(folder: Path) -> None:
    """Every file of it, also the last but one, comes back with its bytes and its mode."""
    names = ["a.ts", "b.ts", "c.ts"]
    for step in range(1, 500):
        for name in names:
            (folder / name).write_bytes(name.encode())
            (folder / name).chmod(0o640)

        def trap(call: Call, step: int = step) -> object:
            if call.number == step:
                raise OSError(28, "No space left on device")
            return call.act()

        plan = Plan(tuple(Change(name, name.encode(), b"new") for name in names))
        try:
            with hold(folder, disk=TrappedDisk(trap)) as lock:
                recover(lock)
                apply(lock, plan, last="c.ts")
            break
        except ProjectError:
            ends = [(folder / name).read_bytes() for name in names]
            assert ends in ([name.encode() for name in names], [b"new"] * 3), step
            assert {(folder / name).stat().st_mode & 0o777 for name in names} == {0o640}
            assert {path.name for path in folder.iterdir()} == set(names)
    assert step > 30, "it was tried at every call"


def save_after(file: Path, save: Save, delay: float) -> bool:
    """Save after a delay; false if the folder was removed meanwhile, as its last file was."""
    end = time.perf_counter() + delay
    while time.perf_counter() < end:
        pass
    try:
        save(file)
    except (FileNotFoundError, FileExistsError):  # mkdir's, when the folder goes away before it looks at it
        return False
    return True


def race(world: World, random_: random.Random, longest: float) -> bool:
    """One run and one save at a random moment; whether the plan was written."""
    path = random_.choice([NANGO_YAML, NANGO_YAML, TYPES, GONE])
    save = random_.choice([in_place, by_rename])
    delay = random_.uniform(0, longest)
    child = start(lambda: save_after(world.project / path, save, delay))
    is_written = run_with_a_save(world, Disk())
    is_saved = child.outcome()
    assert is_saved is True or (is_saved is False and path == GONE)
    if is_saved:
        assert (world.project / path).read_bytes() == SAVED, (path, save.__name__, delay)
    whole = world.new if is_written else world.old
    assert without(world.tree(), f"project/{path}") == without(whole, f"project/{path}"), (path, delay)
    world.renew()
    return is_written


def races(world: World, count: int) -> None:
    began = time.perf_counter()
    world.run()
    longest = time.perf_counter() - began
    world.renew()
    random_ = random.Random(count)
    ends = {race(world, random_, longest * 1.2) for _ in range(count)}
    assert ends == {False, True}, "some saves came before the end, some after"


def test_of_some_racing_saves_none_is_lost(small_world: World) -> None:
    races(small_world, 25)


@pytest.mark.nightly
def test_of_many_racing_saves_none_is_lost(small_world: World) -> None:
    races(small_world, 500)


def test_a_save_caught_at_its_own_swap_keeps_later_files_untouched(small_world: World) -> None:
    moved: list[str] = []

    def trap(call: Call) -> object:
        if call.name == "rename":
            moved.append(call.args[0].name)
            if call.args[0].name == "types.ts":
                by_rename(call.args[0])
        return call.act()

    assert not run_with_a_save(small_world, TrappedDisk(trap))
    assert (small_world.project / TYPES).read_bytes() == SAVED
    assert "nango.yaml" not in moved


@pytest.mark.parametrize("path", [TYPES, NEW])
def test_a_save_while_a_run_takes_its_file_back_is_there_in_the_end(small_world: World, path: str) -> None:
    """Between the last look at it and the move."""
    file = small_world.project / path

    def trap(call: Call) -> object:
        if call.name == "link" and call.args[1].name == "nango.yaml":
            (small_world.project / NANGO_YAML).write_bytes(SAVED)  # why the run is taken back
        if call.name == "rename" and call.args[0] == file and call.args[1].name.startswith("back-"):
            by_rename(file)
            saved.append(path)
        return call.act()

    saved: list[str] = []
    assert not run_with_a_save(small_world, TrappedDisk(trap))
    assert saved == [path]
    assert file.read_bytes() == SAVED
    assert (small_world.project / NANGO_YAML).read_bytes() == SAVED
    assert not list(small_world.project.rglob(".nango-scaffold*"))
