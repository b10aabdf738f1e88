"""The command line. What a command needs is imported when it is run."""

from __future__ import annotations

import sys
from importlib import import_module
from itertools import pairwise
from typing import TYPE_CHECKING

from .commands.parser import UsageExit, parser
from .errors import AnswersError, ScaffoldError
from .output import flush

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

COMPLETE = "__complete"
"""For the scripts of `completion`; no command for people, so the parser does not know it."""

INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: the words after the program's name; those of the process by default.

    Returns:
        The exit code: the command's own, whatever becomes of what it prints.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _outcome(words)
    except KeyboardInterrupt:
        return interrupted()
    except Exception as error:
        from .unforeseen import report

        return report(error, as_data=_wants_data(words))
    finally:
        flush(sys.stdout)
        flush(sys.stderr)


def interrupted() -> int:
    """Say that Ctrl-C ended the run, and give the exit code for that."""
    from .output import write

    write("nango-scaffold: interrupted; nothing was left half-done\n", sys.stderr)
    return INTERRUPTED


def _outcome(words: list[str]) -> int:
    """Run one command; a `ScaffoldError` is printed, and gives its own exit code."""
    # Before the parser, which half a command line would end with an error.
    if words[:1] == [COMPLETE]:
        from .commands import complete

        return complete.run(parser(), words[1:])
    options = _parsed(words)
    try:
        command = import_module(f".commands.{options.run}", __package__)
        code: int = command.run(options)
    except ScaffoldError as error:
        from .commands.terminal_output import complain

        complain(error, as_data=getattr(options, "json", False))
        return error.exit_code
    return code


def _parsed(words: list[str]) -> argparse.Namespace:
    try:
        # Only the command that is called is imported, and has its arguments defined: all of them would slow each run down.
        return parser(words[0] if words else "").parse_args(words)
    except UsageExit as exit_:
        if "--json" in words:
            _complain_of_usage(exit_.message)
        raise


def _complain_of_usage(message: str) -> None:
    """Print as data what argparse has printed as text."""
    from .commands.terminal_output import say_data
    from .report.error import error_data

    option = message.removeprefix("argument ").partition(": ")[0] if message.startswith("argument ") else ""
    say_data(error_data(AnswersError(message, where=option, fix="see nango-scaffold --help")))


def _wants_data(words: Sequence[str]) -> bool:
    """Whether a command line asks for JSON; without the parser, which may be what has failed."""
    return "--json" in words or "--format=json" in words or ("--format", "json") in pairwise(words)


if __name__ == "__main__":
    sys.exit(main())
