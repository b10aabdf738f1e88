"""The command line. What a command needs is imported when it is run."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from .arguments import parser
from .arguments.usage import UsageExit
from .errors import AnswersError, ScaffoldError

if TYPE_CHECKING:
    from collections.abc import Sequence

COMPLETE = (
    "__complete"  # for the scripts of `completion`; no command for people, so the parser does not know it
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: the words after the program's name; those of the process by default.

    Returns:
        The exit code.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words[:1] == [COMPLETE]:
        from .commands import complete

        return complete.run(parser(), words[1:])
    try:
        options = parser(words[0] if words else "").parse_args(words)
    except UsageExit as exit_:
        if "--json" in words:
            _complain_of_usage(exit_.message)
        raise
    try:
        command = import_module(f".commands.{options.run}", __package__)
        code: int = command.run(options)
        sys.stdout.flush()
    except ScaffoldError as error:
        from .commands.say import complain

        complain(error, as_data=getattr(options, "json", False))
        return error.exit_code
    except KeyboardInterrupt:
        print("nango-scaffold: interrupted; nothing was left half-done", file=sys.stderr)
        return 130
    except BrokenPipeError:  # whoever reads has seen enough, as `head` has; what was to be done is done
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def _complain_of_usage(message: str) -> None:
    """Say as data what argparse has said in words."""
    from .commands.say import say_data
    from .report.complaint import error_data

    say_data(error_data(AnswersError(message, fix="see nango-scaffold --help")))


if __name__ == "__main__":
    sys.exit(main())
