"""Edited files: merged by git where it can, marked or left alone where it cannot, and never merged twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nango_scaffold.commit import git_merger
from nango_scaffold.plan import Change, Kept, Merge, Merged, Merger, Merging, Plan, as_data, decide, tree

PATH = "github/types.ts"
OLD = b"one\ntwo\nthree\nfour\nfive\n"
NEW = b"one\ntwo\nthree\nfour\nFIVE\n"
MINE = b"ONE\ntwo\nthree\nfour\nfive\n"
CLASHING = b"one\ntwo\nthree\nfour\nmine\n"


def settle(now: bytes, *, new: bytes | None = NEW, marks: bool = True, merger: Merger | None = None) -> Plan:
    files = {} if new is None else {PATH: new}
    return decide(files, {PATH: now}, {PATH: OLD}, Merging(merger or git_merger(), marks))


def crlf(text: bytes) -> bytes:
    return text.replace(b"\n", b"\r\n")


def test_what_is_new_comes_into_an_edited_file() -> None:
    plan = settle(MINE)
    assert plan == Plan((Change(PATH, MINE, b"ONE\ntwo\nthree\nfour\nFIVE\n"),), merged=(Merged(PATH),))
    assert not plan.has_conflicts
    assert "types.ts  merged" in tree(plan)
    assert as_data(plan)["merged"] == [{"path": PATH, "conflicts": 0}]


def test_lines_both_sides_changed_are_marked_the_way_git_users_know() -> None:
    plan = settle(CLASHING)
    assert plan.changes[0].after == (
        b"one\ntwo\nthree\nfour\n<<<<<<< yours\nmine\n=======\nFIVE\n>>>>>>> nango-scaffold\n"
    )
    assert plan.merged == (Merged(PATH, conflicts=1),)
    assert plan.has_conflicts
    assert "types.ts  conflict: 1 place to resolve" in tree(plan)


def test_where_nothing_may_be_marked_the_file_is_kept_with_the_news() -> None:
    plan = settle(CLASHING, marks=False)
    assert plan.is_empty
    (kept_file,) = plan.kept
    assert kept_file.news
    assert kept_file.why == "edited since it was written, where it would now be written differently"


def test_a_file_with_marks_is_not_merged_again() -> None:
    marked = settle(CLASHING).changes[0].after
    assert marked is not None
    for new in (NEW, NEW + b"six\n"):
        plan = decide({PATH: new}, {PATH: marked}, {PATH: NEW}, Merging(git_merger(), marks=True))
        assert plan.is_empty
        assert [file.news for file in plan.kept] == [True]
        assert plan.kept[0].why == ("still contains conflicts; resolve what is between <<<<<<< and >>>>>>>")


@pytest.mark.parametrize(
    "line", [b"<<<<<<< is how git opens a conflict\n", b">>>>>>> is how it closes one\n"]
)
def test_a_line_that_only_looks_like_one_of_the_marks_is_no_conflict(line: bytes) -> None:
    assert settle(line + OLD).changes[0].after == line + NEW


def test_crlf_line_ends_are_no_edit_and_are_given_back() -> None:
    assert settle(crlf(OLD)) == Plan((Change(PATH, crlf(OLD), crlf(NEW)),))
    assert settle(crlf(NEW)) == Plan((Change(PATH, crlf(NEW), crlf(NEW)),))
    assert settle(crlf(OLD), new=None) == Plan((Change(PATH, crlf(OLD), None),))


def test_an_edited_file_with_crlf_line_ends_is_merged_in_them() -> None:
    assert settle(crlf(MINE)).changes[0].after == b"ONE\r\ntwo\r\nthree\r\nfour\r\nFIVE\r\n"


def test_a_file_of_mixed_line_ends_keeps_each_of_them() -> None:
    mixed = MINE.replace(b"two\n", b"two\r\n")
    assert settle(mixed).changes[0].after == mixed.replace(b"five", b"FIVE")


def test_what_is_no_text_is_kept() -> None:
    plan = settle(b"\0\xff binary")
    assert plan.is_empty
    assert plan.kept == (Kept(PATH, "edited since it was written"),)


def test_without_git_the_file_is_kept_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert git_merger() is None
    plan = decide({PATH: NEW}, {PATH: MINE}, {PATH: OLD}, Merging(git_merger(), marks=True))
    assert plan == Plan((), (Kept(PATH, "edited since it was written"),))


def test_an_edit_that_is_what_we_would_write_now_needs_no_word() -> None:
    plan = settle(MINE.replace(b"five", b"FIVE"))
    assert plan.is_empty
    assert plan.kept == plan.merged == ()


def test_as_many_conflicts_as_there_are_are_counted() -> None:
    count = 9
    between = b"between\n" * 6
    old, edited, new = (
        b"".join(b"%s%d\n%s" % (side, n, between) for n in range(count)) for side in (b"o", b"m", b"n")
    )
    plan = decide({PATH: new}, {PATH: edited}, {PATH: old}, Merging(git_merger(), marks=True))
    assert plan.merged == (Merged(PATH, count),)


TEXTS = st.lists(st.sampled_from([b"a\n", b"b\n", b"c\n", b"d\r\n"]), max_size=4).map(b"".join)


def _takes_theirs(base: bytes, yours: bytes, theirs: bytes) -> Merge | None:
    """A merge that keeps all lines of both sides, with a conflict if one of them has none."""
    return Merge(yours + theirs, conflicts=int(not set(yours) & set(theirs)))


@given(new=TEXTS, now=TEXTS, last=TEXTS, marks=st.booleans())
def test_a_second_run_writes_nothing_whatever_was_merged(
    new: bytes, now: bytes, last: bytes, marks: bool
) -> None:
    merging = Merging(_takes_theirs, marks)
    plan = decide({PATH: new}, {PATH: now}, {PATH: last}, merging)
    after = plan.changes[0].after if plan.changes else now
    base = last if plan.kept else new
    second = decide({PATH: new}, {PATH: after}, {PATH: base}, merging)
    assert second.is_empty
    assert second.has_conflicts <= bool(plan.kept)
