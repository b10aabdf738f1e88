"""What ``check`` takes."""

from __future__ import annotations

from .common import Commands, add_command, add_dry_run, add_project, add_saying

_EXAMPLES = """\
  nango-scaffold check
  nango-scaffold check nango-integrations --fix --dry-run
  nango-scaffold check ../my-project --select Y01 --format sarif > check.sarif
"""


def add(commands: Commands) -> None:
    """Add the command."""
    check = add_command(
        commands,
        "check",
        help="find what breaks the conventions of Nango integrations, and mend it",
        description=(
            "Look at nango.yaml and the scripts of all its integrations, hand-written ones too, and say what breaks the\n"
            "conventions of Nango integrations. Exit code 1 when something does; what is only a guess is told with --verbose\n"
            "and is no failure. A comment `nango-scaffold-ignore RULE: why` on the line above leaves a finding out."
        ),
        examples=_EXAMPLES,
    )
    check.add_argument(
        "folder",
        metavar="DIR",
        nargs="?",
        default="",
        help="the project, or the folder that holds nango.yaml (default: --project)",
    )
    check.add_argument("--fix", action="store_true", help="mend what can be mended with certainty")
    check.add_argument(
        "--format",
        choices=("text", "json", "sarif"),
        default="text",
        help="how to say what was found (default: text)",
    )
    check.add_argument(
        "--select", metavar="RULES", action="append", default=[], help="only these rules, such as Y01,T08"
    )
    check.add_argument(
        "--ignore", metavar="RULES", action="append", default=[], help="all rules but these, such as Y01,T08"
    )
    add_project(check)
    add_dry_run(check)
    add_saying(check)
