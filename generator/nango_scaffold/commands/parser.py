"""The parser of the whole command line, and a command line that cannot be understood.

Nothing heavy is imported here: ``--help`` must be instant.
"""

from __future__ import annotations

import argparse
import re
import sys
from importlib import import_module
from typing import Any, NoReturn

from .. import __version__
from .arguments import HelpFormatter, epilog

_COMMANDS = (
    "new",
    "infer",
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
    "rules",
    "completion",
)
"""Each is a module of this room, with ``add_arguments`` and ``run``."""

_EXAMPLES = """\
  nango-scaffold new --set provider=hubspot --set sync_names=users
  nango-scaffold new --answers github.yml --project ../my-project --dry-run
  nango-scaffold add sync hubspot companies --set runs='every day'
  nango-scaffold COMMAND --help
"""


# What is no version, an empty one too, is refused where versions are read.
_EMPTY_OPTION = re.compile(r"--(?!version=)[a-z-]+=\s*")


class UsageExit(SystemExit):
    """The end of a run whose command line cannot be understood; the message has been printed."""

    def __init__(self, message: str) -> None:
        super().__init__(2)
        self.message = message


class Parser(argparse.ArgumentParser):
    """A parser that keeps what is wrong for those who want it as data."""

    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Read a command line; a word that is empty names nothing, and mostly comes from a variable that is not set.

        Raises:
            UsageExit: one is, or the line cannot be understood.
        """
        words = [str(word) for word in (sys.argv[1:] if args is None else args)]
        # argparse takes an empty word for a value: `--project "$DIR"` would mean the current folder.
        for before, word in zip(["", *words], words, strict=False):
            if not word.strip():
                self.error(f"{before if before.startswith('--') else 'a name'} is empty: {word!r}")
            if _EMPTY_OPTION.fullmatch(word):
                self.error(f"{word.rstrip().removesuffix('=')} is empty")
        return super().parse_args(words, namespace)

    def error(self, message: str) -> NoReturn:
        """Print the usage and what is wrong, as argparse does, and end.

        Raises:
            UsageExit: always.
        """
        self.print_usage(sys.stderr)
        self._print_message(f"{self.prog}: error: {message}\n", sys.stderr)
        raise UsageExit(message)

    def _print_message(self, message: str, file: Any = None) -> None:
        """Print help, usage or an error as everything else is printed; the words of a command line may be anything."""
        from ..output import write

        write(message, file or sys.stderr)


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
        import_module(f".{name}", __package__).add_arguments(commands)
    return top
