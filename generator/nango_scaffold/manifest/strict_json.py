"""JSON that anybody may have written, parsed within bounds: what Python takes beyond JSON is refused, and so is what is huge."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST = 4 * 2**20
"""The most characters of a manifest, and of what it holds compressed."""

_DEEPEST = 60
_MOST = 200_000  # values; a manifest of fifty scripts has some two thousand
_LARGEST_NUMBER = 2**53
_HALF_CHARACTER = r"\\u[dD][89abAB]"


class SpoiltError(Exception):
    """Why a text is no manifest."""


def parse_strictly(text: str) -> Any:
    """The data of a JSON file, within bounds.

    Raises:
        SpoiltError: it is no JSON, or holds what JavaScript cannot hold, a key twice, half a character, or too much.
    """
    if len(text) > LARGEST:
        raise SpoiltError(f"it has more than {LARGEST // 2**20} MB")
    try:
        data = json.loads(
            text,
            object_pairs_hook=_mapping,
            parse_constant=_refuse_constant,
            parse_int=_whole,
            parse_float=_real,
        )
    except RecursionError:
        raise SpoiltError(f"it is nested deeper than {_DEEPEST} levels") from None
    except ValueError as error:
        raise SpoiltError(str(error)[:200]) from None
    _refuse_huge(data)
    # Text that was UTF-8 holds one only where it is escaped.
    if re.search(_HALF_CHARACTER, text) and any(_is_half(word) for word in _words(data)):
        raise SpoiltError("it holds half a character (a lone surrogate)")
    return data


def _mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) < len(pairs):
        raise ValueError("it holds a key twice")
    return data


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _whole(digits: str) -> int:
    # Python takes time by the square for a number of many digits.
    if len(digits) > 20 or abs(int(digits)) > _LARGEST_NUMBER:
        raise ValueError("it holds a number that JavaScript cannot hold")
    return int(digits)


def _real(digits: str) -> float:
    number = float(digits)
    if abs(number) == float("inf"):
        raise ValueError("it holds a number that JavaScript cannot hold")
    return number


def _refuse_huge(data: Any) -> None:
    """Refuse what is nested too deep or holds too many values, before anything walks it by calling itself."""
    level, count = [data], 0
    for _ in range(_DEEPEST):
        level = [item for value in level for item in _items(value)]
        count += len(level)
        if count > _MOST:
            raise SpoiltError(f"it holds more than {_MOST} values")
        if not level:
            return
    raise SpoiltError(f"it is nested deeper than {_DEEPEST} levels")


def _items(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        yield from value.values()
    elif isinstance(value, list):
        yield from value


def _words(data: Any) -> Iterator[str]:
    """Every string, keys among them."""
    pending = [data]
    while pending:
        value = pending.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            yield from value
        pending += _items(value)


def _is_half(word: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in word)
