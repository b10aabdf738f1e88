"""Comments that leave findings out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nango_scaffold.check.finding import Finding
from nango_scaffold.check.ignored import without_ignored


def left(text: str, rule: str, line: int) -> bool:
    """Whether a finding of a rule on a line stays."""
    finding = Finding(rule, "warning", "a.ts", line, 1, 0, "It is so.")
    return list(without_ignored({"a.ts": text}, [finding])) == [finding]


@pytest.mark.parametrize(
    "comment",
    [
        "// nango-scaffold-ignore T08",
        "// nango-scaffold-ignore T08: the provider says so",
        "    //nango-scaffold-ignore T08",
        "\t// nango-scaffold-ignore T08:why",
        "# nango-scaffold-ignore T08: why",
        "/* nango-scaffold-ignore T08 */",
        "// nango-scaffold-ignore t08",
        "// nango-scaffold-ignore Y01, T08: both",
        "// nango-scaffold-ignore T08 Y01",
        "// nango-scaffold-ignore T08\r",
        "\ufeff// nango-scaffold-ignore T08",
    ],
)
def test_the_line_below_is_left_out(comment: str) -> None:
    text = f"{comment}\none\ntwo\n"
    assert not left(text, "T08", 2)
    assert left(text, "T08", 3)
    assert left(text, "T09", 2)


@pytest.mark.parametrize(
    "comment",
    [
        "nango-scaffold-ignore T08",
        "// nango-scaffold-ignore",
        "// nango-scaffold-ignore: T08",
        "// nango-scaffold-ignore everything",
        "// nango-scaffold-ignore T08 because",
        "// nango-scaffold-ignoreT08",
        "// eslint-disable-next-line T08",
        "call(); // nango-scaffold-ignore T08",
        "'// nango-scaffold-ignore T08'",
    ],
)
def test_other_lines_say_nothing(comment: str) -> None:
    assert left(f"{comment}\none\n", "T08", 2)


def test_several_comments_in_a_row() -> None:
    text = "// nango-scaffold-ignore T08: a\n// nango-scaffold-ignore T09: b\none\n"
    assert not left(text, "T08", 3)
    assert not left(text, "T09", 3)


def test_a_finding_on_the_first_line_is_left_out_by_that_line() -> None:
    assert not left("// nango-scaffold-ignore T08: a\none\n", "T08", 1)


def test_the_line_above_the_comment_is_not_meant() -> None:
    assert left("one\n// nango-scaffold-ignore T08\ntwo\n", "T08", 1)


def test_a_file_that_is_not_there() -> None:
    finding = Finding("T08", "warning", "gone.ts", 1, 1, 0, "It is so.")
    assert list(without_ignored({}, [finding])) == [finding]


@given(st.text() | st.text(alphabet="/# nango-scaffold-ignore T08,:\n"))
def test_no_text_is_too_much(text: str) -> None:
    left(text, "T08", 1)
