"""What is said of a project beside what is written: what will not work there, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .page import Level, Lines, Page, Part, Piece, line, titled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..project import Advice


def warnings_page(advice: Iterable[Advice]) -> Page:
    """Warnings by themselves; an empty page for none."""
    return Page(tuple(warning_parts(advice)))


def warning_parts(advice: Iterable[Advice]) -> Iterator[Part]:
    """Each warning with what to do below it."""
    lines = [
        row for each in advice for row in (line(f"  {each.what}"), line("    ", Piece(each.fix, "place")))
    ]
    if lines:
        yield titled("About this project:", Lines(tuple(lines)), Level.USUAL, "warning")


def warnings_as_data(advice: Iterable[Advice]) -> list[dict[str, Any]]:
    """Warnings as plain data: what ``--json`` prints."""
    return [{"what": each.what, "fix": each.fix} for each in advice]
