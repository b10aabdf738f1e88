"""The project that a command works on: looked at once, before anything is planned, and judged in plain words.

Every command and ``doctor`` get the same value, :class:`NangoProject`. ``look.py`` alone reads files; the rest is pure.
"""

from __future__ import annotations

from .layout import DEFAULT, Layout
from .look import look
from .project import Advice, Cli, Folders, NangoProject

__all__ = ["DEFAULT", "Advice", "Cli", "Folders", "Layout", "NangoProject", "look"]
