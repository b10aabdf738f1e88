"""Offsets in the text: the lines that the parts of a parsed nango.yaml occupy, and changes of a text by offset.

A *stop* is the offset of the line after the last line of something's content: blank lines and comments behind it are
not part of it, unless a ``|+`` or ``>+`` block scalar keeps them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from ..frozen import frozen
from .document import Pair, is_alias
from .errors import Refused, position

if TYPE_CHECKING:
    from collections.abc import Iterable

_BLANK = re.compile(r"[ \t]*\r?(?:\n|\Z)")
_COMMENT = re.compile(r"( *)[ \t]*#")
_COLON = re.compile(r"[ \t]*:")
_HEADER = re.compile(r"[|>][-+0-9]*")
_ANCHOR = re.compile(r"(?<![^\s,\[{])&([^\s,\[\]{}]+)")


def line_start(text: str, place: int) -> int:
    """The offset of the first character of a line."""
    return text.rfind("\n", 0, place) + 1


def line_stop(text: str, place: int) -> int:
    """The offset behind a line's line end, or the end of the text."""
    end = text.find("\n", place)
    return len(text) if end < 0 else end + 1


def pair_stop(text: str, pair: Pair) -> int:
    """The stop of a key and its value."""
    key, value = pair
    behind_key = line_stop(text, key.end_mark.index)
    if is_alias(pair):
        return line_stop(text, text.index("*", key.end_mark.index))
    if _is_empty(value):
        return behind_key
    return max(behind_key, node_stop(text, value))


def node_stop(text: str, node: yaml.Node) -> int:
    """The stop of a value."""
    while True:
        if isinstance(node, yaml.ScalarNode):
            return _scalar_stop(text, node)
        if not isinstance(node, yaml.CollectionNode) or node.flow_style or not node.value:
            return line_stop(text, node.end_mark.index - 1)
        if isinstance(node, yaml.MappingNode):
            return pair_stop(text, node.value[-1])
        last = node.value[-1]
        behind_others = max((item.end_mark.index for item in node.value[:-1]), default=node.start_mark.index)
        if last.start_mark.index < behind_others or _is_empty(last):  # an alias shows where its anchor stands
            return _trimmed(text, node.start_mark.index, node.end_mark.index)
        node = last


def block_header_end(text: str, node: yaml.Node) -> int | None:
    """The offset behind ``|-`` or the like when a value is a block scalar, else None."""
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        header = _HEADER.search(text, node.start_mark.index)
        return header.end() if header else None
    return None


def keeps_what_follows(text: str, node: yaml.Node) -> bool:
    """Whether a value ends in a ``|+`` or ``>+`` scalar, to which blank lines put behind it would belong."""
    while isinstance(node, yaml.CollectionNode):
        if node.flow_style or not node.value:
            return False
        last = node.value[-1]
        node = last[1] if isinstance(node, yaml.MappingNode) else last
    end = block_header_end(text, node)
    return end is not None and "+" in text[node.start_mark.index : end]


def is_blank(text: str, start: int) -> bool:
    """Whether the line that starts at an offset holds nothing but blanks."""
    return start < len(text) and _BLANK.match(text, start) is not None


def comment_indent(text: str, start: int) -> int | None:
    """The column of the ``#`` of a line that is only a comment, else None."""
    comment = _COMMENT.match(text, start)
    return len(comment.group(1)) if comment else None


def behind_comments(text: str, stop: int, column: int) -> int:
    """The stop of the comments that follow a stop and are indented to ``column`` or deeper."""
    place = stop
    while place < len(text):
        indent = comment_indent(text, place)
        # The stop moves with comments alone: blank lines count only if one follows.
        if indent is not None and indent >= column:
            stop = place = line_stop(text, place)
        elif indent is None and is_blank(text, place):
            place = line_stop(text, place)
        else:
            break
    return stop


def blank_lines_before(text: str, start: int, floor: int) -> list[int]:
    """The starts of the blank lines right before a line start, the nearest first, none before ``floor``."""
    starts: list[int] = []
    while start > floor:
        start = line_start(text, start - 1)
        if start < floor or not is_blank(text, start):
            break
        starts.append(start)
    return starts


@frozen
class Splice:
    """Replace ``text[start:end]``."""

    start: int
    end: int
    text: str

    def moved(self, by: int) -> Splice:
        """The same change in a text that begins elsewhere."""
        return Splice(self.start + by, self.end + by, self.text)


def patch(text: str, splices: Iterable[Splice]) -> str:
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
            raise Refused(f"the anchor &{anchor} is here, and other entries refer to it", line=line)


def anchor_at(text: str, place: int) -> str | None:
    """The name of the anchor that a value starts with."""
    anchor = _ANCHOR.match(text, place)
    return anchor.group(1) if anchor else None


def refers(text: str, anchor: str) -> bool:
    """Whether a text seems to hold an alias of an anchor."""
    return re.search(rf"(?<![^\s,\[{{]){re.escape('*' + anchor)}(?![^\s,\]}}])", text) is not None


def _scalar_stop(text: str, node: yaml.ScalarNode) -> int:
    header_end = block_header_end(text, node)
    if header_end is None:
        return line_stop(text, max(node.end_mark.index - 1, node.start_mark.index))
    end = min(node.end_mark.index, len(text))
    if "+" in text[node.start_mark.index : header_end]:
        return end
    # The parser ends a block scalar behind the blank lines that follow it. The lines of a literal can be counted: the
    # last of them may hold nothing but blanks, which are content all the same.
    stop = line_stop(text, header_end + len(text[header_end:end].rstrip()))
    if node.style == "|" and node.value:
        stop = line_stop(text, header_end)
        for _ in node.value.rstrip("\n").split("\n"):
            stop = line_stop(text, stop)
    return stop


def _trimmed(text: str, start: int, end: int) -> int:
    """The stop of a block that ends in an alias or in nothing: no content there can look like a comment."""
    place = line_start(text, end) if end < len(text) else end
    while place > start:
        previous = line_start(text, place - 1)
        if not is_blank(text, previous) and comment_indent(text, previous) is None:
            return place
        place = previous
    return line_stop(text, start)


def _is_empty(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and bool(node.start_mark.index == node.end_mark.index)


def behind_colon(text: str, key: yaml.Node) -> int:
    """The offset behind a key's colon.

    Raises:
        Refused: something else follows the key, as in ``? key``.
    """
    colon = _COLON.match(text, key.end_mark.index)
    if colon is None:
        raise Refused(
            "this key and its colon are not written on one line", **position(key), fix="Write it as `key:`."
        )
    return colon.end()
