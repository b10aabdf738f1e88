"""The command line. Heavy imports wait until a command needs them."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from . import __version__
from .errors import ScaffoldError

if TYPE_CHECKING:
    from collections.abc import Sequence

_EXAMPLES = """\
examples:
  nango-scaffold new --set provider=hubspot --set sync_names=users
  nango-scaffold new --answers github.yml --project ../my-project --dry-run
  nango-scaffold new --answers github.yml --answers hubspot.yml
  nango-scaffold new --answers github.yml --check
  nango-scaffold schema > answers.schema.json

exit codes:
  0 done or nothing to do   1 conflicts, or --check found changes   2 bad answers or usage
  3 the project forbids it, nothing was changed   4 another run holds the lock
"""


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    top = argparse.ArgumentParser(
        prog="nango-scaffold",
        description="Add whole integrations to a Nango project: they compile, lint and run the first time.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"nango-scaffold {__version__}")
    commands = top.add_subparsers(dest="command", metavar="command", required=True)
    _add_new(commands)
    schema = commands.add_parser("schema", help="print the JSON Schema of the answers format")
    schema.set_defaults(run="schema")
    return top


def _add_new(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    new = commands.add_parser(
        "new",
        help="write integrations from answers",
        description="Write one integration, or several in one commit. A second run with the same answers writes nothing.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    new.add_argument(
        "--answers",
        metavar="FILE",
        action="append",
        default=[],
        help="an answers file; - reads standard input; may be repeated",
    )
    new.add_argument(
        "--set",
        metavar="KEY=VALUE",
        action="append",
        default=[],
        dest="settings",
        help="set one answer, such as provider=github or syncs[0].runs='every day'",
    )
    new.add_argument(
        "--project",
        metavar="DIR",
        default=".",
        help="the folder that holds, or will hold, nango-integrations/ (default: here)",
    )
    new.add_argument("--providers", metavar="PATH", help="a providers.yaml to use instead of the project's")
    new.add_argument(
        "--dry-run", action="store_true", help="show the tree and the diffs of exactly what would be written"
    )
    new.add_argument(
        "--check",
        action="store_true",
        help="write nothing, show what would change, and end with exit code 1 if anything would: for CI",
    )
    new.add_argument(
        "--prune",
        action="store_true",
        help="let go of syncs and actions that an earlier run wrote and the answers name no more",
    )
    new.add_argument("--json", action="store_true", help="print the outcome as data")
    new.add_argument("--yes", action="store_true", help="ask nothing")
    new.set_defaults(run="new")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: the words after the program's name; those of the process by default.

    Returns:
        The exit code.
    """
    options = parser().parse_args(arguments)
    try:
        return _run(options)
    except ScaffoldError as error:
        print(f"nango-scaffold: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("nango-scaffold: interrupted; nothing was left half-done", file=sys.stderr)
        return 130


def _run(options: argparse.Namespace) -> int:
    if options.run == "schema":
        from .answers import json_schema
        from .report import as_json

        print(as_json(json_schema()))
        return 0
    from .new import run_new

    return run_new(options)


if __name__ == "__main__":
    sys.exit(main())
