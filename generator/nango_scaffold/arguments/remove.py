"""What ``remove`` takes."""

from __future__ import annotations

from .common import Commands, add_command, add_dry_run, add_project, add_saying

_EXAMPLES = """\
  nango-scaffold remove hubspot --dry-run
  nango-scaffold remove hubspot companies create-company
  nango-scaffold remove hubspot
"""


def add(commands: Commands) -> None:
    """Add the command."""
    command = add_command(
        commands,
        "remove",
        help="take an integration out again, or some of its syncs and actions",
        description=(
            "Take out exactly what nango-scaffold wrote and nobody has edited since; what stays is named. The exit\n"
            "code is 1 when something that was to go is still in nango.yaml, because its entry there was edited."
        ),
        examples=_EXAMPLES,
    )
    command.add_argument("integration", metavar="INTEGRATION", help="its key in nango.yaml")
    command.add_argument(
        "names", metavar="NAME", nargs="*", help="the syncs and actions that go; none: all of it"
    )
    add_project(command)
    add_dry_run(command)
    add_saying(command)
