"""The caret stands below the right part of the line, whatever the line holds."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from nango_scaffold.errors import Place
from nango_scaffold.report.excerpt import WIDEST, excerpt


def place(text: str, meant: str, length: int | None = None) -> Place:
    return Place("a.yml", 1, text.index(meant) + 1, len(meant) if length is None else length, text)


def test_the_caret_stands_below() -> None:
    assert excerpt(place("    runs: hourly  # x", "hourly")) == ("    runs: hourly  # x", "          ^^^^^^")


def test_a_tab_is_as_wide_as_it_is_shown() -> None:
    assert excerpt(place("\ta:\tb", "b")) == ("    a:    b", "          ^")


def test_wide_characters_take_two_columns_and_accents_none() -> None:
    assert excerpt(place("名前: ユーザー", "ユーザー")) == ("名前: ユーザー", "      ^^^^^^^^")
    assert excerpt(place("e\u0301te\u0301: x", "x")) == ("e\u0301te\u0301: x", "     ^")


def test_what_would_move_the_terminal_is_escaped() -> None:
    line, carets = excerpt(place("a: \x1b[2J\u202ebad", "bad"))
    assert line == "a: \\x1b[2J\\u202ebad"
    assert carets == " " * line.index("bad") + "^^^"


def test_of_a_place_without_length_the_word_is_meant() -> None:
    assert excerpt(place("name: a", "name", 0))[1] == "^^^^"
    assert excerpt(place("a: ]", "]", 0))[1] == "   ^"
    assert excerpt(Place("a.yml", 1, 6, 0, "a: [1"))[1] == "     ^"  # behind the end


def test_a_long_line_is_cut_around_what_is_meant() -> None:
    line, carets = excerpt(place(f"{'x' * 300} here {'y' * 300}", "here"))
    assert len(line) <= WIDEST
    assert line[carets.index("^") : len(carets)] == "here"
    assert line.startswith("…")
    assert line.endswith("…")


@given(st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), max_size=200), st.data())
def test_the_caret_never_leaves_the_line(text: str, data: st.DataObject) -> None:
    column = data.draw(st.integers(1, len(text) + 1))
    length = data.draw(st.integers(0, len(text) + 1 - column))
    line, carets = excerpt(Place("a.yml", 1, column, length, text))
    assert line.isprintable()
    assert carets.strip(" ").strip("^") == ""
    assert "^" in carets
    columns = sum(
        (
            0
            if unicodedata.category(c) in ("Mn", "Me") or unicodedata.combining(c)
            else 1 + (unicodedata.east_asian_width(c) in "WF")
        )
        for c in line
    )
    assert columns <= WIDEST + 2
