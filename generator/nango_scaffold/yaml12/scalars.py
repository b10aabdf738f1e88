"""What a plain scalar means: to js-yaml 4, which the nango CLI reads with, and to YAML 1.1 parsers.

Source: YAML 1.2 core schema with the extras of js-yaml's default schema (timestamps, ``0b``, digit separators),
measured against js-yaml 4.1.
"""

from __future__ import annotations

import math
import re
from typing import Any

from yaml import ScalarNode
from yaml.resolver import Resolver

_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_BEGINS_NUMBERS = "-+.0123456789"
# Compiled where a scalar begins as one.
_INT = r"[-+]?(?:0b[01_]*[01]|0x[0-9a-fA-F_]*[0-9a-fA-F]|0o[0-7_]*[0-7]|[0-9](?:[0-9_]*[0-9])?)\Z"
_FLOAT = (
    r"(?:[-+]?[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?|\.[0-9_]+(?:[eE][-+]?[0-9]+)?"
    r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))\Z"
)
_TIMESTAMP = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?"
    r"(?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?\Z"
)
_RADIX = {"0b": 2, "0o": 8, "0x": 16}
_EXACT = 2**53
_MOST_DIGITS = 4_000  # that Python turns into a number; JavaScript's end at 309
_MOST_BITS = 1024  # of a number that is kept as it is written: beyond, all are infinite to JavaScript
_YAML11: Any = Resolver()
_YAML11_STRING = "tag:yaml.org,2002:str"


class Timestamp(str):
    """A plain scalar that js-yaml turns into a Date, as written; unequal to the same text as a string."""

    __slots__ = ()


def resolve(text: str, *, exact: bool = False) -> Any:
    """The value js-yaml 4 gives a plain scalar.

    Args:
        text: the scalar's content, folded and trimmed.
        exact: give a number as it is written, and not as the nearest that JavaScript can hold.

    Returns:
        None, bool, int, float, ``Timestamp`` or str. Whole floats come back as int, since JavaScript has one number type,
        unless they are wanted exactly.
    """
    if text in _WORDS:
        return _WORDS[text]
    # Most scalars are words: the patterns are not asked about them.
    if text[0] not in _BEGINS_NUMBERS:
        return text
    number = _number_of(text)
    if number is not None:
        is_writable = isinstance(number, float) or number.bit_length() <= _MOST_BITS
        return number if exact and is_writable else _number(number)
    return Timestamp(text) if re.match(_TIMESTAMP, text) else text


def _number_of(text: str) -> int | float | None:
    if re.match(_INT, text):
        return _integer(text)
    # Between digits an underscore counts for nothing, at the end it makes a string of it.
    if re.match(_FLOAT, text) and not text.endswith("_"):
        return _float(text)
    return None


def is_string_everywhere(text: str) -> bool:
    """Whether YAML 1.2 as js-yaml reads it and YAML 1.1 both take this plain scalar for a string."""
    tag: str = _YAML11.resolve(ScalarNode, text, (True, False))
    return tag == _YAML11_STRING and type(resolve(text)) is str and text not in ("<<", "=")


def has_lone_surrogate(text: str) -> bool:
    """Whether a text holds half a character, which no file can hold."""
    return not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text)


def same(left: Any, right: Any) -> bool:
    """Deep equality as JavaScript would see it: ``1`` is ``1.0`` but neither is ``True``; NaN equals itself."""
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same(value, right[key]) for key, value in left.items())
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    if _kind(left) is not _kind(right):
        return False
    return bool(left == right) or _are_nan(left, right)


def _are_nan(*values: Any) -> bool:
    return all(isinstance(value, float) and math.isnan(value) for value in values)


def js_key(value: Any) -> str:
    """The property name JavaScript makes of a mapping key."""
    if isinstance(value, str):
        return value
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _js_float(value)
    if isinstance(value, list):
        return ",".join(js_key(item) for item in value)
    if isinstance(value, dict):
        return "[object Object]"
    return str(value)


def _kind(value: Any) -> type:
    return float if isinstance(value, int) and not isinstance(value, bool) else type(value)


def _integer(text: str) -> int | float:
    digits = text.replace("_", "")
    negative = digits.startswith("-")
    digits = digits.lstrip("+-")
    number: int | float
    if digits[:2] in _RADIX:
        number = int(digits[2:], _RADIX[digits[:2]])
    else:
        number = int(digits) if len(digits) <= _MOST_DIGITS else math.inf
    return -number if negative else number


def _float(text: str) -> float:
    digits = text.replace("_", "").lower()
    return float(digits.replace(".inf", "inf").replace(".nan", "nan"))


def _number(value: int | float) -> int | float:
    if isinstance(value, int):
        return value if abs(value) <= _EXACT else _as_double(value)
    is_whole = value.is_integer()  # neither infinity nor NaN is
    return int(value) if is_whole and abs(value) <= _EXACT else value


def _as_double(value: int) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def _js_float(value: float) -> str:
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value.is_integer() and abs(value) < 1e21:  # from there on JavaScript writes an exponent
        return str(int(value))
    # Python writes at least two digits of an exponent.
    return re.sub(r"e([-+])0*(\d)", r"e\1\2", repr(value))
