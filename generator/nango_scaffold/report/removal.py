"""What ``remove`` says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .data import as_data
from .notes import remark_parts
from .page import Level, Page, Part, sentence
from .plan import diffs, tree_lines
from .run import warning_parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..operations.remove import Removal
    from .run import Run


def removal_page(outcome: Removal, integration: str, run: Run) -> Page:
    """What goes and what stays."""
    return Page(tuple(_parts(outcome, integration, run)))


def removal_as_data(outcome: Removal, integration: str, run: Run) -> dict[str, Any]:
    """The same as plain data: what ``--json`` prints."""
    more = {
        "integration": integration,
        "gone": list(outcome.gone),
        "stays": list(outcome.stays),
        "whole": outcome.whole,
    }
    return {**as_data(outcome, run), **more}


def _parts(outcome: Removal, integration: str, run: Run) -> Iterator[Part]:
    if outcome.plan.changes or outcome.plan.kept:
        yield Part((tree_lines(outcome.plan, run.project),))
    if run.dry and not outcome.plan.is_empty:
        yield diffs(outcome.plan)
    yield from remark_parts(outcome)
    yield from warning_parts(run.remarks)
    if outcome.whole:
        yield sentence(f"{integration} is out of the project.", "good")
    elif outcome.gone:
        yield sentence(f"Out of {integration}: {', '.join(outcome.gone)}.", "good")
    if outcome.stays:
        yield sentence(
            f"Still in {integration}: {', '.join(outcome.stays)}, for you have edited the entry in nango.yaml. "
            "Take it out there, and run this again.",
            "warning",
            Level.QUIET,
        )
    if run.dry:
        yield sentence("Dry run: nothing was written.")
