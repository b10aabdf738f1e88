"""What ``add`` takes."""

from __future__ import annotations

from .common import Commands, add_answers, add_command, add_dry_run, add_project, add_providers, add_saying

_EXAMPLES = """\
  nango-scaffold add sync hubspot companies
  nango-scaffold add action hubspot create-company list-companies
  nango-scaffold add sync hubspot deals --set runs='every day' --set request.path=/crm/v3/objects/deals
  nango-scaffold add sync hubspot tickets --answers tickets.yml --dry-run
"""


def add(commands: Commands) -> None:
    """Add the command."""
    command = add_command(
        commands,
        "add",
        help="add syncs or actions to an integration",
        description=(
            "Add syncs or actions to an integration that nango-scaffold wrote. What you edited is merged the way git\n"
            "does it; where both sides changed the same lines they are marked, and the exit code is 1."
        ),
        examples=_EXAMPLES,
    )
    command.add_argument("kind", choices=("sync", "action"), help="what to add")
    command.add_argument("integration", metavar="INTEGRATION", help="its key in nango.yaml")
    command.add_argument("names", metavar="NAME", nargs="+", help="the new sync's or action's name")
    add_answers(
        command,
        answers="answers that describe the new scripts, and the models and responses they bring; - reads standard input",
        settings="an answer about each new script, such as runs='every day' or request.path=/v3/users",
    )
    add_project(command)
    add_providers(command)
    add_dry_run(command)
    add_saying(command)
