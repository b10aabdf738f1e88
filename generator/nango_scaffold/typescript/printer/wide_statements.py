"""Statements that are too wide for a line, cut out of a text and put back as prettier 3.3 prints them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..syntax import Syntax
from .layout import print_layout
from .parse import parse_statement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..syntax import Node


def laid_out(text: str, wide: Iterable[int], *, outermost: bool = False) -> tuple[str, bool]:
    """Print anew every statement that a wide line belongs to.

    Args:
        text: TypeScript.
        wide: where each wide line begins, in characters.
        outermost: of statements that stand in each other, whether to print the outermost, and not the innermost.

    Returns:
        The text; a statement of a shape that the printer does not know is left as it is. And whether statements stand in
        each other, so that the outermost are to be printed next.
    """
    syntax, data = Syntax(text), text.encode()
    replacements: dict[int, tuple[int, str]] = {}
    for start in wide:
        node = _statement_at(syntax.root, len(text[:start].encode()), data)
        # Several wide lines may belong to one statement.
        if node is None or node.has_error or node.start_byte in replacements:
            continue
        parsed = parse_statement(node)
        if parsed is not None:
            indent = node.start_point.column
            lines = print_layout(parsed.doc, start_indent=indent, start_column=indent)
            replacements[node.start_byte] = (parsed.end_byte, lines)
    pairs = _nested({start: end for start, (end, _) in replacements.items()})
    left_out = {inner if outermost else outer for outer, inner in pairs}
    # From the end, so that the places of those before stay right.
    for start_byte in sorted(replacements.keys() - left_out, reverse=True):
        end_byte, lines = replacements[start_byte]
        data = data[:start_byte] + lines.encode() + data[end_byte:]
    return data.decode(), bool(pairs)


def _nested(ends: dict[int, int]) -> list[tuple[int, int]]:
    """Where of two statements one begins, and another that stands in it; ``ends``: where each ends."""
    pairs: list[tuple[int, int]] = []
    around: list[int] = []
    for start in sorted(ends):
        around = [outer for outer in around if ends[outer] > start]
        pairs += [(outer, start) for outer in around]
        around.append(start)
    return pairs


def _statement_at(root: Node, start: int, data: bytes) -> Node | None:
    """The innermost statement that holds a whole line; ``None`` where there is none."""
    end = data.find(b"\n", start)
    line = data[start : len(data) if end < 0 else end]
    first = start + len(line) - len(line.lstrip())
    node = root.descendant_for_byte_range(first, start + len(line.rstrip()))
    while node is not None and not _is_statement(node):
        node = node.parent
    return node


def _is_statement(node: Node) -> bool:
    """Whether a node stands in a list of statements: that of the file, or of a block."""
    return node.parent is not None and node.parent.type in ("program", "statement_block")
