"""Plain data as JSON, laid out as prettier lays it out."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .width import text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

_INDENT = 4
_EXPONENT = r"e\+?(-?)0*(?=\d)"  # Python writes e+20 and e-07, prettier e20 and e-7
_WIDTH = 160  # as in the projects of Nango's own integrations
_SCALARS = (str, int, float, type(None))
_encoded = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def laid_out(data: Any) -> str:
    """Plain data as a JSON file; equal data give equal bytes."""
    return f"{_value(data, 0, 0, '')}\n"


def _value(data: Any, level: int, used: int, after: str) -> str:
    """A value.

    Args:
        data: the value.
        level: how deep it stands.
        used: the columns that are taken on its first line.
        after: what follows on its last line.
    """
    if isinstance(data, _SCALARS):
        return _scalar(data)
    if isinstance(data, Mapping):
        return _object(data, level) if data else "{}"
    return _list(data, level, used, after)


def _object(data: Mapping[str, Any], level: int) -> str:
    inner = " " * _INDENT * (level + 1)
    lines, last = [], len(data) - 1
    for index, (key, value) in enumerate(data.items()):
        after = "," if index < last else ""
        head = f"{inner}{_encoded(key)}: "
        lines.append(f"{head}{_value(value, level + 1, text_width(head), after)}{after}")
    return "\n".join(["{", *lines, " " * _INDENT * level + "}"])


def _list(data: Sequence[Any], level: int, used: int, after: str) -> str:
    if not data:  # has no line to break at, however long the one it stands on
        return "[]"
    # A list stays on its line when it fits; an object never does, as it was open when it was written.
    inline = None if _must_break(data) else _inline(data)
    if inline is not None and used + text_width(inline) + len(after) <= _WIDTH:
        return inline
    inner = " " * _INDENT * (level + 1)
    lines = _filled(data, inner) if _is_numbers(data) else _lines(data, inner, level)
    return "\n".join(["[", *lines, " " * _INDENT * level + "]"])


def _lines(data: Sequence[Any], inner: str, level: int) -> list[str]:
    ends = [*[","] * (len(data) - 1), ""]
    return [
        f"{inner}{_value(item, level + 1, len(inner), end)}{end}"
        for item, end in zip(data, ends, strict=True)
    ]


def _filled(data: Sequence[Any], inner: str) -> list[str]:
    """Numbers, as many on a line as fit."""
    lines, line = [], inner
    for index, number in enumerate(data):
        word = _scalar(number) + ("," if index < len(data) - 1 else "")
        if line != inner and len(line) + 1 + len(word) > _WIDTH:
            lines.append(line)
            line = inner
        line += word if line == inner else f" {word}"
    return [*lines, line]


def _inline(data: Any) -> str | None:
    """A value on one line; None where it holds an object, which never is."""
    if isinstance(data, _SCALARS):
        return _scalar(data)
    if isinstance(data, Mapping):
        return None if data else "{}"
    items = [None if _must_break(data) else _inline(item) for item in data]
    return None if None in items else f"[{', '.join(map(str, items))}]"


def _scalar(data: str | float | None) -> str:
    """A string, a number, true, false or null; in an exponent no more than it takes."""
    text = _encoded(data)
    return re.sub(_EXPONENT, r"e\1", text) if isinstance(data, float) else text


def _must_break(data: Sequence[Any]) -> bool:
    """Whether a list holds several lists, each of several items: a table, which prettier never puts on one line."""
    return len(data) > 1 and all(not isinstance(item, _SCALARS) and len(item) > 1 for item in data)


def _is_numbers(data: Sequence[Any]) -> bool:
    return len(data) > 1 and all(
        isinstance(item, int | float) and not isinstance(item, bool) for item in data
    )
