"""What may lie at a file's path, and what a run refuses before it writes."""

from __future__ import annotations

import errno
import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from nango_scaffold.commit import apply, hold, preflight, read
from nango_scaffold.commit.places import cannot
from nango_scaffold.errors import AnswersError, ProjectError
from nango_scaffold.plan import Change, Plan
from nango_scaffold.plan.paths import NANGO_YAML

from .support.disks import Call, TrappedDisk
from .support.processes import NOBODY, in_child
from .support.worlds import tree_of

if TYPE_CHECKING:
    from collections.abc import Callable

TYPES = "nango-integrations/github/types.ts"


def make_socket(path: Path) -> None:
    previous = os.getcwd()
    os.chdir(path.parent)  # the name of a socket may be 107 bytes long
    with socket.socket(socket.AF_UNIX) as unix_socket:
        unix_socket.bind(path.name)
    os.chdir(previous)


def make_device(path: Path) -> None:
    path.symlink_to("/dev/null")


def make_loop(path: Path) -> None:
    path.symlink_to(path.name)


def make_dangling(path: Path) -> None:
    path.symlink_to("nowhere")


IN_THE_WAY: list[tuple[Callable[[Path], None], str]] = [
    (Path.mkdir, "a folder stands where a file is needed"),
    (os.mkfifo, "a named pipe stands"),
    (make_socket, "a socket stands"),
    (make_device, "a device stands"),
    (make_loop, "leads back to itself"),
    (make_dangling, "a link to nothing"),
]


@pytest.mark.parametrize(("make", "reason"), IN_THE_WAY)
@pytest.mark.parametrize("path", [NANGO_YAML, TYPES])
def test_what_is_no_file_is_refused_and_left_alone(
    folder: Path, make: Callable[[Path], None], reason: str, path: str
) -> None:
    (folder / path).parent.mkdir(parents=True)
    make(folder / path)
    before = set(tree_of(folder)) if make is make_loop else {str(p) for p in folder.rglob("*")}
    with pytest.raises(ProjectError, match=reason) as refusal:
        read(folder, [path])
    assert refusal.value.where == path
    assert refusal.value.fix == "Nothing was changed; move it out of the way and run the command again."
    with hold(folder) as lock, pytest.raises(ProjectError, match=reason):
        apply(lock, Plan((Change("a.ts", None, b"a"), Change(path, None, b"new"))))
    assert (set(tree_of(folder)) if make is make_loop else {str(p) for p in folder.rglob("*")}) == before


def test_a_file_where_a_folder_is_needed_is_refused(folder: Path) -> None:
    (folder / "nango-integrations").mkdir()
    (folder / "nango-integrations/github").write_bytes(b"mine")
    with pytest.raises(ProjectError) as refusal:
        read(folder, [TYPES])
    assert refusal.value.what == "a file stands where its folder 'github' is needed."
    assert refusal.value.where == TYPES


def test_a_project_that_is_no_folder_is_refused(folder: Path) -> None:
    (folder / "file").write_bytes(b"")
    with pytest.raises(ProjectError) as refusal:
        read(folder / "file", [TYPES])
    assert refusal.value.what == "the project is not a folder."
    assert refusal.value.where == str(folder / "file")
    assert refusal.value.fix == "Name a folder."


def test_a_project_that_cannot_be_looked_at_is_refused(folder: Path) -> None:
    (folder / "loop").symlink_to("loop")
    with pytest.raises(ProjectError) as refusal:
        read(folder / "loop", [TYPES])
    assert refusal.value.what == f"cannot look at: {os.strerror(errno.ELOOP)}."
    assert refusal.value.where == str(folder / "loop")


@pytest.mark.parametrize("target_exists", [True, False])
def test_a_folder_that_is_a_link_out_of_the_project_is_refused(folder: Path, target_exists: bool) -> None:
    (folder / "project/nango-integrations").mkdir(parents=True)
    if target_exists:
        (folder / "outside").mkdir()
    (folder / "project/nango-integrations/github").symlink_to(folder / "outside")
    with pytest.raises(
        ProjectError, match="leads out of the project" if target_exists else "link to nothing"
    ):
        read(folder / "project", [TYPES])


