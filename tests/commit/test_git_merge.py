"""git's merge of one file: its own conflict marks, without the user's configuration, and distinguished from its errors."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import pytest

from nango_scaffold.commit import git_merger, merge_file
from nango_scaffold.plan import Merge


def test_what_one_side_changed_comes_into_the_other() -> None:
    base, yours, theirs = b"a\nb\nc\nd\n", b"A\nb\nc\nd\n", b"a\nb\nc\nD\n"
    assert merge_file(base, yours, theirs) == Merge(b"A\nb\nc\nD\n", 0)


def test_the_marks_of_a_conflict_name_the_sides() -> None:
    conflict = b"<<<<<<< %s\nmine\n=======\nyours\n>>>>>>> %s\n"
    assert merge_file(b"old\n", b"mine\n", b"yours\n") == Merge(conflict % (b"yours", b"nango-scaffold"), 1)
    labels = ("here", "before", "there")
    assert merge_file(b"old\n", b"mine\n", b"yours\n", labels) == Merge(conflict % (b"here", b"there"), 1)


@pytest.mark.parametrize(("conflicts", "counted"), [(127, 127), (130, 127)])
def test_a_file_with_more_conflicts_than_git_counts_is_merged_all_the_same(
    conflicts: int, counted: int
) -> None:
    base, yours, theirs = (
        b"".join(b"%s\n%s" % (side, b"between\n" * 5) for _ in range(conflicts))
        for side in (b"o", b"m", b"t")
    )
    merge = merge_file(base, yours, theirs)
    assert merge is not None
    assert merge.conflicts == counted
    assert merge.text.count(b"<<<<<<< yours\n") == conflicts


def test_what_is_no_text_is_not_merged() -> None:
    assert merge_file(b"a\0\n", b"b\0\n", b"c\0\n") is None


def test_a_repository_around_the_temporary_folder_has_no_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its configuration could ask for other marks, which no later run would take for a conflict."""
    for words in (("init", "--quiet"), ("config", "merge.conflictStyle", "diff3")):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("GIT_DIR", str(tmp_path / ".git"))
    merge = merge_file(b"old\n", b"mine\n", b"yours\n")
    assert merge is not None
    assert b"|||||||" not in merge.text
    assert [path.name for path in tmp_path.iterdir()] == [".git"], "nothing is left behind"


def test_without_git_there_is_no_merge(monkeypatch: pytest.MonkeyPatch) -> None:
    assert git_merger() is merge_file
    monkeypatch.setenv("PATH", "")
    assert git_merger() is None
    with pytest.raises(OSError, match="git"):
        merge_file(b"", b"", b"")
