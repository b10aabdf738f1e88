"""How much a YAML text may hold, found out before anything is built from it.

A few lines are enough to fill the memory: each merges or names the one above twice. So what aliases and merge keys
would expand to is counted on the parser's events, where each is one event; and texts too long, too deep or too full
are refused at the place where they become so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

import yaml

from ..frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

_ANCHOR = r"(?:^|[\s,\[{])&[^\s,\[\]{}]"
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


BOUNDS = Bounds(characters=1_000_000, nodes=100_000, depth=100)
"""Of what a person writes: answers, Copier's answers."""


@frozen
class Excess:
    """Why a text is refused.

    Attributes:
        kind: what is too much: its length, its values, its depth, or an alias that leads back to itself.
        reason: a few words.
        line: where, from 1.
        column: where, from 1.
    """

    kind: Literal["length", "values", "depth", "loop"]
    reason: str
    line: int = 1
    column: int = 1

    def is_by_aliases(self, text: str) -> bool:
        """Whether it may be the aliases of the text that make it too much."""
        return self.kind == "loop" or (self.kind == "values" and "*" in text)


class YamlProblem(Exception):  # noqa: N818 - it is a value that the caller turns into its own error
    """A text that is no YAML, or too much of it.

    Attributes:
        reason: a few words.
        line: where, from 1.
        column: where, from 1.
        kind: what is wrong: ``syntax``, ``tab``, ``documents``, ``character``, ``duplicate``, ``merge``, ``tag``,
            ``misfit``, ``deep``, ``endless`` or ``excess``.
        subject: the key or the tag that is the problem.
        excess: what it has too much of, where that is the problem.
    """

    def __init__(
        self,
        reason: str,
        line: int,
        column: int,
        *,
        kind: str,
        subject: str = "",
        excess: Excess | None = None,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line
        self.column = column
        self.kind = kind
        self.subject = subject
        self.excess = excess


def excess(text: str, bounds: Bounds, loader: Any) -> Excess | None:
    """What a text has too much of; None when it keeps to the bounds.

    Raises:
        yaml.YAMLError: the text is no YAML.
    """
    if len(text) > bounds.characters:
        return Excess("length", f"it is longer than {bounds.characters:,} characters")
    # Counting takes as long as parsing; most texts are so small that a look at their characters is enough.
    if not has_anchors(text) and is_within(text, bounds):
        return None
    return _Count(bounds).of(text, loader)


def excess_in(data: Any, bounds: Bounds) -> Literal["values", "depth"] | None:
    """What plain data have too much of; None when they keep to the bounds."""
    # Level by level and not by a function that calls itself: an alias may lead back to where it stands.
    level, count = [data], 0
    for _ in range(bounds.depth):
        following: list[Any] = []
        for value in level:
            if isinstance(value, Mapping):
                following.extend(value.values())
            elif isinstance(value, (list, tuple)):
                following.extend(value)
            if count + len(following) > bounds.nodes:
                return "values"
        if not following:
            return None
        count += len(following)
        level = following
    return "depth"


def has_anchors(text: str) -> bool:
    """Whether a text may hold anchors, which aliases repeat elsewhere."""
    return "&" in text and re.search(_ANCHOR, text) is not None


def is_within(text: str, bounds: Bounds) -> bool:
    """Whether a text without anchors surely keeps to the bounds; True is certain, False is not."""
    if len(text) > bounds.characters:
        return False
    return _most_nodes(text) <= bounds.nodes and _deepest(text) <= bounds.depth


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
            elif too_much := next(self.excesses(event), None):
                return too_much
        return None

    def excesses(self, event: Any) -> Iterator[Excess]:
        """Take an event in; why it is one too many."""
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        nodes, height = 1, 0
        if isinstance(event, yaml.AliasEvent):
            # One that is not known is left to the composer, which refuses it at this place.
            known = self.anchored.get(str(event.anchor), (1, 0))
            if known is None:  # its anchor is still open
                yield Excess("loop", ENDLESS, line, column)
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
            reason = (
                f"it holds more than {self.bounds.nodes:,} values, those that its aliases bring among them"
            )
            yield Excess("values", reason, line, column)
        if len(self.open) + height > self.bounds.depth:
            yield Excess("depth", f"it is nested deeper than {self.bounds.depth} levels", line, column)

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
