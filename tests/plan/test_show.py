"""The printed plan: git applies our diffs, and the tree names every file once."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nango_scaffold.plan import Change, Kept, Merged, Plan, as_data, tree, unified_diff

# Lines that repeat, end in every way, and look like parts of a diff.
LINE = st.sampled_from(
    ["a", "b", "", "    c: d", "-", "+", "@@ -1 +1 @@", "\\ No newline", "\r", "x\x0cy", "ü\u2028"]
)
PADDING = st.sampled_from([[], ["a"] * 9, list("abcdefgh")])
TEXT = st.builds(
    lambda head, lines, tail: "\n".join([*head, *lines, *tail]).encode(),
    PADDING,
    st.lists(LINE, max_size=14),
    PADDING,
)
BLOB = st.binary(max_size=20)


def test_a_small_change_is_shown_as_git_shows_it() -> None:
    before = b"one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\n"
    change = Change("my file.ts", before, before.replace(b"five\n", b"5\r\n") + b"nine")
    assert unified_diff(change) == (
        "diff --git a/my file.ts b/my file.ts\n"
        "--- a/my file.ts\t\n"
        "+++ b/my file.ts\t\n"
        "@@ -2,7 +2,8 @@\n"
        " two\n three\n four\n-five\n+5\r\n six\n seven\n eight\n"
        "+nine\n\\ No newline at end of file\n"
    )


def test_a_file_that_comes_goes_or_stays() -> None:
    assert unified_diff(Change("a.ts", None, b"x\n")) == (
        "diff --git a/a.ts b/a.ts\nnew file mode 100644\n--- /dev/null\n+++ b/a.ts\n@@ -0,0 +1 @@\n+x\n"
    )
    assert unified_diff(Change("a.ts", b"x\n", None)) == (
        "diff --git a/a.ts b/a.ts\ndeleted file mode 100644\n--- a/a.ts\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n"
    )
    assert unified_diff(Change("a.ts", None, b"")) == "diff --git a/a.ts b/a.ts\nnew file mode 100644\n"
    assert unified_diff(Change("a.ts", b"x", b"x")) == ""


def test_what_is_not_text_is_called_binary() -> None:
    for blob in (b"\xff\xfe", b"a\0b"):
        assert unified_diff(Change("a.png", b"text\n", blob)).endswith(
            "Binary files a/a.png and b/a.png differ\n"
        )
    assert unified_diff(Change("a.png", None, b"\xff")) == (
        "diff --git a/a.png b/a.png\nnew file mode 100644\nBinary files /dev/null and b/a.png differ\n"
    )


@settings(max_examples=max(settings().max_examples // 3, 1))
@given(st.lists(st.tuples(st.none() | TEXT, st.none() | TEXT), min_size=1, max_size=8))
@example(
    [(b"one\ntwo\n", b"two\none\n"), (b"a\nb\nend\n", b"new\na\nend\n"), (b"new\na\nend\n", b"a\nb\nend\n")]
)
def test_git_applies_our_patch_and_gets_the_new_files(pairs: list[tuple[bytes | None, bytes | None]]) -> None:
    changes = [Change(f"folder/file {number}.ts", *pair) for number, pair in enumerate(pairs)]
    patch = "".join(map(unified_diff, changes)).encode()
    with TemporaryDirectory() as project:
        for change in changes:
            if change.before is not None:
                file = Path(project, change.path)
                file.parent.mkdir(exist_ok=True)
                file.write_bytes(change.before)
        if patch:
            command = ["git", "apply", "--whitespace=nowarn", "-"]
            process = subprocess.run(command, cwd=project, input=patch, capture_output=True, check=False)
            assert process.returncode == 0, process.stderr
        for change in changes:
            file = Path(project, change.path)
            assert (file.read_bytes() if file.exists() else None) == change.after


@given(st.none() | BLOB, st.none() | BLOB)
def test_any_bytes_can_be_shown(before: bytes | None, after: bytes | None) -> None:
    diff = unified_diff(Change("a", before, after))
    assert (diff == "") == (before == after)
    json.dumps(diff)


def test_two_far_ends_of_a_long_file_give_two_small_hunks() -> None:
    lines = [f"    line {number // 3}\n" for number in range(30_000)]
    changed = [*lines[:10], "new\n", *lines[10:29_000], *lines[29_001:]]
    diff = unified_diff(Change("nango.yaml", "".join(lines).encode(), "".join(changed).encode()))
    assert diff.count("\n@@ ") == 2
    assert diff.count("\n") == 3 + 2 + 7 + 7  # the header, two hunk headers, six lines around each change


@pytest.mark.parametrize(("distance", "hunks"), [(6, 1), (7, 2)])
def test_changes_whose_context_would_touch_are_one_hunk(distance: int, hunks: int) -> None:
    between = b"same\n" * distance
    diff = unified_diff(Change("a.ts", b"one\n" + between + b"two\n", b"1\n" + between + b"2\n"))
    assert diff.count("\n@@ ") == hunks


def test_the_tree_names_every_file_with_its_fate() -> None:
    plan = Plan(
        (
            Change("nango-integrations/nango.yaml", b"", b"x"),
            Change("nango-integrations/github/syncs/users.ts", None, b"x"),
            Change("nango-integrations/github/syncs/old.ts", b"x", None),
            Change("package.json", b"{}", b"{}"),
        ),
        (Kept("nango-integrations/github/types.ts", "edited since it was written"),),
    )
    assert tree(plan) == (
        "./\n"
        "├── nango-integrations/\n"
        "│   ├── github/\n"
        "│   │   ├── syncs/\n"
        "│   │   │   ├── old.ts    delete\n"
        "│   │   │   └── users.ts  create\n"
        "│   │   └── types.ts      kept: edited since it was written\n"
        "│   └── nango.yaml        change\n"
        "└── package.json          unchanged\n"
    )


def test_the_tree_tells_how_many_places_of_a_merged_file_are_to_be_resolved() -> None:
    names = ["folder/one.ts", "folder/three.ts", "folder/two.ts"]
    conflicts = dict(zip(names, (1, 3, 2), strict=True))
    plan = Plan(
        tuple(Change(name, b"x", b"y") for name in names),
        merged=tuple(Merged(name, count) for name, count in conflicts.items()),
    )
    assert tree(plan) == (
        "./\n"
        "└── folder/\n"
        "    ├── one.ts    conflict: 1 place to resolve\n"
        "    ├── three.ts  conflict: 3 places to resolve\n"
        "    └── two.ts    conflict: 2 places to resolve\n"
    )


def test_the_plan_as_data_survives_json() -> None:
    plan = Plan((Change("a.ts", None, b"x\n"),), (Kept("b.ts", "deleted since it was written", news=False),))
    data = as_data(plan)
    assert json.loads(json.dumps(data)) == data
    assert [(change["path"], change["kind"]) for change in data["changes"]] == [("a.ts", "create")]
    assert "+x\n" in data["changes"][0]["diff"]
    assert data["kept"] == [{"path": "b.ts", "why": "deleted since it was written", "news": False}]
