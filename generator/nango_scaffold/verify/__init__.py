"""Prove what was written by the project's own nango CLI, and say so in our own words."""

from __future__ import annotations

from .report import as_data, parts
from .run import verify
from .verdict import Fault, Script, Verdict

__all__ = ["Fault", "Script", "Verdict", "as_data", "parts", "verify"]
