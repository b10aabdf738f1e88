"""What the tools around a project need, and whether it is there: looked at once, judged by small checks."""

from __future__ import annotations

from .checks import as_data, examine, page
from .look import look_around
from .surroundings import Finding, NangoYaml, Package, Surroundings

__all__ = ["Finding", "NangoYaml", "Package", "Surroundings", "as_data", "examine", "look_around", "page"]
