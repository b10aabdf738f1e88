"""JSON that anybody may have written, parsed within bounds: what Python takes beyond JSON is refused, and so is what is huge."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

from ..yaml12.bounds import Bounds, excess_in
from ..yaml12.scalars import has_lone_surrogate

LARGEST = 4 * 2**20
"""The most characters of a manifest, and of what it holds compressed."""

_BOUNDS = Bounds(LARGEST, nodes=200_000, depth=60)  # a manifest of fifty scripts has some two thousand nodes
_LARGEST_NUMBER = 2**53
_HALF_CHARACTER = r"\\u[dD][89a-fA-F]"


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
        raise _too_deep() from None
    except ValueError as error:
        raise SpoiltError(str(error)[:200]) from None
    excess = excess_in(data, _BOUNDS)
    if excess == "values":
        raise SpoiltError(f"it holds more than {_BOUNDS.nodes} values")
    if excess == "depth":
        raise _too_deep()
    # Text that was UTF-8 holds one only where it is escaped.
    if re.search(_HALF_CHARACTER, text) and has_lone_surrogate(json.dumps(data, ensure_ascii=False)):
        raise SpoiltError("it holds half a character (a lone surrogate)")
    return data


def _too_deep() -> SpoiltError:
    return SpoiltError(f"it is nested deeper than {_BOUNDS.depth} levels")


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
