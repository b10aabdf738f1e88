"""Plain data to nango.yaml lines: block style, one spelling for each value.

A string is written plain when YAML 1.2 (js-yaml) and YAML 1.1 (PyYAML, yamllint) both read the plain form back as the
same string, else in single quotes, else in double quotes; several lines become a literal block scalar.
"""

from __future__ import annotations

import math
import re
import string
from collections.abc import Mapping, Sequence
from typing import Any

from ..frozen import frozen
from ..yaml12.scalars import has_lone_surrogate, is_string_everywhere

LONGEST_KEY = 1000  # YAML 1.1 parsers stop looking for the colon after 1024 characters
DEEPEST = 100

# Everything that is no visible, unambiguous character: controls, separators, joiners, direction marks, private use.
_INVISIBLE = (
    "\x7f-\xa0\xad\u061c\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000"
    "\ud800-\uf8ff\ufeff\ufff0-\uffff\U000e0000-\U0010ffff"
)
# Compiled by the first text that is not plain ASCII: such large sets take long.
_ESCAPED = f'[\x00-\x1f"\\\\{_INVISIBLE}]'
_NOT_RAW = f"[\x00-\x1f{_INVISIBLE}]"
_PLAIN_STARTS = frozenset(f"{string.ascii_letters}{string.digits}_/$(.+")
_LATIN = ("\u00c0", "\u024f")
_PLAIN_BREAKS = re.compile(r":\s|\s#|^\.\.\.|^---")
_SHORT = {"\0": "\\0", "\t": "\\t", "\n": "\\n", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


class Unwritable(ValueError):  # noqa: N818 - the caller turns it into a refusal with a place
    """A value that YAML cannot hold: its path and the reason."""

    def __init__(self, path: tuple[str, ...], reason: str) -> None:
        super().__init__(reason)
        self.path = path
        self.reason = reason


@frozen
class Layout:
    """How a file indents.

    Attributes:
        steps: blanks from a key to its children, from the outermost level inwards; the last holds for all below.
        dash: blanks from a key to the dashes of its list; None for the step of its level.
    """

    steps: tuple[int, ...] = (4,)
    dash: int | None = None

    def step(self, depth: int) -> int:
        """The indentation that children of a key ``depth`` levels down get."""
        return self.steps[min(depth, len(self.steps) - 1)]

    def below(self, depth: int) -> Layout:
        """The layout as seen from ``depth`` levels further in."""
        return Layout(self.steps[min(depth, len(self.steps) - 1) :], self.dash)


HOUSE = Layout()


def check_writable(value: Any, path: tuple[str, ...] = ()) -> None:
    """Make sure that YAML can hold a value.

    Raises:
        Unwritable: a type that is no plain data, a key that is no string or too long, a lone surrogate, too deep a nest.
    """
    if len(path) > DEEPEST:
        raise Unwritable(path[:5], f"nested more than {DEEPEST} levels deep")
    if isinstance(value, str):
        _check_text(value, path)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            _check_key(key, path)
            check_writable(item, (*path, key))
    elif isinstance(value, Sequence) and not isinstance(value, (bytes, bytearray)):
        for position, item in enumerate(value):
            check_writable(item, (*path, str(position)))
    elif not (value is None or isinstance(value, (bool, int, float))):
        raise Unwritable(path, f"a value of type {type(value).__name__} has no YAML form")


def entry(key: str, value: Any, indent: int, layout: Layout = HOUSE) -> list[str]:
    """The lines, without line ends, of ``key: value`` at a column."""
    inline, rest = after_colon(value, indent, layout)
    head = f"{' ' * indent}{_one_line(key)}:"
    return [f"{head} {inline}" if inline else head, *rest]


def after_colon(value: Any, indent: int, layout: Layout = HOUSE) -> tuple[str, list[str]]:
    """What follows ``key:`` at the column ``indent``: the rest of its line, and the lines below it."""
    if isinstance(value, Mapping) and value:
        return "", mapping(value, indent + layout.step(0), layout.below(1))
    if _is_list(value) and value:
        dash = indent + (layout.step(0) if layout.dash is None else layout.dash)
        return "", [line for item in value for line in list_item(item, dash, layout.below(1))]
    inline, *rest = value_lines(value, indent + layout.step(0))
    return inline, rest


def mapping(value: Mapping[str, Any], indent: int, layout: Layout = HOUSE) -> list[str]:
    """The lines of a mapping whose keys stand at a column."""
    return [line for key, item in value.items() for line in entry(key, item, indent, layout)]


def list_item(value: Any, indent: int, layout: Layout = HOUSE) -> list[str]:
    """The lines of one list item whose dash stands at a column."""
    pad = " " * indent
    if isinstance(value, Mapping) and value:
        lines = mapping(value, indent + 2, layout)
    elif _is_list(value) and value:
        lines = [line for item in value for line in list_item(item, indent + 2, layout)]
    else:
        first, *rest = value_lines(value, indent + 2)
        return [f"{pad}- {first}", *rest]
    return [f"{pad}- {lines[0][indent + 2:]}", *lines[1:]]


def value_lines(value: Any, indent: int) -> list[str]:
    """What follows ``key: ``: one line, or the header and the lines of a literal block scalar at a column."""
    if isinstance(value, str):
        return _literal(value, indent) if _fits_literal(value) else [_one_line(value)]
    return [_other(value)]


def flow_list(values: Sequence[Any]) -> str | None:
    """``[a, b]`` for a list of single-line values; None when it has others."""
    if any(isinstance(value, (Mapping, list, tuple)) for value in values):
        return None
    return f"[{', '.join(_flow_scalar(value) for value in values)}]"


def _flow_scalar(value: Any) -> str:
    if not isinstance(value, str):
        return _other(value)
    text = _one_line(value)
    # Between brackets a plain scalar ends at more characters than beside a key.
    return f"'{text}'" if text == value and re.search(r"[,\[\]{}:?#]", text) else text


def _other(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, float):
        return _float(value)
    return "[]" if _is_list(value) else "{}"


def _float(value: float) -> str:
    if math.isnan(value):
        return ".nan"
    if math.isinf(value):
        return ".inf" if value > 0 else "-.inf"
    # To YAML 1.1 `1e+16` is a string: a number with an exponent needs a dot there.
    digits, exponent, power = repr(float(value)).partition("e")
    fraction = "" if "." in digits else ".0"
    return f"{digits}{fraction}{exponent}{power}"


def _one_line(text: str) -> str:
    if _is_plain(text):
        if is_string_everywhere(text):
            return text
        return f"'{text}'"
    if _is_visible(text):
        return "'" + text.replace("'", "''") + "'"
    return '"' + re.sub(_ESCAPED, lambda match: _escape(match.group()), text) + '"'


def _is_plain(text: str) -> bool:
    """Whether a text can stand without quotes as far as YAML's syntax goes; it may still be read as a number."""
    begins_plain = text[:1] in _PLAIN_STARTS or _LATIN[0] <= text[:1] <= _LATIN[1]
    ends_plain = not text[-1:].isspace() and text[-1:] != ":"
    return begins_plain and ends_plain and not _PLAIN_BREAKS.search(text) and _is_visible(text)


def _is_visible(text: str) -> bool:
    """Whether a text is one line without invisible or ambiguous characters."""
    return (text.isascii() and text.isprintable()) or not re.search(_NOT_RAW, text)


def _escape(character: str) -> str:
    code = ord(character)
    if character in _SHORT:
        return _SHORT[character]
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _fits_literal(text: str) -> bool:
    body = text.removesuffix("\n")
    if "\n" not in text or not body or body.endswith("\n"):
        return False
    # The first line sets the indentation: with blanks, or nothing in it, it would set another one.
    if body.startswith((" ", "\n")):
        return False
    # Editors take away blanks at the end of a line.
    return all(_is_visible(line) and line == line.rstrip() for line in body.split("\n"))


def _literal(text: str, indent: int) -> list[str]:
    pad = " " * indent
    header = "|" if text.endswith("\n") else "|-"
    lines = text.removesuffix("\n").split("\n")
    return [header, *(pad + line if line else "" for line in lines)]


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _check_text(text: str, path: tuple[str, ...]) -> None:
    if has_lone_surrogate(text):
        raise Unwritable(path, "half a surrogate pair is not a string")


def _check_key(key: Any, path: tuple[str, ...]) -> None:
    if not isinstance(key, str):
        raise Unwritable(path, f"the key {key!r} is not a string")
    _check_text(key, path)
    if len(_one_line(key)) > LONGEST_KEY:
        raise Unwritable(
            path, f"a key of {len(key)} characters is longer than YAML parsers read ({LONGEST_KEY})"
        )
