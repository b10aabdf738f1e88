"""What a run says: for people, and as data."""

from __future__ import annotations

from .data import as_data, as_json
from .remarks import remarks
from .run import Integration, Run
from .written import page

__all__ = ["Integration", "Run", "as_data", "as_json", "page", "remarks"]
