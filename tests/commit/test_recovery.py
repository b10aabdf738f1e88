"""After a kill: what the next run finds, which journals it trusts, and which it does not."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from nango_scaffold.commit import Disk, Recovery, is_unfinished
from nango_scaffold.commit.journal import Step, known_areas, load
from nango_scaffold.errors import ProjectError
from nango_scaffold.plan.paths import NANGO_YAML, STAGING

from .support.disks import SWAPS, Call, TrappedDisk, gone_from, killing_at
from .support.processes import in_child
from .support.worlds import GITHUB, World, tree_of

SAVED, EDITED = b"saved by an editor\n", b"edited since\n"


def kill_before_last_swap(world: World) -> None:
    """Everything is in place but nango.yaml."""
    disk = TrappedDisk()
    world.run(disk)
    world.renew()
    last = max(number for number, name in enumerate(disk.log, 1) if name in SWAPS)
    assert in_child(lambda: world.run(killing_at(last))) == -signal.SIGKILL


def test_nothing_left_is_nothing_to_recover(plain_world: World) -> None:
    assert plain_world.recover() is None
    plain_world.run()
    assert plain_world.recover() is None


def test_who_only_reads_can_see_that_a_run_was_killed(plain_world: World) -> None:
    assert not is_unfinished(plain_world.project)
    kill_before_last_swap(plain_world)
    assert is_unfinished(plain_world.project)
    plain_world.recover()
    assert not is_unfinished(plain_world.project)


def test_the_next_run_tells_what_it_took_back(plain_world: World) -> None:
    kill_before_last_swap(plain_world)
    recovery = plain_world.recover()
    assert recovery is not None
    assert (recovery.outcome, recovery.left) == ("rolled back", ())
    assert recovery.paths[-1] == NANGO_YAML
    assert f"{GITHUB}/types.ts" in recovery.paths
    assert "package.json" not in recovery.paths, "it did not change"


def test_what_a_run_is_about_to_do_is_on_record(plain_world: World) -> None:
    kill_before_last_swap(plain_world)
    disk = Disk()
    areas = known_areas(disk, plain_world.project)
    journal = load(disk, plain_world.project, areas)
    assert areas == [plain_world.project / STAGING]
    assert journal is not None
    new_folders = {"nango-integrations/hubspot", "nango-integrations/hubspot/syncs", f"{GITHUB}/actions"}
    assert set(journal.folders) == {*new_folders, "elsewhere/mappers"}
    sha = {
        data: hashlib.sha256(data).hexdigest()
        for data in (b"gone\n", b"new types\n", b"old types\n", b"action\n")
    }
    steps = {step.path: step for step in journal.steps}
    assert steps[f"{GITHUB}/types.ts"] == Step(
        *(f"{GITHUB}/types.ts", "change", 0, sha[b"old types\n"], sha[b"new types\n"])
    )
    assert steps[f"{GITHUB}/syncs/gone.ts"] == Step(
        f"{GITHUB}/syncs/gone.ts", "delete", 0, sha[b"gone\n"], ""
    )
    create = f"{GITHUB}/actions/create-user.ts"
    assert steps[create] == Step(create, "create", 0, "", sha[b"action\n"])
    assert steps[f"{GITHUB}/linked.ts"].target == str(plain_world.project.resolve() / GITHUB / "real.ts")


def test_the_next_run_tells_what_it_finished(plain_world: World) -> None:
    """Killed when all was done but to remove the journal."""

    def trap(call: Call) -> object:
        if call.name == "unlink" and call.args[0].name == "journal.json":
            os.kill(os.getpid(), signal.SIGKILL)
        return call.act()

    assert in_child(lambda: plain_world.run(TrappedDisk(trap))) == -signal.SIGKILL
    recovery = plain_world.recover()
    changes = [change.path for change in plain_world.plan.changes if change.kind != "unchanged"]
    assert recovery == Recovery("finished", (*changes[1:], NANGO_YAML))
    assert plain_world.tree() == plain_world.new


def test_a_disk_that_refuses_while_recovering_is_told_as_such(plain_world: World) -> None:
    kill_before_last_swap(plain_world)
    with pytest.raises(ProjectError) as refusal:
        plain_world.recover(gone_from(3, OSError(errno.EIO, "Input/output error")))
    assert refusal.value.what == "cannot recover what an earlier run left: Input/output error."


@pytest.mark.parametrize(
    ("path", "edit"),
    [
        (f"{GITHUB}/types.ts", b"edited"),
        (f"{GITHUB}/types.ts", None),
        (f"{GITHUB}/actions/create-user.ts", b"edited"),
        (f"{GITHUB}/syncs/gone.ts", b"written anew"),
    ],
)
def test_what_the_user_did_between_kill_and_recovery_stays(
    plain_world: World, path: str, edit: bytes | None
) -> None:
    kill_before_last_swap(plain_world)
    file = plain_world.project / path
    if edit is None:
        file.unlink()
    else:
        file.write_bytes(edit)
    recovery = plain_world.recover()
    assert recovery is not None
    assert recovery.left == (path,)
    present, old = plain_world.tree(), dict(plain_world.old)
    assert (file.read_bytes() if file.exists() else None) == edit
    for tree in (present, old):
        for name in (f"project/{path}", f"project/{Path(path).parent}"):
            tree.pop(name, None)
    assert present == old, "all else is rolled back"


def test_a_recovery_that_is_killed_goes_on_rolling_back_where_files_have_but_one_name(
    plain_world: World,
) -> None:
    """As on FAT: what was put back has left the temporary files, and nango.yaml, edited since, still looks like done."""

    def disk(killed_at: int = 0) -> TrappedDisk:
        def trap(call: Call) -> object:
            if call.number == killed_at:
                os.kill(os.getpid(), signal.SIGKILL)
            if call.name == "link":
                raise OSError(errno.EPERM, "Operation not permitted")
            return call.act()

        return TrappedDisk(trap)

    def leave_a_run_that_is_done() -> None:
        """Killed after its last swap; then an editor saved a file that it had open, and nango.yaml was edited."""
        plain_world.renew()
        assert in_child(lambda: plain_world.run(disk(last + 1))) == -signal.SIGKILL
        [gone] = [path for path in area.iterdir() if path.read_bytes() == b"old types\n"]
        gone.write_bytes(SAVED)
        (plain_world.project / NANGO_YAML).write_bytes(EDITED)

    area = plain_world.project / STAGING
    run, recovery = disk(), disk()
    plain_world.run(run)
    last = max(number for number, name in enumerate(run.log, 1) if name == "rename")
    leave_a_run_that_is_done()
    plain_world.recover(recovery)
    expected = dict(plain_world.old)
    for path, data in ((f"{GITHUB}/types.ts", SAVED), (NANGO_YAML, EDITED)):
        kind, mode, _ = expected[f"project/{path}"]
        expected[f"project/{path}"] = (kind, mode, data)
    assert plain_world.tree() == expected
    changing = ("rename", "unlink", "rmdir")
    for number in [number for number, name in enumerate(recovery.log, 1) if name in changing]:
        leave_a_run_that_is_done()
        assert in_child(lambda number=number: plain_world.recover(disk(number))) == -signal.SIGKILL
        plain_world.recover(disk())
        assert plain_world.tree() == expected, number


def test_a_folder_put_where_a_file_was_is_left_alone(plain_world: World) -> None:
    kill_before_last_swap(plain_world)
    (plain_world.project / GITHUB / "types.ts").unlink()
    (plain_world.project / GITHUB / "types.ts").mkdir()
    recovery = plain_world.recover()
    assert recovery is not None
    assert recovery.left == (f"{GITHUB}/types.ts",)


def test_a_file_of_the_users_in_a_folder_we_made_keeps_the_folder(plain_world: World) -> None:
    kill_before_last_swap(plain_world)
    note = plain_world.project / "nango-integrations/hubspot/note.txt"
    note.write_bytes(b"mine")
    plain_world.recover()
    assert note.read_bytes() == b"mine"
    assert not (note.parent / "syncs").exists()


def test_another_project_may_change_a_shared_nango_yaml_in_between(linked_world: World) -> None:
    """The killed run had not come to nango.yaml: its files go, the other project's entry stays."""
    kill_before_last_swap(linked_world)
    (linked_world.top / "shared/all.yaml").write_bytes(b"entry of another project")
    recovery = linked_world.recover()
    assert recovery is not None
    assert recovery.outcome == "rolled back"
    assert (linked_world.project / NANGO_YAML).read_bytes() == b"entry of another project"
    assert set(linked_world.tree()) == set(linked_world.old)


