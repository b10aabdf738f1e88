"""What ``schema`` takes."""

from __future__ import annotations

from .common import Commands, add_command, add_saying


def add(commands: Commands) -> None:
    """Add the command."""
    schema = add_command(
        commands,
        "schema",
        help="print the JSON Schema of the answers format",
        examples="  nango-scaffold schema > answers.schema.json\n",
    )
    add_saying(schema)
