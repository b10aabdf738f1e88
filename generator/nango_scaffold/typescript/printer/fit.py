"""Text that a template gave, with the statements that are too wide for prettier's lines laid out as prettier would.

A template writes each statement on one line, and objects open, one property a line; that is how prettier leaves what
fits. So a text without a wide line is done, and only one with such a line is parsed.
"""

from __future__ import annotations

import re

from .width import text_width

PRINT_WIDTH = 160
"""The columns of a line in Nango's prettier configuration."""

_COMMENT = ("//", "/*", "*")
_NOTHING = re.compile(r"^ +\n", re.MULTILINE)
_LAST_COMMA = re.compile(r"^(?! *(?://|/?\*))(.*),(?=\n *[}\])])", re.MULTILINE)
_EMPTY_BRACES = re.compile(r"\{\n *\}")
_OPEN_IN_TYPE = re.compile(r"(?:\||<[^(]*,) \(?\{$")
_BEHIND_BRACE = re.compile(r"\}(?=.*[|.])(?! \| (?:null|void)\)?(?:\[\])*;?$)")
_TAIL = 300  # columns of a line's end that are searched for a type, so that no text makes the search long


def fit_lines(text: str) -> str:
    """Lay out the statements of a script that have a line wider than `PRINT_WIDTH`; all else stays as it is.

    Args:
        text: TypeScript whose statements stand on one line each, but for objects, which may be open. There may be a comma
            behind the last property of an open object, an open object may have no property, and what a template puts
            nothing into may be a line of blanks.

    Returns:
        The text without such commas and lines, and with each wide statement, or the head of one that has a block, as
        prettier 3.3 prints it.
    """
    text = _EMPTY_BRACES.sub("{}", _LAST_COMMA.sub(r"\1", _NOTHING.sub("", text)))
    broken = _broken_lines(text)
    if not broken:
        return text
    from .wide_statements import laid_out  # brings the parser, which most texts do without

    # An arrow function with a block in a statement has statements of its own: these first, for the outer one prints the
    # lines of its block as they are.
    text, has_outer = laid_out(text, broken)
    return laid_out(text, _broken_lines(text), outermost=True)[0] if has_outer else text


def _broken_lines(text: str) -> list[int]:
    """Where the lines begin whose statements are to be laid out."""
    broken, start = [], 0
    for line in text.split("\n"):
        if (_is_too_wide(line) or _breaks_round_object(line)) and not line.lstrip().startswith(_COMMENT):
            broken.append(start)
        start += len(line) + 1
    return broken


def _is_too_wide(line: str) -> bool:
    """Whether a line takes too many columns; a character takes two at most, so that a short line needs no measuring."""
    return len(line) > PRINT_WIDTH // 2 and text_width(line) > PRINT_WIDTH


def _breaks_round_object(line: str) -> bool:
    """Whether an object that begins or ends here is open and breaks what stands round it.

    That may be a conditional, an arrow function's arrow function, a union with more than null, a chain of calls.
    """
    if line.endswith("{"):
        return " ? " in line or line.count("=>") > 1 or bool(_OPEN_IN_TYPE.search(line[-_TAIL:]))
    start = line.lstrip(" ")
    return start.startswith(").") or bool(_BEHIND_BRACE.match(start))
