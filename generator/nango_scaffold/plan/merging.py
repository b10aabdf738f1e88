"""Three-way merges of one file: what the plan asks for, and what is around any way of doing it (pure)."""

from __future__ import annotations

import re
from collections.abc import Callable

from ..frozen import frozen

_OPENS = rb"(?m)^<{7} "
_CLOSES = rb"(?m)^>{7} "


@frozen
class Merge:
    """A merged text.

    Attributes:
        text: with git's marks around each place where both sides changed the same lines.
        conflicts: how many such places there are.
    """

    text: bytes
    conflicts: int


Merger = Callable[[bytes, bytes, bytes], "Merge | None"]
"""Merges a file: from the base, yours and theirs, in that order; ``None`` where it cannot, as with what is no text."""


@frozen
class Merging:
    """How a run treats files that the user has edited and that now would be written differently.

    Attributes:
        merger: merges them; None: they are kept as they are.
        marks: whether a conflict is written into the file with git's marks. Without, such a file is kept, too: a run
            that nobody watches must leave nothing behind that does not compile.
    """

    merger: Merger | None = None
    marks: bool = False

    def merge(self, base: bytes, yours: bytes, theirs: bytes) -> Merge | None:
        """Merge one file, in the line ends of yours.

        Args:
            base: what was written last; line feeds alone, as in all we write.
            yours: the file as it is.
            theirs: what would be written now.
        """
        if self.merger is None:
            return None
        merge = self.merger(base, with_line_feeds(yours), theirs)
        return merge and Merge(like(yours, merge.text), merge.conflicts)


KEEP = Merging()
"""Edited files stay as they are."""


def has_marks(text: bytes) -> bool:
    """Whether conflicts of an earlier merge, by us, by Copier or by git, still wait to be settled."""
    return bool(re.search(_OPENS, text) and re.search(_CLOSES, text))


def with_line_feeds(text: bytes) -> bytes:
    """A text that git or an editor has given CRLF line ends throughout, with line feeds; any other as it is."""
    return text.replace(b"\r\n", b"\n") if _is_crlf(text) else text


def like(file: bytes | None, text: bytes) -> bytes:
    """A text of ours, in the line ends of the file it goes into."""
    return text.replace(b"\n", b"\r\n") if file is not None and _is_crlf(file) else text


def _is_crlf(text: bytes) -> bool:
    """Whether every line ends in CRLF: in a file of both kinds somebody may have meant either."""
    return b"\r\n" in text and text.count(b"\r\n") == text.count(b"\n")
