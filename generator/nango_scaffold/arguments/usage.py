"""A command line that cannot be understood."""

from __future__ import annotations

import argparse
import sys
from typing import NoReturn


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
        print(f"{self.prog}: error: {message}", file=sys.stderr)
        raise UsageExit(message)
