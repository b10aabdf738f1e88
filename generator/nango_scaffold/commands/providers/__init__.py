"""The command ``providers``: search providers, show one, download the newest catalogue."""

from __future__ import annotations

from importlib import import_module

from ..arguments import Commands, add_command

_EXAMPLES = """\
  nango-scaffold providers list google calendar
  nango-scaffold providers show hubspot
  nango-scaffold providers refresh
"""


def add_arguments(commands: Commands) -> None:
    """Add the command and those below it to the parser."""
    providers = add_command(
        commands,
        "providers",
        help="search providers, show one, download the newest catalogue",
        examples=_EXAMPLES,
    )
    below = providers.add_subparsers(dest="part", metavar="COMMAND", title="commands", required=True)
    for name in ("list", "show", "refresh"):
        import_module(f".{name}", __package__).add_arguments(below)