def test_links_inside_the_project_are_read_through_and_absent_files_are_none(folder: Path) -> None:
    (folder / "real").mkdir()
    (folder / "real/file.ts").write_bytes(b"bytes")
    (folder / "link").symlink_to("real")
    (folder / "link.ts").symlink_to("link/file.ts")
    assert read(folder, ["link/file.ts", "link.ts", "none.ts", "no/folder.ts"]) == {
        "link/file.ts": b"bytes",
        "link.ts": b"bytes",
        "none.ts": None,
        "no/folder.ts": None,
    }
    assert read(folder / "no-project", ["a/b.ts"]) == {"a/b.ts": None}


def test_a_project_reached_through_a_link_is_the_same_project(folder: Path) -> None:
    (folder / "real").mkdir()
    (folder / "link").symlink_to("real")
    with hold(folder / "link") as lock:
        apply(lock, Plan((Change("a.ts", None, b"a"),)))
    assert read(folder / "link", ["a.ts"]) == {"a.ts": b"a"}


def test_a_path_out_of_the_project_is_refused(folder: Path) -> None:
    with pytest.raises(AnswersError):
        read(folder, ["../etc/passwd"])


def test_a_file_we_may_not_read_is_refused(open_folder: Path) -> None:
    (open_folder / "secret.ts").write_bytes(b"secret")
    (open_folder / "secret.ts").chmod(0)
    raised = in_child(lambda: read(open_folder, ["secret.ts"]), as_nobody=True)
    assert (raised.kind, raised.exit_code) == ("ProjectError", 3)
    assert raised.text.startswith("secret.ts: cannot read: Permission denied.")


def refusal_of(project: Path, plan: Plan) -> str:
    """The sentence with which a dry run and the real run both refuse, having changed nothing."""
    before = tree_of(project)
    with pytest.raises(ProjectError) as dry:
        preflight(project, plan)
    with hold(project) as lock, pytest.raises(ProjectError) as real:
        apply(lock, plan)
    assert str(dry.value) == str(real.value)
    assert tree_of(project) == before
    return str(dry.value)


def test_a_read_only_file_is_refused_also_for_root(folder: Path) -> None:
    (folder / "nango-integrations").mkdir()
    (folder / NANGO_YAML).write_bytes(b"old")
    (folder / NANGO_YAML).chmod(0o444)
    plan = Plan((Change("a.ts", None, b"a"), Change(NANGO_YAML, b"old", b"new")))
    assert refusal_of(folder, plan) == (
        f"{NANGO_YAML}: the file is read-only.\n"
        "  Nothing was changed; make it writable and run the command again."
    )


def test_a_read_only_file_that_does_not_change_is_no_obstacle(folder: Path) -> None:
    (folder / "same.ts").write_bytes(b"same")
    (folder / "same.ts").chmod(0o444)
    plan = Plan((Change("a.ts", None, b"a"), Change("same.ts", b"same", b"same")))
    preflight(folder, plan)
    with hold(folder) as lock:
        apply(lock, plan)
    assert (folder / "a.ts").read_bytes() == b"a"


def test_a_read_only_folder_is_refused(open_folder: Path) -> None:
    (open_folder / "closed").mkdir()
    (open_folder / "closed").chmod(0o555)
    plan = Plan((Change("a.ts", None, b"a"), Change("closed/b/c.ts", None, b"c")))

    def run() -> None:
        with hold(open_folder) as lock:
            apply(lock, plan)

    raised = in_child(run, as_nobody=True)
    assert (raised.kind, raised.exit_code) == ("ProjectError", 3)
    assert "closed is read-only" in raised.text
    assert in_child(lambda: preflight(open_folder, plan), as_nobody=True) == raised
    assert set(tree_of(open_folder)) == {"closed"}


