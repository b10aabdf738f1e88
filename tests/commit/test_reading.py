"""Reading a project: any file is read safely, or refused with a reason."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

from nango_scaffold.commit import Disk, folders_in, read
from nango_scaffold.commit.places import locate
from nango_scaffold.errors import ProjectError
from nango_scaffold.regular_file import LIMIT, read_json, read_regular


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


@pytest.mark.parametrize(
    ("data", "mapping"),
    [
        (b'{"name": "npm"}', {"name": "npm"}),
        (b'\xef\xbb\xbf{"name": "npm"}', {"name": "npm"}),
        (b'{"name": "\xff"}', {"name": "\ufffd"}),
        (b'["name"]', {}),
        (b'{"name"', {}),
        (b"[" * 100_000, {}),
        (b"", {}),
    ],
)
def test_json_that_is_no_mapping_reads_as_an_empty_one(
    folder: Path, data: bytes, mapping: dict[str, str]
) -> None:
    (folder / "package.json").write_bytes(data)
    assert read_json(folder / "package.json") == mapping
    assert read_json(folder / "package.json", limit=3) == {}
    assert read_json(folder / "missing.json") == {}
    assert read_json(folder) == {}


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


def test_a_link_that_is_swapped_in_is_not_followed(folder: Path) -> None:
    """It may lead out of the project, to a file that nobody meant to show."""
    (folder / "secret").write_bytes(b"secret")
    (folder / "link").symlink_to("secret")
    with pytest.raises(OSError, match="not a regular file"):
        Disk().read(folder / "link")
    if sys.platform == "linux":
        with pytest.raises(OSError, match=os.strerror(errno.ELOOP)):  # not even asked who has it open
            Disk().read_released(folder / "link")


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


def test_the_folders_in_a_folder_are_named_and_none_where_there_is_no_folder(folder: Path) -> None:
    for name in ("b", "a"):
        (folder / name).mkdir()
    (folder / "file").write_bytes(b"")
    assert folders_in(folder) == ["a", "b"]
    assert folders_in(folder / "file") == folders_in(folder / "nowhere") == []


def test_files_and_the_names_in_folders_reach_the_medium(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the real disk: the one of the other tests does not wait for it."""
    synced: list[os.stat_result] = []
    monkeypatch.setattr(os, "fsync", lambda handle: synced.append(os.fstat(handle)))
    (folder / "file").write_bytes(b"bytes")
    for path in (folder / "file", folder):
        Disk().fsync(path)
        assert os.path.samestat(synced[-1], os.stat(path))
    assert len(synced) == 2
