"""The reading room: whatever lies in a project, it is read without harm, or not read and told why."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from nango_scaffold.commit import Disk, Unreadable, list_files, read
from nango_scaffold.commit.places import locate
from nango_scaffold.errors import ProjectError
from nango_scaffold.regular_file import LIMIT, read_regular

from .support.processes import in_child


def sparse(path: Path, size: int) -> None:
    with path.open("wb") as file:
        file.truncate(size)


def test_a_file_over_the_limit_is_refused_and_one_at_it_is_read(folder: Path) -> None:
    sparse(folder / "large.ts", LIMIT + 1)
    with pytest.raises(ProjectError, match=r"large\.ts: cannot read: it is larger than 8 MB") as refusal:
        read(folder, ["large.ts"])
    assert refusal.value.exit_code == 3
    sparse(folder / "large.ts", LIMIT)
    assert len(read(folder, ["large.ts"])["large.ts"] or b"") == LIMIT


@pytest.mark.parametrize("swap", [os.mkfifo, Path.mkdir, lambda path: path.symlink_to("/dev/zero")])
def test_what_is_swapped_in_after_the_look_is_not_read(folder: Path, swap: object) -> None:
    """A pipe would keep us waiting, a device would fill the memory."""

    class Swapping(Disk):
        def read(self, path: Path) -> bytes:
            path.unlink()
            swap(path)  # type: ignore[operator]
            return super().read(path)

    (folder / "a.ts").write_bytes(b"a")
    with pytest.raises((ProjectError, OSError)):
        locate(Swapping(), folder, "a.ts")


@pytest.mark.parametrize("name", ["pipe", "folder", "/dev/zero"])
def test_only_regular_files_are_read(folder: Path, name: str) -> None:
    os.mkfifo(folder / "pipe")
    (folder / "folder").mkdir()
    with pytest.raises(OSError, match="not a regular file"):
        read_regular(folder / name)


def test_a_pipe_swapped_in_between_look_and_open_does_not_block(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = folder / "a.ts"
    file.write_bytes(b"a")
    status = os.stat(file)
    file.unlink()
    os.mkfifo(file)
    monkeypatch.setattr(os, "stat", lambda *args, **kwargs: status)
    with pytest.raises(OSError, match="not a regular file"):
        read_regular(file)


class TestListing:
    def test_scripts_are_listed_through_links_in_the_project_each_folder_once(self, folder: Path) -> None:
        for name in ("p/a/syncs/one.ts", "p/a/note.md", "p/a/dist/x.ts", "p/a/.nango/x.ts", "common/two.ts"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(b"")
        (folder / "p/a/actions").symlink_to(folder / "common")
        (folder / "p/a/syncs/above").symlink_to("..")
        listing = list_files(folder, "p")
        assert listing.paths == ("p/a/actions/two.ts", "p/a/syncs/one.ts")
        assert listing.unreadable == ()
        assert set(read(folder, listing.paths)) == set(listing.paths)

    def test_a_folder_that_is_not_there_and_the_project_itself_may_be_listed(self, folder: Path) -> None:
        (folder / "a.ts").write_bytes(b"")
        assert list_files(folder, "no/such").paths == ()
        assert list_files(folder / "no-project").paths == ()
        assert list_files(folder).paths == ("a.ts",)

    def test_what_is_out_of_reach_is_told_and_hides_nothing_else(self, folder: Path) -> None:
        project = folder / "project"
        project.mkdir()
        (project / "good.ts").write_bytes(b"")
        (folder / "outside").mkdir()
        (folder / "outside/x.ts").write_bytes(b"")
        (project / "out").symlink_to(folder / "outside")
        (project / "out.ts").symlink_to(folder / "outside/x.ts")
        (project / "zero.ts").symlink_to("/dev/zero")
        (project / "nowhere.ts").symlink_to("nowhere")
        (project / "loop.ts").symlink_to("loop.ts")
        os.mkfifo(project / "pipe.ts")
        with open(os.path.join(os.fsencode(project), b"caf\xe9.ts"), "wb"):
            pass
        (project / "aux.ts").write_bytes(b"")
        listing = list_files(project)
        assert listing.paths == ("good.ts",)
        why = {each.path: each.why for each in listing.unreadable}
        assert why.keys() == {
            "out",
            "out.ts",
            "zero.ts",
            "nowhere.ts",
            "loop.ts",
            "pipe.ts",
            "caf\\xe9.ts",
            "aux.ts",
        }
        assert why["out"] == f"it is a link that leads out of the project, to {folder / 'outside'}"
        assert why["pipe.ts"] == "it is not a regular file"
        assert "invisible character" in why["caf\\xe9.ts"]
        assert "device on Windows" in why["aux.ts"]
        assert all(f"{path}{reason}".isprintable() for path, reason in why.items())

    def test_a_folder_we_may_not_enter_is_told(self, open_folder: Path) -> None:
        (open_folder / "closed").mkdir()
        (open_folder / "closed").chmod(0)
        listing = in_child(lambda: list_files(open_folder), as_nobody=True)
        assert listing.unreadable == (Unreadable("closed", "Permission denied"),)

    @pytest.mark.parametrize("name", ["../project-b", "/etc", "a\nb", "."])
    def test_a_folder_name_that_leads_out_is_not_listed(self, folder: Path, name: str) -> None:
        (folder / ".git").mkdir()
        (folder / "project").mkdir()
        (folder / "project-b").mkdir()
        (folder / "project-b/x.ts").write_bytes(b"")
        listing = list_files(folder / "project", name)
        assert listing.paths == ()
        assert len(listing.unreadable) == 1
