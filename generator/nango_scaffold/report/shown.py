"""What a run says, in the form that was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .data import as_data, as_json
from .text import done
from .text import dry_run as tried

if TYPE_CHECKING:
    from ..assemble import Outcome


def shown(outcome: Outcome, project: str, *, as_json_data: bool, dry_run: bool) -> str:
    """All that is printed of an outcome.

    Args:
        outcome: what a run did, or would do.
        project: the folder, as it was named.
        as_json_data: whether it is printed as data.
        dry_run: whether nothing was written.
    """
    if as_json_data:
        return as_json(as_data(outcome, dry_run=dry_run)) + "\n"
    return tried(outcome) if dry_run else done(outcome, project)