@pytest.mark.parametrize(
    ("change", "now"),
    [
        (Change("a.ts", b"planned", b"new"), b"edited"),
        (Change("a.ts", b"planned", b"new"), None),
        (Change("a.ts", None, b"new"), b"appeared"),
        (Change("a.ts", b"planned", None), b"edited"),
        (Change("a.ts", b"planned", b"planned"), b"edited"),
    ],
)
def test_a_file_that_changed_since_the_plan_stops_the_run(
    folder: Path, change: Change, now: bytes | None
) -> None:
    if now is not None:
        (folder / "a.ts").write_bytes(now)
    assert refusal_of(folder, Plan((Change("b.ts", None, b"b"), change))) == (
        "a.ts: the file was changed by someone else while this run was preparing its own change.\n"
        "  Nothing was changed; run the command again."
    )


def test_a_file_that_changes_while_we_stage_stops_the_run(folder: Path) -> None:
    (folder / "a.ts").write_bytes(b"planned")
    disk = TrappedDisk(
        lambda call: (call.name == "dress" and (folder / "a.ts").write_bytes(b"edit")) or call.act()
    )
    with hold(folder, disk=disk) as lock, pytest.raises(ProjectError, match="changed by someone else"):
        apply(lock, Plan((Change("a.ts", b"planned", b"new"), Change("b.ts", None, b"b"))))
    assert tree_of(folder) == {"a.ts": ("file", 0o644, b"edit")}


def test_a_link_that_leads_elsewhere_while_we_stage_stops_the_run(folder: Path) -> None:
    for name in ("a.ts", "other.ts"):
        (folder / name).write_bytes(b"same")
    (folder / "link.ts").symlink_to("a.ts")

    def trap(call: Call) -> object:
        if call.name == "dress":
            (folder / "link.ts").unlink()
            (folder / "link.ts").symlink_to("other.ts")
        return call.act()

    with hold(folder, disk=TrappedDisk(trap)) as lock, pytest.raises(ProjectError) as refusal:
        apply(lock, Plan((Change("link.ts", b"same", b"new"),)))
    assert refusal.value.what == "a file was moved meanwhile."
    assert refusal.value.where == str(folder)
    assert refusal.value.fix == "Nothing was changed; run again."
    assert {name: entry[2] for name, entry in tree_of(folder).items()} == {
        "a.ts": b"same",
        "link.ts": "other.ts",
        "other.ts": b"same",
    }


def test_two_names_of_one_file_are_refused(folder: Path) -> None:
    (folder / "a.ts").write_bytes(b"a")
    (folder / "b.ts").symlink_to("a.ts")
    plan = Plan((Change("a.ts", b"a", b"x"), Change("b.ts", b"a", b"y")))
    assert refusal_of(folder, plan).startswith("b.ts: it is the same file as a.ts, through a link.")


@pytest.mark.parametrize(
    ("error", "what", "where", "fix"),
    [
        (
            OSError(errno.EXDEV, "Invalid cross-device link", "a/b.ts"),
            *("cannot write: Invalid cross-device link.", "a/b.ts"),
            "Nothing was changed. A folder inside the project is a mount of its own; "
            "name the folder below it as the project.",
        ),
        (OSError(errno.ENOSPC, "No space left"), "cannot write: No space left.", "", "Nothing was changed."),
        (
            OSError(errno.ENOSPC, None),
            f"cannot write: {os.strerror(errno.ENOSPC)}.",
            "",
            "Nothing was changed.",
        ),
        (OSError("no number"), f"cannot write: {os.strerror(errno.EIO)}.", "", "Nothing was changed."),
    ],
)
def test_an_error_of_the_system_is_a_sentence(error: OSError, what: str, where: str, fix: str) -> None:
    refusal = cannot("write", error)
    assert (refusal.what, refusal.where, refusal.fix) == (what, where, fix)
    assert cannot("write", error, "nango.yaml").where == "nango.yaml"


def test_nobody_is_not_root() -> None:
    """The tests above rely on it."""
    assert in_child(os.getuid, as_nobody=True) == (NOBODY if os.getuid() == 0 else os.getuid())
