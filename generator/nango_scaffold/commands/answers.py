"""The command ``answers``: the answers of an integration as they are now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .arguments import Commands, add_command, add_integration, add_project, add_saying

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping
    from typing import Any

    from ..operations import Project

_EXAMPLES = """\
  nango-scaffold answers github > answers/github.yml
  nango-scaffold answers github --json
"""


def add_arguments(commands: Commands) -> None:
    """Add the command to the parser."""
    command = add_command(
        commands,
        "answers",
        help="print the current answers of an integration",
        description=(
            "Print the current answers of an integration, including all changes by `add` and `remove`: a file for\n"
            "`nango-scaffold new --answers FILE`."
        ),
        examples=_EXAMPLES,
    )
    add_integration(command)
    add_project(command)
    add_saying(command)


def run(options: argparse.Namespace) -> int:
    """Run ``answers``.

    Raises:
        ScaffoldError: there is no such integration, or it has no manifest.
    """
    from ..operations import Project
    from ..operations.answers_file import answers_text
    from ..project import look
    from .terminal_output import say
    from .transaction import reader_of, real_places

    project = look(options.project)
    with real_places(project):
        answers = _answers(options.integration, Project(reader_of(project)))
    say(answers_text(answers), options, lambda: answers)
    return 0


def _answers(integration: str, project: Project) -> Mapping[str, Any]:
    """Those of its manifest, else those that an integration was adopted with."""
    from ..answers import load_answers
    from ..naming.reserved import INTEGRATION_NAME
    from ..operations.adopted import adopted_answers
    from ..operations.lookup import known_manifest
    from ..operations.manifests import last_manifest

    if INTEGRATION_NAME.fullmatch(integration) and last_manifest(integration, project) is None:
        adopted = adopted_answers(integration, project)
        if adopted is not None:
            return adopted.raw
    return load_answers(known_manifest(integration, project).answers).raw
