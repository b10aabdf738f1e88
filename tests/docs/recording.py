"""The recording of the wizard that the documentation shows: a real run at a real terminal, drawn as an animated SVG.

python -m tests.docs.recording            record it anew

Every frame is what stands on the screen when nothing more comes. The provider facts are the embedded ones.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Final, TypeAlias
from xml.sax.saxutils import escape

from tests.wizard.keyboard import ENTER
from tests.wizard.test_at_a_terminal import Terminal

FILE: Final = Path(__file__).resolve().parents[2] / "docs" / "wizard.svg"
COLUMNS, ROWS = 80, 24
SECONDS = 2.0
_CELL, _LINE, _MARGIN = 8.4, 17, 12
_COLOURS = {
    "default": "#d8dee9",
    "black": "#3b4252",
    "red": "#bf616a",
    "green": "#a3be8c",
    "brown": "#ebcb8b",
    "blue": "#81a1c1",
    "magenta": "#b48ead",
    "cyan": "#88c0d0",
    "white": "#e5e9f0",
    "brightblack": "#8892a6",
}


@dataclass(frozen=True)
class Run:
    """Characters of one line that look alike."""

    column: int
    text: str
    colour: str
    bold: bool


Frame: TypeAlias = "tuple[tuple[Run, ...], ...]"

SCRIPT: Final[Sequence[tuple[str, str]]] = (
    ("Which provider?", "hubs"),
    ("Which provider?", ENTER),
    ("Name of the integration", ENTER),
    ("What do you want first?", ENTER),
    ("Its name", ENTER),
    ("How does it fetch?", ENTER),
    ("Path of the API", ENTER),
    ("Fields of Contact", ENTER),
    ("What does a run ask for?", ENTER),
    ("How often does it run?", ENTER),
    ("Scopes it needs", ENTER),
    ("What else?", ENTER),
    ("What now?", ENTER),
    ("Where to keep the answers?", ENTER),
)


def recorded() -> list[Frame]:
    """Run the wizard, and give what was on the screen before each key."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plain = {"COLORTERM": "", "XDG_CACHE_HOME": str(folder / "cache")}
        terminal = Terminal(folder, columns=COLUMNS, rows=ROWS, **plain)
        try:
            frames = list(_played(terminal))
            terminal.ends()
            return [*frames, _frame(terminal)]
        finally:
            terminal.child.close(force=True)


def _played(terminal: Terminal) -> Iterator[Frame]:
    for question, keys in SCRIPT:
        terminal.types(question)
        _settle(terminal)
        yield _frame(terminal)
        terminal.child.send(keys)


def _settle(terminal: Terminal) -> None:
    """Wait until nothing more comes."""
    before = -1
    while len(terminal.raw) != before:
        before = len(terminal.raw)
        terminal._read()


def _frame(terminal: Terminal) -> Frame:
    return tuple(tuple(_runs(terminal, row)) for row in range(ROWS))


def _runs(terminal: Terminal, row: int) -> Iterator[Run]:
    cells = [terminal.screen.buffer[row][column] for column in range(COLUMNS)]
    for (colour, bold), group in groupby(range(COLUMNS), key=lambda at: (cells[at].fg, cells[at].bold)):
        columns = list(group)
        text = "".join(cells[at].data for at in columns)
        if text.strip():
            start = columns[0] + len(text) - len(text.lstrip())
            yield Run(start, text.strip(), _COLOURS.get(colour, f"#{colour}"), bold)


def drawing(frames: Sequence[Frame]) -> str:
    """The frames as an SVG that shows one after the other."""
    width, height = round(COLUMNS * _CELL + 2 * _MARGIN), ROWS * _LINE + 2 * _MARGIN
    share = 100 / len(frames)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">',
        "<title>nango-scaffold new, in a terminal</title>",
        "<style>text { font: 14px ui-monospace, Menlo, Consolas, monospace; white-space: pre } "
        f".frame {{ opacity: 0; animation: shown {len(frames) * SECONDS:g}s step-end infinite }} "
        f"@keyframes shown {{ 0% {{ opacity: 1 }} {share:.3f}% {{ opacity: 0 }} }}</style>",
        f'<rect width="{width}" height="{height}" rx="6" fill="#2e3440"/>',
    ]
    for index, frame in enumerate(frames):
        lines.append(f'<g class="frame" style="animation-delay: {index * SECONDS:g}s">')
        lines += [_drawn(run, row) for row, line in enumerate(frame) for run in line]
        lines.append("</g>")
    return "\n".join([*lines, "</svg>", ""])


def _drawn(run: Run, row: int) -> str:
    x, y = _MARGIN + run.column * _CELL, _MARGIN + (row + 0.75) * _LINE
    weight = ' font-weight="bold"' if run.bold else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{run.colour}"{weight}>{escape(run.text)}</text>'


if __name__ == "__main__":
    os.environ.pop("NO_COLOR", None)
    FILE.write_text(drawing(recorded()), "utf-8")
