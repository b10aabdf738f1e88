"""The command ``rules``: print the conventions in one page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .arguments import Commands, add_command, add_saying

if TYPE_CHECKING:
    import argparse

_EXAMPLES = """\
  nango-scaffold rules > AGENTS.md
  nango-scaffold rules --json
"""


def add_arguments(commands: Commands) -> None:
    """Add the command to the parser."""
    rules = add_command(
        commands,
        "rules",
        help="print the conventions and the commands in one page",
        description=(
            "Print the conventions of Nango integrations in one page of Markdown, with the commands to scaffold, check and\n"
            "try them: for people who join a project, and for coding agents, which read it as AGENTS.md."
        ),
        examples=_EXAMPLES,
    )
    add_saying(rules)


def run(options: argparse.Namespace) -> int:
    """Run ``rules``."""
    from ..check.rules import rules_by_group
    from ..report.rules import rules_as_data, rules_page
    from .terminal_output import say

    groups = rules_by_group()
    say(rules_page(groups), options, lambda: rules_as_data(groups))
    return 0
