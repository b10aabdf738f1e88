"""Comments that suppress findings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nango_scaffold.check.finding import Finding
from nango_scaffold.check.ignored import without_ignored


def has_finding(text: str, rule: str, line: int) -> bool:
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
    assert not has_finding(text, "T08", 2)
    assert has_finding(text, "T08", 3)
    assert has_finding(text, "T09", 2)


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
    assert has_finding(f"{comment}\none\n", "T08", 2)


def test_several_comments_in_a_row() -> None:
    text = "// nango-scaffold-ignore T08: a\n// nango-scaffold-ignore T09: b\none\n"
    assert not has_finding(text, "T08", 3)
    assert not has_finding(text, "T09", 3)


def test_a_finding_on_the_first_line_is_left_out_by_that_line() -> None:
    assert not has_finding("// nango-scaffold-ignore T08: a\none\n", "T08", 1)


def test_the_line_above_the_comment_is_not_meant() -> None:
    assert has_finding("one\n// nango-scaffold-ignore T08\ntwo\n", "T08", 1)


def test_a_file_that_is_not_there() -> None:
    finding = Finding("T08", "warning", "gone.ts", 1, 1, 0, "It is so.")
    assert list(without_ignored({}, [finding])) == [finding]


PLUGIN = "@nangohq/custom-integrations-linting/"


@pytest.mark.parametrize(
    ("rule", "comment"),
    [
        ("P02", f"// eslint-disable-next-line {PLUGIN}proxy-call-retries"),
        ("P02", f"/* eslint-disable-next-line {PLUGIN}proxy-call-retries */"),
        (
            "S05",
            f"    // eslint-disable-next-line no-x, {PLUGIN}no-try-catch-unless-explicitly-allowed -- why, P02",
        ),
        ("T08", f"// eslint-disable-next-line {PLUGIN}no-object-casting\r"),
        ("T05", "// eslint-disable-next-line @typescript-eslint/consistent-type-imports"),
        ("P08", "// eslint-disable-next-line"),
    ],
)
def test_a_comment_for_eslint_counts_for_the_line_below(rule: str, comment: str) -> None:
    text = f"{comment}\none\ntwo\n"
    assert not has_finding(text, rule, 2)
    assert has_finding(text, rule, 1)
    assert has_finding(text, rule, 3)
    assert has_finding(text, "P03", 2) is ("," in comment or "disable-next-line " in comment)
    assert has_finding(text, "Y01", 2), "no rule of ESLint looks for that"


def test_a_comment_for_eslint_on_the_line_itself() -> None:
    text = f"one // eslint-disable-line {PLUGIN}no-console-log\ntwo\n"
    assert not has_finding(text, "P06", 1)
    assert has_finding(text, "P06", 2)


def test_a_block_of_eslint() -> None:
    text = f"one\n/* eslint-disable {PLUGIN}no-object-casting -- all of them */\ntwo\n/* eslint-enable */\nfour\n"
    assert [has_finding(text, "T08", line) for line in (1, 3, 5)] == [True, False, True]
    assert has_finding(text, "P06", 3)


@pytest.mark.parametrize(
    "comment", ["/* eslint-disable */", f"/*\n eslint-disable {PLUGIN}no-console-log\n*/"]
)
def test_a_whole_file_for_eslint(comment: str) -> None:
    assert not has_finding(f"{comment}\none\ntwo\n", "P06", 3 + comment.count("\n"))


@pytest.mark.parametrize(
    "comment", ["// eslint-disable", "// eslint-disable-next-lines", "/* eslint-disabled */"]
)
def test_what_eslint_does_not_read_is_not_read_here(comment: str) -> None:
    assert has_finding(f"{comment}\none\n", "P06", 2)


@given(st.text() | st.text(alphabet="/# nango-scaffold-ignore T08,:\n"))
def test_no_text_is_too_much(text: str) -> None:
    has_finding(text, "T08", 1)
