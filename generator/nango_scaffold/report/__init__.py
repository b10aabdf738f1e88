"""What a run says: for people, and as data."""

from __future__ import annotations

from .adoption import adopted, adoption_as_data, unexpressed
from .data import as_data, as_json
from .removed import removal, removal_as_json
from .shown import shown
from .text import done, dry_run, remarks
from .updates import updates, updates_as_data

__all__ = [
    "adopted",
    "adoption_as_data",
    "as_data",
    "as_json",
    "done",
    "dry_run",
    "remarks",
    "removal",
    "removal_as_json",
    "shown",
    "unexpressed",
    "updates",
    "updates_as_data",
]