def test_what_is_put_back_reaches_the_medium_before_the_journal_goes(plain_world: World) -> None:
    kill_before_last_swap(plain_world)
    calls: list[Call] = []
    plain_world.recover(TrappedDisk(lambda call: (calls.append(call), call.act())[1]))
    discard = next(call for call in calls if call.name == "unlink")
    assert discard.args[0].name == "journal.json"
    synced = [(call.args[0], call.number) for call in calls if call.name == "fsync"]
    swaps = [call for call in calls if call.name in SWAPS]
    assert {call.name for call in swaps} == set(SWAPS)
    for call in swaps:
        for folder in {call.args[0].parent, call.args[1].parent} - {plain_world.project / STAGING}:
            if folder.exists():
                assert any(
                    synced_folder == folder and call.number < number < discard.number
                    for synced_folder, number in synced
                )


def test_staging_without_a_journal_is_just_removed(plain_world: World) -> None:
    (plain_world.project / STAGING).mkdir()
    (plain_world.project / STAGING / "new-0").write_bytes(b"half")
    (plain_world.project / STAGING / "beside.json").write_bytes(b'["/et')
    assert plain_world.recover() == Recovery("rolled back")
    assert plain_world.tree() == plain_world.old


def test_a_file_that_is_not_ours_among_the_temporary_ones_is_not_removed(plain_world: World) -> None:
    (plain_world.project / STAGING).mkdir()
    (plain_world.project / STAGING / "thesis.txt").write_bytes(b"precious")
    with pytest.raises(ProjectError) as refusal:
        plain_world.recover()
    assert refusal.value.what == "this file is not ours, but is where our temporary files are."
    assert refusal.value.where == str(plain_world.project / STAGING / "thesis.txt")
    assert refusal.value.fix == "Move it away and run the command again."
    assert (plain_world.project / STAGING / "thesis.txt").read_bytes() == b"precious"


