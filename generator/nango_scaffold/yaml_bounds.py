"""How much a YAML text may hold, found out before anything is built from it.

A few lines are enough to fill the memory: each merges or names the one above twice. So what aliases and merge keys
would expand to is counted on the parser's events, where each is one event; and texts too long, too deep or too full
are refused at the place where they become so.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from .frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

_ANCHOR = re.compile(r"(?:^|[\s,\[{])&[^\s,\[\]{}]")
ENDLESS = "its aliases expand without end"


@frozen
class Bounds:
    """What is the most of a text.

    Attributes:
        characters: how long it is.
        nodes: how many scalars, lists and mappings it holds, those that aliases bring counted each time.
        depth: how many lists and mappings stand inside each other.
    """

    characters: int
    nodes: int
    depth: int


@frozen
class Excess:
    """Why a text is refused.

    Attributes:
        reason: a few words.
        line: where, from 1.
        column: where, from 1.
        is_endless: whether an alias leads back to itself.
        is_full: whether it holds too many values.
    """

    reason: str
    line: int = 1
    column: int = 1
    is_endless: bool = False
    is_full: bool = False


def excess(text: str, bounds: Bounds, loader: Any) -> Excess | None:
    """What a text has too much of; None when it keeps to the bounds.

    Args:
        text: YAML, as the loader will be given it.
        bounds: what is the most.
        loader: the loader whose parser reads it.

    Raises:
        yaml.YAMLError: the text is no YAML.
    """
    if len(text) > bounds.characters:
        return Excess(f"it is longer than {bounds.characters:,} characters")
    if not _ANCHOR.search(text) and _most_nodes(text) <= bounds.nodes and _deepest(text) <= bounds.depth:
        return None
    return _Count(bounds).of(text, loader)


def _most_nodes(text: str) -> int:
    """No text without aliases holds more nodes: each begins behind one of these, most of them in pairs."""
    return 2 * sum(map(text.count, "\n:,?")) + sum(map(text.count, "[{-")) + 2


def _deepest(text: str) -> int:
    """No text nests deeper: each level takes a bracket, or two columns of a line."""
    brackets = text.count("[") - text.count("[]") + text.count("{") - text.count("{}")
    return brackets + 2 * max(map(len, text.split("\n")))


class _Count:
    """Counts along the events of one text."""

    def __init__(self, bounds: Bounds) -> None:
        self.bounds = bounds
        self.nodes = 0
        self.open: list[_Collection] = []
        self.anchored: dict[str, tuple[int, int] | None] = {}

    def of(self, text: str, loader: Any) -> Excess | None:
        for event in yaml.parse(text, loader):
            if isinstance(event, yaml.CollectionEndEvent):
                self.close()
            elif reason := next(self.reasons(event), ""):
                mark: Any = event.start_mark
                is_full = self.nodes > self.bounds.nodes
                return Excess(reason, mark.line + 1, mark.column + 1, reason == ENDLESS, is_full)
        return None

    def reasons(self, event: Any) -> Iterator[str]:
        """Take an event in; why it is one too many."""
        nodes, height = 1, 0
        if isinstance(event, yaml.AliasEvent):
            known = self.anchored.get(str(event.anchor), (1, 0))
            if known is None:
                yield ENDLESS
                return
            nodes, height = known
        elif isinstance(event, yaml.CollectionStartEvent):
            self.open.append(_Collection(event.anchor))
            self.anchor(event.anchor, None)
        elif isinstance(event, yaml.ScalarEvent):
            self.anchor(event.anchor, (1, 0))
        else:
            return
        self.add(nodes, height)
        if self.nodes > self.bounds.nodes:
            yield f"it holds more than {self.bounds.nodes:,} values, those that its aliases bring among them"
        if len(self.open) + height > self.bounds.depth:
            yield f"it is nested deeper than {self.bounds.depth} levels"

    def anchor(self, name: str | None, size: tuple[int, int] | None) -> None:
        if name is not None:
            self.anchored[name] = size

    def add(self, nodes: int, height: int) -> None:
        self.nodes += nodes
        if self.open:
            self.open[-1].nodes += nodes
            self.open[-1].height = max(self.open[-1].height, height + 1)

    def close(self) -> None:
        """Leave a list or a mapping: what it holds counts for the one around it, too."""
        inner = self.open.pop()
        self.anchor(inner.anchor, (inner.nodes, inner.height))
        if self.open:
            self.open[-1].nodes += inner.nodes
            self.open[-1].height = max(self.open[-1].height, inner.height + 1)


class _Collection:
    """A list or a mapping that has begun."""

    def __init__(self, anchor: str | None) -> None:
        self.anchor = anchor
        self.nodes = 0
        self.height = 0
