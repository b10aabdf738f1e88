"""What ``remove`` says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..plan import tree, unified_diff
from .data import as_data, as_json
from .text import remarks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..assemble import Removal


def removal(outcome: Removal, integration: str, *, dry_run: bool) -> str:
    """What goes and what stays, as text."""
    lines = [tree(outcome.plan)] if outcome.plan.changes or outcome.plan.kept else []
    if dry_run:
        lines += ["\n", *(unified_diff(change) for change in outcome.plan.changes)]
    lines += [*remarks(outcome), "\n" if lines else "", *_verdict(outcome, integration)]
    return "".join([*lines, "\nDry run: nothing was written.\n"] if dry_run else lines)


def removal_as_json(outcome: Removal, integration: str, *, dry_run: bool) -> str:
    """The same as data."""
    more = {
        "integration": integration,
        "gone": list(outcome.gone),
        "stays": list(outcome.stays),
        "whole": outcome.whole,
    }
    return as_json({**as_data(outcome, dry_run=dry_run), **more}) + "\n"


def _verdict(outcome: Removal, integration: str) -> Iterator[str]:
    if outcome.whole:
        yield f"{integration} is out of the project.\n"
    elif outcome.gone:
        yield f"Out of {integration}: {', '.join(outcome.gone)}.\n"
    if outcome.stays:
        yield (
            f"Still in {integration}: {', '.join(outcome.stays)}, for you have edited the entry in nango.yaml. "
            "Take it out there, and run this again.\n"
        )
