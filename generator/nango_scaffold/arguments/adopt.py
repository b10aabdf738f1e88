"""What ``adopt`` takes."""

from __future__ import annotations

from .common import Commands, add_command, add_dry_run, add_project, add_providers, add_saying

_EXAMPLES = """\
  nango-scaffold adopt github
  nango-scaffold adopt github-app-oauth --provider github --dry-run
  nango-scaffold adopt billing --provider stripe --output -
"""


def add(commands: Commands) -> None:
    """Add the command."""
    adopt = add_command(
        commands,
        "adopt",
        help="describe an integration that is there by an answers file",
        description=(
            "Describe an integration written by hand, or from a template, by an answers file, and say what that "
            "cannot hold. Nothing else changes; add and remove then work on the integration."
        ),
        examples=_EXAMPLES,
    )
    adopt.add_argument("integration", metavar="INTEGRATION", help="its key in nango.yaml")
    adopt.add_argument(
        "--provider",
        metavar="PROVIDER",
        default="",
        help="the provider's key, where the integration's name does not begin with it",
    )
    adopt.add_argument(
        "--base-url", metavar="URL", default="", help="the API's base URL, where nobody knows the provider's"
    )
    adopt.add_argument(
        "--output",
        metavar="FILE",
        default="",
        help="write the answers to this file instead of the integration's folder; - prints them",
    )
    add_project(adopt)
    add_providers(adopt)
    add_dry_run(adopt)
    add_saying(adopt)
