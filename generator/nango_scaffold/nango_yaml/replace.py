"""A new value in the place of an old one, leaving the comments around it where they are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import yaml

from ..yaml12.nodes import value_of
from .emit import Layout, after_colon, flow_list, list_item
from .spans import Splice, behind_colon, block_header_end, line_start, line_stop, node_stop, pair_stop
from .style import line_end

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .document import Pair


def replace_value(text: str, pair: Pair, new: Any, layout: Layout) -> list[Splice]:
    """The splices that give a key of a block mapping, whose value is no alias, another value.

    Raises:
        Refused: the key and its colon are not written on one line.
    """
    key, value = pair
    # The smallest change first: the fewer lines are written anew, the more comments stay beside theirs.
    splices = _replace_items(text, value, new, layout)
    if splices is None:
        splices = _replace_flow_list(value, new)
    if splices is not None:
        return splices
    inline, rest = after_colon(new, key.start_mark.column, layout)
    below = "".join(line + line_end(text, key.end_mark.index) for line in rest)
    if _starts_below(pair):
        return _replace_below(text, pair, inline, below)
    return _replace_beside(text, pair, inline, below)


def _replace_flow_list(value: yaml.Node, new: Any) -> list[Splice] | None:
    """A list in brackets stays in brackets."""
    if not isinstance(value, yaml.SequenceNode) or not isinstance(new, list):
        return None
    if not value.flow_style or not value.value:  # `[]` shows no habit
        return None
    flow = flow_list(new)
    return None if flow is None else [Splice(value.start_mark.index, value.end_mark.index, flow)]


def _starts_below(pair: Pair) -> bool:
    key, value = pair
    return bool(value.start_mark.line > key.end_mark.line and value.start_mark.index < value.end_mark.index)


def _replace_below(text: str, pair: Pair, inline: str, below: str) -> list[Splice]:
    key, value = pair
    colon = behind_colon(text, key)
    start, stop = line_start(text, value.start_mark.index), node_stop(text, value)
    beside = [Splice(colon, colon, f" {inline}")] if inline else []
    return [*beside, Splice(start, stop, below)]


def _replace_beside(text: str, pair: Pair, inline: str, below: str) -> list[Splice]:
    key, value = pair
    colon = behind_colon(text, key)
    start, stop = value.start_mark.index, pair_stop(text, pair)
    # Of a block scalar only the header stands beside the key; its lines go with those below.
    header = block_header_end(text, value)
    end = header if header is not None else value.end_mark.index
    if start == value.end_mark.index:  # nothing is written, which has no place of its own
        start = end = colon
    blank = "" if start > colon else " "
    parts = [Splice(start, end, f"{blank}{inline}") if inline else Splice(colon, end, "")]
    content = line_stop(text, end)
    if content < stop or below:
        parts.append(Splice(content, max(stop, content), below))
    return parts


def _replace_items(text: str, value: yaml.Node, new: Any, layout: Layout) -> list[Splice] | None:
    """Change only the list items that differ, so that comments on the others stay."""
    if not (isinstance(value, yaml.SequenceNode) and isinstance(new, list) and new):
        return None
    spans = _item_spans(text, value)
    if spans is None:
        return None
    from difflib import SequenceMatcher  # few edits replace a list

    old_keys, new_keys = _sorted_json(map(value_of, value.value)), _sorted_json(new)
    end, column = line_end(text, spans[0][1]), value.start_mark.column
    written = [_item_text(item, column, layout, end) for item in new]
    changes = SequenceMatcher(None, old_keys, new_keys, autojunk=False).get_opcodes()
    return [
        part
        for kind, first, last, new_first, new_last in changes
        if kind != "equal"
        for part in _item_splices(spans, first, last, "".join(written[new_first:new_last]))
    ]


def _sorted_json(items: Iterable[Any]) -> list[str]:
    return [json.dumps(item, sort_keys=True) for item in items]


def _item_text(item: Any, column: int, layout: Layout, end: str) -> str:
    """A list item as it is written at a column, with the end of each line."""
    return "".join(line + end for line in list_item(item, column, layout.below(1)))


def _item_splices(spans: list[tuple[int, int]], first: int, last: int, lines: str) -> Iterator[Splice]:
    """Replace the items from one index up to another."""
    if first == last:
        place = spans[first - 1][1] if first else spans[0][0]
        yield Splice(place, place, lines)
        return
    yield from (Splice(start, stop, "") for start, stop in spans[first + 1 : last])
    yield Splice(*spans[first], lines)


def _item_spans(text: str, node: yaml.SequenceNode) -> list[tuple[int, int]] | None:
    if node.flow_style or not node.value:
        return None
    spans: list[tuple[int, int]] = []
    for item in node.value:
        start = line_start(text, item.start_mark.index)
        dash = start + node.start_mark.column
        # An alias is placed where its anchor stands, and an empty item anywhere: only what is behind its dash counts.
        if item.start_mark.index <= dash or text[dash : dash + 2] != "- ":
            return None
        if text[start:dash].strip() or (spans and start < spans[-1][1]):
            return None
        spans.append((start, node_stop(text, item)))
    return spans
