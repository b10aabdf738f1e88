"""The command ``doctor``: check the tools around a project, and say how to fix them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .arguments import Commands, add_command, add_project, add_saying

if TYPE_CHECKING:
    import argparse


def add_arguments(commands: Commands) -> None:
    """Add the command to the parser."""
    doctor = add_command(
        commands,
        "doctor",
        help="check the tools around a project, and say how to fix them",
        description="Check Python, git, Node, npm, the project's nango CLI and packages, and its files. Prints one line each: "
        "ok, warning or missing, with the command that fixes it, and the command by which people without Python install this "
        "program. Exit code 1 when something is missing.",
        examples="  nango-scaffold doctor\n  nango-scaffold doctor --project ../my-project --json\n",
    )
    add_project(doctor)
    add_saying(doctor)


def run(options: argparse.Namespace) -> int:
    """Run ``doctor``: 0 when nothing is missing, warnings or not, else 1."""
    from ..doctor import as_data, examine, look_around, page
    from ..project import look
    from .terminal_output import say

    findings = examine(look_around(look(options.project)))
    say(page(findings, quiet=options.quiet), options, lambda: as_data(findings))
    return 1 if any(finding.state == "missing" for finding in findings) else 0
