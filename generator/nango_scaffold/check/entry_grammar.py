"""What the CLI takes below a sync or an action."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..answers.runs import runs_problem
from ..answers.shapes import shown
from ..frozen import frozen
from ..yaml12.scalars import Timestamp
from .endpoint_grammar import endpoints_amiss

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .entries import Entry

_VERSION = re.compile(r"[0-9]+|[0-9]+\.[0-9]+\.[0-9]+")


@frozen
class Demand:
    """What the value of a key has to be.

    Attributes:
        is_met: whether a value is that.
        words: what it is.
    """

    is_met: Callable[[Any], bool]
    words: str


def is_text(value: Any) -> bool:
    """Whether a value is a text to the CLI, too."""
    return isinstance(value, str) and not isinstance(value, Timestamp)


def is_texts(value: Any) -> bool:
    """Whether a value is a list of texts."""
    return isinstance(value, list) and all(map(is_text, value))


def _is_version(value: Any) -> bool:
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return is_number or (is_text(value) and _VERSION.fullmatch(value) is not None)


_TEXT = Demand(is_text, "a string")
_TEXTS = Demand(lambda value: is_text(value) or is_texts(value), "a string or a list of strings")
_MODELS = Demand(
    lambda value: is_text(value) or is_texts(value), "the name of a model or a list of such names"
)
_MODEL = Demand(lambda value: value is None or is_text(value), "the name of a model")
_FLAG = Demand(lambda value: isinstance(value, bool), "true or false")

_BOTH = {
    "description": _TEXT,
    "input": _MODEL,
    "output": _MODELS,
    "scopes": _TEXTS,
    "version": Demand(_is_version, "a whole number, or three of them with points between, such as 1.0.0"),
}
_DEMANDS: dict[str, dict[str, Demand]] = {
    "sync": {
        **_BOTH,
        "sync_type": Demand(lambda value: value in ("full", "incremental"), "full or incremental"),
        "track_deletes": _FLAG,
        "auto_start": _FLAG,
        "webhook-subscriptions": _TEXTS,
    },
    "action": _BOTH,
}
_OTHERS = {"sync": ("runs", "endpoint"), "action": ("endpoint",)}
_REQUIRED = {"sync": ("runs", "output", "endpoint"), "action": ("endpoint",)}


def entry_amiss(entry: Entry) -> Iterator[tuple[tuple[str, ...], str]]:
    """What the CLI refuses of a sync or an action: the keys below it that lead to the place, and a sentence."""
    owner = f"the {entry.kind} {entry.name}"
    for key in _REQUIRED[entry.kind]:
        if key not in entry.data:
            yield (), f"The {entry.kind} {entry.name} has no {key}, which every {entry.kind} needs."
    demands = _DEMANDS[entry.kind]
    for key, value in entry.data.items():
        if key in demands:
            if not demands[key].is_met(value):
                yield (key,), f"The {key} {shown(value)} of {owner} should be {demands[key].words}."
        elif key not in _OTHERS[entry.kind]:
            yield (key,), f"The {entry.kind} {entry.name} has the key {key}, which Nango does not know there."
    yield from _runs_amiss(entry, owner)
    if "endpoint" in entry.data:
        for key, message in endpoints_amiss(entry):
            yield ("endpoint", *([key] if key else [])), message


def _runs_amiss(entry: Entry, owner: str) -> Iterator[tuple[tuple[str, ...], str]]:
    if entry.kind == "sync" and "runs" in entry.data:
        runs = entry.data["runs"]
        why = runs_problem(runs) if is_text(runs) else "it is not a string"
        if why:
            yield ("runs",), f"The interval {shown(runs)} of {owner} cannot be used: {why}."
