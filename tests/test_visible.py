"""Printable text: no control characters get through, and any encoding can hold it."""

from __future__ import annotations

import json
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nango_scaffold.visible import (
    columns,
    in_encoding,
    json_in_encoding,
    padded,
    shortened,
    visible,
    visible_json,
    visible_line,
)

UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
BLANKS = "\u115f\u1160\u3164\uffa0\u034f\ufe0f\U000e0100"  # letters and marks that take no room, or look like blanks


def unseen(text: str) -> list[str]:
    return [
        character for character in text if unicodedata.category(character) in UNSEEN or character in BLANKS
    ]


@pytest.mark.parametrize(
    ("raw", "escaped"),
    [
        ("\x1b[31mred", r"\x1b[31mred"),
        ("a\x9bb\x7f\x00", r"a\x9bb\x7f\x00"),
        ("gi\u202ebuh\u2066", r"gi\u202ebuh\u2066"),
        ("zero\u200bwidth\ufeff", r"zero\u200bwidth\ufeff"),
        ("\udcff.ts", r"\udcff.ts"),
        ("tag\U000e0041", r"tag\U000e0041"),
        ("tab\tend\r\nlone\rend", "tab\tend\r\nlone\\rend"),
        ("Größe 案 ├── …", "Größe 案 ├── …"),
    ],
)
def test_what_a_terminal_obeys_is_shown_as_its_escape(raw: str, escaped: str) -> None:
    assert visible(raw) == escaped


def test_a_line_stays_one_line() -> None:
    assert visible_line("name\nnango-scaffold: all is well\r\n\u2028") == (
        r"name\nnango-scaffold: all is well\r\n\u2028"
    )


def test_no_character_that_cannot_be_seen_gets_through() -> None:
    """All of Unicode, by what the database says of each character."""
    all_characters = "".join(map(chr, range(sys.maxunicode + 1)))
    assert unseen(visible_line(all_characters)) == ["\t"]
    assert {*unseen(visible(all_characters))} == {"\n", "\t"}


@given(st.text(st.characters()))
def test_json_means_the_same_and_holds_nothing_unseen(text: str) -> None:
    document = visible_json(json.dumps({"name": text}, ensure_ascii=False, indent=2))
    assert json.loads(document) == {"name": text}
    assert {*unseen(document)} <= {"\n"}
    for encoding in ("ascii", "cp1252"):
        spelled = json_in_encoding(document, encoding)
        assert json.loads(spelled.encode(encoding).decode(encoding)) == {"name": text}


def test_drawn_lines_become_plain_ones_where_an_encoding_lacks_them() -> None:
    drawn = "├── a\n│   └── ü…\n"
    assert in_encoding(drawn, "utf-8") == drawn
    assert in_encoding(drawn, "cp1252") == "|-- a\n|   `-- ü…\n"
    assert in_encoding(drawn, "ascii") == "|-- a\n|   `-- ?...\n"


@given(st.text(st.characters()), st.sampled_from(["ascii", "cp1252", "latin-1", "shift_jis", "utf-8"]))
def test_any_encoding_can_hold_what_is_shown(text: str, encoding: str) -> None:
    in_encoding(visible(text), encoding).encode(encoding)


@pytest.mark.parametrize(
    ("text", "width"), [("", 0), ("plain", 5), ("日本", 4), ("e\u0301", 1), ("…", 1), ("ｆｕｌｌ", 8)]
)
def test_a_line_takes_as_many_columns_as_a_terminal_gives_it(text: str, width: int) -> None:
    assert columns(text) == width
    assert columns(padded(text, 10)) == 10
    assert padded(text, 0) == text


def test_a_line_is_shortened_by_columns_and_not_by_letters() -> None:
    assert shortened("日本語", 6) == "日本語"
    assert shortened("日本語の", 6) == "日本…"
    assert shortened("plain", 4) == "pla…"
