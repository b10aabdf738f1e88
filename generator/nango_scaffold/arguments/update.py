"""What ``update`` takes."""

from __future__ import annotations

from .common import Commands, add_command, add_dry_run, add_project, add_providers, add_saying

_EXAMPLES = """\
  nango-scaffold update
  nango-scaffold update github hubspot --dry-run
  nango-scaffold update billing --take syncs/invoices.ts --dry-run
  nango-scaffold update github --trust
"""


def add(commands: Commands) -> None:
    """Add the command."""
    update = add_command(
        commands,
        "update",
        help="bring integrations to the newest version",
        description=(
            "Bring all integrations, or those named, to the newest version, in one commit to disk. What Copier keeps is\n"
            "updated by Copier from its template's newest version, whose code it runs: of the template that this\n"
            "installation came from, of those that Copier's settings trust, of others only with --trust. All else is\n"
            "rendered anew by this version. Edits are merged the way git does it; where both sides changed the same lines\n"
            "they are marked, and the exit code is 1. When one integration fails, none is changed."
        ),
        examples=_EXAMPLES,
    )
    update.add_argument(
        "integrations", metavar="INTEGRATION", nargs="*", help="its key in nango.yaml (default: all)"
    )
    update.add_argument(
        "--refresh-facts",
        action="store_true",
        help="look the providers' facts up again, instead of those the integrations were written with",
    )
    update.add_argument(
        "--take",
        metavar="PATH",
        action="extend",
        nargs="+",
        default=[],
        help="hand over files of one adopted integration that were written by hand, such as syncs/contacts.ts: "
        "they are replaced by what nango-scaffold writes, and are its own from then on",
    )
    update.add_argument(
        "--trust",
        action="store_true",
        help="run the code of the templates that the project names, whichever they are; never in a dry run",
    )
    add_project(update)
    add_providers(update)
    add_dry_run(update)
    add_saying(update)
