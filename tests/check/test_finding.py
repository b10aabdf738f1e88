"""Positions: from offsets to lines and columns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nango_scaffold.check.finding import place


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [
        ("", (0, 0), (1, 1, 0)),
        ("one", (0, 3), (1, 1, 3)),
        ("one\ntwo", (4, 7), (2, 1, 3)),
        ("one\n  two\n", (6, 9), (2, 3, 3)),
        ("one\r\ntwo", (5, 8), (2, 1, 3)),
        ("one\ntwo", (1, 6), (1, 2, 2)),  # what goes on below is not counted
        ("é𝄞x", (2, 3), (1, 3, 1)),
        ("\ttwo", (1, 4), (1, 2, 3)),
        ("one\n", (4, 4), (2, 1, 0)),
        ("\ufeffone\ntwo", (1, 4), (1, 1, 3)),  # a byte order mark is not counted
        ("\ufeffone\ntwo", (0, 0), (1, 1, 0)),
        ("\ufeffone\ntwo", (5, 8), (2, 1, 3)),
    ],
)
def test_the_place_of_a_piece_of_text(
    text: str, span: tuple[int, int], expected: tuple[int, int, int]
) -> None:
    assert place(text, span) == expected


@given(st.text(alphabet="a\r\né𝄞", max_size=20), st.data())
def test_a_place_leads_back_to_its_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    line, column, length = place(text, (start, end))
    marked = text.split("\n")[line - 1][column - 1 : column - 1 + length]
    assert len(marked) == length
    assert text[start:end].startswith(marked)
