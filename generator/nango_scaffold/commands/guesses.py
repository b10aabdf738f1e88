"""The command ``guesses``: what was guessed and is still open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .arguments import Commands, add_command, add_integrations, add_project, add_saying

if TYPE_CHECKING:
    import argparse

_EXAMPLES = """\
  nango-scaffold guesses
  nango-scaffold guesses github --json
"""


def add_arguments(commands: Commands) -> None:
    """Add the command to the parser."""
    command = add_command(
        commands,
        "guesses",
        help="list what was guessed, and the answers to set",
        description=(
            "List every value that was guessed when integrations were written, because neither the answers nor the\n"
            "provider's facts set it: the file it affects, the value, the reason, and the answer that confirms or corrects\n"
            "it. Set that answer, and run `nango-scaffold new` again."
        ),
        examples=_EXAMPLES,
    )
    add_integrations(command)
    add_project(command)
    add_saying(command)


def run(options: argparse.Namespace) -> int:
    """Run ``guesses``.

    Raises:
        ScaffoldError: an integration that was named is not there, or a manifest cannot be read.
    """
    from dataclasses import replace

    from .. import nango_yaml
    from ..operations import Project
    from ..operations.lookup import known_manifest
    from ..operations.open_guesses import open_guesses
    from ..project import look
    from ..render.paths import YAML
    from ..report.notes import guesses_as_data, guesses_page
    from .terminal_output import say
    from .transaction import reader_of, real_places

    whole = look(options.project)
    with real_places(whole):
        project = Project(reader_of(whole))
        document = nango_yaml.read(project.text(YAML) or "")
        # Of all, an integration without a manifest has no guesses; of one that is named, that is an error.
        for name in options.integrations:
            known_manifest(name, project)
        names = dict.fromkeys(options.integrations or map(str, document.integrations))
        planned = open_guesses(project, document, names)
        guesses = tuple(replace(guess, path=whole.layout.real(guess.path)) for guess in planned)
    say(guesses_page(guesses), options, lambda: guesses_as_data(guesses))
    return 0
