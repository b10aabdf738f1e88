"""What each command takes, one file a command. Nothing heavy is imported here: ``--help`` must be instant."""

from __future__ import annotations

from .parser import parser

__all__ = ["parser"]
