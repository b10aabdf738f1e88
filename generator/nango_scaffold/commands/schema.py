"""The command ``schema``: print the JSON Schema of the answers format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .arguments import Commands, add_command, add_saying

if TYPE_CHECKING:
    import argparse

_EXAMPLES = """\
  nango-scaffold schema > answers.schema.json
  nango-scaffold schema | grep lookback_years
"""


def add_arguments(commands: Commands) -> None:
    """Add the command to the parser."""
    schema = add_command(
        commands,
        "schema",
        help="print the JSON Schema of the answers format",
        description=(
            "Print the JSON Schema of the answers format. Editors use it to complete and check an answers file whose\n"
            "first line is  # yaml-language-server: $schema=answers.schema.json"
        ),
        examples=_EXAMPLES,
    )
    add_saying(schema)


def run(options: argparse.Namespace) -> int:
    """Run ``schema``."""
    from ..answers.json_schema import json_schema
    from .terminal_output import say_data

    say_data(json_schema())
    return 0
