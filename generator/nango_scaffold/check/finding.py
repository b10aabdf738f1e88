"""What a rule found, where, and the edits that would fix it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol

from ..frozen import frozen

if TYPE_CHECKING:
    from typing import TypeAlias

    from ..typescript.syntax import Span

Level: TypeAlias = 'Literal["error", "warning", "note"]'
"""An error is refused by Nango's own tools or fails when it runs; a warning breaks a convention; a note is a guess."""


BOM = "\ufeff"
"""The byte order mark: it stands before some texts, and no editor shows it."""


class Source(Protocol):
    """A text that findings can point into."""

    @property
    def path(self) -> str:
        """Where it lies: posix, below the folder of nango.yaml."""

    @property
    def text(self) -> str:
        """What it holds."""


@frozen
class Edit:
    """One change of a text.

    Attributes:
        path: the file, posix, below the folder of nango.yaml.
        start: the offset of the first character that goes.
        end: the offset behind the last one; `start` when nothing goes.
        text: what comes in its place.
    """

    path: str
    start: int
    end: int
    text: str


@frozen
class Finding:
    """A rule that is broken somewhere.

    Attributes:
        rule: its id, such as Y01.
        level: how bad that is.
        path: the file, posix, below the folder of nango.yaml.
        line: from 1.
        column: in characters, from 1.
        length: how many characters on that line are meant; 0 for the place alone.
        message: what is wrong and what is right, in one sentence.
        edits: what would fix it; empty when only a person can.
    """

    rule: str
    level: Level
    path: str
    line: int
    column: int
    length: int
    message: str
    edits: tuple[Edit, ...] = ()


def place(text: str, span: Span) -> tuple[int, int, int]:
    """The line, the column and the length on that line of a piece of text; see `Finding`.

    A byte order mark is not counted.
    """
    start, end = span
    line_start = text.rfind("\n", 0, start) + 1
    if line_start == 0 < start and text.startswith(BOM):
        line_start = 1
    line_end = text.find("\n", start)
    last = len(text) if line_end < 0 else line_end
    return text.count("\n", 0, start) + 1, start - line_start + 1, max(0, min(end, last) - start)
