"""Edits applied to texts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nango_scaffold.check.finding import Edit, Finding
from nango_scaffold.check.run import fixed


def finding(*edits: tuple[str, int, int, str]) -> Finding:
    return Finding("X01", "warning", "a", 1, 1, 0, "It is so.", tuple(Edit(*edit) for edit in edits))


def test_nothing_found_changes_nothing() -> None:
    assert fixed({"a": "text"}, []) == {}
    assert fixed({"a": "text"}, [finding()]) == {}


def test_edits_of_several_findings_and_files() -> None:
    files = {"a": "one two three", "b": "four", "c": "five"}
    findings = [
        finding(("a", 8, 13, "3"), ("b", 0, 4, "4")),
        finding(("a", 0, 3, "1"), ("a", 4, 7, "")),
    ]
    assert fixed(files, findings) == {"a": "1  3", "b": "4"}


def test_a_finding_is_mended_whole_or_not_at_all() -> None:
    files = {"a": "one two", "b": "four"}
    findings = [finding(("a", 0, 3, "1")), finding(("b", 0, 4, "4"), ("a", 2, 5, "x"))]
    assert fixed(files, findings) == {"a": "1 two"}


def test_what_touches_an_earlier_edit_waits() -> None:
    assert fixed({"a": "ab"}, [finding(("a", 0, 1, "x")), finding(("a", 1, 2, "y"))]) == {"a": "xb"}
    assert fixed({"a": "ab"}, [finding(("a", 1, 1, "x")), finding(("a", 1, 1, "y"))]) == {"a": "axb"}


def test_other_characters_than_ascii() -> None:
    assert fixed({"a": "é𝄞\r\nx"}, [finding(("a", 4, 5, "ü"))]) == {"a": "é𝄞\r\nü"}


def test_a_byte_order_mark_stays_first() -> None:
    assert fixed({"a": "\ufeffone"}, [finding(("a", 0, 0, "x"))]) == {"a": "\ufeffxone"}
    assert fixed({"a": "\ufeffone"}, [finding(("a", 0, 4, "x"))]) == {"a": "\ufeffx"}
    assert fixed({"a": "\ufeffone"}, [finding(("a", 0, 4, "\ufeffx"))]) == {"a": "\ufeffx"}
    assert fixed({"a": "\ufeffone"}, [finding(("a", 1, 4, "x"))]) == {"a": "\ufeffx"}


@given(st.text(max_size=20), st.lists(st.tuples(st.integers(0, 20), st.integers(0, 5), st.text(max_size=3))))
def test_what_no_edit_names_stays(text: str, edits: list[tuple[int, int, str]]) -> None:
    findings = [
        finding(("a", start, min(start + length, len(text)), new))
        for start, length, new in edits
        if start <= len(text)
    ]
    after = fixed({"a": text}, findings).get("a", text)
    if findings:
        (first,) = findings[0].edits
        before, behind = text[: first.start], text[first.end :]
        only = fixed({"a": text}, findings[:1])["a"]
        assert only == before + first.text + behind
    else:
        assert after == text
