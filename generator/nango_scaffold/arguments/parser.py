"""The parser of the whole command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import __version__
from . import add, adopt, completion, doctor, new, providers, schema, update
from .common import HelpFormatter, epilog
from .usage import Parser

if TYPE_CHECKING:
    import argparse

_COMMANDS = (new, add, update, adopt, providers, doctor, schema, completion)

_EXAMPLES = """\
  nango-scaffold new --set provider=hubspot --set sync_names=users
  nango-scaffold new --answers github.yml --project ../my-project --dry-run
  nango-scaffold add sync hubspot companies --set runs='every day'
  nango-scaffold COMMAND --help
"""


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    top = Parser(
        prog="nango-scaffold",
        description="Add whole integrations to a Nango project: they compile, lint and run the first time.",
        epilog=epilog(_EXAMPLES),
        formatter_class=HelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"nango-scaffold {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", title="commands", required=True)
    for command in _COMMANDS:
        command.add(commands)
    return top
