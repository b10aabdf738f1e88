"""What ``guesses`` takes."""

from __future__ import annotations

from .common import Commands, add_command, add_project, add_saying

_EXAMPLES = """\
  nango-scaffold guesses
  nango-scaffold guesses github --json
"""


def add(commands: Commands) -> None:
    """Add the command."""
    command = add_command(
        commands,
        "guesses",
        help="list what was guessed, and the answers that settle it",
        description=(
            "List what neither the answers nor the provider's facts said when integrations were written: where it shows,\n"
            "what was taken, why, and the answer that settles it. State that answer, and run `nango-scaffold new` again."
        ),
        examples=_EXAMPLES,
    )
    command.add_argument(
        "integrations", metavar="INTEGRATION", nargs="*", help="its key in nango.yaml (default: all)"
    )
    add_project(command)
    add_saying(command)
