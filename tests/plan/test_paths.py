"""Which paths a plan accepts: all those of our own output, and none that leaves the project."""

from __future__ import annotations

import os
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nango_scaffold.errors import AnswersError
from nango_scaffold.plan import Change, Kept, Plan, check_path

PARTS = st.text(max_size=12) | st.sampled_from(["..", ".", "con", "a b", "C:", ".git", "x" * 256])


@pytest.mark.parametrize(
    "path",
    [
        "nango-integrations/nango.yaml",
        "nango-integrations/1password-scim/syncs/users.ts",
        "nango-integrations/github/.copier-answers.yml",
        "schema.zod.ts",
        "conference/consul.ts",
        "a b/ü.ts",
        "..a/b..c",
        "LINUX",
        "x" * 255,
    ],
)
def test_ordinary_paths_pass(path: str) -> None:
    check_path(path)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("", "empty"),
        ("/etc/passwd", "absolute"),
        ("../evil", "'..'"),
        ("a/../../evil", "'..'"),
        ("a/./b", "'.'"),
        ("a//b", "''"),
        ("a/", "''"),
        ("C:/evil", "':'"),
        ("C:evil", "':'"),
        ("a\\..\\evil", "'\\\\'"),
        ("file.ts:stream", "':'"),
        ("a\0b", "invisible"),
        ("a\nb", "invisible"),
        ("a\x1b[2Jb", "invisible"),
        ("rtl\u202egpj.ts", "invisible"),
        (".g\u200cit/hooks/pre-commit", "invisible"),
        ("lone\ud800", "invisible"),
        ("a|b", "'|'"),
        ("what?.ts", "'?'"),
        ("NUL", "device"),
        ("a/con.ts", "device"),
        ("aux .d/x", "device"),
        ("lpt9.tar.gz", "device"),
        ("com¹", "device"),
        ("trailing.", "dot or a blank"),
        ("trailing /x", "dot or a blank"),
        ("x" * 256, "255"),
        ("ü" * 128, "255"),
        (".git/hooks/pre-commit", "taken"),
        ("a/.GIT/config", "taken"),
        (".nango-scaffold-tmp/journal.json", "taken"),
        (".nango-scaffold-lock", "taken"),
        ("a/.nango-scaffold-tmp-0123456789ab/new-1", "taken"),
    ],
)
def test_a_path_that_could_do_harm_is_refused_with_its_reason(path: str, reason: str) -> None:
    with pytest.raises(AnswersError, match=re.escape(reason)) as refusal:
        check_path(path)
    assert str(refusal.value).isascii() or str(refusal.value).replace("\n", "").isprintable()


def test_a_change_and_a_kept_file_check_their_path_themselves() -> None:
    with pytest.raises(AnswersError):
        Change("../evil", None, b"")
    with pytest.raises(AnswersError):
        Kept("../evil", "edited")


@given(st.lists(PARTS, min_size=1, max_size=5).map("/".join))
@example("a/..")
@example("/")
def test_whatever_passes_stays_below_the_project_on_posix_and_windows(path: str) -> None:
    try:
        check_path(path)
    except AnswersError:
        return
    import ntpath
    import posixpath

    for flavour in (posixpath, ntpath):
        landed = flavour.normpath(flavour.join("/project", path))
        assert flavour.commonpath([flavour.normpath("/project"), landed]) == flavour.normpath("/project")
        assert landed != flavour.normpath("/project")
    os.fsencode(path)


@pytest.mark.parametrize(
    ("paths", "reason"),
    [
        (["a.ts", "A.ts"], "only in case"),
        (["a.ts", "a.ts"], "named twice"),
        (["a", "a/b.ts"], "below 'a'"),
        (["A/b/c.ts", "a"], "below 'a'"),
        (["a/b/c.ts", "a/b"], "below 'a/b'"),
    ],
)
def test_paths_that_cannot_all_be_files_of_one_tree_are_refused(paths: list[str], reason: str) -> None:
    with pytest.raises(AnswersError, match=reason):
        Plan(tuple(Change(path, None, b"") for path in paths))


def test_a_name_that_only_begins_like_another_is_its_neighbour() -> None:
    plan = Plan((Change("a", None, b""), Change("a.d/b", None, b""), Change("ab", None, b"")))
    assert plan.paths("create") == ("a", "a.d/b", "ab")


@pytest.mark.parametrize(
    ("path", "where"),
    [
        ("a|b", "a|b"),
        ("a/\x1b[2J", r"'a/\x1b[2J'"),
        ("x" * 118 + "|b", "x" * 118 + "|b"),
        ("x" * 118 + "|bc", "x" * 117 + "..."),
    ],
)
def test_a_refusal_shows_the_path_in_one_printable_line_and_what_to_use(path: str, where: str) -> None:
    with pytest.raises(AnswersError) as refusal:
        check_path(path)
    assert refusal.value.where == where
    assert (
        refusal.value.fix == "Use plain names of letters, digits, dashes and dots, with '/' between folders."
    )


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("", "the path is empty."),
        ("/etc/passwd", "the path is absolute."),
        ("a/b./c", "the part 'b.' of the path ends in a dot or a blank."),
        ("a/..", "the path has the part '..', which could lead out of the project."),
        ("a/.", "the path has the part '.', which could lead out of the project."),
    ],
)
def test_a_refusal_says_what_is_wrong(path: str, message: str) -> None:
    with pytest.raises(AnswersError) as refusal:
        check_path(path)
    assert refusal.value.what == message


def test_a_path_named_twice_is_refused_in_these_words() -> None:
    with pytest.raises(AnswersError) as refusal:
        Plan((Change("a.ts", None, b""), Change("a.ts", None, b"")))
    assert refusal.value.what == "the path is named twice."


def test_of_three_files_the_one_below_another_is_named() -> None:
    with pytest.raises(AnswersError, match="below 'b'") as refusal:
        Plan(tuple(Change(path, None, b"") for path in ("a/x.ts", "b/c/d.ts", "b")))
    assert refusal.value.where == "b/c/d.ts"
