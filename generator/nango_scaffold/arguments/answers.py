"""What ``answers`` takes."""

from __future__ import annotations

from .common import Commands, add_command, add_project, add_saying

_EXAMPLES = """\
  nango-scaffold answers github > answers/github.yml
  nango-scaffold answers github --json
"""


def add(commands: Commands) -> None:
    """Add the command."""
    command = add_command(
        commands,
        "answers",
        help="print the current answers of an integration",
        description=(
            "Print the answers of an integration as they are now, with all that `add` and `remove` changed since: a file\n"
            "for `nango-scaffold new --answers FILE`."
        ),
        examples=_EXAMPLES,
    )
    command.add_argument("integration", metavar="INTEGRATION", help="its key in nango.yaml")
    add_project(command)
    add_saying(command)
