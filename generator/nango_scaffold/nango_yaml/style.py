"""How a file is written: its line ends, its indentation by level, its blank lines between entries."""

from __future__ import annotations

import itertools
from collections import Counter
from typing import TYPE_CHECKING

import yaml

from .document import Document, Pair, is_alias
from .emit import Layout
from .spans import line_start, pair_stop

if TYPE_CHECKING:
    from collections.abc import Iterator

HOUSE_STEP = 4
_SAMPLE = 12  # the last few entries show the habit
_MOST_BLANK_LINES = 2


def line_end(text: str, place: int | None = None) -> str:
    """The line end in use before an offset, else in the file, else a line feed."""
    end = text.rfind("\n", 0, place)
    end = text.find("\n") if end < 0 else end
    return "\r\n" if end > 0 and text[end - 1] == "\r" else "\n"


def layout_of(document: Document, section: str) -> Layout:
    """The indentation in use below ``integrations`` or ``models``, as steps from the section's key inwards.

    Levels that the section does not show are taken from the other section, then from the level above.
    """
    if section not in document.layouts:
        document.layouts[section] = _measured_layout(document, section)
    return document.layouts[section]


def _measured_layout(document: Document, section: str) -> Layout:
    own_steps, own_dash = _measure(document.text, document.pair(section))
    other = "models" if section == "integrations" else "integrations"
    other_steps, other_dash = _measure(document.text, document.pair(other))
    steps = own_steps or other_steps[:1] or [HOUSE_STEP]
    return Layout(tuple(steps), own_dash if own_dash is not None else other_dash)


def blank_lines_between(text: str, entries: list[Pair]) -> int:
    """The usual number of blank lines between neighbours."""
    sample = entries[-_SAMPLE:]
    gaps = [_gap(text, before, after) for before, after in itertools.pairwise(sample)]
    if not gaps:
        return 0
    # Backwards, so that of two that are as frequent the one further down counts: it is next to what is put in.
    counted = Counter(reversed(gaps))
    return min(counted.most_common(1)[0][0], _MOST_BLANK_LINES)


def _gap(text: str, before: Pair, after: Pair) -> int:
    between = text[pair_stop(text, before) : line_start(text, after[0].start_mark.index)]
    return sum(1 for line in between.split("\n")[:-1] if not line.strip())


def _measure(text: str, pair: Pair | None) -> tuple[list[int], int | None]:
    """The step of each level below a key, and the offset of dashes from their key (None: not seen)."""
    steps: list[int] = []
    dash: int | None = None
    level = [pair] if pair and not is_alias(pair) else []
    while level:
        offset = next(_dash_offsets(level), None)
        dash = offset if dash is None else dash
        blocks = [pair for pair in level if _is_block_mapping(pair[1])]
        if not blocks:
            break
        steps.append(_usual_step(blocks))
        level = list(_children(text, blocks))[-_SAMPLE * 5 :]
    return steps, dash


def _children(text: str, blocks: list[Pair]) -> Iterator[Pair]:
    """The last children of mappings, those that show their level's indentation."""
    for _, mapping in blocks:
        yield from (child for child in mapping.value[-_SAMPLE:] if _starts_its_line(text, child))


def _starts_its_line(text: str, pair: Pair) -> bool:
    """Whether a pair shows its level's indentation: not behind a ``?`` or a dash, not in braces, no alias."""
    start = pair[0].start_mark.index
    return not text[line_start(text, start) : start].strip() and not is_alias(pair)


def _usual_step(entries: list[Pair]) -> int:
    steps = Counter(
        value.value[0][0].start_mark.column - key.start_mark.column for key, value in reversed(entries)
    )
    step = steps.most_common(1)[0][0]
    return step if step > 0 else HOUSE_STEP


def _dash_offsets(level: list[Pair]) -> Iterator[int]:
    for key, value in reversed(level):
        if isinstance(value, yaml.SequenceNode) and not value.flow_style and value.value:
            yield max(value.start_mark.column - key.start_mark.column, 0)


def _is_block_mapping(node: yaml.Node) -> bool:
    return isinstance(node, yaml.MappingNode) and not node.flow_style and bool(node.value)
