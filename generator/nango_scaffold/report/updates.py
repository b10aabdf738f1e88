"""What ``update`` says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .data import as_data
from .next_steps import compile_steps
from .notes import remark_parts
from .page import Level, Lines, Page, Part, Piece, Rows, line, sentence, titled
from .plan import diffs, tree_lines
from .run import warning_parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..operations.update import Row, Updated
    from .page import Line
    from .run import Run

_HEADS = ("integration", "from", "to", "changed", "merged", "conflicts", "kept")


def updates_as_data(updated: Updated, run: Run) -> dict[str, Any]:
    """An update as plain data: what ``--json`` prints."""
    rows = [
        {
            "integration": row.integration,
            "from": row.before,
            "to": row.after,
            "changed": list(row.changed),
            "merged": list(row.merged),
            "conflicts": list(row.conflicts),
            "kept": list(row.kept),
        }
        for row in updated.rows
    ]
    return {**as_data(updated, run), "integrations": rows}


def updates_page(updated: Updated, run: Run) -> Page:
    """What became of each integration, where there are conflicts, and what to do next."""
    if not updated.rows:
        nobody = "Nothing to do: no integration here was written by nango-scaffold or Copier."
        return Page((sentence(nobody, "good"),))
    return Page(tuple(_parts(updated, run)))


def _parts(updated: Updated, run: Run) -> Iterator[Part]:
    if run.dry and not updated.plan.is_empty:
        yield Part((tree_lines(updated.plan, run.project),))
        yield diffs(updated.plan)
    yield Part((Rows(tuple(_table(updated.rows)), 0),))
    yield from remark_parts(updated, guesses=None)
    yield from warning_parts(run.remarks)
    if run.dry:
        yield sentence("Dry run: nothing was written.")
    elif updated.plan.is_empty:
        yield sentence("Nothing to do: everything is of the newest version.", "good")
    else:
        steps = compile_steps(run, updated.plan)
        yield titled("Next:", Lines(tuple(line(Piece(f"  {step}", "place")) for step in steps)), Level.USUAL)


def _table(rows: Sequence[Row]) -> Iterator[Line]:
    """A line for each integration, the counts below their heads."""
    yield line(*(Piece(head, "quiet") for head in _HEADS))
    for row in rows:
        counts = (len(part) for part in (row.changed, row.merged, row.conflicts, row.kept))
        cells = (f"{count:>{len(head)}}" for count, head in zip(counts, _HEADS[3:], strict=True))
        yield line(Piece(row.integration, "strong"), row.before, row.after, *cells)
