"""The command ``schema``: print the JSON Schema of the answers format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..answers import json_schema
from ..report import as_json

if TYPE_CHECKING:
    import argparse


def run(options: argparse.Namespace) -> int:
    """Run ``schema``."""
    print(as_json(json_schema()))
    return 0
