"""A line of the user's text with a caret below what is meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..visible import columns, visible_line

if TYPE_CHECKING:
    from ..errors import Place

_TAB = "    "
_WORD = re.compile(r"[\w$-]+")
WIDEST = 100
_BEFORE = 40  # how much of a long line is shown before what is meant


def excerpt(place: Place, widest: int = WIDEST) -> tuple[str, str]:
    """The line as it can be printed anywhere, and the line of carets.

    Tabs become blanks and unprintable characters their escapes, so that nothing moves the caret or the terminal; a line
    that is too wide is cut around what is meant.

    Args:
        place: a place with the text of its line.
        widest: how many columns the line may take.
    """
    # Character by character, as the caret stands below what was written, whatever width its escape has.
    cells = [_shown(character) for character in place.text]
    widths = [columns(cell) for cell in cells]
    start = min(place.column - 1, len(cells))
    end = min(start + (place.length or _word_length(place.text, start)), len(cells))
    low, high = _window(widths, start, widest)
    left, right = "…" if low else "", "…" if high < len(cells) else ""
    before = len(left) + sum(widths[low:start])
    carets = max(sum(widths[start : min(end, high)]), 1)
    return f"{left}{''.join(cells[low:high])}{right}".rstrip(), " " * before + "^" * carets


def _shown(character: str) -> str:
    if character == "\t":
        return _TAB
    escaped = visible_line(character)
    return escaped if escaped != character or character.isprintable() else repr(character)[1:-1]


def _word_length(text: str, start: int) -> int:
    word = _WORD.match(text, start)
    return len(word[0]) if word else 1


def _window(widths: list[int], start: int, widest: int) -> tuple[int, int]:
    """From which to which character a line is shown."""
    if sum(widths) <= widest:
        return 0, len(widths)
    low, room = start, min(_BEFORE, widest // 2)
    while low and room >= widths[low - 1]:
        low -= 1
        room -= widths[low]
    # Two columns are for the ellipses.
    high, room = low, widest - 2
    while high < len(widths) and room >= widths[high]:
        room -= widths[high]
        high += 1
    return low, high
