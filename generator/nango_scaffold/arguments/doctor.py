"""What ``doctor`` takes."""

from __future__ import annotations

from .common import Commands, add_command, add_project, add_saying


def add(commands: Commands) -> None:
    """Add the command."""
    doctor = add_command(
        commands,
        "doctor",
        help="say what the tools around a project need, and what mends it",
        description="Look at Python, git, Node, npm, the project's nango CLI and packages, and its files. A line each: "
        "ok, warning or missing, with the command that mends it. Exit code 1 when something is missing.",
        examples="  nango-scaffold doctor\n  nango-scaffold doctor --project ../my-project --json\n",
    )
    add_project(doctor)
    add_saying(doctor)
