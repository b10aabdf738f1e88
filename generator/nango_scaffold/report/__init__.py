"""What a run says: for people, and as data."""

from __future__ import annotations

from .notes import remarks
from .plan import page
from .run import Integration, Run, as_data, as_json

__all__ = ["Integration", "Run", "as_data", "as_json", "page", "remarks"]
