"""The command ``schema``: print the JSON Schema of the answers format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..answers import json_schema
from .terminal_output import say_data

if TYPE_CHECKING:
    import argparse


def run(options: argparse.Namespace) -> int:
    """Run ``schema``."""
    say_data(json_schema())
    return 0
