"""What a run says: for people, and as data."""

from __future__ import annotations

from .data import as_data, as_json
from .removed import removal, removal_as_json
from .shown import shown
from .text import done, dry_run, remarks

__all__ = ["as_data", "as_json", "done", "dry_run", "remarks", "removal", "removal_as_json", "shown"]
