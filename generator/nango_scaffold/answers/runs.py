"""How often a sync runs: the phrases the CLI takes.

Source: the CLI 0.69.36, tried: a few fixed phrases, or ``every`` and an expression of npm's ``ms``, at least 30 s.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .shapes import Problem, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

RUNS_HINT = "every hour, every day, every week, every month, every half hour, every 15m, every 6 hours, at least every 30s"

_PHRASES = frozenset({"half day", "half hour", "quarter hour", "hour", "day", "week", "month"})
_SECONDS = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0, "w": 604800.0, "y": 31557600.0}
_UNIT = {
    unit: letter
    for letter, units in {
        "s": "s sec secs second seconds",
        "m": "m min mins minute minutes",
        "h": "h hr hrs hour hours",
        "d": "d day days",
        "w": "w week weeks",
        "y": "y yr yrs year years",
    }.items()
    for unit in units.split()
}
_SPAN = re.compile(r"(\d+|\d*\.\d+) ?([a-z]+)")
_LEAST = 30.0


def runs_problem(phrase: str) -> str:
    """Say why the CLI would refuse this phrase; an empty string when it would not."""
    if not phrase.startswith("every "):
        return "it does not start with 'every '"
    rest = phrase[len("every ") :]
    if rest in _PHRASES:
        return ""
    span = _SPAN.fullmatch(rest)
    if span is None or span.group(2) not in _UNIT:
        return "it is no interval that Nango knows"
    if float(span.group(1)) * _SECONDS[_UNIT[span.group(2)]] < _LEAST:
        return "it is shorter than 30 seconds"
    return ""


@dataclass(frozen=True)
class Runs:
    """The shape of ``runs``."""

    def problems(self, value: Any, where: str) -> Iterator[Problem]:
        """See ``Shape``."""
        why = runs_problem(value) if isinstance(value, str) else "it is not a text"
        if why:
            yield Problem(where, f"{shown(value)} cannot be used: {why}", f"accepted: {RUNS_HINT}")

    def schema(self) -> dict[str, Any]:
        """See ``Shape``."""
        return {"type": "string", "pattern": r"^every .+$", "examples": ["every hour", "every 15m"]}
