"""Insertions and deletions in a text, by offset."""

from __future__ import annotations

import re

from ..frozen import frozen
from .refusal import Refused

_ANCHOR = re.compile(r"(?<![^\s,\[{])&([^\s,\[\]{}]+)")


@frozen
class Splice:
    """Replace ``text[start:end]``."""

    start: int
    end: int
    text: str


def patch(text: str, splices: list[Splice]) -> str:
    """The text after splices; of those at one place, the first given comes first.

    Raises:
        Refused: two of them overlap, or one takes out an anchor that something staying refers to.
    """
    parts: list[str] = []
    place = 0
    for part in sorted(splices, key=lambda part: (part.start, part.end)):
        if part.start < place:
            raise Refused("two changes meet in one place", line=text.count("\n", 0, part.start) + 1)
        _refuse_anchor(text, part)
        parts += [text[place : part.start], part.text]
        place = part.end
    return "".join([*parts, text[place:]])


def _refuse_anchor(text: str, part: Splice) -> None:
    """What is taken out must not hold an anchor that something staying refers to."""
    gone = text[part.start : part.end]
    for anchor in _ANCHOR.findall(gone):
        if refers(text[: part.start], anchor) or refers(text[part.end :], anchor):
            line = text.count("\n", 0, part.start + gone.index(f"&{anchor}")) + 1
            raise Refused(f"the anchor &{anchor} stands here, and other entries refer to it", line=line)


def anchor_at(text: str, place: int) -> str | None:
    """The name of the anchor that a value starts with."""
    found = _ANCHOR.match(text, place)
    return found.group(1) if found else None


def refers(text: str, anchor: str) -> bool:
    """Whether a text seems to hold an alias of an anchor."""
    return re.search(rf"(?<![^\s,\[{{]){re.escape('*' + anchor)}(?![^\s,\]}}])", text) is not None
