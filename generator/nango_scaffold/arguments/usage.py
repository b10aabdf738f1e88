"""A command line that cannot be understood."""

from __future__ import annotations

import argparse
import sys
from typing import Any, NoReturn


class UsageExit(SystemExit):
    """The end of a run whose command line cannot be understood; the message has been printed."""

    def __init__(self, message: str) -> None:
        super().__init__(2)
        self.message = message


class Parser(argparse.ArgumentParser):
    """A parser that keeps what is wrong for those who want it as data."""

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
