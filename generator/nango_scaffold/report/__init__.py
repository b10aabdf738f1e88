"""What a run says: for people, and as data."""

from __future__ import annotations

from .data import as_data, as_json
from .notes import remarks
from .plan import page
from .run import Integration, Run

__all__ = ["Integration", "Run", "as_data", "as_json", "page", "remarks"]
