"""The command ``providers show``: show the facts about one provider."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..arguments import Commands, add_command, add_project, add_providers

if TYPE_CHECKING:
    import argparse

_EXAMPLES = """\
  nango-scaffold providers show hubspot
  nango-scaffold providers show github --json
  nango-scaffold providers show acme --providers ../nango/providers.yaml
"""


def add_arguments(commands: Commands) -> None:
    """Add the command to the parser."""
    parser = add_command(
        commands,
        "show",
        help="show the facts about one provider",
        description=(
            "Show what is known about a provider, what a connection needs, where the facts come from, and the resources\n"
            "whose names are enough for `new`."
        ),
        examples=_EXAMPLES,
    )
    parser.set_defaults(run="providers.show")
    parser.add_argument("key", metavar="PROVIDER", help="its key in providers.yaml")
    add_project(parser)
    add_providers(parser)
    parser.add_argument("--json", action="store_true", help="print its facts as JSON")


def run(options: argparse.Namespace) -> int:
    """Run ``providers show``.

    Raises:
        UnknownProviderError: no catalogue has it.
        ScaffoldError: a catalogue cannot be read.
    """
    from ...project import look
    from ...providers.known_resources import known_resources
    from ...report.providers import card, resources_as_data
    from ..facts import look_up
    from ..terminal_output import say

    facts = look_up(options.key, look(options.project), options.providers)
    resources = known_resources(facts)
    text = card(facts, _repeated(options), resources)
    say(text, options, lambda: {**facts.to_data(), **resources_as_data(resources)})
    return 0


def _repeated(options: argparse.Namespace) -> str:
    """The options that said where to look: whoever goes on from here needs them again."""
    from shlex import quote

    project = f" --project {quote(options.project)}" if options.project != "." else ""
    providers = f" --providers {quote(options.providers)}" if options.providers else ""
    return f"{project}{providers}"
