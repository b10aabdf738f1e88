"""What ``schema`` takes."""

from __future__ import annotations

from .common import Commands, add_command, add_saying

_EXAMPLES = """\
  nango-scaffold schema > answers.schema.json
  nango-scaffold schema | grep lookback_years
"""


def add(commands: Commands) -> None:
    """Add the command."""
    schema = add_command(
        commands,
        "schema",
        help="print the JSON Schema of the answers format",
        description=(
            "Prints the JSON Schema of the answers format. Editors complete and check an answers file by it when its\n"
            "first line names it:  # yaml-language-server: $schema=answers.schema.json"
        ),
        examples=_EXAMPLES,
    )
    add_saying(schema)
