"""How often a sync runs: the phrases that the CLI accepts.

Source: the CLI 0.69.36, tried: a few fixed phrases, or an expression of npm's ``ms``, at least 30 s. ``every`` may be
left out before the latter; it is always written here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..errors import Problem
from ..frozen import frozen
from .shapes import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

RUNS_HINT = "every hour, every day, every week, every month, every half hour, every 15m, every 6 hours; at least every 30s"

_PHRASES = frozenset({"half day", "half hour", "quarter hour", "hour", "day", "week", "month"})
_UNITS = {
    0.001: ("", "ms", "msec", "msecs", "millisecond", "milliseconds"),
    1.0: ("s", "sec", "secs", "second", "seconds"),
    60.0: ("m", "min", "mins", "minute", "minutes"),
    3600.0: ("h", "hr", "hrs", "hour", "hours"),
    86400.0: ("d", "day", "days"),
    604800.0: ("w", "week", "weeks"),
    31557600.0: ("y", "yr", "yrs", "year", "years"),
}
_SECONDS = {unit: seconds for seconds, units in _UNITS.items() for unit in units}
_SPAN = r"([0-9]{0,12}\.?[0-9]{1,12}) *([a-zA-Z]*)"
_LEAST = 30.0
_EVERY = "every "


def runs_problem(phrase: str) -> str:
    """Why the CLI would refuse this phrase; an empty string when it would not."""
    every = phrase.startswith(_EVERY)
    rest = phrase.removeprefix(_EVERY)
    if every and rest in _PHRASES:
        return ""
    # The CLI reads an interval with or without `every`, and a phrase with it alone.
    span = re.fullmatch(_SPAN, rest)
    seconds = _SECONDS.get(span[2].lower()) if span else None
    if span is None or seconds is None:
        return "it is not an interval that Nango knows" if every else "it does not start with 'every '"
    return "" if float(span[1]) * seconds >= _LEAST else "it is shorter than 30 seconds"


def full_phrase(phrase: str) -> str:
    """An accepted phrase with its ``every``."""
    return _EVERY + phrase.removeprefix(_EVERY)


@frozen
class Runs:
    """The shape of ``runs``."""

    def problems(self, value: Any, where: str) -> Iterator[Problem]:
        """See ``Shape``."""
        why = runs_problem(value) if isinstance(value, str) else "it is not a string"
        if why:
            yield Problem(where, f"{shown(value)} cannot be used: {why}", f"accepted: {RUNS_HINT}")

    def schema(self) -> dict[str, Any]:
        """See ``Shape``."""
        return {"type": "string", "pattern": r"^(every )?\S.*$", "examples": ["every hour", "every 15m"]}
