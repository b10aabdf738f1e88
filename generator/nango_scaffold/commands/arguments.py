"""What several commands take."""

from __future__ import annotations

import argparse
from typing import TypeAlias

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"

EXIT_CODES = {
    0: "done, or nothing to do",
    1: "conflicts, or something that check, --check, --verify or doctor found",
    2: "invalid answers or usage",
    3: "the project does not allow it; nothing was changed",
    4: "another run holds the lock",
    70: "an unexpected error; NANGO_SCAFFOLD_TRACEBACK=1 prints the traceback to report",
    130: "stopped by Ctrl-C",
}


class HelpFormatter(argparse.RawDescriptionHelpFormatter):
    """Descriptions and examples as they are written, and options beside their help."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=30)
        # argparse forgets that commands are indented once more.
        self._action_max_length = 16


def add_command(
    commands: Commands, name: str, *, help: str, description: str = "", examples: str = ""
) -> argparse.ArgumentParser:
    """Add a command, which the module of its name runs.

    Args:
        commands: those there are.
        name: its name.
        help: one line for the list of commands.
        description: what its own help begins with.
        examples: command lines for its own help, one a line; a test holds them true.
    """
    parser = commands.add_parser(
        name,
        help=help,
        description=description or help,
        epilog=epilog(examples),
        formatter_class=HelpFormatter,
    )
    parser.set_defaults(run=name)
    return parser


def epilog(examples: str) -> str:
    """What a command's help ends with: its examples, and the exit codes."""
    codes = "".join(f"  {code:<3}  {meaning}\n" for code, meaning in EXIT_CODES.items())
    listed = f"examples:\n{examples}\n" if examples else ""
    return f"{listed}exit codes:\n{codes}"


def add_answers(
    parser: argparse.ArgumentParser,
    *,
    answers: str = "answers files, such as answers/*.yml; - reads standard input",
    settings: str = "set one answer, such as provider=github or syncs[0].runs='every day'",
) -> None:
    """Where answers come from."""
    parser.add_argument("--answers", metavar="FILE", action="extend", nargs="+", default=[], help=answers)
    parser.add_argument(
        "--set", metavar="KEY=VALUE", action="append", default=[], dest="settings", help=settings
    )


def add_integration(parser: argparse.ArgumentParser) -> None:
    """The integration that a command works on."""
    parser.add_argument("integration", metavar="INTEGRATION", help="its key in nango.yaml")


def add_integrations(parser: argparse.ArgumentParser) -> None:
    """The integrations that a command works on."""
    parser.add_argument(
        "integrations", metavar="INTEGRATION", nargs="*", help="its key in nango.yaml (default: all)"
    )


def add_project(parser: argparse.ArgumentParser) -> None:
    """Where the project is."""
    parser.add_argument(
        "--project",
        metavar="DIR",
        default=".",
        help="the project, or a folder in it; a new one gets nango-integrations/ there (default: the current one)",
    )


def add_providers(parser: argparse.ArgumentParser) -> None:
    """Where facts about providers come from."""
    parser.add_argument(
        "--providers", metavar="PATH", help="a providers.yaml to use instead of the project's own"
    )


def add_dry_run(parser: argparse.ArgumentParser) -> None:
    """Show, and do not write."""
    parser.add_argument(
        "--dry-run", action="store_true", help="show the tree and the diffs of exactly what would be written"
    )


def add_verify(parser: argparse.ArgumentParser) -> None:
    """Have what was written compiled."""
    parser.add_argument(
        "--verify",
        action="store_true",
        help="run the project's own nango CLI afterwards to generate and compile, and report the result",
    )


def add_sample_from(parser: argparse.ArgumentParser) -> None:
    """A live connection that a page is fetched from."""
    parser.add_argument(
        "--sample-from",
        metavar="CONNECTION",
        nargs="?",
        const="",
        help="infer a sync from one page that is fetched through Nango's proxy with a connection that works; the secret\n"
        "key comes from the environment or the project's .env, and nothing else is sent",
    )
    parser.add_argument(
        "--sample-path",
        metavar="PATH",
        default="",
        help="the path to fetch, with values in place of placeholders (default: that of the sync)",
    )
    parser.add_argument(
        "--environment",
        metavar="NAME",
        default="",
        help="the Nango environment whose secret key is used, such as prod (default: any that is set)",
    )


def add_saying(parser: argparse.ArgumentParser) -> None:
    """How a command says what it did, and whether it asks."""
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--quiet", action="store_true", help="print only errors and conflicts")
    how.add_argument(
        "--verbose", action="store_true", help="print the reasons, and the time that each step took"
    )
    how.add_argument("--json", action="store_true", help="print the outcome, or an error, as JSON")
    parser.add_argument("--yes", action="store_true", help="ask nothing")
