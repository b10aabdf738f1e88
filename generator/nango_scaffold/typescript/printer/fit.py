"""Text that a template gave, with the statements that are too wide for prettier's lines laid out as prettier would.

A template writes each statement on one line, and objects open, one property a line; that is how prettier leaves what
fits. So a text without a wide line is done, and only one with such a line is parsed.
"""

from __future__ import annotations

import re

from .width import text_width

PRINT_WIDTH = 160
"""The columns of a line in Nango's prettier configuration."""

# A character takes two columns at most, so that a shorter line fits whatever stands in it.
_MAYBE_WIDE = re.compile(rf"^[^\n]{{{PRINT_WIDTH // 2 + 1},}}$", re.MULTILINE)
_COMMENT = ("//", "/*", "*")
_NOTHING = re.compile(r"^ +\n", re.MULTILINE)
_LAST_COMMA = re.compile(r"^(?! *(?://|/?\*))(.*),(?=\n *[}\])])", re.MULTILINE)
_EMPTY_BRACES = re.compile(r"\{\n *\}")
# An object that is open breaks what stands round it: a conditional, an arrow function's arrow function, a union with
# more than null, a chain of calls.
_OPEN_INSIDE = re.compile(
    r"""^(?:
        [^\n]*(?:[ ]\?[ ][^\n]*|=>[^\n]*=>[^\n]*|[|,][ ][(]?)\{
        |[ ]*\}(?=[^\n]*[|.])(?![ ]\|[ ](?:null|void)[)]?(?:\[\])*;?$)[^\n]*
        |[ ]*\)[.][^\n]*
    )$""",
    re.MULTILINE | re.VERBOSE,
)


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
    broken = [line.start() for line in _MAYBE_WIDE.finditer(text) if _is_too_wide(line[0])]
    broken += [line.start() for line in _OPEN_INSIDE.finditer(text)]
    if not broken:
        return text
    from .wide_statements import laid_out  # brings the parser, which most texts do without

    return laid_out(text, broken)


def _is_too_wide(line: str) -> bool:
    """Whether a line is to be broken; comments are left as they were written."""
    return text_width(line) > PRINT_WIDTH and not line.lstrip().startswith(_COMMENT)
