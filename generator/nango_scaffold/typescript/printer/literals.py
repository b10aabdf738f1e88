"""Literals, names and comments as TypeScript source; nothing a value holds can leave its quotes or its comment."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_IDENTIFIER = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")
_REGEX_SYNTAX = frozenset("\\^$.*+?()[]{}|/")
SHORT_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f", "\v": "\\v"}
"""The characters of a string literal that have an escape of one letter."""
# Control, format, surrogate, line and paragraph separator: invisible, or able to reorder or end what is read.
_HIDDEN = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
# What TypeScript takes for an order, at the start of a comment.
_TS_DIRECTIVE = re.compile(r"@(?=ts-)")


def is_identifier(name: str) -> bool:
    """Whether ``name`` needs no quotes as a property name (prettier: ES5 identifiers, ASCII only)."""
    return _IDENTIFIER.fullmatch(name) is not None


def string_literal(value: str) -> str:
    """A string literal that reads back as ``value``.

    Single quotes, or double ones when the value holds more single than double quotes (prettier's choice).
    Everything invisible is written as an escape.
    """
    quote = '"' if value.count("'") > value.count('"') else "'"
    escaped = "".join("\\" + char if char == quote else _escaped(char) for char in value)
    return f"{quote}{escaped}{quote}"


def literal(value: str | int | float | bool | None) -> str:
    """A literal value as source: ``'open'``, ``3``, ``true`` or ``null``."""
    if value is None:
        return "null"
    if isinstance(value, bool):  # before numbers: Python's bool is an int
        return "true" if value else "false"
    return string_literal(value) if isinstance(value, str) else number_source(value)


def number_source(value: int | float) -> str:
    """A number as JavaScript writes it, and prettier leaves it: ``1000``, ``0.00001``, ``1e21``, ``1e-7``."""
    # Python and JavaScript both write the shortest digits that read back as the same number. They differ in when these
    # have an exponent: Python from 1e16 on and below 1e-4, JavaScript from 1e21 on and below 1e-6.
    mantissa, _, exponent = repr(float(value)).partition("e")
    if not exponent:
        return "0" if value == 0 else mantissa.removesuffix(".0")
    power = int(exponent)
    sign, digits = ("-", mantissa[1:]) if mantissa.startswith("-") else ("", mantissa)
    whole, _, fraction = digits.removesuffix(".0").partition(".")
    if 0 < power < 21:
        return f"{sign}{whole}{fraction}{'0' * (power - len(fraction))}"
    if -7 < power < 0:
        return f"{sign}0.{'0' * (-power - 1)}{whole}{fraction}"
    return f"{mantissa.removesuffix('.0')}e{power}"


def template_text(value: str) -> str:
    """``value`` as the literal part of a template literal: backticks, ``${`` and backslashes escaped."""
    escaped = "".join("\\`" if char == "`" else _escaped(char) for char in value)
    return escaped.replace("${", "\\${")


def regex_text(value: str) -> str:
    """``value`` as part of a regular expression between slashes, where it matches itself."""
    return "".join("\\" + char if char in _REGEX_SYNTAX else _unicode_units(char) for char in value)


def _unicode_units(char: str) -> str:
    """A character that is hidden as its UTF-16 units, which a regular expression without flags takes one by one."""
    if unicodedata.category(char) not in _HIDDEN:
        return char
    data = char.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{data[index:index + 2].hex()}" for index in range(0, len(data), 2))


def _escaped(char: str) -> str:
    short = SHORT_ESCAPES.get(char)
    if short:
        return short
    if unicodedata.category(char) not in _HIDDEN:
        return char
    code = ord(char)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\u{{{code:x}}}"


def property_key(name: str) -> str:
    """The name of a member of an interface or type: quoted only when it is no identifier.

    Prettier decides each key alone (``quoteProps: as-needed``); with its TypeScript parser it never takes the
    quotes off a number.
    """
    return name if is_identifier(name) else string_literal(name)


def object_key(name: str) -> str:
    """The name of a property of an object literal: like ``property_key``, but safe for ``__proto__``.

    ``{ __proto__: x }`` would set the object's prototype; a computed key makes a property of that name.
    """
    return "['__proto__']" if name == "__proto__" else property_key(name)


def access(name: str | int, *, optional: bool = False) -> str:
    """How a property or an item of a list is taken of what stands before: ``.name``, ``['a-b']``, ``?.[0]``."""
    if isinstance(name, str) and is_identifier(name):
        return f"?.{name}" if optional else f".{name}"
    key = string_literal(name) if isinstance(name, str) else name
    return f"?.[{key}]" if optional else f"[{key}]"


def line_comment(text: str) -> str:
    """``text`` as one ``//`` comment: line breaks and invisible characters become blanks."""
    return f"// {_visible_text(text)}".rstrip()


def doc_comment(lines: Iterable[str]) -> tuple[str, ...]:
    """``lines`` as a ``/** */`` comment, one text a line, to be placed at the right indentation.

    A line break inside a line starts a new one.
    """
    # An empty line is kept: `"".splitlines()` gives no line at all.
    texts = [text for line in lines for text in (line.splitlines() or [""])]
    return ("/**", *(f" * {comment_text(text)}".rstrip() for text in texts), " */")


def comment_text(text: str) -> str:
    r"""``text`` on one line of a ``/** */`` comment; ``*/`` is written ``*\/``, so the comment ends where it should."""
    return _visible_text(text).replace("*/", "*\\/")


def _visible_text(text: str) -> str:
    visible = "".join(" " if unicodedata.category(char) in _HIDDEN else char for char in text)
    return _TS_DIRECTIVE.sub("@ ", " ".join(visible.split()))
