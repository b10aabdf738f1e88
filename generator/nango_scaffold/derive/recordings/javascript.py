"""Values as JavaScript has them: ``undefined``, texts of numbers and dates, paths into objects and lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta, timezone
from enum import Enum
from typing import Any


class Absent(Enum):
    """What no JSON holds."""

    UNDEFINED = "undefined"
    UNKNOWN = "unknown"


UNDEFINED = Absent.UNDEFINED
UNKNOWN = Absent.UNKNOWN
"""A value that only TypeScript can compute, such as that of an expression in the answers."""


class UntestableError(Exception):
    """A script has something whose effect cannot be foreseen: it gets no test rather than a wrong one."""


def is_nothing(value: Any) -> bool:
    """Whether a value is null or undefined."""
    return value is None or value is UNDEFINED


def text_of(value: Any) -> str:
    """A value as ``String(value)`` has it."""
    if value is UNKNOWN or isinstance(value, Mapping):
        raise UntestableError(f"the text of {value}")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list):
        return ",".join(map(text_of, value))
    if value is UNDEFINED:
        return "undefined"
    return "null" if value is None else str(value)


def number_of(value: Any) -> int | float:
    """A value as ``Number(value)`` has it."""
    try:
        number = float(text_of(value))
    except ValueError:
        raise UntestableError(f"the number of {value!r}") from None
    return int(number) if number.is_integer() else number


def date_of(value: Any) -> datetime:
    """The moment that ``new Date(value)`` is."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(milliseconds=value)
    try:
        moment = datetime.fromisoformat(str(value).replace("Z", "+00:00"))
    except ValueError:
        raise UntestableError(f"the date of {value!r}") from None
    # JavaScript takes a time without a zone for local time, and the tests run in UTC.
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)


def iso(moment: datetime) -> str:
    """A moment as ``toISOString()`` has it."""
    utc = moment.astimezone(timezone.utc).replace(tzinfo=None)
    return f"{utc.isoformat(timespec='milliseconds')}Z"


def moment_as(form: str, moment: datetime) -> str | int:
    """A moment in the form that an API takes; the forms are those of ``spec/requests.py``."""
    seconds = (moment - datetime(1970, 1, 1, tzinfo=timezone.utc)).total_seconds()
    if form == "iso":
        return iso(moment)
    if form == "date":
        return iso(moment)[:10]
    if form == "http":
        return moment.strftime("%a, %d %b %Y %H:%M:%S GMT")
    return int(seconds * 1000) if form == "epoch_milliseconds" else int(seconds // 1)


def value_at(value: Any, steps: Iterable[str | int]) -> Any:
    """What is at the end of a path; undefined where something on the way is missing."""
    for step in steps:
        if isinstance(value, Mapping):
            value = value.get(str(step), UNDEFINED)
        elif isinstance(value, list) and isinstance(step, int):
            value = value[step] if step < len(value) else UNDEFINED
        else:
            return UNKNOWN if value is UNKNOWN else UNDEFINED
    return value


def put_at(value: Any, steps: Iterable[str | int], new: Any) -> Any:
    """A copy of some JSON with a value at a path; objects on the way that are missing are made."""
    way = tuple(steps)
    if not way:
        return new
    first, rest = way[0], way[1:]
    if isinstance(first, int):
        items = list(value) if isinstance(value, list) else [None]
        # No API sends a list with gaps.
        if first >= len(items):
            raise UntestableError(f"the item {first} of a list of {len(items)}")
        items[first] = put_at(items[first], rest, new)
        return items
    fields = dict(value) if isinstance(value, Mapping) else {}
    return {**fields, first: put_at(fields.get(first), rest, new)}


def without(value: Any, steps: tuple[str, ...]) -> Any:
    """A copy of some JSON without what is at a path; an empty object where that is all of it."""
    if not steps:
        return {}
    if not isinstance(value, Mapping) or steps[0] not in value:
        return value
    if len(steps) == 1:
        return {name: field for name, field in value.items() if name != steps[0]}
    return {**value, steps[0]: without(value[steps[0]], steps[1:])}


def known(value: Any) -> tuple[Any, bool]:
    """The part of a value that is known, as JSON; and whether that is all of it. A list with a gap is not known at all."""
    if isinstance(value, Mapping):
        parts = {name: known(field) for name, field in value.items() if field is not UNDEFINED}
        fields = {name: part for name, (part, _) in parts.items() if part is not UNKNOWN}
        return fields, all(is_whole for _, is_whole in parts.values())
    if isinstance(value, list):
        return _known_items(value)
    return value, value is not UNKNOWN


def _known_items(items: list[Any]) -> tuple[Any, bool]:
    parts = [known(item) for item in items]
    if any(part is UNKNOWN for part, _ in parts):
        return UNKNOWN, False
    # JSON has null where an item of a list is undefined.
    return [None if part is UNDEFINED else part for part, _ in parts], all(whole for _, whole in parts)
