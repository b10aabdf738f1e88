"""A bound on answers: what is nested without end, or grows by aliases of aliases, is refused before anyone walks it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..errors import AnswersError

DEEPEST = 40
MOST = 100_000


def refuse_huge(data: Any) -> None:
    """Refuse plain data that is nested deeper than ``DEEPEST`` or holds more than ``MOST`` values.

    Raises:
        AnswersError: it does.
    """
    level, seen = [data], 0
    for _ in range(DEEPEST):
        following: list[Any] = []
        for value in level:
            if isinstance(value, Mapping):
                following.extend(value.values())
            elif isinstance(value, (list, tuple)):
                following.extend(value)
            if seen + len(following) > MOST:
                raise AnswersError(
                    f"the answers hold more than {MOST} values",
                    where="answers",
                    fix="split them by integration",
                )
        if not following:
            return
        seen += len(following)
        level = following
    raise AnswersError(
        f"the answers are nested deeper than {DEEPEST} levels",
        where="answers",
        fix="check for an alias that leads back to itself",
    )
