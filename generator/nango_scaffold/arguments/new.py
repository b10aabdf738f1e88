"""What ``new`` takes."""

from __future__ import annotations

from .common import (
    Commands,
    add_answers,
    add_command,
    add_dry_run,
    add_project,
    add_providers,
    add_saying,
    add_verify,
)

_EXAMPLES = """\
  nango-scaffold new
  nango-scaffold new --set provider=hubspot --set sync_names=users
  nango-scaffold new --answers github.yml --project ../my-project --dry-run
  nango-scaffold new --answers answers/*.yml --verify
"""


def add(commands: Commands) -> None:
    """Add the command."""
    new = add_command(
        commands,
        "new",
        help="write integrations from answers",
        description="Write one integration, or several in one commit. A second run with the same answers writes nothing.\n"
        "At a terminal it asks for what it was not told, and shows everything before it writes.",
        examples=_EXAMPLES,
    )
    add_answers(new)
    add_project(new)
    add_providers(new)
    add_dry_run(new)
    new.add_argument(
        "--check",
        action="store_true",
        help="write nothing, show what would change, and end with exit code 1 if anything would: for CI",
    )
    new.add_argument(
        "--prefix-models",
        action="store_true",
        help="put the integration's name before the names of its models, as `prefix_models: true` in the answers does",
    )
    new.add_argument(
        "--prune",
        action="store_true",
        help="let go of syncs and actions that an earlier run wrote and the answers name no more",
    )
    add_verify(new)
    add_saying(new)
