"""What the tools around a project need, and whether it is there: looked at once, judged by small checks."""

from __future__ import annotations

from .checks import CHECKS, examine
from .look import look_around
from .report import as_data, page
from .surroundings import Finding, NangoYaml, Package, Surroundings

__all__ = [
    "CHECKS",
    "Finding",
    "NangoYaml",
    "Package",
    "Surroundings",
    "as_data",
    "examine",
    "look_around",
    "page",
]