@pytest.mark.parametrize("is_link", [True, False])
def test_a_file_or_link_in_place_of_the_staging_folder_is_refused(plain_world: World, is_link: bool) -> None:
    staging = plain_world.project / STAGING
    if is_link:
        staging.symlink_to("nango-integrations")
    else:
        staging.write_bytes(b"")
    before = plain_world.tree()
    with pytest.raises(ProjectError) as refusal:
        plain_world.recover()
    assert refusal.value.what == "this name is needed for temporary files."
    assert refusal.value.where == str(staging)
    assert refusal.value.fix == "Nothing was changed; remove it."
    assert plain_world.tree() == before


@pytest.mark.parametrize("planted", ["outside", f"{STAGING}-0123456789ab"])
def test_a_planted_list_of_areas_empties_no_folder_of_others(plain_world: World, planted: str) -> None:
    """A folder of another name is none of ours, and neither is one that our name is only a link to."""
    outside = plain_world.top / "outside"
    outside.mkdir()
    (outside / "new-1").write_bytes(b"precious")
    if planted != "outside":
        (plain_world.top / planted).symlink_to(outside)
    (plain_world.project / STAGING).mkdir()
    (plain_world.project / STAGING / "beside.json").write_text(json.dumps([str(plain_world.top / planted)]))
    plain_world.recover()
    assert (outside / "new-1").read_bytes() == b"precious"
    assert not (plain_world.project / STAGING).exists()


def step(path: str, kind: str = "create", area: int = 0) -> dict[str, object]:
    return {"path": path, "kind": kind, "area": area, "before": "", "after": ""}


@pytest.mark.parametrize(
    "journal",
    [
        b"",
        b"[]",
        b"{}",
        b'{"version": 2, "steps": [], "folders": []}',
        json.dumps({"version": 3, "steps": [step("a.ts")], "folders": []}).encode(),
        json.dumps({"version": 2, "steps": [step("../victim")], "folders": []}).encode(),
        json.dumps({"version": 2, "steps": [step("a.ts"), step("b.ts", area=7)], "folders": []}).encode(),
        json.dumps({"version": 2, "steps": [step("a.ts")], "folders": ["../../victim"]}).encode(),
        json.dumps({"version": 2, "steps": [{"path": "a.ts"}], "folders": []}).encode(),
        json.dumps({"version": 2, "steps": [step(7)], "folders": []}).encode(),  # type: ignore[arg-type]
        *(
            json.dumps({"version": 2, "steps": [{**step("a.ts"), field: value}], "folders": []}).encode()
            for field, value in [
                ("area", 0.0),
                ("area", False),
                ("kind", "truncate"),
                ("target", 7),
                ("target", "/tmp/\0"),
                ("target", "/tmp/\udc00"),
                ("target", "relative/a.ts"),
                ("after", []),
            ]
        ),
    ],
)
def test_a_journal_that_is_not_ours_is_refused_and_nothing_done(plain_world: World, journal: bytes) -> None:
    """It may come with a cloned repository, and would name what it wants moved or removed."""
    (plain_world.project / STAGING).mkdir()
    (plain_world.project / STAGING / "journal.json").write_bytes(journal)
    before = plain_world.tree()
    with pytest.raises(ProjectError) as refusal:
        plain_world.recover()
    assert refusal.value.what == "this is not a journal that this version can read."
    assert refusal.value.where == str(plain_world.project / STAGING / "journal.json")
    assert refusal.value.fix == "Compare the project with its last commit, then remove the folder."
    assert plain_world.tree() == before


