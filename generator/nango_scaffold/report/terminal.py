"""A page in a terminal: colours, and tables that fold. The only module that imports rich; scripts never pay for it."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from ..visible import columns as width_of
from .page import Diff, Rows, visible_diff, visible_lines

if TYPE_CHECKING:
    from rich.console import RenderableType

    from .page import Block, Line, Page, Tone

_STYLES: dict[Tone, str] = {
    "plain": "",
    "strong": "bold",
    "quiet": "dim",
    "good": "green",
    "changed": "yellow",
    "warning": "bold yellow",
    "bad": "bold red",
    "place": "cyan",
}


_DIFF_STYLES: tuple[tuple[str, str], ...] = (
    ("diff ", "bold"),
    ("+++ ", "bold"),
    ("--- ", "bold"),
    ("@@ ", "cyan"),
    ("+", "green"),
    ("-", "red"),
)


def show(page: Page, stream: IO[str], *, width: int | None = None) -> None:
    """Print a page.

    Args:
        page: what to say.
        stream: a terminal.
        width: its columns; asked of it by default.
    """
    console = Console(
        file=stream, force_terminal=True, width=width, highlight=False, markup=False, emoji=False
    )
    for index, part in enumerate(page.parts):
        if index:
            console.print()
        for block in part.blocks:
            # Lines are not broken: a command must stay one line when it is copied.
            console.print(_dressed(block, console.width), soft_wrap=not isinstance(block, Rows))


def _dressed(block: Block, width: int) -> RenderableType:
    if isinstance(block, Diff):
        return Group(*(_diff_line(text) for text in visible_diff(block).removesuffix("\n").split("\n")))
    if isinstance(block, Rows):
        return _table(block, width)
    return Group(*(_text(pieces) for pieces in visible_lines(block.lines)))


def _table(block: Rows, width: int) -> Table:
    """Rows as a table; a column that is wider than its share of the terminal folds."""
    rows = visible_lines(block.rows)
    table = Table.grid(padding=(0, 2, 0, 0))
    # The indent.
    table.add_column()
    columns = max((len(row) for row in rows), default=0)
    for column in range(columns):
        widest = max((width_of(row[column].text) for row in rows if column < len(row)), default=0)
        # A narrow column is never broken: rich would take from all columns to make room for the widest.
        table.add_column(overflow="fold", no_wrap=widest <= width // columns)
    for row in rows:
        table.add_row(" " * max(block.indent - 2, 0), *(_text((piece,)) for piece in row))
    return table


def _text(pieces: Line) -> Text:
    return Text.assemble(*((piece.text, _STYLES[piece.tone]) for piece in pieces))


def _diff_line(text: str) -> Text:
    return Text(text, next((style for start, style in _DIFF_STYLES if text.startswith(start)), ""))
