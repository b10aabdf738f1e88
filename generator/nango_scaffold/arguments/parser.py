"""The parser of the whole command line."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from .. import __version__
from .common import HelpFormatter, epilog
from .usage import Parser

if TYPE_CHECKING:
    import argparse

_COMMANDS = (
    "new",
    "add",
    "remove",
    "update",
    "adopt",
    "check",
    "answers",
    "guesses",
    "providers",
    "doctor",
    "schema",
    "completion",
)
"""Each is added by the module of its name."""

_EXAMPLES = """\
  nango-scaffold new --set provider=hubspot --set sync_names=users
  nango-scaffold new --answers github.yml --project ../my-project --dry-run
  nango-scaffold add sync hubspot companies --set runs='every day'
  nango-scaffold COMMAND --help
"""


def parser(command: str = "") -> argparse.ArgumentParser:
    """The parser of the whole command line.

    Args:
        command: the one command that is going to be read: the others need not be made. Anything else stands for all.
    """
    top = Parser(
        prog="nango-scaffold",
        description="Add whole integrations to a Nango project: they compile, lint and run the first time.",
        epilog=epilog(_EXAMPLES),
        formatter_class=HelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"nango-scaffold {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", title="commands", required=True)
    for name in (command,) if command in _COMMANDS else _COMMANDS:
        import_module(f".{name}", __package__).add(commands)
    return top
