"""The command ``completion``: print the script that a shell completes with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .terminal_output import say_text

if TYPE_CHECKING:
    import argparse

_SHELLS = Path(__file__).parent.parent / "shells"


def run(options: argparse.Namespace) -> int:
    """Run ``completion``."""
    say_text((_SHELLS / f"nango-scaffold.{options.shell}").read_text("utf-8"))
    return 0
