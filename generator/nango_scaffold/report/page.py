"""A page: the output of a run, as data. ``plain`` dresses it as text; ``terminal.py`` dresses the same in colours."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Literal, TypeAlias

from ..frozen import frozen
from ..plan import unified_diff
from ..visible import columns, padded, visible, visible_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..plan import Change

Tone = Literal["plain", "strong", "quiet", "good", "changed", "warning", "bad", "place"]
"""How a piece is meant; only a terminal shows it."""


@frozen
class Piece:
    """Some characters of one line, and how they are meant."""

    text: str
    tone: Tone = "plain"


Line: TypeAlias = "tuple[Piece, ...]"


@frozen
class Lines:
    """Lines that stand as they are."""

    lines: tuple[Line, ...]


@frozen
class Rows:
    """Lines whose pieces stand in columns.

    Attributes:
        rows: a piece for each column.
        indent: the blanks before the first.
        aligned: how many columns text aligns; those behind them follow two blanks apart.
    """

    rows: tuple[Line, ...]
    indent: int = 2
    aligned: int = 99


@frozen
class Diff:
    """What a file loses and gains, as git shows it; worked out when it is printed."""

    change: Change


Block: TypeAlias = "Lines | Rows | Diff"


class Level(IntEnum):
    """How much is printed."""

    QUIET = 0
    USUAL = 1
    VERBOSE = 2


@frozen
class Part:
    """Blocks that belong together; a blank line parts them from the next. ``level`` is the least that shows them."""

    blocks: tuple[Block, ...]
    level: Level = Level.USUAL


@frozen
class Page:
    """The whole output, in order."""

    parts: tuple[Part, ...]

    def at(self, level: Level) -> Page:
        """The parts that are printed at a level."""
        return Page(tuple(part for part in self.parts if part.level <= level))


def line(*pieces: Piece | str) -> Line:
    """A line of pieces; a text is a plain one."""
    return tuple(Piece(piece) if isinstance(piece, str) else piece for piece in pieces)


def sentence(text: str, tone: Tone = "plain", level: Level = Level.USUAL) -> Part:
    """A line by itself."""
    return Part((Lines((line(Piece(text, tone)),)),), level)


def titled(title: str, block: Block, level: Level = Level.USUAL, tone: Tone = "strong") -> Part:
    """A block with a line above it."""
    return Part((Lines((line(Piece(title, tone)),)), block), level)


def counted(count: int, singular: str, plural: str = "") -> str:
    """A number and its noun: ``1 file``, ``2 files``; by default the plural ends in -s."""
    return f"{count} {singular if count == 1 else plural or singular + 's'}"


def plain(page: Page) -> str:
    """A page as text: the same bytes on every machine."""
    return "\n".join("".join(_texts(part)) for part in page.parts)


def visible_lines(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Lines as they may be shown, however they are dressed; a piece stays in its line."""
    # Before anything is aligned: an escape is wider than the character it stands for.
    return tuple(tuple(Piece(visible_line(piece.text), piece.tone) for piece in pieces) for pieces in lines)


def visible_diff(diff: Diff) -> str:
    """The diff of a file as it may be shown, line by line."""
    return visible(unified_diff(diff.change))


def _texts(part: Part) -> Iterator[str]:
    for block in part.blocks:
        if isinstance(block, Rows):
            yield from _aligned(visible_lines(block.rows), block)
        elif isinstance(block, Diff):
            yield visible_diff(block)
        else:
            lines = visible_lines(block.lines)
            yield from ("".join(piece.text for piece in pieces) + "\n" for pieces in lines)


def _aligned(rows: Sequence[Line], block: Rows) -> Iterator[str]:
    """Columns two blanks apart, as wide as their widest cell but for the last of a row."""
    widths = column_widths(rows)[: block.aligned]
    for row in rows:
        filled = [padded(piece.text, width) for piece, width in zip(row[:-1], widths, strict=False)]
        cells = [*filled, *(piece.text for piece in row[len(filled) :])]
        yield (" " * block.indent + "  ".join(cells)).rstrip() + "\n"


def column_widths(rows: Sequence[Line]) -> list[int]:
    """The width of each column that another follows."""
    most = max((len(row) for row in rows), default=0)
    return [max(_lengths(rows, column), default=0) for column in range(most)]


def _lengths(rows: Iterable[Line], column: int) -> Iterator[int]:
    return (columns(row[column].text) for row in rows if len(row) - 1 > column)