def test_a_planted_journal_moves_nothing_through_a_link_out_of_the_project(plain_world: World) -> None:
    outside = plain_world.top / "outside"
    (outside / "empty").mkdir(parents=True)
    (plain_world.project / "out").symlink_to(outside)
    staging = plain_world.project / STAGING
    staging.mkdir()
    (staging / "gone-0").write_bytes(b"evil")
    (staging / "new-1").write_bytes(b"")
    steps = [step("out/.bashrc", "delete"), step("a.ts")]
    text = {"version": 2, "steps": steps, "folders": ["out/empty"]}
    (staging / "journal.json").write_text(json.dumps(text))
    recovery = plain_world.recover()
    assert recovery is not None
    assert recovery.left == ("out/.bashrc",)
    assert set(tree_of(outside)) == {"empty"}


def make_fifo(path: Path) -> None:
    os.mkfifo(path)


def make_link(path: Path) -> None:
    path.symlink_to("/dev/zero")


@pytest.mark.parametrize("name", ["journal.json", "beside.json"])
@pytest.mark.parametrize("make", [make_fifo, make_link, Path.mkdir])
def test_what_is_no_file_among_the_temporary_ones_is_refused_at_once(
    plain_world: World, name: str, make: Callable[[Path], None]
) -> None:
    (plain_world.project / STAGING).mkdir()
    make(plain_world.project / STAGING / name)
    with pytest.raises(
        ProjectError, match="not a regular file, so it is not ours, but it is where"
    ) as refusal:
        plain_world.recover()
    assert refusal.value.exit_code == 3
    assert refusal.value.where == str(plain_world.project / STAGING / name)
    assert refusal.value.fix == "Move it away and run the command again."
    assert os.path.lexists(plain_world.project / STAGING / name)


@pytest.mark.parametrize("text", ["[" * 10_000, '{"steps": ' * 10_000])
def test_a_journal_that_is_nested_deeply_is_refused(plain_world: World, text: str) -> None:
    (plain_world.project / STAGING).mkdir()
    (plain_world.project / STAGING / "journal.json").write_text(text)
    with pytest.raises(ProjectError, match="not a journal that this version can read"):
        plain_world.recover()


def test_a_journal_without_end_is_refused(plain_world: World) -> None:
    (plain_world.project / STAGING).mkdir()
    with (plain_world.project / STAGING / "journal.json").open("wb") as file:
        file.truncate(1 << 33)
    with pytest.raises(ProjectError, match="larger than 8 MB"):
        plain_world.recover()


@pytest.mark.parametrize(
    "text", ["[" * 10_000, '["/et', "[1]", "{}", "null", r'["/tmp/\u0000/area"]', r'["/tmp/\udc00/area"]']
)
def test_a_list_of_areas_that_makes_no_sense_names_none(plain_world: World, text: str) -> None:
    (plain_world.project / STAGING).mkdir()
    (plain_world.project / STAGING / "beside.json").write_text(text)
    assert plain_world.recover() == Recovery("rolled back")
    assert plain_world.tree() == plain_world.old


@pytest.mark.parametrize("target", ["outside/.bashrc", "project/.git/config", "project/nowhere/file"])
def test_a_planted_journal_moves_nothing_to_a_target_out_of_reach(plain_world: World, target: str) -> None:
    (plain_world.top / "outside").mkdir()
    (plain_world.project / ".git").mkdir()
    staging = plain_world.project / STAGING
    staging.mkdir()
    (staging / "gone-0").write_bytes(b"evil")
    (staging / "new-1").write_bytes(b"")
    planted = {**step("a.ts", "delete"), "target": str(plain_world.top / target)}
    text = {"version": 2, "steps": [planted, step("b.ts")], "folders": []}
    (staging / "journal.json").write_text(json.dumps(text))
    recovery = plain_world.recover()
    assert recovery is not None
    assert recovery.left == ("a.ts",)
    assert not (plain_world.top / target).exists()


def test_each_outcome_is_a_sentence() -> None:
    killed = "an earlier run was killed"
    assert Recovery("finished", ("a", "b")).sentence == (
        f"{killed} when its 2 files had been written, and is finished now"
    )
    assert (
        Recovery("rolled back", ("a",)).sentence == f"{killed} while it wrote 1 file, and is rolled back now"
    )
    assert Recovery("rolled back", ("a", "b", "c"), ("b", "c")).sentence == (
        f"{killed} while it wrote 3 files, and is rolled back now; edited since, and left as they are: b, c"
    )
    assert Recovery("rolled back").sentence == f"{killed}, which left only temporary files; they are removed"
