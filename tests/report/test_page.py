"""One page in two styles: stable plain text, and the same words in a terminal."""

from __future__ import annotations

import io
import re

import pytest

from nango_scaffold.report.page import Level, Lines, Page, Part, Piece, Rows, line, plain, sentence, titled
from nango_scaffold.report.terminal import show

PAGE = Page(
    (
        sentence("Only in trouble.", "bad", Level.QUIET),
        titled(
            "Title:",
            Rows(
                (line(Piece("a", "place"), "bb", "c c"), line("longer", "b", "d"), line("x", "", "")),
                aligned=1,
            ),
        ),
        Part((Lines((line("  npx nango ", Piece("generate [--x]", "strong")),)),), Level.VERBOSE),
    )
)


def in_terminal(page: Page, width: int = 80) -> str:
    stream = io.StringIO()
    show(page, stream, width=width)
    return stream.getvalue()


def bare(text: str) -> str:
    without_colours = re.sub(r"\x1b\[[0-9;]*m", "", text)
    return "".join(f"{line.rstrip()}\n" for line in without_colours.splitlines())


def test_text_has_a_blank_line_between_parts_and_columns_where_asked() -> None:
    assert plain(PAGE) == (
        "Only in trouble.\n\nTitle:\n  a       bb  c c\n  longer  b  d\n  x\n\n  npx nango generate [--x]\n"
    )


@pytest.mark.parametrize(("level", "parts"), [(Level.QUIET, 1), (Level.USUAL, 2), (Level.VERBOSE, 3)])
def test_a_level_shows_what_is_needed_there_and_above(level: Level, parts: int) -> None:
    assert len(PAGE.at(level).parts) == parts


def test_a_terminal_shows_the_same_words_in_colours() -> None:
    output = in_terminal(PAGE)
    assert "\x1b[1;31mOnly in trouble.\x1b[0m" in output
    assert bare(output).split() == plain(PAGE).split()


def test_a_command_stays_one_line_however_narrow_the_terminal() -> None:
    command = "  cd somewhere/far/away && npx nango generate && npx nango compile"
    page = Page((Part((Lines((line(command),)),)),))
    assert command in bare(in_terminal(page, width=30)).splitlines()


def test_a_table_folds_into_a_narrow_terminal_and_loses_nothing() -> None:
    page = Page((Part((Rows((line("name", "abcdefghij " * 9, "(" + "klmno " * 9 + ")"),)),)),))
    output = bare(in_terminal(page, width=40))
    assert max(map(len, output.splitlines())) <= 40
    assert output.count("abcdefghij") == 9
    assert output.count("klmno") == 9
