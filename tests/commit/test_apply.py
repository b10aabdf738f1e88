"""A plan on disk: modes, owners, links, folders, and a nango.yaml on another file system."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path

import pytest

from nango_scaffold.commit import WrittenError, apply, hold, recover
from nango_scaffold.errors import ProjectError
from nango_scaffold.plan import Change, Plan
from nango_scaffold.plan.paths import NANGO_YAML, STAGING

from .support.disks import READS, SWAPS, Call, MountedDisk, TrappedDisk, gone_from
from .support.processes import NOBODY, in_child
from .support.worlds import GITHUB, World, tree_of


def write(project: Path, *changes: Change) -> None:
    with hold(project) as lock:
        assert recover(lock) is None
        apply(lock, Plan(changes))


def test_the_new_tree_is_the_old_one_with_just_the_plan_in_it(world: World) -> None:
    world.run()
    tree = world.tree()
    for change in world.plan.changes:
        path = world.project / change.path
        assert (path.read_bytes() if path.exists() else None) == change.after
    planned = {
        str((world.project / change.path).resolve().relative_to(world.top)) for change in world.plan.changes
    }
    others = {
        name: entry for name, entry in world.old.items() if name not in planned and entry[0] != "folder"
    }
    assert {name: tree.get(name) for name in others} == others
    assert not any(part.startswith(".nango-scaffold") for name in tree for part in name.split("/"))


def test_modes_stay_and_new_files_get_the_usual_one(plain_world: World) -> None:
    plain_world.run()
    modes = {name: entry[1] for name, entry in plain_world.tree().items()}
    assert modes[f"project/{NANGO_YAML}"] == 0o640
    assert modes[f"project/{GITHUB}/types.ts"] == 0o755
    assert modes[f"project/{GITHUB}"] == 0o750
    umask = os.umask(0)
    os.umask(umask)
    assert modes[f"project/{GITHUB}/actions/create-user.ts"] == 0o666 & ~umask
    assert modes[f"project/{GITHUB}/actions"] == 0o777 & ~umask


def test_folders_our_deletes_empty_go_and_others_stay(plain_world: World) -> None:
    plain_world.run()
    assert not (plain_world.project / GITHUB / "syncs").exists()
    assert (plain_world.project / GITHUB).is_dir()


def test_deleting_the_last_file_leaves_the_project_folder(folder: Path) -> None:
    (folder / "a").mkdir()
    (folder / "a/b.ts").write_bytes(b"b")
    write(folder, Change("a/b.ts", b"b", None))
    assert folder.is_dir()
    assert tree_of(folder) == {}


def test_a_new_folder_with_two_names_is_made_once(folder: Path) -> None:
    (folder / "real").mkdir()
    (folder / "link").symlink_to("real")
    write(folder, Change("link/new/a.ts", None, b"a"), Change("real/new/b.ts", None, b"b"))
    assert {path.name for path in (folder / "real/new").iterdir()} == {"a.ts", "b.ts"}


def test_deleting_a_link_leaves_what_it_leads_to(folder: Path) -> None:
    (folder / "real.ts").write_bytes(b"x")
    (folder / "link.ts").symlink_to("real.ts")
    write(folder, Change("link.ts", b"x", None))
    assert set(tree_of(folder)) == {"real.ts"}


def test_a_plan_without_changes_touches_nothing(folder: Path) -> None:
    (folder / "a.ts").write_bytes(b"a")
    disk = TrappedDisk()
    with hold(folder, disk=disk) as lock:
        apply(lock, Plan((Change("a.ts", b"a", b"a"),)))
    assert set(disk.log) <= READS


@pytest.mark.skipif(os.getuid() != 0, reason="only root can make files of others")
def test_the_owner_stays_where_that_is_permitted(open_folder: Path) -> None:
    file = open_folder / "a.ts"
    file.write_bytes(b"old")
    os.chown(file, 1234, 4321)
    file.chmod(0o664)
    write(open_folder, Change("a.ts", b"old", b"new"))
    assert (file.stat().st_uid, file.stat().st_gid) == (1234, 4321)

    file.chmod(0o666)
    assert in_child(lambda: write(open_folder, Change("a.ts", b"new", b"newer")), as_nobody=True) is None
    assert file.read_bytes() == b"newer"
    assert (file.stat().st_uid, file.stat().st_mode & 0o777) == (NOBODY, 0o666)


def test_nothing_but_the_staging_folder_is_touched_before_all_is_staged(plain_world: World) -> None:
    def trap(call: Call) -> object:
        if call.name == "rename" and not renamed:
            renamed.append(plain_world.tree())
        return call.act()

    renamed: list[dict[str, object]] = []
    plain_world.run(TrappedDisk(trap))
    outside = {
        name: entry for name, entry in renamed[0].items() if not name.startswith("project/.nango-scaffold")
    }
    lockless = {name: entry for name, entry in outside.items() if not name.endswith("-lock-yaml")}
    assert lockless == plain_world.old


def calls_of(world: World) -> list[Call]:
    """All calls of a run that worked."""
    calls: list[Call] = []
    world.run(TrappedDisk(lambda call: (calls.append(call), call.act())[1]))
    return calls


def test_all_that_is_staged_reaches_the_medium_before_the_first_rename_into_the_project(world: World) -> None:
    calls = calls_of(world)
    swaps = [call for call in calls if call.name in SWAPS and call.args[0].name != "journal.json.new"]
    early = [call for call in calls if call.number < swaps[0].number]
    synced = {call.args[0]: call.number for call in early if call.name == "fsync"}
    for write in (call for call in early if call.name == "write"):
        assert synced[write.args[0]] > write.number, "the bytes"
        assert synced[write.args[0].parent] > write.number, "the name"
    journal = next(call for call in early if call.name == "rename")
    assert all(write.number < journal.number for write in early if write.name == "write")
    assert synced[journal.args[1].parent] > journal.number


def test_every_other_name_reaches_the_medium_before_nango_yaml_and_that_before_the_end(world: World) -> None:
    calls = calls_of(world)
    yaml = (world.project / NANGO_YAML).resolve()
    swaps = [call for call in calls if call.name in SWAPS]
    others = [call for call in swaps if yaml not in call.args]
    ours = [call for call in swaps if yaml in call.args]
    assert swaps == [*others, *ours]
    synced = [(call.args[0], call.number) for call in calls if call.name == "fsync"]
    for call in others:
        into = call.args[1].parent
        assert any(folder == into and call.number < number < ours[0].number for folder, number in synced)
    marks = [call.number for call in calls if call.name == "unlink" and call.number > ours[-1].number]
    for call in ours:
        for folder in (call.args[1].parent, yaml.parent):
            assert any(
                folder == synced_folder and call.number < number < marks[0]
                for synced_folder, number in synced
            )
    discard = next(call for call in calls if call.name == "unlink" and call.args[0].name == "journal.json")
    area = next(
        folder for call in ours for folder in (path.parent for path in call.args) if folder != yaml.parent
    )
    assert [folder for folder, number in synced if marks[0] <= number < discard.number][:1] == (
        [area] if marks[0] < discard.number else []
    ), "that the last step is done has reached the medium, too"


def test_what_lies_outside_is_staged_beside_it(linked_world: World) -> None:
    """Two mounts of one file system look alike, but no rename crosses them."""
    last = [call for call in calls_of(linked_world) if call.name == "link"][-1]
    assert last.args[0].parent.parent == last.args[1].parent == (linked_world.top / "shared").resolve()


def test_leftovers_that_nobody_recovered_stop_apply(folder: Path) -> None:
    (folder / STAGING).mkdir()
    with hold(folder) as lock:
        with pytest.raises(ProjectError) as refusal:
            apply(lock, Plan((Change("a.ts", None, b"a"),)))
        assert refusal.value.what == "an earlier run left temporary files."
        assert refusal.value.where == str(folder / STAGING)
        assert refusal.value.fix == "Nothing was changed; run the command again, which recovers them first."
        recover(lock)
        apply(lock, Plan((Change("a.ts", None, b"a"),)))
    assert set(tree_of(folder)) == {"a.ts"}


def test_what_the_operating_system_refuses_rolls_back_and_is_reported(plain_world: World) -> None:
    def trap(call: Call) -> object:
        if call.name == "rename":
            raise OSError(errno.ENOSPC, "No space left on device")
        return call.act()

    with pytest.raises(ProjectError) as refusal:
        plain_world.run(TrappedDisk(trap))
    assert refusal.value.what == "cannot write: No space left on device."
    assert refusal.value.fix == "Nothing was changed."
    assert plain_world.tree() == plain_world.old


def test_an_unforeseen_exception_rolls_back_and_is_reported(plain_world: World) -> None:
    def trap(call: Call) -> object:
        return 1 // 0 if call.name == "rename" else call.act()

    with pytest.raises(ProjectError) as refusal:
        plain_world.run(TrappedDisk(trap))
    assert refusal.value.what == "stopped by ZeroDivisionError: integer division or modulo by zero."
    assert refusal.value.fix == "Nothing was changed."
    assert isinstance(refusal.value.__cause__, ZeroDivisionError)
    assert plain_world.tree() == plain_world.old


def test_a_failure_after_the_last_swap_says_that_everything_was_written(plain_world: World) -> None:
    def trap(call: Call) -> object:
        if call.name == "unlink" and call.args[0].name == "journal.json" and not failed:
            failed.append(call)
            raise OSError(errno.EIO, "Input/output error")
        return call.act()

    failed: list[Call] = []
    with pytest.raises(WrittenError) as refusal:
        plain_world.run(TrappedDisk(trap))
    assert (
        refusal.value.what == "everything was written, but something failed after that: Input/output error."
    )
    assert refusal.value.fix == "Run the command again to see that nothing is left to do."
    assert plain_world.tree() == plain_world.new


def test_a_disk_that_fails_for_good_half_way_says_that_the_next_run_recovers(plain_world: World) -> None:
    disk = TrappedDisk()
    plain_world.run(disk)
    plain_world.renew()
    swap = max(number for number, name in enumerate(disk.log, 1) if name in SWAPS)
    with pytest.raises(ProjectError) as refusal:
        plain_world.run(gone_from(swap, OSError(errno.EIO, "Input/output error")))
    assert refusal.value.what == (
        "the run stopped half-way (Input/output error), and neither could it be finished nor rolled back."
    )
    assert (
        refusal.value.fix
        == "Fix the cause and run the command again: the next run recovers the project first."
    )
    plain_world.recover()
    assert plain_world.tree() == plain_world.old


@pytest.fixture
def far_world(folder: Path) -> World:
    """A project whose nango.yaml is a link to another file system, which is mounted in the same git work tree."""

    def build(top: Path) -> None:
        for name in (".git", "shared", "project/nango-integrations"):
            (top / name).mkdir(parents=True)
        (top / "shared/all.yaml").write_bytes(b"old")
        (top / "project" / NANGO_YAML).symlink_to("../../shared/all.yaml")
        (top / "project/empty").mkdir()

    plan = Plan(
        (
            Change(NANGO_YAML, b"old", b"new"),
            Change("a.ts", None, b"a"),
            Change("empty/b.ts", None, b"b"),
        )
    )
    return World(folder / "top", plan, build)


def test_a_link_to_another_file_system_is_written_through(far_world: World) -> None:
    far_world.run(MountedDisk(far_world.top / "shared"))
    assert far_world.tree() == far_world.new
    assert (far_world.project / NANGO_YAML).is_symlink()
    assert (far_world.top / "shared/all.yaml").read_bytes() == b"new"


def test_a_kill_at_any_call_leaves_nothing_on_the_other_file_system(far_world: World) -> None:
    def gone_from_step(call: Call) -> object:
        if call.number >= step:
            raise OSError(errno.EIO, "gone")
        return call.act()

    shared = far_world.top / "shared"
    for step in range(1, 1000):
        with suppress(ProjectError):
            far_world.run(MountedDisk(shared, gone_from_step))
        far_world.recover(MountedDisk(shared))
        if far_world.tree() == far_world.new:
            break
        assert far_world.tree() == far_world.old, step
    assert far_world.tree() == far_world.new


def test_a_folder_in_the_project_that_is_another_file_system_is_staged_there(folder: Path) -> None:
    """As with a volume mounted below the project: no rename may cross."""
    (folder / "mounted/github").mkdir(parents=True)
    (folder / "mounted/github/old.ts").write_bytes(b"old")
    (folder / "mounted/github/gone.ts").write_bytes(b"gone")
    plan = Plan(
        (
            Change("mounted/github/old.ts", b"old", b"new"),
            Change("mounted/github/gone.ts", b"gone", None),
            Change("mounted/hubspot/a.ts", None, b"a"),
            Change("z.ts", None, b"z"),
        )
    )
    areas: list[Path] = []

    def trap(call: Call) -> object:
        if call.name == "mkdir" and call.args[0].name.startswith(STAGING):
            areas.append(call.args[0].parent)
        return call.act()

    with hold(folder, disk=MountedDisk(folder / "mounted", trap)) as lock:
        apply(lock, plan)
    assert areas == [folder, folder / "mounted"], "one for all that lies there"
    assert {name: entry[2] for name, entry in tree_of(folder).items() if entry[0] == "file"} == {
        "mounted/github/old.ts": b"new",
        "mounted/hubspot/a.ts": b"a",
        "z.ts": b"z",
    }


class TestManyFiles:
    """Enough of them to wait for the medium together."""

    CHANGES = tuple(Change(f"nango-integrations/p{number}/types.ts", None, b"x") for number in range(120))

    def test_all_are_flushed_before_the_journal_and_their_folders_before_the_end(self, folder: Path) -> None:
        order: list[str] = []

        def trap(call: Call) -> object:
            if call.name in ("fsync", *SWAPS):
                path = call.args[-1]
                order.append("journal" if path.name == "journal.json" else f"{call.name} {path.name}")
            return call.act()

        with hold(folder, disk=TrappedDisk(trap)) as lock:
            apply(lock, Plan((*self.CHANGES, Change(NANGO_YAML, None, b"y"))))
        before, after = order[: order.index("journal")], order[order.index("journal") :]
        last = after.index("link nango.yaml")
        assert {f"fsync new-{number}" for number in range(121)} <= set(before)
        assert {f"fsync p{number}" for number in range(120)} <= set(after[:last])
        assert len([act for act in after[:last] if act == "link types.ts"]) == 120

    def test_one_that_fails_leaves_nothing(self, folder: Path) -> None:
        def trap(call: Call) -> object:
            if call.name == "fsync" and call.args[0].name == "new-77":
                raise OSError(errno.EIO, "Input/output error")
            return call.act()

        with (
            hold(folder / "project", disk=TrappedDisk(trap)) as lock,
            pytest.raises(ProjectError, match="Input/output error"),
        ):
            apply(lock, Plan(self.CHANGES))
        assert not (folder / "project").exists()
