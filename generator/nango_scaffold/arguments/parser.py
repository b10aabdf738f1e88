"""The parser of the whole command line."""

from __future__ import annotations

import argparse

from .. import __version__
from . import add, doctor, new, schema
from .usage import Parser

_COMMANDS = (new, add, doctor, schema)

EXAMPLES = """\
examples:
  nango-scaffold new --set provider=hubspot --set sync_names=users
  nango-scaffold new --answers github.yml --project ../my-project --dry-run
  nango-scaffold new --answers github.yml --answers hubspot.yml
  nango-scaffold new --answers github.yml --check
  nango-scaffold add sync hubspot companies --set runs='every day'
  nango-scaffold schema > answers.schema.json

exit codes:
  0 done or nothing to do   1 conflicts, or --check found changes   2 bad answers or usage
  3 the project forbids it, nothing was changed   4 another run holds the lock
"""


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    top = Parser(
        prog="nango-scaffold",
        description="Add whole integrations to a Nango project: they compile, lint and run the first time.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"nango-scaffold {__version__}")
    commands = top.add_subparsers(dest="command", metavar="command", required=True)
    for command in _COMMANDS:
        command.add(commands)
    return top
