"""Limits on the size of answers, checked before any work on them: depth, values, scripts, models and fields.

The work on an integration grows with its scripts, its models and their fields, some of it faster than they do.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..errors import AnswersError
from ..yaml12 import BOUNDS, Bounds
from ..yaml12.bounds import excess_in
from .shapes import below

if TYPE_CHECKING:
    from ..yaml12.bounds import Excess

DEEPEST = 40
MOST_SCRIPTS = 500
MOST_MODELS = 400
MOST_FIELDS = 1_000
"""Of one model, and of one mapping or list in it."""
MOST_MEMBERS = 500
"""Of one union."""
_SCRIPTS = ("sync_names", "action_names", "syncs", "actions")
MOST = BOUNDS.nodes
_PLAIN_BOUNDS = Bounds(BOUNDS.characters, MOST, DEEPEST)


def refuse_huge(data: Any) -> None:
    """Refuse plain data that is nested deeper than ``DEEPEST`` or holds more than ``MOST`` values.

    Raises:
        AnswersError: it does.
    """
    excess = excess_in(data, _PLAIN_BOUNDS)
    if excess == "values":
        raise _too_many()
    if excess == "depth":
        raise _too_deep()


def refuse_crowded(data: Any) -> None:
    """Refuse plain data, walked by ``refuse_huge``, with more scripts, models, fields or types than an integration has.

    Raises:
        AnswersError: naming the place.
    """
    if not isinstance(data, Mapping):
        return  # no answers at all: the format has a better message
    counts = {key: _count(data.get(key)) for key in _SCRIPTS}
    if sum(counts.values()) > MOST_SCRIPTS:
        crowded = max(counts, key=lambda key: counts[key])
        raise _crowded(crowded, sum(counts.values()), MOST_SCRIPTS, "syncs and actions")
    for section in ("models", "responses"):
        models = data.get(section)
        if not isinstance(models, Mapping):
            continue
        if len(models) > MOST_MODELS:
            raise _crowded(section, len(models), MOST_MODELS, "models")
        for name, fields in models.items():
            _refuse_crowded_fields(fields, below(section, name))


def _refuse_crowded_fields(value: Any, where: str) -> None:
    if isinstance(value, str):
        members = value.count("|") + 1
        if members > MOST_MEMBERS:
            raise _crowded(where, members, MOST_MEMBERS, "types in one union")
    elif isinstance(value, (Mapping, list, tuple)):
        if len(value) > MOST_FIELDS:
            raise _crowded(where, len(value), MOST_FIELDS, "fields")
        items = value.items() if isinstance(value, Mapping) else enumerate(value)
        for key, item in items:
            _refuse_crowded_fields(item, below(where, str(key).removesuffix("?")))


def _count(names: Any) -> int:
    if isinstance(names, str):
        return names.count(",") + 1
    return len(names) if isinstance(names, (list, tuple)) else 0


def _crowded(where: str, count: int, most: int, what: str) -> AnswersError:
    return AnswersError(
        f"these are {count:,} {what}", where=where, fix=f"accepted: at most {most:,}; {_SPLIT}"
    )


def too_much(excess: Excess) -> AnswersError:
    """The error for a text that is too large for answers."""
    if excess.kind == "values":
        return _too_many()
    if excess.kind == "loop":
        return _too_deep()
    return AnswersError(f"the answers cannot be read: {excess.reason}", where="answers", fix=_SPLIT)


_SPLIT = "split them by integration"


def _too_many() -> AnswersError:
    return AnswersError(f"the answers hold more than {MOST} values", where="answers", fix=_SPLIT)


def _too_deep() -> AnswersError:
    return AnswersError(
        f"the answers are nested deeper than {DEEPEST} levels",
        where="answers",
        fix="check for an alias that leads back to itself",
    )
