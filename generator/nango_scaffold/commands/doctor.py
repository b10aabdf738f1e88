"""The command ``doctor``: what the tools around a project need, and the command that mends what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..doctor import as_data, examine, look_around, page
from ..project import look
from .terminal_output import say

if TYPE_CHECKING:
    import argparse


def run(options: argparse.Namespace) -> int:
    """Run ``doctor``: 0 when nothing is missing, warnings or not, else 1."""
    findings = examine(look_around(look(options.project)))
    say(page(findings, quiet=options.quiet), options, lambda: as_data(findings))
    return 1 if any(finding.state == "missing" for finding in findings) else 0
